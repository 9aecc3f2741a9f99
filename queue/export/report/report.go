package report

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
)

// A Format is how a report is written; it is the ending of its file's name too.
type Format string

// The formats.
const (
	XLSX Format = "xlsx"
	CSV  Format = "csv"
	HTML Format = "html"
)

// Formats are all formats.
func Formats() []Format { return []Format{XLSX, CSV, HTML} }

// Why a report is not written.
var (
	// ErrFormat: there is no such format.
	ErrFormat = errors.New("a report is xlsx, csv or html")
	// ErrFull: a workbook's sheet takes 1,048,575 devices.
	ErrFull = errors.New("more devices than a sheet of a workbook takes")
)

// FormatOf is the format that a file's name ends in, or ErrFormat.
func FormatOf(path string) (Format, error) {
	f := Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(path), ".")))
	if !slices.Contains(Formats(), f) {
		return "", ErrFormat
	}
	return f, nil
}

// Texts are what is said in a person's language: Say gives the text with an id,
// Number a count as the language groups it.
type Texts interface {
	Say(id string, data ...any) string
	Number(n int) string
	Language() string
}

// Words are the texts of a report.
type Words interface {
	Texts
	State(s queue.State) string
	// CustomerName is "" for a customer whose name is not known.
	CustomerName(id autopilot.TenantID) string
	// Operator is what an operator is called, also one who was erased.
	Operator(name string, number uint64) string
	// Answered is what became of an entry; Mark what is particular about its
	// registration, which a person, by, may have confirmed.
	Answered(e queue.Entry) string
	Mark(e queue.Entry, by string) string
}

// Options say how a report is written.
type Options struct {
	Format Format
	Words  Words
	// Station and Made stand in the head of the page.
	Station string
	Made    time.Time
	// ConfirmedBy says who confirmed an entry whose mark is ConfirmedByHand; it
	// may be nil.
	ConfirmedBy func(e queue.Entry) (string, error)
}

// WriteFile writes a report into a new file, as export.Create makes it, and says
// how many entries are in it.
func WriteFile(path string, entries iter.Seq2[queue.Entry, error], o Options) (n int, err error) {
	err = export.Create(path, func(w io.Writer) error {
		n, err = Write(w, entries, o)
		return err
	})
	return n, err
}

// Write writes a report of the entries, in their order, and says how many there
// were. An error of entries ends it.
func Write(w io.Writer, entries iter.Seq2[queue.Entry, error], o Options) (n int, err error) {
	paper, err := o.paper(w)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, paper.close()) }()
	all := newTally(o.Words)
	for e, err := range entries {
		if err != nil {
			return n, err
		}
		l, err := o.line(e)
		if err != nil {
			return n, err
		}
		if err := paper.row(l); err != nil {
			return n, fmt.Errorf("writing row %d of the report: %w", n+1, err)
		}
		all.add(e)
		n++
	}
	if err := paper.end(all); err != nil {
		return n, fmt.Errorf("finishing the report: %w", err)
	}
	return n, nil
}

// A paper is a report that is being written.
type paper interface {
	row(l line) error
	// end writes what comes after the last row.
	end(all *tally) error
	// close gives back what the paper holds, after an error too.
	close() error
}

func (o Options) paper(w io.Writer) (paper, error) {
	switch o.Format {
	case XLSX:
		return newWorkbook(w, o.Words, heading(o.Words))
	case CSV:
		return newSeparated(w, o.Words, heading(o.Words))
	case HTML:
		return newPage(w, o)
	default:
		return nil, ErrFormat
	}
}

// line is the entry with what it does not hold itself.
func (o Options) line(e queue.Entry) (line, error) {
	l := line{Entry: e, words: o.Words}
	var err error
	if e.Reason == queue.ConfirmedByHand && o.ConfirmedBy != nil {
		l.confirmedBy, err = o.ConfirmedBy(e)
	}
	return l, err
}
