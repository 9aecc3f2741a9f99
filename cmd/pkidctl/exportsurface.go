package main

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/autopilot/makers"
	"pkidstation/queue/export"
	"pkidstation/ui/words"
)

type surfaceFlags struct {
	customer, domain, out, order string
	states                       []string
}

func exportSurfaceCommand(p *program) *cobra.Command {
	var f surfaceFlags
	cmd := &cobra.Command{
		Use:   "surface --customer TENANT --domain DOMAIN --out FOLDER|FILE.zip",
		Short: "Write what Microsoft Support needs to register Surface devices: serial numbers and a checklist",
		Long: `Writes the serial numbers of a customer's Surface devices, one a line, and the
checklist of the request to Microsoft Support in English and French, into a new
folder or a zip file. Taken are the entries that are held, ready or rejected and
that are Microsoft's Surface, however the manufacturer is spelled; with --state, all
entries in those states, whatever their manufacturer. No entry changes its state. Entries without a
serial number, or with one that a plain file cannot hold, are left out (exit 3).`,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.exportSurface(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.customer, "customer", "", "the customer's Microsoft ID (tenant id)")
	cmd.Flags().StringVar(&f.domain, "domain", "", "the customer's domain name in Entra (default: the one kept of the customer)")
	cmd.Flags().StringVar(&f.out, "out", "", "folder or zip file to write; it must not exist")
	cmd.Flags().StringSliceVar(&f.states, "state", nil, "entries in this state, whoever made them (may be repeated)")
	cmd.Flags().StringVar(&f.order, "order", "", "only entries of this order")
	return cmd
}

// serialsName is the list's name in the pack.
const serialsName = "serials.csv"

// A packFile is a file of the pack.
type packFile struct {
	name, text string
}

func (p *program) exportSurface(ctx context.Context, f surfaceFlags) error {
	if f.customer == "" || f.out == "" {
		return usage("export surface needs --customer and --out")
	}
	filter, err := filterOf(f.states, f.customer, f.order)
	if err != nil {
		return err
	}
	if err := checkDomain(f.domain); err != nil {
		return err
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	if f.domain, err = domainOf(ctx, q, filter.Customer, f.domain); err != nil {
		return err
	}
	var serials bytes.Buffer
	entries, err := surfaces(ctx, q, filter)
	if err != nil {
		return err
	}
	taken, refused, err := export.Serials(&serials, entries)
	if err != nil {
		return err
	}
	if len(taken) > 0 {
		pack, err := surfacePack(words.SurfaceRequest{
			Customer: filter.Customer, Domain: f.domain, File: serialsName, Count: len(taken), Made: time.Now(),
		}, serials.String())
		if err != nil {
			return err
		}
		if err := writePack(f.out, pack); err != nil {
			return err
		}
	}
	return p.surfaceSaid(f.out, len(taken), refused)
}

var domainName = regexp.MustCompile(`^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$`)

func checkDomain(domain string) error {
	if domain != "" && (len(domain) > 253 || !domainName.MatchString(domain)) {
		return usage("--domain %q: it is a domain name such as contoso.com", words.Shown(domain))
	}
	return nil
}

// domainOf is the domain that was given, else the one kept of the customer.
func domainOf(ctx context.Context, q *queue.Queue, id autopilot.TenantID, given string) (string, error) {
	customers, err := q.Customers(ctx)
	if err != nil {
		return "", err
	}
	for _, c := range customers {
		if c.ID == id {
			given = cmp.Or(given, c.Domain)
		}
	}
	if given == "" {
		return "", usage("export surface needs --domain: none is kept of this customer")
	}
	return given, nil
}

// surfaces are the entries that the pack is of.
func surfaces(ctx context.Context, q *queue.Queue, f queue.Filter) ([]queue.Entry, error) {
	named := len(f.States) > 0
	if !named {
		f.States = []queue.State{queue.Held, queue.Ready, queue.Rejected}
	}
	var found []queue.Entry
	err := eachEntry(ctx, q, f, func(e queue.Entry) error {
		if named || makers.Surface(e.Manufacturer, e.Model) {
			found = append(found, e)
		}
		return nil
	})
	return found, err
}

// surfacePack are the files of the pack, the serials last: where they are, the
// pack is whole.
func surfacePack(r words.SurfaceRequest, serials string) ([]packFile, error) {
	var pack []packFile
	for _, l := range words.Languages() {
		w, err := words.New(l.Tag)
		if err != nil {
			return nil, err
		}
		text := strings.Join(w.SurfaceChecklist(r), "\r\n") + "\r\n"
		pack = append(pack, packFile{name: "checklist-" + l.Tag + ".txt", text: text})
	}
	return append(pack, packFile{name: serialsName, text: serials}), nil
}

// writePack writes the files into a new zip file or folder.
func writePack(out string, pack []packFile) error {
	if strings.EqualFold(filepath.Ext(out), ".zip") {
		return export.Create(out, func(w io.Writer) error { return zipped(w, pack) })
	}
	if err := os.Mkdir(out, 0o700); err != nil {
		return fmt.Errorf("making the folder: %w", err)
	}
	for i, f := range pack {
		err := export.Create(filepath.Join(out, f.name), func(w io.Writer) error {
			_, err := io.WriteString(w, f.text)
			return err
		})
		if err != nil {
			return errors.Join(err, removePack(out, pack[:i]))
		}
	}
	return nil
}

// removePack takes back what was made just now, and no more.
func removePack(out string, made []packFile) error {
	var all error
	for _, f := range made {
		all = errors.Join(all, os.Remove(filepath.Join(out, f.name)))
	}
	return errors.Join(all, os.Remove(out))
}

func zipped(w io.Writer, pack []packFile) error {
	z := zip.NewWriter(w)
	for _, f := range pack {
		into, err := z.Create(f.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(into, f.text); err != nil {
			return err
		}
	}
	return z.Close()
}

func (p *program) surfaceSaid(out string, taken int, refused []export.Refusal) error {
	t := p.words()
	for _, r := range refused {
		p.notice(t.Say("surface.refused", "Number", r.Entry.Number, "Why", t.Say("cli.export.why."+string(r.Reason))))
	}
	text := t.Say("surface.none")
	if taken > 0 {
		text = t.Count("surface.done", taken, "File", out)
	}
	if err := p.line(text); err != nil {
		return err
	}
	if taken > 0 {
		p.remark(t.SurfaceWays())
	}
	if len(refused) > 0 {
		return &exitError{code: exitPerson}
	}
	return nil
}
