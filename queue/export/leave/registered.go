package leave

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"slices"

	"pkidstation/queue/export/report"
)

// PDF is the format of a list to print, beside package report's.
const PDF report.Format = "pdf"

// WriteRegistered writes the list of an order's registered devices for its
// customer, serials first, as PDF, XLSX or CSV, and says how many there are. For
// another format it fails with report.ErrFormat, for an order that contradicts
// itself with *OrderError.
func WriteRegistered(w io.Writer, o Order, format report.Format, opts Options) (n int, err error) {
	opts.Paper = A4
	s, err := newSetter(o, opts)
	if err != nil {
		return 0, err
	}
	boxes := registered(o)
	if format == PDF {
		return len(boxes), s.press.print(w, s.listTitle()+" – "+o.Order, s.list(boxes))
	}
	return len(boxes), report.WriteTable(w, s.registeredTable(boxes), format, opts.Words)
}

// RegisteredPages are the pages of WriteRegistered's PDF, as they will be
// printed.
func RegisteredPages(o Order, opts Options) ([]Page, error) {
	opts.Paper = A4
	s, err := newSetter(o, opts)
	if err != nil {
		return nil, err
	}
	return s.list(registered(o)), nil
}

// registered are the registered boxes in the order of a paper.
func registered(o Order) []Box {
	boxes := slices.DeleteFunc(slices.Clone(o.Boxes), func(b Box) bool { return !b.Registered })
	slices.SortStableFunc(boxes, inOrder)
	return boxes
}

func (s *setter) listTitle() string { return s.Words.Say("leave.registered") }

// registeredTable is the list for a spreadsheet.
func (s *setter) registeredTable(boxes []Box) report.Table {
	rows := func(yield func([]report.Cell) bool) {
		for _, b := range boxes {
			row := []report.Cell{
				{Text: b.Serial},
				{Text: b.Manufacturer},
				{Text: b.Model},
				{Text: string(b.PKID)},
				{Text: string(cmp.Or(b.GroupTag, s.order.GroupTag))},
				{Text: s.order.Order},
				{At: b.RegisteredAt},
			}
			if !yield(row) {
				return
			}
		}
	}
	return s.table(s.listTitle(), rows, []report.Column{
		{Name: "report.serial", Width: 20},
		{Name: "report.manufacturer", Width: 22},
		{Name: "report.model", Width: 26},
		{Name: "report.pkid", Width: 15},
		{Name: "report.tag", Width: 16},
		{Name: "report.order", Width: 18},
		{Name: "leave.registered.on", Width: 17},
	})
}

// table gives columns their names.
func (s *setter) table(title string, rows iter.Seq[[]report.Cell], columns []report.Column) report.Table {
	for i, c := range columns {
		columns[i].Name = s.Words.Say(c.Name)
	}
	return report.Table{Title: title, Sheet: s.Words.Say("report.devices"), Columns: columns, Rows: rows}
}

// list are the pages of the list.
func (s *setter) list(boxes []Box) []Page {
	s.columns = []column{
		{id: "report.serial", x: 0, w: 35},
		{id: "report.manufacturer", x: 37, w: 30},
		{id: "report.model", x: 69, w: 60},
		{id: "report.pkid", x: 132, w: 27},
		{id: "leave.registered.on", x: 162, w: 20},
	}
	rows := make([]block, 0, len(boxes))
	for _, b := range boxes {
		rows = append(rows, s.listRow(b))
	}
	pages := s.flow(rows, func(first bool) (Page, float64) {
		page, y := s.listHead(first)
		y = s.titles(&page, y)
		page.Fills = append(page.Fills, Fill{Rect: Rect{X: s.inside.X, Y: y, W: s.inside.W, H: thickline}})
		return page, y + thickline
	})
	s.feet(pages)
	return pages
}

// listHead is the top of a page of the list: on the first one with everything
// that is known of the order.
func (s *setter) listHead(first bool) (page Page, y float64) {
	at := s.inside
	if first {
		page.put(s.line(&at, s.listTitle(), s.count, true), s.line(&at, s.counted(), s.form.said, false))
		at.Y += s.gap
		for _, row := range s.fields {
			page.put(s.row(&at, row)...)
		}
		return page, at.Y + s.gap
	}
	title := fmt.Sprintf("%s – %s", s.listTitle(), s.press.letters.legible(s.order.Order))
	page.put(s.line(&at, title, s.heading, true), s.line(&at, s.order.CustomerName, s.body, false))
	return page, at.Y + s.gap
}

// listRow is one device.
func (s *setter) listRow(b Box) block {
	const size = 9.5
	h := lineHeight(s.body) + 1.2
	row := block{h: h}
	s.serial(&row, Text{Rect: s.columns[0].at(s, 0, h), Text: b.Serial, Size: size, Bold: true})
	for i, text := range []string{b.Manufacturer, b.Model, string(b.PKID), day(s.Words, b.RegisteredAt)} {
		row.put(s.press.fit(Text{Rect: s.columns[i+1].at(s, 0, h), Text: text, Size: size}))
	}
	row.Fills = []Fill{{Rect: Rect{X: s.inside.X, Y: row.h, W: s.inside.W, H: hairline}}}
	row.h += hairline
	return row
}
