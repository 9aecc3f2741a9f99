package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/lists"
	"pkidstation/queue"
	"pkidstation/queue/manifest"
	"pkidstation/ui/words"
)

type importFlags struct {
	customer, order, profile, save, by string
	strict, dryRun, json               bool
}

func importCommand(p *program) *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Take in a supplier's list of devices (CSV, TSV, XLSX): what should arrive",
		Long: `Takes in a list of devices that a maker or distributor announces: CSV, TSV or
semicolons, in UTF-8, UTF-16 or Windows-1252, or XLSX. Columns are found by their
headers, or as a supplier's profile says (--map). Good rows go in together or not at
all; bad ones are listed with their place and reason (exit 3), never guessed.

A list registers nothing. Boxes that are scanned for its order are held against it
from then on; pkidctl reconcile says what is missing, and pkidctl lists release
registers what it announces without a scan. The same file again changes nothing.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return p.importList(cmd.Context(), args[0], f) },
	}
	cmd.Flags().StringVar(&f.customer, "customer", "", "whom the list is for (tenant id; default: whom it names)")
	cmd.Flags().StringVar(&f.order, "order", "", "the order it is for, in the place of one that it names")
	cmd.Flags().StringVar(&f.profile, "map", "", "a supplier's profile: the name of one that is kept, or a JSON file")
	cmd.Flags().StringVar(&f.save, "save-profile", "", "keep what the columns were taken for as the profile of this supplier")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "only say what would be taken")
	cmd.Flags().BoolVar(&f.strict, "strict", false, "take nothing where a row is refused")
	cmd.Flags().StringVar(&f.by, "by", operator(), "who does it")
	p.pinFlag(cmd)
	cmd.Flags().BoolVar(&f.json, "json", false, "one JSON object a refused row, then one with the counts")
	return cmd
}

func (p *program) importList(ctx context.Context, file string, f importFlags) error {
	id, err := tenant(f.customer)
	if err != nil {
		return err
	}
	if err := entered(f.by, f.order, f.save); err != nil {
		return err
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	p.callByName(ctx)
	o := lists.Options{Customer: id, Order: f.order, Strict: f.strict, DryRun: f.dryRun, Progress: p.reading()}
	if o.Profile, err = profileNamed(ctx, q, f.profile); err != nil {
		return err
	}
	got, err := lists.Import(ctx, q, file, o, queue.Act{By: f.by})
	if got.Manifest == nil {
		return err
	}
	if err == nil && f.save != "" {
		err = p.saveProfile(ctx, q, got.Manifest.Profile(f.save), f.by)
	}
	refused := errors.Is(err, lists.ErrRefused) || errors.Is(err, queue.ErrClashes)
	if err != nil && !refused {
		return err
	}
	taken := got.Taken()
	said := p.listRefused(file, got, f.json)
	if f.dryRun && !f.json {
		said = errors.Join(said, p.preview(got.Manifest))
	}
	if refused { // the whole list
		taken = 0
		p.remark(p.words().Error(err))
	}
	return errors.Join(said, p.listTaken(got, taken, f.json))
}

// reading tells how far a long list is, now and then.
func (p *program) reading() func(manifest.Progress) {
	const often = 2 * time.Second
	next := time.Now().Add(often)
	return func(at manifest.Progress) {
		if now := time.Now(); now.After(next) {
			next = now.Add(often)
			p.remark(p.words().Say("cli.import.reading", "Rows", p.words().Number(at.Rows), "Percent", at.Done*100/max(at.Of, 1)))
		}
	}
}

// profileNamed is the profile in a file, or the one that is kept under a name.
func profileNamed(ctx context.Context, q *queue.Queue, name string) (*manifest.Profile, error) {
	if name == "" {
		return nil, nil //nolint:nilnil // none was asked for
	}
	var profile manifest.Profile
	var err error
	if strings.EqualFold(filepath.Ext(name), ".json") {
		profile, err = readProfile(name)
	} else {
		profile, err = lists.Profile(ctx, q, name)
	}
	return &profile, err
}

// readProfile reads a profile's file, not more of it than one may have.
func readProfile(name string) (manifest.Profile, error) {
	file, err := os.Open(name) //nolint:gosec // the person names the file
	if err != nil {
		return manifest.Profile{}, err
	}
	defer file.Close() //nolint:errcheck // it was only read
	text, err := io.ReadAll(io.LimitReader(file, manifest.MaxProfile+1))
	if err != nil {
		return manifest.Profile{}, err
	}
	return manifest.ParseProfile(text)
}

func (p *program) saveProfile(ctx context.Context, q *queue.Queue, profile manifest.Profile, by string) error {
	act, err := p.allow(ctx, q, queue.Act{By: by})
	if err != nil {
		return err
	}
	return lists.Save(ctx, q, profile, act)
}

// preview shows what each column was taken for, and the first rows below.
func (p *program) preview(m *manifest.Manifest) error {
	w, t := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0), p.words()
	var names, fields []string
	for _, c := range m.Columns {
		name := c.Letter
		if c.Header != "" {
			name += " " + words.Shown(c.Header)
		}
		names, fields = append(names, name), append(fields, t.ListField(c.Field))
	}
	rows := [][]string{names, fields}
	for _, row := range m.Preview {
		var cells []string
		for _, cell := range row.Cells {
			cells = append(cells, words.Shown(cell))
		}
		rows = append(rows, cells)
	}
	for _, row := range rows {
		fmt.Fprintln(w, strings.Join(row, "\t")) //nolint:errcheck // Flush tells
	}
	return w.Flush()
}

// listRefused lists the rows that were not taken.
func (p *program) listRefused(file string, got lists.Result, asJSON bool) error {
	for _, r := range got.Refused {
		if !asJSON {
			p.remark(p.refusedRow(r))
			continue
		}
		column := r.Header
		if column == "" {
			column = r.Column
		}
		err := p.object(jsonRefusal{File: file, Row: r.Row, Column: column, Value: r.Masked(), Reason: string(r.Reason)})
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *program) refusedRow(r lists.Refused) string {
	if r.Clash != nil {
		return p.words().ListClash(r.Refusal, *r.Clash)
	}
	return p.words().ListRefusal(r.Refusal)
}

// listTaken says what was taken, and what came of it.
func (p *program) listTaken(got lists.Result, taken int, asJSON bool) error {
	for _, text := range p.words().List(got.Announced, got.Named) {
		p.remark(text)
	}
	for _, w := range got.Manifest.Warnings {
		p.remark(p.words().ListWarning(w))
	}
	var err error
	if asJSON {
		err = p.object(struct {
			Taken   int `json:"taken"`
			Refused int `json:"refused"`
		}{taken, len(got.Refused)})
	} else if !got.Announced.Again {
		err = p.line(p.words().Count("cli.import.taken", taken))
	}
	if len(got.Refused) > 0 || len(got.Announced.Doubted)+len(got.Announced.Sent) > 0 {
		err = errors.Join(err, &exitError{code: exitPerson})
	}
	return err
}
