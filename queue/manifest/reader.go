package manifest

import (
	"context"
	"slices"
	"strings"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest/table"
)

// reader makes a manifest of rows.
type reader struct {
	m       *Manifest
	layout  *layout
	options Options
	index   map[Field]int // of a field, its column
	seen    int
	preview int
	repeats repeats
	refused blocks[Refusal]
	same    map[string]string // values that many rows share
}

func newReader(m *Manifest, l *layout, o Options) *reader {
	r := &reader{m: m, layout: l, options: o, index: map[Field]int{}, preview: o.Preview, repeats: newRepeats(), same: map[string]string{}}
	if r.preview <= 0 {
		r.preview = defaultPreview
	}
	for _, field := range Fields() {
		if at := l.at(field); at >= 0 {
			r.index[field] = at
		}
	}
	return r
}

// progressRows is how many rows are read between two looks at ctx and two reports.
const progressRows = 1000

// all reads every row, then looks at the list as a whole.
func (r *reader) all(ctx context.Context, f *table.File) error {
	for row, err := range f.Rows(r.layout.separator, r.layout.sheet) {
		if err != nil {
			return err
		}
		if r.seen++; r.seen > MaxRows+MaxHeaderRow {
			return ErrTooManyRows
		}
		if r.seen%progressRows == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			r.report(f)
		}
		r.take(row)
	}
	r.wholes()
	r.customers()
	r.m.Refused = slices.Concat(r.refused.all...)
	slices.SortStableFunc(r.m.Refused, func(a, b Refusal) int { return a.Row - b.Row })
	r.warn()
	r.report(f)
	return ctx.Err()
}

func (r *reader) report(f *table.File) {
	if r.options.Progress == nil {
		return
	}
	done, of := f.Done(r.layout.sheet)
	r.options.Progress(Progress{Rows: r.seen, Done: done, Of: of})
}

// take takes one row, or refuses it.
func (r *reader) take(row table.Row) {
	place := Place{Row: row.Number, Line: row.Line}
	if row.Number <= r.layout.first {
		if row.Number != r.layout.header {
			r.above(row, place)
		}
		return
	}
	if len(r.m.Preview) < r.preview {
		r.m.Preview = append(r.m.Preview, previewed(row, place))
	}
	if why := unreadable(row); why != "" {
		r.refuse(Refusal{Place: place, Reason: why})
		return
	}
	if at := r.beyond(row); at >= 0 {
		r.refuse(Refusal{Place: place, Column: table.ColumnName(at), Reason: Shifted, Text: shown(trim(row.Cells[at].Text))})
		return
	}
	if r.again(row) {
		r.refuse(Refusal{Place: place, Reason: HeaderAgain})
		return
	}
	device, refusal := r.device(row, place)
	if refusal == nil {
		refusal = r.repeated(&device)
	}
	if refusal != nil {
		r.refuse(*refusal)
		return
	}
	r.m.rows.add(device)
}

func (r *reader) refuse(refusal Refusal) { r.refused.add(refusal) }

// drop refuses a row that was taken before, once.
func (r *reader) drop(i int, field Field, text string, why Reason, other int) {
	if r.m.dropped[i] {
		return
	}
	r.m.dropped[i] = true
	r.refuse(r.at(field, r.m.rows.at(i).Place, text, why, other))
}

// at is a refusal of a field's column.
func (r *reader) at(field Field, place Place, text string, why Reason, other int) Refusal {
	refusal := Refusal{Place: place, Field: field, Reason: why, Text: shown(text), Other: other}
	if at, ok := r.index[field]; ok {
		refusal.Column, refusal.Header = r.layout.columns[at].Letter, r.layout.columns[at].Header
	}
	if why == Secret {
		refusal.Text = ""
	}
	return refusal
}

// above refuses a row above the header that holds a PKID. Titles and dates are
// left.
func (r *reader) above(row table.Row, place Place) {
	for i, c := range row.Cells {
		if _, err := autopilot.ParsePKID(trim(c.Text)); err == nil {
			r.refuse(Refusal{Place: place, Column: table.ColumnName(i), Reason: AboveHeader, Text: shown(trim(c.Text))})
			return
		}
	}
}

func previewed(row table.Row, place Place) Preview {
	p := Preview{Place: place, Cells: make([]string, 0, len(row.Cells))}
	for _, c := range row.Cells {
		p.Cells = append(p.Cells, shown(trim(c.Text)))
	}
	return p
}

func unreadable(row table.Row) Reason {
	switch row.Fault {
	case table.OpenQuote:
		return OpenQuote
	case table.LongLine, table.WideRow:
		return LongRow
	case table.Hidden:
		return HiddenRow
	default:
		return ""
	}
}

