package manifest

import (
	"strings"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest/table"
)

// A Column is one of the list's, and what it was taken for.
type Column struct {
	// Letter is what a spreadsheet calls it: "A" for the first.
	Letter string
	// Header is what the list calls it, clipped and printable; "" without a header.
	Header string
	// Field is "" for a column that is passed over.
	Field Field

	key string // the header as it is compared
}

// whole is the separator of a text that has one column. No list has it in it.
const whole = '\x1f'

// layout is how a list is to be read.
type layout struct {
	separator rune
	sheet     string
	header    int // the header's row; 0 without
	first     int // the row above the first device
	columns   []Column
	known     int   // columns that were taken for something
	err       error // why it cannot be read so
}

// at is the column of a field, or -1.
func (l *layout) at(field Field) int {
	for i, c := range l.columns {
		if c.Field == field {
			return i
		}
	}
	return -1
}

// heading is one of the first rows, kept.
type heading struct {
	number int
	cells  []string
}

// readHead keeps the rows that a header can be in.
func readHead(f *table.File, separator rune, sheet string) ([]heading, error) {
	var head []heading
	for row, err := range f.Rows(separator, sheet) {
		if err != nil {
			return nil, err
		}
		if row.Number > MaxHeaderRow {
			break
		}
		h := heading{number: row.Number}
		if row.Fault == "" || row.Fault == table.Hidden {
			for _, c := range row.Cells {
				h.cells = append(h.cells, c.Text)
			}
		}
		head = append(head, h)
	}
	return head, nil
}

// byNames finds the header by the names that are known: the row with most of
// them, the first of equals. It is nil where no row names what identifies.
func byNames(head []heading) *layout {
	var best *layout
	known := synonyms()
	for _, h := range head {
		l := &layout{header: h.number, first: h.number}
		identified := false
		for i, text := range h.cells {
			c := column(i, text)
			c.Field = named(known, text)
			l.columns = append(l.columns, c)
			if c.Field != "" {
				l.known++
				identified = identified || c.Field.identifies()
			}
		}
		if identified && (best == nil || l.known > best.known) {
			best = l
		}
	}
	if best != nil {
		best.err = best.twice()
	}
	return best
}

func column(i int, text string) Column {
	return Column{Letter: table.ColumnName(i), Header: shown(trim(text)), key: key(text)}
}

// twice says which columns could be the same field.
func (l *layout) twice() error {
	for _, field := range Fields() {
		var same []Column
		for _, c := range l.columns {
			if c.Field == field {
				same = append(same, c)
			}
		}
		if len(same) > 1 {
			return &MappingError{Field: field, Columns: same}
		}
	}
	return nil
}

// byProfile finds the header that a profile describes: in the row that it names,
// else the one with most of its columns.
func byProfile(head []heading, p *Profile) *layout {
	if p.NoHeader {
		return byLetters(head, p)
	}
	var best *layout
	for _, h := range head {
		if p.HeaderRow > 0 && h.number != p.HeaderRow {
			continue
		}
		l := p.in(h)
		if l.known > 0 && (best == nil || l.known > best.known) {
			best = l
		}
	}
	return best
}

// in is what a profile finds in one row.
func (p *Profile) in(h heading) *layout {
	l := &layout{header: h.number, first: h.number}
	for i, text := range h.cells {
		l.columns = append(l.columns, column(i, text))
	}
	for _, m := range p.Columns {
		found := 0
		for i, c := range l.columns {
			if c.key == key(m.Column) {
				l.columns[i].Field = m.Field
				found++
			}
		}
		switch {
		case found == 1:
			l.known++
		case found == 0 && l.err == nil:
			l.err = &ProfileError{Fault: ProfileNotInFile, Value: shown(m.Column)}
		case found > 1:
			l.known++
			l.err = &ProfileError{Fault: ProfileTwiceThere, Value: shown(m.Column)}
		}
	}
	return l
}

