package words

import "pkidstation/queue/manifest"

// ListWarning is what a person should look at before the rows of an announced list
// are registered: where the first of them stands, what it is, and what to do.
func (w *Words) ListWarning(one manifest.Warning) string {
	id := "list.warn." + string(one.Caution)
	switch {
	case one.Caution == manifest.MakerAlias && !one.Proved:
		id += ".hearsay"
	case one.Caution == manifest.ModelUnlike && len(one.Wanted) > 0:
		id += ".known"
	}
	why := w.Say(id, "Value", Shown(one.Text), "Wanted", w.spellings(one.Wanted), "Advice", w.HashAdvice(), "Ways", w.SurfaceWays())
	place := w.listPlace(manifest.Refusal{Place: one.Place, Column: one.Column, Header: one.Header})
	return w.Count("list.warned", one.Rows, "Others", one.Rows-1, "Place", place, "Why", why)
}

// SurfaceWays are the two ways in which a Surface device without a PKID on its box is
// registered.
func (w *Words) SurfaceWays() string { return w.Say("surface.ways") }

// spellings are names to choose from.
func (w *Words) spellings(names []string) (text string) {
	for _, name := range names {
		quoted := w.Say("list.warn.spelling", "Name", Shown(name))
		if text == "" {
			text = quoted
		} else {
			text = w.Say("list.warn.spelling.or", "First", text, "Second", quoted)
		}
	}
	return text
}
