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
	words   Texts
	columns []column // of entries
	cells   []string
}

func newSeparated(w io.Writer, texts Texts, h head) (*separated, error) {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return nil, fmt.Errorf("beginning the report: %w", err)
	}
	s := &separated{w: csv.NewWriter(w), words: texts, columns: columns()}
	s.w.Comma, _ = utf8.DecodeRuneInString(texts.Say("report.separator"))
	s.w.UseCRLF = true
	if err := s.w.Write(h.names()); err != nil {
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

// cellsOf is a row of a table.
func (s *separated) cellsOf(row []Cell) error {
	s.cells = s.cells[:0]
	for _, c := range row {
		s.cells = append(s.cells, c.separated(s.words))
	}
	return s.w.Write(s.cells)
}

// end writes no counts: they would be rows of the table.
func (s *separated) end(*tally) error { return s.finish() }

func (s *separated) finish() error {
	s.w.Flush()
	return s.w.Error()
}

func (s *separated) close() error { return nil }