// beyond is the first value of a text's row that has no column, or -1: a
// separator within a value shifts all that follow. In a workbook nothing shifts,
// and what stands beside the table is a note.
func (r *reader) beyond(row table.Row) int {
	if row.Line == 0 {
		return -1
	}
	for i := len(r.layout.columns); i < len(row.Cells); i++ {
		if trim(row.Cells[i].Text) != "" {
			return i
		}
	}
	return -1
}

// again says whether a row is the header once more.
func (r *reader) again(row table.Row) bool {
	if r.layout.header == 0 {
		return false
	}
	for _, at := range r.index {
		if at >= len(row.Cells) || key(row.Cells[at].Text) != r.layout.columns[at].key {
			return false
		}
	}
	return true
}

// device is the row's, or why there is none: the first thing that is wrong, in
// the order of Fields.
func (r *reader) device(row table.Row, place Place) (Row, *Refusal) {
	d := Row{Place: place}
	for _, field := range Fields() {
		at, ok := r.index[field]
		if !ok || at >= len(row.Cells) {
			continue
		}
		text, why := value(row.Cells[at], field)
		if why == "" && text != "" {
			why = r.set(&d, field, text, row.Cells[at].Kind)
		}
		if why != "" {
			refusal := r.at(field, place, text, why, 0)
			if beside := elsewhere(row, at); field == PKID && why == NotPKID && beside >= 0 {
				refusal.Reason, refusal.Beside = WrongColumn, table.ColumnName(beside)
			}
			return d, &refusal
		}
	}
	return d, r.whole(&d)
}

// elsewhere is another column of the row in which a PKID could stand, or -1.
func elsewhere(row table.Row, at int) int {
	for i, c := range row.Cells {
		if i == at {
			continue
		}
		if _, err := autopilot.ParsePKID(trim(c.Text)); err == nil {
			return i
		}
	}
	return -1
}

// whole is what is wrong with a row whose values are right each for itself.
func (r *reader) whole(d *Row) *Refusal {
	if d.PKID != "" && d.Serial == string(d.PKID) {
		refusal := r.at(Serial, d.Place, d.Serial, WrongColumn, 0)
		refusal.Beside = r.layout.columns[r.index[PKID]].Letter
		return &refusal
	}
	if refusal := r.disagreement(d); refusal != nil {
		return refusal
	}
	if !d.Identified() && (d.Serial == "" || !r.options.SerialsSuffice) {
		return &Refusal{Place: d.Place, Reason: NoIdentity, Text: shown(d.Serial)}
	}
	return r.expected(d)
}

// set puts a value into the row, or says what is wrong with it.
func (r *reader) set(d *Row, field Field, text string, kind table.Kind) (why Reason) {
	switch field {
	case PKID:
		d.PKID, why = pkid(text, kind)
		d.PKID = autopilot.PKID(strings.Clone(string(d.PKID)))
		d.CouldBeGTIN = r.layout.header == 0 && r.options.Profile == nil && isGTIN(string(d.PKID))
	case Serial:
		d.Serial, why = strings.Clone(text), serial(text, kind)
	case Hash:
		if _, err := autopilot.ParseHardwareHash(text); err != nil {
			return BadHash
		}
		d.Hash = autopilot.HardwareHash(strings.Clone(text))
	case GroupTag:
		tag, err := autopilot.ParseGroupTag(text)
		if err != nil {
			return BadGroupTag
		}
		d.GroupTag = autopilot.GroupTag(r.shared(string(tag)))
	case Tenant:
		var id autopilot.TenantID
		id, why = tenant(text)
		d.Tenant = autopilot.TenantID(r.shared(string(id)))
	case Customer:
		if guid.MatchString(text) && d.Tenant == "" {
			d.Tenant = autopilot.TenantID(r.shared(strings.ToLower(text)))
			return ""
		}
		d.Customer = r.shared(text)
	case Manufacturer, Model, Order, Pallet, Box:
		if field == Manufacturer && placeholder(text) {
			return Placeholder
		}
		*d.named(field) = r.shared(text)
		why = damaged(text, kind)
	}
	return why
}

// named is where a row has a field that is only a name.
func (d *Row) named(field Field) *string {
	switch field { //nolint:exhaustive // the others are more than names
	case Manufacturer:
		return &d.Manufacturer
	case Model:
		return &d.Model
	case Order:
		return &d.Order
	case Pallet:
		return &d.Pallet
	default:
		return &d.Box
	}
}

// mostShared is how many different values are kept once for all rows.
const mostShared = 4096

// shared is a value that does not hold its row's text in memory, once for all
// rows that have it.
func (r *reader) shared(text string) string {
	if kept, ok := r.same[text]; ok {
		return kept
	}
	text = strings.Clone(text)
	if len(r.same) < mostShared {
		r.same[text] = text
	}
	return text
}