// byLetters is a profile of lists without a header.
func byLetters(head []heading, p *Profile) *layout {
	l := &layout{first: p.HeaderRow}
	width := 0
	for _, h := range head {
		width = max(width, len(h.cells))
	}
	for i := range width {
		l.columns = append(l.columns, Column{Letter: table.ColumnName(i)})
	}
	for _, m := range p.Columns {
		at := table.ColumnIndex(p.column(m))
		if at >= width {
			l.err = &ProfileError{Fault: ProfileNotInFile, Value: shown(m.Column)}
			continue
		}
		l.columns[at].Field = m.Field
		l.known++
	}
	return l
}

// plain takes a list without a header: its first rows have one value each, in
// the same column, and one of them is a PKID.
func plain(head []heading) *layout {
	at, found := -1, false
	for _, h := range head {
		for i, text := range h.cells {
			text = trim(text)
			if text == "" {
				continue
			}
			if at >= 0 && i != at {
				return nil
			}
			at = i
			_, err := autopilot.ParsePKID(text)
			found = found || err == nil
		}
	}
	if !found {
		return nil
	}
	l := &layout{known: 1}
	for i := range at + 1 {
		l.columns = append(l.columns, Column{Letter: table.ColumnName(i)})
	}
	l.columns[at].Field = PKID
	return l
}

// find chooses how to read a file: which separator or sheet, which row is the
// header, and what the columns are.
func find(f *table.File, o Options) (*layout, error) {
	if f.Format == table.Workbook {
		return findSheet(f, o)
	}
	separators := append([]rune{whole}, table.Separators()...)
	if o.Profile != nil && o.Profile.Separator != "" {
		separators = []rune(o.Profile.Separator)
	}
	var best, list *layout
	something := false
	for _, separator := range separators {
		head, err := readHead(f, separator, "")
		if err != nil {
			return nil, err
		}
		something = something || len(head) > 0
		l := o.layout(head)
		if l != nil {
			l.separator = separator
			if best == nil || l.known > best.known || l.known == best.known && len(l.columns) > len(best.columns) {
				best = l
			}
		} else if p := plain(head); o.Profile == nil && list == nil && p != nil {
			p.separator, list = separator, p
		}
	}
	return chosen(best, list, something)
}

// layout is how the profile, or the names that are known, read the first rows.
func (o Options) layout(head []heading) *layout {
	if o.Profile != nil {
		return byProfile(head, o.Profile)
	}
	return byNames(head)
}

// chosen is the layout with a header before the one without; neither is why
// there is none.
func chosen(best, list *layout, something bool) (*layout, error) {
	switch {
	case best != nil:
		return best, best.err
	case list != nil:
		return list, nil
	case something:
		return nil, ErrNoHeader
	default:
		return nil, ErrNoDevices
	}
}

// SheetIs says whether a sheet is the one that is wanted, by its name or by what a
// SheetsError shows of it.
func SheetIs(sheet, wanted string) bool {
	return strings.EqualFold(sheet, wanted) || shown(sheet) == wanted
}

// findSheet is find for a workbook.
func findSheet(f *table.File, o Options) (*layout, error) {
	wanted := o.Sheet
	if wanted == "" && o.Profile != nil {
		wanted = o.Profile.Sheet
	}
	var found, lists []*layout
	there, something := wanted == "", false
	for _, sheet := range f.Sheets {
		if wanted != "" && !SheetIs(sheet, wanted) {
			continue
		}
		there = true
		head, err := readHead(f, 0, sheet)
		if err != nil {
			return nil, err
		}
		something = something || len(head) > 0
		if l := o.layout(head); l != nil && len(head) > 0 {
			l.sheet = sheet
			found = append(found, l)
		} else if l := plain(head); l != nil && o.Profile == nil {
			l.sheet = sheet
			lists = append(lists, l)
		}
	}
	if !there {
		return nil, &SheetsError{Wanted: shown(wanted)}
	}
	if len(found) == 0 {
		found = lists
	}
	if len(found) > 1 {
		e := &SheetsError{}
		for _, l := range found {
			e.Sheets = append(e.Sheets, shown(l.sheet))
		}
		return nil, e
	}
	if len(found) == 0 {
		return chosen(nil, nil, something)
	}
	return chosen(found[0], nil, something)
}
