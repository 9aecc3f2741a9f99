package directory

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest/table"
)

// maxSheet is the most bytes of a file with customers.
const maxSheet = 8 << 20

// Why a file is refused as a whole.
var (
	// ErrTooBig: it is longer than any list of customers.
	ErrTooBig = errors.New("the file is too large for a list of customers")
	// ErrHeader: no column has the customers' Microsoft IDs.
	ErrHeader = errors.New("no column of the file is the tenant id")
	// ErrEmpty: it has no row below the header.
	ErrEmpty = errors.New("the file has no customers")
)

// A Sheet is what is in a file with customers.
type Sheet struct {
	Customers []queue.CustomerSetting
	Refused   []Refusal
}

// ReadCSV reads a file with customers: one a row below a header that names the
// columns tenant id, name, domain, group tags and reseller, in any order, also
// by their French names and those of Partner Center's own export; columns of
// other names are passed over. Values are set apart by commas, semicolons or
// tabs, group tags by spaces or "|", the usual one first. It reads what package
// table reads as text: UTF-8, UTF-16 and Windows-1252.
//
// It fails with ErrTooBig, ErrHeader, ErrEmpty, a *table.FormatError or what
// reading gave, also where ctx is over; anything wrong with a row is a Refusal.
func ReadCSV(ctx context.Context, from io.Reader) (Sheet, error) {
	raw, err := io.ReadAll(io.LimitReader(from, maxSheet+1))
	if err != nil {
		return Sheet{}, fmt.Errorf("reading the customers: %w", err)
	}
	if len(raw) > maxSheet {
		return Sheet{}, ErrTooBig
	}
	file, err := table.Open(ctx, bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return Sheet{}, fmt.Errorf("reading the customers: %w", err)
	}
	if file.Format != table.Text {
		return Sheet{}, ErrHeader
	}
	return readRows(file)
}

// readRows reads each row for itself, so that a quotation mark that is left open
// costs its own row and no other.
func readRows(file *table.File) (Sheet, error) {
	var sheet Sheet
	var columns columns
	seen := map[autopilot.TenantID]bool{}
	for row, err := range file.Rows(separator(file), "") {
		if err != nil {
			return sheet, fmt.Errorf("reading the customers: %w", err)
		}
		values := texts(row)
		switch {
		case row.Number > maxCustomers:
			return sheet, ErrTooBig
		case columns == nil:
			if columns = columnsOf(values); columns == nil || row.Number > 1 {
				return sheet, ErrHeader
			}
		case row.Fault != "" || row.Stray:
			sheet.Refused = append(sheet.Refused, Refusal{Row: row.Number, Why: Syntax})
		case !blank(values):
			sheet.take(columns, values, row.Number, seen)
		}
	}
	if len(sheet.Customers)+len(sheet.Refused) == 0 {
		return sheet, ErrEmpty
	}
	return sheet, nil
}

// texts are the values of a row.
func texts(row table.Row) []string {
	values := make([]string, 0, len(row.Cells))
	for _, c := range row.Cells {
		values = append(values, c.Text)
	}
	return values
}

// take takes one row, or refuses it.
func (s *Sheet) take(columns columns, row []string, number int, seen map[autopilot.TenantID]bool) {
	c, refusal := columns.customer(row, seen)
	if refusal != nil {
		refusal.Row = number
		s.Refused = append(s.Refused, *refusal)
		return
	}
	seen[c.ID] = true
	s.Customers = append(s.Customers, c)
}

func blank(row []string) bool { return strings.TrimSpace(strings.Join(row, "")) == "" }

// separator is what sets the header's values apart.
func separator(file *table.File) rune {
	for header, err := range file.Rows('\n', "") { // which no row has in it
		if err != nil {
			break // whoever reads the rows gets it too
		}
		return table.Separator(strings.Join(texts(header), ""))
	}
	return ','
}
