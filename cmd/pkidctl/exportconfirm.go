package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
	"pkidstation/ui/words"
)

type confirmFlags struct {
	by, header, customer, tag string
	refused                   []string
}

func exportConfirmCommand(p *program) *cobra.Command {
	var f confirmFlags
	cmd := &cobra.Command{
		Use:   "confirm FILE --by NAME [--refused PKID=CODE]...",
		Short: "Say what the web site took of an exported file",
		Long: `Says what the Partner Center web site made of a file of export partner-center:
each of its devices is registered, but for those that the site refused. A device
without a PKID is named by its serial number. FILE must be as it was exported.
Whose state moved on, or what went out again with another file, is left and told.
Where the same devices went out for somebody else too, the name of FILE must be that
of the last export, or --customer and --group-tag say whose file it is. All of it is written, or
none.`,
		Example: `  pkidctl export confirm devices.csv --by Ana
  pkidctl export confirm devices.csv --by Ana --refused 3305123456781=808`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return p.exportConfirm(cmd.Context(), args[0], f) },
	}
	cmd.Flags().StringVar(&f.by, "by", "", "who says so")
	cmd.Flags().StringVar(&f.customer, "customer", "", "whose file it is (Microsoft ID)")
	cmd.Flags().StringVar(&f.tag, "group-tag", "", "under which group tag it went out")
	p.pinFlag(cmd)
	cmd.Flags().StringArrayVar(&f.refused, "refused", nil, "a device that the site refused, as `PKID=CODE`; may be given again")
	headerFlag(cmd, &f.header)
	return cmd
}

// A settlement is one run of export confirm.
type settlement struct {
	file    string
	by      string
	refused map[autopilot.Device]autopilot.Code
	rows    []export.Row
}

func (p *program) exportConfirm(ctx context.Context, file string, f confirmFlags) error {
	if strings.TrimSpace(f.by) == "" {
		return usage("--by is missing: say who confirms")
	}
	if err := entered(f.by); err != nil {
		return err
	}
	folder, cfg, err := p.configured()
	if err != nil {
		return err
	}
	opts, err := exportOptions(f.header, cfg)
	if err != nil {
		return err
	}
	devices, err := export.ReadFile(file, opts)
	if e, ok := errors.AsType[*export.ReadError](err); ok {
		p.notice(p.words().NotOurs(e))
		return &exitError{code: exitFailed}
	}
	if err != nil {
		return err
	}
	s := settlement{file: file, by: f.by}
	if s.refused, err = refusedOf(devices, f.refused); err != nil {
		return err
	}
	q, err := p.open(folder, cfg, false)
	if err != nil {
		return err
	}
	if err := p.nameCustomers(ctx, q); err != nil {
		return err
	}
	given := export.Given{
		Name: file, Devices: devices, Customer: autopilot.TenantID(strings.TrimSpace(f.customer)), Tag: autopilot.GroupTag(strings.TrimSpace(f.tag)),
	}
	if s.rows, err = export.Match(ctx, q, given); err != nil {
		return err
	}
	return p.settle(ctx, q, s)
}

// settle writes what was said, all or none, and tells it.
func (p *program) settle(ctx context.Context, q *queue.Queue, s settlement) error {
	var settled []queue.Entry
	if outcomes := export.Outcomes(s.rows, s.refused); len(outcomes) > 0 {
		act, err := p.allow(ctx, q, queue.Act{By: s.by, Reason: words.Shown(filepath.Base(s.file))})
		if err != nil {
			return err
		}
		if settled, err = q.ConfirmExport(ctx, outcomes, act); err != nil {
			return err
		}
	}
	person := p.saidOfLeft(s)
	rejected, err := p.saidOfSettled(settled, s)
	if err != nil {
		return err
	}
	if len(settled) == 0 {
		id := "confirm.nothing"
		if person {
			id = "confirm.nothing.waits"
		}
		if err := p.line(p.words().Say(id)); err != nil {
			return err
		}
	}
	if person || rejected > 0 {
		return &exitError{code: exitPerson}
	}
	return nil
}

// saidOfSettled tells what was written, and what to do about the refused.
func (p *program) saidOfSettled(settled []queue.Entry, s settlement) (rejected int, err error) {
	t := p.words()
	there := 0
	var lines, advice []string
	for _, e := range settled {
		switch {
		case e.State == queue.Rejected:
			advice = append(advice, t.Say("confirm.rejected.line", "Number", s.box(e), "Code", string(e.Code), "Advice", t.Answered(e)))
		case e.Code.MeansRegistered():
			there++
		}
	}
	if n := len(settled) - len(advice); n > 0 {
		lines = append(lines, t.Count("confirm.registered", n, "Customer", p.called(settled[0].Customer), "By", s.by))
	}
	if there > 0 {
		lines = append(lines, t.Count("confirm.there", there))
	}
	if len(advice) > 0 {
		lines = append(lines, t.Count("confirm.rejected", len(advice)))
	}
	for _, line := range append(lines, advice...) {
		if err := p.line(line); err != nil {
			return 0, err
		}
	}
	return len(advice), nil
}

