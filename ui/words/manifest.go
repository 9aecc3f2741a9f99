package words

import (
	"errors"
	"strings"

	"pkidstation/queue/manifest"
	"pkidstation/queue/manifest/table"
)

// ListRefusal is why a row of an announced list was not taken: where it stands,
// what is wrong, and what to do.
func (w *Words) ListRefusal(r manifest.Refusal) string {
	id := "list.why." + string(r.Reason)
	ids := []string{id}
	switch {
	case r.Beside != "":
		ids = []string{id + ".beside", id}
	case r.Field != "":
		ids = []string{id + "." + string(r.Field), id}
	}
	why := w.Say(w.first(ids...), "Value", Shown(r.Text), "Other", r.Other, "Beside", r.Beside, "Length", len(r.Text))
	return w.Say("list.refused", "Place", w.listPlace(r), "Why", why)
}

// listPlace is where a row stands as a person finds it: by a spreadsheet's
// numbers, and by a text editor's where they differ.
func (w *Words) listPlace(r manifest.Refusal) string {
	row := w.Say("list.place.row", "Row", r.Row)
	if r.Line != 0 && r.Line != r.Row {
		row = w.Say("list.place.row.line", "Row", r.Row, "Line", r.Line)
	}
	switch {
	case r.Column == "":
		return row
	case r.Header == "":
		return w.Say("list.place.column", "Row", row, "Column", r.Column)
	default:
		return w.Say("list.place.header", "Row", row, "Column", r.Column, "Header", Shown(r.Header))
	}
}

// ListField is what a column of a list was taken for; "" is a column that is not
// used.
func (w *Words) ListField(field manifest.Field) string {
	if field == "" {
		return w.Say("list.field.none")
	}
	return w.Say("list.field." + string(field))
}

// list are the errors that refuse a list as a whole.
func (w *Words) list(err error) (text string, ok bool) {
	if e, ok := errors.AsType[*table.FormatError](err); ok {
		if e.Format == table.ProtectedWorkbook {
			return w.Say("error.list.format.protected"), true
		}
		return w.Say("error.list.format", "What", w.Say("list.format."+string(e.Format))), true
	}
	if e, ok := errors.AsType[*manifest.MappingError](err); ok {
		var columns []string
		for _, c := range e.Columns {
			columns = append(columns, c.Letter)
		}
		return w.Say("error.list.mapping", "Columns", few(columns), "Field", w.ListField(e.Field)), true
	}
	if e, ok := errors.AsType[*manifest.SheetsError](err); ok {
		return w.sheets(e), true
	}
	if e, ok := errors.AsType[*manifest.ProfileError](err); ok {
		return w.Say("error.list.profile."+string(e.Fault), "Value", Shown(e.Value), "Most", manifest.MaxHeaderRow), true
	}
	if e, ok := errors.AsType[*manifest.CustomerError](err); ok {
		id := "error.lists.customer"
		if e.Several {
			id += ".many"
		}
		return w.Say(id, "Name", Shown(e.Name)), true
	}
	if errors.Is(err, manifest.ErrTooManyRows) {
		return w.Say("error.list.too-many-rows", "Most", w.Number(manifest.MaxRows)), true
	}
	return "", false
}

// sheets is why a workbook's sheet was not chosen.
func (w *Words) sheets(e *manifest.SheetsError) string {
	if e.Wanted != "" {
		return w.Say("error.list.sheet", "Sheet", Shown(e.Wanted))
	}
	return w.Say("error.list.sheets", "Sheets", few(e.Sheets))
}

// few names no more than fit on a line.
func few(names []string) string {
	const most = 5
	var all []string
	for i, name := range names {
		if i == most {
			all = append(all, "…")
			break
		}
		all = append(all, Shown(name))
	}
	return strings.Join(all, ", ")
}

// listErrors are those of them that have no more than their name.
func listErrors() []sentinel {
	return []sentinel{
		{table.ErrTooBig, "error.list.too-big"},
		{table.ErrUnpacks, "error.list.unpacks"},
		{table.ErrBroken, "error.list.broken"},
		{table.ErrChanged, "error.list.changed"},
		{manifest.ErrNoHeader, "error.list.no-header"},
		{manifest.ErrNoDevices, "error.list.no-devices"},
	}
}
