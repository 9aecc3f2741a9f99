package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"pkidstation/queue"
	"pkidstation/queue/export"
)

type handoverFlags struct {
	actFlags

	to, customer, reception, again string
	force                          bool
}

func handoverOutCommand(p *program) *cobra.Command {
	var f handoverFlags
	cmd := &cobra.Command{
		Use:   "out FILE --to CODE (ID... | --all | --order REF | --customer TENANT | --reception ID) --by NAME",
		Short: "Move held and ready entries to another station, and write the file for it",
		Long: `Moves held and ready entries to the station with a code, which its handover id
prints, and writes FILE for it. They are moved from then on: they are not sent from
here. At most 5000 go at a time; the rest stays (exit 3). With --again ID the file of
an earlier handover is written once more, the same.`,
		Example: `  pkidctl handover out E:\boxes.json --to 7K2M-Q4XD-9RTB --order BL-1 --by Ana
  pkidctl handover out E:\boxes.json --again 0c0ffee0-1111-4111-8111-111111111111`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.again != "" {
				return p.handoverAgain(cmd.Context(), args[0], f)
			}
			return p.handoverOut(cmd.Context(), args[0], args[1:], f)
		},
	}
	f.who(cmd, p)
	cmd.Flags().StringVar(&f.to, "to", "", "code of the station that they go to")
	cmd.Flags().BoolVar(&f.all, "all", false, "all that is held or ready")
	cmd.Flags().StringVar(&f.order, "order", "", "what is held or ready of this order")
	cmd.Flags().StringVar(&f.customer, "customer", "", "what is held or ready for this customer")
	cmd.Flags().StringVar(&f.reception, "reception", "", "what is held or ready of this reception")
	cmd.Flags().StringVar(&f.again, "again", "", "write the file of this handover once more")
	cmd.Flags().BoolVar(&f.force, "force", false, "write over FILE where it exists")
	cmd.Flags().BoolVar(&f.json, "json", false, "one JSON object")
	cmd.MarkFlagsMutuallyExclusive("again", "to")
	return cmd
}

// departure is what the command line says goes.
func (f handoverFlags) departure(ids []string) (queue.Departure, error) {
	d := queue.Departure{ID: uuid.NewString(), To: f.to, Entries: ids}
	chosen := f.order != "" || f.customer != "" || f.reception != ""
	if f.to == "" {
		return d, usage("handover out needs --to")
	}
	if len(ids) > 0 == (f.all || chosen) {
		return d, usage("name entries, or use --all, not both")
	}
	customer, err := tenant(f.customer)
	d.Filter = queue.Filter{Customer: customer, Order: f.order, Reception: f.reception}
	return d, err
}

// handoverOut moves the entries first and writes the file then: what is moved can
// be written again at any time. That the file can be written is looked at before.
func (p *program) handoverOut(ctx context.Context, file string, ids []string, f handoverFlags) error {
	d, err := f.departure(ids)
	if err != nil {
		return err
	}
	act, err := p.act(f.actFlags)
	if err != nil {
		return err
	}
	if err := writable(file, f.force); err != nil {
		return err
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	if act, err = p.supervise(ctx, q, act); err != nil {
		return err
	}
	h, err := q.HandOver(ctx, d, act)
	if err != nil {
		return err
	}
	if err := p.writeHandover(ctx, q, h, file, f); err != nil {
		p.notice(p.words().Say("cli.handover.unwritten", "ID", h.ID))
		return err
	}
	if h.Entries < queue.MaxHandover || len(ids) > 0 {
		return nil
	}
	return p.leftBehind(ctx, q, d.Filter)
}

// leftBehind says how many stay because one handover does not take them.
func (p *program) leftBehind(ctx context.Context, q *queue.Queue, wanted queue.Filter) error {
	left := 0
	wanted.States = []queue.State{queue.Held, queue.Ready}
	err := eachEntry(ctx, q, wanted, func(queue.Entry) error { left++; return nil })
	if err != nil || left == 0 {
		return err
	}
	p.notice(p.words().Count("cli.handover.rest", left))
	return &exitError{code: exitPerson}
}

func (p *program) handoverAgain(ctx context.Context, file string, f handoverFlags) error {
	if err := writable(file, f.force); err != nil {
		return err
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	if _, err := p.supervise(ctx, q, queue.Act{By: f.by}); err != nil {
		return err
	}
	return p.writeHandover(ctx, q, queue.Handover{ID: f.again}, file, f)
}

func (p *program) writeHandover(ctx context.Context, q *queue.Queue, h queue.Handover, file string, f handoverFlags) error {
	h, data, err := q.HandoverFile(ctx, h.ID)
	if err != nil {
		return err
	}
	if err := replace(file, data, f.force); err != nil {
		return err
	}
	if f.json {
		o := handoverJSON(h)
		o.Again, o.File = f.again != "", file
		return p.object(o)
	}
	return p.line(p.words().Count("cli.handover.out", h.Entries, "To", h.To, "File", file, "ID", h.ID))
}

// writable says whether the file may be made: its folder takes a file, and it does
// not exist, or may be written over.
func writable(file string, force bool) error {
	if _, err := os.Lstat(file); err == nil && !force {
		return &export.ExistsError{Path: file}
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("looking at the file: %w", err)
	}
	try := beside(file)
	if err := export.Create(try, func(io.Writer) error { return nil }); err != nil {
		return err
	}
	if err := os.Remove(try); err != nil {
		return fmt.Errorf("looking at the folder for the file: %w", err)
	}
	return nil
}

// beside is a new name in the file's folder.
func beside(file string) string {
	return filepath.Join(filepath.Dir(file), "."+uuid.NewString()+".partial")
}

// replace makes the file, on disk as a whole or not at all. With force it takes
// the place of what is there.
func replace(file string, data []byte, force bool) error {
	write := func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
	if _, err := os.Lstat(file); err != nil || !force {
		return export.Create(file, write)
	}
	made := beside(file)
	if err := export.Create(made, write); err != nil {
		return err
	}
	if err := os.Rename(made, file); err != nil {
		return errors.Join(fmt.Errorf("writing over the file: %w", err), os.Remove(made))
	}
	return nil
}
