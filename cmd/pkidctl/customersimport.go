package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/directory"
	"pkidstation/queue"
	"pkidstation/ui/words"
)

func importCustomersCommand(p *program) *cobra.Command {
	asJSON, by := false, ""
	cmd := &cobra.Command{
		Use:   "import FILE.csv",
		Short: "Take customers from a CSV into the directory; bad rows are listed and left out",
		Long: "Take customers from a CSV into the directory. The header names the columns: tenant id, name, domain, group tags (apart by " +
			"spaces or |, the usual one first), reseller; also in French, and as Partner Center exports them. What a person set stays.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.importCustomers(cmd.Context(), args[0], by, asJSON)
		},
	}
	cmd.Flags().StringVar(&by, "by", operator(), "who does it")
	p.pinFlag(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a refused row, then one with the counts")
	return cmd
}

func (p *program) importCustomers(ctx context.Context, file, by string, asJSON bool) error {
	if err := entered(by); err != nil {
		return err
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	sheet, err := readCustomers(ctx, file)
	if err != nil {
		return err
	}
	act, err := p.allow(ctx, q, queue.Act{By: by})
	if err != nil {
		return err
	}
	if _, err := q.ImportCustomers(ctx, sheet.Customers, act); err != nil {
		return err
	}
	for _, r := range sheet.Refused {
		if asJSON {
			err = errors.Join(err, p.object(jsonRefusal{File: file, Row: r.Row, Column: string(r.Column), Value: r.Value, Reason: string(r.Why)}))
		} else {
			p.remark(p.words().Say("cli.customers.refused", "Row", r.Row, "Column", string(r.Column), "Value", words.Shown(r.Value),
				"Why", p.words().Say("cli.customers.why."+string(r.Why))))
		}
	}
	return errors.Join(err, p.imported(len(sheet.Customers), len(sheet.Refused), asJSON))
}

func readCustomers(ctx context.Context, file string) (directory.Sheet, error) {
	from, err := os.Open(file) //nolint:gosec // the person names the file
	if err != nil {
		return directory.Sheet{}, fmt.Errorf("opening the customers: %w", err)
	}
	defer from.Close() //nolint:errcheck // it was only read
	return directory.ReadCSV(ctx, from)
}

// jsonRefusal is a row that was not taken, as in the contract's import.
type jsonRefusal struct {
	File   string `json:"file"`
	Row    int    `json:"row"`
	Column string `json:"column"`
	Value  string `json:"value"`
	Reason string `json:"reason"`
}

func (p *program) imported(taken, refused int, asJSON bool) error {
	var err error
	if asJSON {
		err = p.object(struct {
			Taken   int `json:"taken"`
			Refused int `json:"refused"`
		}{taken, refused})
	} else {
		err = p.line(p.words().Count("cli.customers.taken", taken))
	}
	if refused > 0 {
		err = errors.Join(err, &exitError{code: exitPerson})
	}
	return err
}
