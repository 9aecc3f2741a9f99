package report

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"github.com/xuri/excelize/v2"
)

// workbook is the report as XLSX.
type workbook struct {
	w       io.Writer
	words   Texts
	file    *excelize.File
	sheet   *excelize.StreamWriter
	styles  styles
	head    head
	columns []column // of entries
	cells   []excelize.Cell
	values  []any // each a pointer to its cell, or nil: excelize takes those without copies
	rows    int
}

// styles are the numbers of the cells' styles.
type styles struct{ head, text, integer, moment int }

// formatText is Excel's own number of the format that leaves what is typed
// alone; formatInteger of the one with groups of thousands.
const (
	formatText    = 49
	formatInteger = 3
)

// excelize keeps up to 16 MiB of rows in a buffer that doubles as it fills. What
// it has outgrown is collected every so many rows until it is full: two buffers
// at once, and the garbage that may pile up beside them, would be the peak of
// memory.
const collectEvery, collectUntil = 1 << 10, 1 << 14

func newWorkbook(w io.Writer, texts Texts, h head) (*workbook, error) {
	b := &workbook{w: w, words: texts, file: excelize.NewFile(), head: h, columns: columns()}
	if err := b.begin(); err != nil {
		return nil, errors.Join(fmt.Errorf("beginning the report: %w", err), b.file.Close())
	}
	return b, nil
}

// begin makes the sheets and the first row.
func (b *workbook) begin() error {
	title := &excelize.DocProperties{Creator: "PKID Station", Title: b.head.title}
	if err := errors.Join(b.file.SetSheetName("Sheet1", b.head.sheet), b.file.SetDocProps(title), b.makeStyles()); err != nil {
		return err
	}
	sheet, err := b.file.NewStreamWriter(b.head.sheet)
	if err != nil {
		return err
	}
	b.sheet = sheet
	for i, c := range b.head.columns {
		if err := sheet.SetColWidth(i+1, i+1, c.Width); err != nil {
			return err
		}
	}
	if err := freeze(sheet); err != nil {
		return err
	}
	for _, name := range b.head.names() {
		b.put(b.styles.head, name)
	}
	return b.write()
}

// put adds a cell to the row; an empty one where there is nothing to say.
func (b *workbook) put(style int, value any) {
	b.cells = append(b.cells, excelize.Cell{StyleID: style, Value: value})
}

// freeze keeps the first row in view.
func freeze(sheet *excelize.StreamWriter) error {
	return sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

func (b *workbook) makeStyles() error {
	format := b.words.Say("report.time-format")
	for _, s := range []struct {
		number *int
		style  excelize.Style
	}{
		{&b.styles.head, excelize.Style{
			NumFmt: formatText, Font: &excelize.Font{Bold: true},
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7E6E6"}},
		}},
		{&b.styles.text, excelize.Style{NumFmt: formatText}},
		{&b.styles.integer, excelize.Style{NumFmt: formatInteger}},
		{&b.styles.moment, excelize.Style{CustomNumFmt: &format}},
	} {
		number, err := b.file.NewStyle(&s.style)
		if err != nil {
			return err
		}
		*s.number = number
	}
	return nil
}

func (b *workbook) row(l line) error {
	for _, c := range b.columns {
		b.cell(c, l)
	}
	return b.write()
}

// cell puts a value with its type; where there is none, no cell.
func (b *workbook) cell(c column, l line) {
	switch c.kind {
	case integer:
		b.put(b.styles.integer, l.Number)
	case moment:
		b.put(b.moment(l.CapturedAt))
	case text:
		b.put(b.text(c.value(l)))
	}
}

// cellsOf is a row of a table.
func (b *workbook) cellsOf(row []Cell) error {
	for _, c := range row {
		if c.At.IsZero() {
			b.put(b.text(c.Text))
		} else {
			b.put(b.moment(c.At))
		}
	}
	return b.write()
}

// moment and text are a value with its style, or nil where there is none.
func (b *workbook) moment(t time.Time) (style int, value any) {
	if t.IsZero() {
		return 0, nil
	}
	return b.styles.moment, wallClock(t)
}

func (b *workbook) text(foreign string) (style int, value any) {
	if shown := Plain(foreign); shown != "" {
		return b.styles.text, shown
	}
	return 0, nil
}

// wallClock is the local time as a workbook has it, which knows no zones.
func wallClock(t time.Time) time.Time {
	t = t.Local()
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
}

// write writes the cells as the next row.
func (b *workbook) write() error {
	if b.rows > 0 && b.rows <= collectUntil && b.rows%collectEvery == 0 {
		runtime.GC()
	}
	b.values = b.values[:0]
	for i := range b.cells {
		if b.cells[i].Value == nil {
			b.values = append(b.values, nil)
		} else {
			b.values = append(b.values, &b.cells[i])
		}
	}
	at, err := excelize.CoordinatesToCellName(1, b.rows+1)
	if err == nil {
		err = b.sheet.SetRow(at, b.values)
	}
	b.cells = b.cells[:0]
	b.rows++
	if errors.Is(err, excelize.ErrMaxRows) {
		return ErrFull
	}
	return err
}

// end writes the counts, and the whole to its writer.
func (b *workbook) end(all *tally) error {
	if err := errors.Join(b.filter(), b.count(all)); err != nil {
		return err
	}
	return b.zip()
}

// finish is end without counts.
func (b *workbook) finish() error {
	if err := b.filter(); err != nil {
		return err
	}
	return b.zip()
}

// filter ends the first sheet.
func (b *workbook) filter() error {
	corner, err := excelize.CoordinatesToCellName(len(b.head.columns), b.rows)
	if err != nil {
		return err
	}
	if err := b.file.AutoFilter(b.head.sheet, "A1:"+corner, nil); err != nil {
		return err
	}
	return b.sheet.Flush()
}

// zip writes the whole. excelize would collect the finished workbook in memory:
// the zip goes to the writer instead.
func (b *workbook) zip() error {
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(b.w) })
	_, err := b.file.WriteToBuffer()
	return err
}

// count writes the second sheet.
func (b *workbook) count(all *tally) error {
	name := b.words.Say("report.counts")
	if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	sheet, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	b.sheet, b.rows = sheet, 0
	if err := errors.Join(sheet.SetColWidth(1, 1, 30), sheet.SetColWidth(2, 2, 38), sheet.SetColWidth(3, 16, 18), freeze(sheet)); err != nil {
		return err
	}
	head := append([]string{b.words.Say("report.customer"), b.words.Say("report.tenant")}, all.names()...)
	for _, text := range head {
		b.put(b.styles.head, text)
	}
	if err := b.write(); err != nil {
		return err
	}
	for _, l := range all.lines() {
		b.put(b.styles.text, l.Customer)
		b.put(b.styles.text, l.Tenant)
		for _, n := range l.Counts {
			b.put(b.styles.integer, n)
		}
		if err := b.write(); err != nil {
			return err
		}
	}
	return sheet.Flush()
}

func (b *workbook) close() error { return b.file.Close() }
