package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

func (p *previewPanel) keys() []panelKey {
	w, idle := p.window, !p.busy
	var keys []panelKey
	if len(p.found.Wrong)+len(p.found.Warnings) > 0 {
		keys = append(keys, panelKey{fyne.KeyF4, "orders.import.findings", idle, func() { w.openFindings(p) }})
	}
	return append(keys, []panelKey{
		{fyne.KeyF5, "orders.import.next", idle && len(p.fields) > 0, func() { p.turn(1) }},
		{fyne.KeyF6, "orders.import.before", idle && len(p.fields) > 0, func() { p.turn(-1) }},
		{fyne.KeyF7, "orders.import.profile", idle, func() { w.openListProfiles(p) }},
		{fyne.KeyF8, "orders.import.customer", idle, func() { w.openWhose(p) }},
		{fyne.KeyF10, "orders.import.keep", idle && !p.changed && p.named() != "", p.keep},
	}...)
}

func (p *previewPanel) command(key fyne.KeyName) bool {
	return pressed(p.keys(), key) || p.sheet.command(key)
}

// turn takes the chosen column for the next field, or the one before, that no other
// column has: two cannot be the same.
func (p *previewPanel) turn(by int) {
	at := p.sheet.chosen
	if at < 0 || at >= len(p.fields) {
		return
	}
	free := slices.DeleteFunc(append([]manifest.Field{""}, manifest.Fields()...), func(f manifest.Field) bool {
		return f != "" && f != p.fields[at] && slices.Contains(p.fields, f)
	})
	p.fields[at] = free[(slices.Index(free, p.fields[at])+by+len(free))%len(free)]
	p.changed, p.own = true, true
	p.window.reconsider()
}

// profile is what the columns are now, under the supplier's name. Columns go by
// their headers, unless one that is used has none of its own: then all go by their
// letters.
func (p *previewPanel) profile() manifest.Profile {
	profile := p.found.Profile
	profile.Name, profile.Columns = p.named(), nil
	profile.NoHeader = profile.NoHeader || !p.headed()
	if profile.NoHeader {
		profile.HeaderRow = p.found.HeaderRow
	}
	for n, c := range p.found.Columns {
		if p.fields[n] == "" {
			continue
		}
		column := c.Header
		if profile.NoHeader {
			column = c.Letter
		}
		profile.Columns = append(profile.Columns, manifest.Mapping{Column: column, Field: p.fields[n]})
	}
	return profile
}

// headed says whether each column that is used has a header of its own, and not a cut
// one: by that no column would be found again.
func (p *previewPanel) headed() bool {
	seen := map[string]int{}
	for _, c := range p.found.Columns {
		seen[c.Header]++
	}
	for n, c := range p.found.Columns {
		if p.fields[n] != "" && (c.Header == "" || seen[c.Header] > 1 || strings.HasSuffix(c.Header, "…")) {
			return false
		}
	}
	return true
}

// use reads the list by a supplier's profile, or has its columns found for nil. Where
// it cannot be read so, all stays as it was.
func (p *previewPanel) use(profile *manifest.Profile) {
	name, own, before := "", p.own, p.supplier.Text
	if profile != nil {
		name = profile.Name
	}
	p.own = profile != nil
	p.supplier.SetText(name)
	ask := p.request()
	ask.Profile = profile
	p.look(ask, func() {
		p.own = own
		p.supplier.SetText(before)
	})
}

// forWhom has the list taken for a customer: which of its rows are theirs is read
// again.
func (p *previewPanel) forWhom(customer autopilot.TenantID) {
	before := p.customer
	p.customer = customer
	if customer != before && !p.changed && !p.busy {
		p.look(p.request(), func() { p.customer = before })
	}
}

// keep keeps what the columns are under the supplier's name.
func (p *previewPanel) keep() {
	w, profile := p.window, p.profile()
	if p.keeping {
		return
	}
	p.keeping = true
	what := func() string { return w.words.Say("orders.import.keep") + " · " + words.Shown(profile.Name) }
	askFarFor(w, request{title: what}, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, w.options.Suppliers.Keep(ctx, profile)
	}, func(_ struct{}, err error) {
		p.keeping = false
		if err != nil {
			w.fail(err)
			return
		}
		w.note(widget.Neutral, func(spoken *words.Words) string {
			return spoken.Say("orders.import.kept", "Name", words.Shown(profile.Name))
		})
	})
}
