package report

import (
	"fmt"
	"io"
	"iter"
	"time"
)

// A Table is a list of something else than entries, with everything that a
// report promises: texts stay texts, and nothing of them is obeyed.
type Table struct {
	// Title is the workbook's, Sheet is what its sheet is called.
	Title, Sheet string
	Columns      []Column
	// Rows have a cell for each column.
	Rows iter.Seq[[]Cell]
}

// A Column of a Table; Width is in characters.
type Column struct {
	Name  string
	Width float64
}

// A Cell holds a time where At has one, else a text.
type Cell struct {
	Text string
	At   time.Time
}

// WriteTable writes a table as XLSX or CSV; for another format it fails with
// ErrFormat.
func WriteTable(w io.Writer, t Table, format Format, texts Texts) (err error) {
	sheet, err := t.grid(w, format, texts)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := sheet.close(); err == nil {
			err = cerr
		}
	}()
	n := 0
	for row := range t.Rows {
		if n++; len(row) != len(t.Columns) {
			return fmt.Errorf("row %d of the table has %d cells for %d columns", n, len(row), len(t.Columns))
		}
		if err := sheet.cellsOf(row); err != nil {
			return fmt.Errorf("writing row %d of the table: %w", n, err)
		}
	}
	if err := sheet.finish(); err != nil {
		return fmt.Errorf("finishing the table: %w", err)
	}
	return nil
}

// A grid is a table that is being written.
type grid interface {
	cellsOf(row []Cell) error
	// finish writes what comes after the last row, close gives back what is held.
	finish() error
	close() error
}

func (t Table) grid(w io.Writer, format Format, texts Texts) (grid, error) {
	h := head{title: t.Title, sheet: t.Sheet, columns: t.Columns}
	switch format {
	case XLSX:
		return newWorkbook(w, texts, h)
	case CSV:
		return newSeparated(w, texts, h)
	case HTML:
	}
	return nil, ErrFormat
}

// separated is the cell in a CSV.
func (c Cell) separated(texts Texts) string {
	if !c.At.IsZero() {
		return shownTime(texts, c.At)
	}
	return inert(Plain(c.Text))
}

// A head is what comes before the first row.
type head struct {
	title, sheet string
	columns      []Column
}

func (h head) names() []string {
	all := make([]string, 0, len(h.columns))
	for _, c := range h.columns {
		all = append(all, c.Name)
	}
	return all
}
