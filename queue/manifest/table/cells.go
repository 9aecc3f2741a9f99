package table

import (
	"encoding/xml"
	"fmt"
	"iter"
	"math"
	"strconv"
	"strings"
)

// maxRow is the last row of a sheet, as Excel has it.
const maxRow = 1 << 20

// errStop ends a walk whose rows nobody wants any more.
type errStop struct{}

func (errStop) Error() string { return "stopped" }

// rows are those of a sheet.
func (w *workbook) rows(name string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		part := w.part(name)
		if part == nil {
			yield(Row{}, broken("no such sheet", nil))
			return
		}
		err := w.load()
		if err == nil {
			w.from.read = 0
			g := &grid{book: w, yield: yield}
			err = w.each(part.Name, MaxUnpacked, g.take)
			if err == nil && !g.any {
				err = broken("no sheet in the sheet's part", nil)
			}
		}
		if err != nil && err != error(errStop{}) { //nolint:errorlint // our own, unwrapped
			yield(Row{}, err)
		}
	}
}

// grid makes rows of a sheet's elements.
type grid struct {
	book  *workbook
	yield func(Row, error) bool
	any   bool // the sheet's data was there
	row   Row
	inRow bool
	// The cell that is being read: where it is, of what type and style, and what
	// it holds so far.
	column      int
	kind, style string
	formula     bool
	inCell      bool
	inValue     bool
	aside       int
	value       []byte
}

func (g *grid) take(x *elements) error {
	switch token := x.token.(type) {
	case xml.StartElement:
		return g.start(token)
	case xml.CharData:
		if g.inValue && g.aside == 0 && len(g.value) <= MaxCell {
			g.value = append(g.value, token...)
		}
	case xml.EndElement:
		return g.end(token.Name.Local)
	}
	return nil
}

func (g *grid) start(element xml.StartElement) error {
	switch element.Name.Local {
	case "sheetData":
		g.any = true
	case "row":
		return g.startRow(element)
	case "c":
		return g.startCell(element)
	case "f":
		g.formula = g.inCell
	case "v":
		g.inValue = g.inCell
	case "t":
		g.inValue = g.inCell && g.kind == "inlineStr"
	case "rPh":
		g.aside++
	}
	return nil
}

func (g *grid) startRow(element xml.StartElement) error {
	if err := g.book.from.ctx.Err(); err != nil {
		return err
	}
	if g.inRow {
		return broken("a row in a row", nil)
	}
	number := g.row.Number + 1
	if r := attribute(element, "r"); r != "" {
		n, err := strconv.Atoi(r)
		if err != nil {
			return broken("a row's number", err)
		}
		number = n
	}
	if number <= g.row.Number || number > maxRow {
		return broken("a row's number", nil)
	}
	g.row = Row{Number: number, Cells: g.row.Cells[:0]}
	if hidden := attribute(element, "hidden"); hidden == "1" || hidden == "true" {
		g.row.Fault = Hidden
	}
	g.inRow, g.column = true, -1
	return nil
}

func (g *grid) startCell(element xml.StartElement) error {
	if !g.inRow || g.inCell {
		return broken("a cell outside a row", nil)
	}
	column := g.column + 1
	if r := attribute(element, "r"); r != "" {
		column = ColumnIndex(strings.TrimRight(r, "0123456789"))
	}
	if column <= g.column {
		return broken("a cell's place", nil)
	}
	g.column, g.kind, g.style = column, attribute(element, "t"), attribute(element, "s")
	g.inCell, g.formula, g.value = true, false, g.value[:0]
	return nil
}

func (g *grid) end(name string) error {
	switch name {
	case "v", "t":
		g.inValue = false
	case "rPh":
		g.aside--
	case "c":
		g.inCell = false
		return g.put()
	case "row":
		g.inRow = false
		if hidden := g.row.Fault == Hidden; hidden {
			g.row.Fault = ""
			if !g.row.Blank() {
				g.row.Fault = Hidden
			}
		}
		if !g.row.Blank() && !g.yield(g.row, nil) {
			return errStop{}
		}
	}
	return nil
}

// put writes the cell that was read into the row. What is empty needs no place.
func (g *grid) put() error {
	if len(g.value) == 0 && !g.formula {
		return nil
	}
	cell, err := g.cell()
	if err != nil {
		return err
	}
	if g.column >= MaxColumns {
		if g.row.Fault == "" {
			g.row.Fault = WideRow
		}
		return nil
	}
	for len(g.row.Cells) < g.column {
		g.row.Cells = append(g.row.Cells, Cell{})
	}
	g.row.Cells = append(g.row.Cells, cell)
	return nil
}

func (g *grid) cell() (Cell, error) {
	text, kind := string(g.value), Plain
	switch g.kind {
	case "s":
		shared, ok := g.book.shares(text)
		if !ok && !g.formula {
			return Cell{}, broken("a string that is not there", nil)
		}
		text = shared
	case "inlineStr", "str":
	case "b":
		text, kind = strings.ToUpper(strconv.FormatBool(strings.TrimSpace(text) == "1")), Boolean
	case "e":
		kind = Error
	case "d":
		kind = Date
	case "n", "":
		text, kind = digits(text), Number
		if g.book.isDate(g.style) {
			kind = Date
		}
	default:
		return Cell{}, broken(fmt.Sprintf("a cell of type %.10q", g.kind), nil)
	}
	switch {
	case g.formula:
		kind = Formula
	case len(text) > MaxCell:
		text, kind = text[:MaxCell], Long
	}
	return Cell{Text: text, Kind: kind}, nil
}

// digits is a number as its digits where it is whole and a workbook keeps it
// exactly: programs write 3305123456789 also as 3.305123456789E12.
func digits(text string) string {
	text = strings.TrimSpace(text)
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || strings.Trim(text, "0123456789+-.eE") != "" || n != math.Trunc(n) || math.Abs(n) >= 1e15 {
		return text
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}