// called is a customer's name, or else the tenant id.
func (p *program) called(id autopilot.TenantID) string {
	return words.Shown(cmp.Or(p.words().CustomerName(id), string(id)))
}

// saidOfLeft tells which rows were left, and whether a person must look at some.
func (p *program) saidOfLeft(s settlement) (person bool) {
	t := p.words()
	for _, state := range queue.States() {
		moved := s.left(func(r export.Row) bool { return r.Stand == export.MovedOn && r.Entry.State == state })
		if len(moved) > 0 {
			p.notice(t.Count("confirm.moved", len(moved), "State", t.State(state), "Boxes", s.boxes(moved)))
			person = person || state != queue.Registered && state != queue.Rejected
		}
	}
	for _, stand := range []export.Stand{export.OtherFile, export.OtherCustomer, export.Twice, export.Unclear, export.Unknown} {
		if rows := s.left(func(r export.Row) bool { return r.Stand == stand }); len(rows) > 0 {
			p.notice(t.Count("confirm."+string(stand), len(rows), "Boxes", s.boxes(rows), "Customer", p.called(rows[0].Entry.Customer), "Tag", words.Shown(string(rows[0].Entry.GroupTag))))
			person = true
		}
	}
	for _, r := range s.left(s.contradicts) {
		p.notice(t.Say("confirm.contradicted", "Number", s.box(r.Entry), "State", t.State(r.Entry.State)))
		person = true
	}
	return person
}

func (s settlement) left(which func(export.Row) bool) []export.Row {
	return slices.DeleteFunc(slices.Clone(s.rows), func(r export.Row) bool { return !which(r) })
}

// contradicts says whether a row was called refused whose entry has another
// outcome already.
func (s settlement) contradicts(r export.Row) bool {
	code, said := s.refused[r.Device]
	known := r.Entry.Code == code && (r.Entry.State == queue.Rejected || code.MeansRegistered())
	return said && r.Stand == export.MovedOn && !known
}

// boxes name some of the rows' boxes.
func (s settlement) boxes(rows []export.Row) string {
	const most = 10
	var all []string
	for i, r := range rows {
		if i == most {
			all = append(all, "…")
			break
		}
		all = append(all, s.box(r.Entry))
	}
	return strings.Join(all, ", ")
}

// box is a box's number, with the device where the file is of several
// receptions: each of them has its own box 1.
func (s settlement) box(e queue.Entry) string {
	number := strconv.Itoa(e.Number)
	first := ""
	for _, r := range s.rows {
		if first = cmp.Or(first, r.Entry.Reception); r.Entry.Reception != "" && r.Entry.Reception != first {
			return number + " " + briefly(e)
		}
	}
	return number
}

// briefly is a device by its serial number, or by the end of its PKID.
func briefly(e queue.Entry) string {
	d := e.Named()
	if d.PKID == "" {
		return words.Shown(d.Serial)
	}
	return "…" + string(d.PKID[max(0, len(d.PKID)-4):])
}

var siteCode = regexp.MustCompile(`^[0-9]{3,6}$`)

// codeOf is a code as typed, in digits or by Microsoft's name; "" for what is
// neither.
func codeOf(text string) autopilot.Code {
	if siteCode.MatchString(text) {
		return autopilot.Code(text)
	}
	return autopilot.CodeNamed(text)
}

// refusedOf finds the devices of --refused in the file.
func refusedOf(devices []autopilot.Device, said []string) (map[autopilot.Device]autopilot.Code, error) {
	refused := map[autopilot.Device]autopilot.Code{}
	for _, text := range said {
		at := strings.LastIndexByte(text, '=')
		if at < 0 || codeOf(text[at+1:]) == "" {
			return nil, usage("--refused takes PKID=CODE, such as 3305123456781=808")
		}
		who, code := text[:at], codeOf(text[at+1:])
		device, err := deviceOf(devices, who)
		if err != nil {
			return nil, err
		}
		if before, twice := refused[device]; twice && before != code {
			return nil, usage("--refused %s has two codes, %s and %s", masked(who), before, code)
		}
		refused[device] = code
	}
	return refused, nil
}

// deviceOf is the one device of the file with a PKID, or with a serial number
// where it has no PKID. A hardware hash has both inside.
func deviceOf(devices []autopilot.Device, who string) (autopilot.Device, error) {
	var found []autopilot.Device
	for _, d := range devices {
		named := d.Named()
		if who != "" && (string(named.PKID) == who || d.PKID == "" && named.Serial == who) {
			found = append(found, d)
		}
	}
	switch len(found) {
	case 0:
		return autopilot.Device{}, usage("--refused %s: the file has no such device; nothing was changed", masked(who))
	case 1:
		return found[0], nil
	default:
		return autopilot.Device{}, usage("--refused %s: the file has several such devices; nothing was changed", masked(who))
	}
}

// masked is what was typed for a device as a message may have it.
func masked(who string) string {
	const shown = 4
	runes := []rune(who)
	return fmt.Sprintf("%q", "…"+string(runes[max(0, len(runes)-shown):]))
}
