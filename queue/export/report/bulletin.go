package report

import (
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"

	"github.com/xuri/excelize/v2"
)

//go:embed bulletin.html.tmpl
var bulletinText string

// A Bulletin is a page of several short tables, such as a day's, with everything that a
// report promises: a sheet of a workbook each, or one page to read and print.
type Bulletin struct {
	// Title is what it is, Made when and where it was made.
	Title, Made string
	Sections    []Section
}

// A Section is one table of a Bulletin.
type Section struct {
	// Title is over the table, Sheet what its sheet is called.
	Title, Sheet string
	Columns      []Column
	// Rows have a value for each column.
	Rows [][]Value
	// None is said where there are no rows.
	None string
}

// A Value is a text or, where Counts says so, a count. Share is how long a bar beside it
// is on the page, in percent; 0 is none. Strong stands out.
type Value struct {
	Text   string
	Count  int
	Counts bool
	Share  int
	Strong bool
}

// Text is a Value of a text.
func Text(text string) Value { return Value{Text: text} }

// Count is a Value of a count with a bar as long as its share of most.
func Count(n, most int) Value {
	v := Value{Count: n, Counts: true}
	if most > 0 {
		v.Share = 100 * n / most
	}
	return v
}

// WriteBulletin writes a bulletin as XLSX or HTML; for another format it fails with
// ErrFormat.
func WriteBulletin(w io.Writer, b Bulletin, format Format, texts Texts) error {
	for _, s := range b.Sections {
		for n, row := range s.Rows {
			if len(row) != len(s.Columns) {
				return fmt.Errorf("row %d of %q has %d values for %d columns", n+1, s.Title, len(row), len(s.Columns))
			}
		}
	}
	switch format {
	case XLSX:
		return b.workbook(w, texts)
	case HTML:
		return b.page(w, texts)
	case CSV:
	}
	return ErrFormat
}

// page writes the page, which loads and runs nothing.
func (b Bulletin) page(w io.Writer, texts Texts) error {
	parsed, err := template.New("bulletin").Funcs(template.FuncMap{
		"plain":  Plain,
		"number": texts.Number,
	}).Parse(bulletinText)
	if err != nil {
		return fmt.Errorf("reading the page's template: %w", err)
	}
	if err := parsed.Execute(w, struct {
		Bulletin

		Language string
	}{b, texts.Language()}); err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	return nil
}

// workbook writes a sheet for each section. It is short: it is made in memory.
func (b Bulletin) workbook(w io.Writer, texts Texts) (err error) {
	book := &workbook{w: w, words: texts, file: excelize.NewFile(), head: head{title: b.Title}}
	defer func() { err = errors.Join(err, book.file.Close()) }()
	title := &excelize.DocProperties{Creator: "PKID Station", Title: Plain(b.Title), Description: Plain(b.Made)}
	if err := errors.Join(book.file.SetDocProps(title), book.makeStyles()); err != nil {
		return fmt.Errorf("beginning the workbook: %w", err)
	}
	for n, s := range b.Sections {
		if err := book.section(n, s); err != nil {
			return fmt.Errorf("writing the sheet %q: %w", s.Sheet, err)
		}
	}
	if err := book.zip(); err != nil {
		return fmt.Errorf("finishing the workbook: %w", err)
	}
	return nil
}

// section writes one sheet.
func (b *workbook) section(n int, s Section) error {
	if n == 0 {
		if err := b.file.SetSheetName("Sheet1", s.Sheet); err != nil {
			return err
		}
	} else if _, err := b.file.NewSheet(s.Sheet); err != nil {
		return err
	}
	sheet, err := b.file.NewStreamWriter(s.Sheet)
	if err != nil {
		return err
	}
	b.sheet, b.rows = sheet, 0
	for i, c := range s.Columns {
		if err := sheet.SetColWidth(i+1, i+1, c.Width); err != nil {
			return err
		}
		b.put(b.styles.head, Plain(c.Name))
	}
	if err := errors.Join(freeze(sheet), b.write()); err != nil {
		return err
	}
	for _, row := range s.Rows {
		for _, v := range row {
			if v.Counts {
				b.put(b.styles.integer, v.Count)
			} else {
				b.put(b.text(v.Text))
			}
		}
		if err := b.write(); err != nil {
			return err
		}
	}
	if len(s.Rows) == 0 {
		b.put(b.text(s.None))
		if err := b.write(); err != nil {
			return err
		}
	}
	return sheet.Flush()
}
