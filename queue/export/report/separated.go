package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"unicode/utf8"
)

// separated is the CSV for a spreadsheet.
type separated struct {
	w       *csv.Writer
	columns []column
	cells   []string
}

func newSeparated(w io.Writer, o Options) (*separated, error) {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return nil, fmt.Errorf("beginning the report: %w", err)
	}
	s := &separated{w: csv.NewWriter(w), columns: columns()}
	s.w.Comma, _ = utf8.DecodeRuneInString(o.Words.Say("report.separator"))
	s.w.UseCRLF = true
	if err := s.w.Write(names(o.Words)); err != nil {
		return nil, fmt.Errorf("beginning the report: %w", err)
	}
	return s, nil
}

func (s *separated) row(l line) error {
	s.cells = s.cells[:0]
	for _, c := range s.columns {
		cell := c.shown(l)
		if c.kind == text {
			cell = inert(cell)
		}
		s.cells = append(s.cells, cell)
	}
	return s.w.Write(s.cells)
}

// end writes no counts: they would be rows of the table.
func (s *separated) end(*tally) error {
	s.w.Flush()
	return s.w.Error()
}

func (s *separated) close() error { return nil }
