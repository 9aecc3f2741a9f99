package ui

import (
	"context"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/queue/export"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// An exportPanel writes what is ready for a customer as a file for the web site.
type exportPanel struct {
	window *Window
	picker *picker
	tags   *tagPicker
	path   *field
	// proposed is the path that was proposed last: a person's own stays.
	proposed string
}

// beginExport asks for whom, or has exported boxes confirmed where some are
// selected.
func (q *queueScreen) beginExport() {
	w, selected := q.window, q.count()
	if w.options.Files == nil {
		return
	}
	if selected.All > 0 && selected.All == selected.In(func(s queue.State) bool { return s == queue.Exported }) {
		q.withChosen(func(exported []queue.Entry) { w.openConfirmExport(exported, nil) })
		return
	}
	p := &exportPanel{window: w, picker: newPicker(w), tags: &tagPicker{window: w}}
	p.path = newField(w.capture, func(string) { w.reconsider() })
	p.picker.search.next, p.path.next = p.path, p.picker.search
	p.picker.onChoose = func() {
		p.tags.offer(p.picker.customer())
		p.propose()
	}
	if selected.All > 0 {
		first := q.list.Pick(q.chosen())
		p.picker.chosen = first.Whose(first.Rows()[0]).Customer
		p.tags.offer(p.picker.customer())
		p.propose()
	}
	w.openPanel(p)
	w.askCustomers()
}

// propose puts a path for the choice of now, unless a person typed one.
func (p *exportPanel) propose() {
	if p.path.Text != p.proposed || p.picker.chosen == "" {
		return
	}
	p.proposed = p.window.options.Files.Path(p.picker.chosen, p.tags.chosen)
	p.path.SetText(p.proposed)
}

func (p *exportPanel) title() string { return p.window.words.Say("screens.export") }

func (p *exportPanel) first() *field { return p.picker.search }

func (p *exportPanel) build() fyne.CanvasObject {
	say := p.window.words.Say
	rows := container.NewVBox(
		widget.NewPara(say("screens.export.what"), 17, widget.Text()),
		p.picker.build(), p.tags.build(p.picker.customer()),
		caption(say("screens.path")), p.path)
	if problem := p.problem(); problem != "" {
		rows.Add(widget.NewPara(problem, 17, widget.Text()).Bold())
	}
	return rows
}

func (p *exportPanel) problem() string {
	say := p.window.words.Say
	switch {
	case p.picker.chosen == "":
		return say("ui.picker.choose")
	case p.tags.missing(p.picker.customer()):
		return say("screens.tag.missing")
	case strings.TrimSpace(p.path.Text) == "":
		return say("screens.path.missing")
	default:
		return ""
	}
}

func (p *exportPanel) confirm() (string, bool) {
	return p.window.words.Say("screens.export.do"), p.problem() == ""
}

func (p *exportPanel) do() {
	if p.problem() != "" {
		return
	}
	w, customer, tag, path := p.window, p.picker.chosen, p.tags.chosen, strings.TrimSpace(p.path.Text)
	askFarFor(w, request{title: p.title}, func(ctx context.Context) (Written, error) { return w.options.Files.Write(ctx, customer, tag, path) },
		func(written Written, err error) {
			switch {
			case err != nil:
				w.fail(err)
			case len(written.Entries) == 0 && len(written.Refused) == 0:
				w.note(widget.Hold, func(spoken *words.Words) string { return spoken.Say("screens.export.nothing") })
			default:
				w.openPanel(&exportedPanel{window: w, file: written})
				w.reload()
			}
		})
}

func (p *exportPanel) command(key fyne.KeyName) bool {
	if key == fyne.KeyF5 {
		p.tags.next(p.picker.customer())
		p.propose()
		p.window.reconsider()
		return true
	}
	return p.picker.command(key)
}

// An exportedPanel says what to do on the web site with a file just written.
type exportedPanel struct {
	window *Window
	file   Written
	copied string // id of what was copied last
}

func (p *exportedPanel) title() string { return p.window.words.Say("screens.exported") }

func (p *exportedPanel) first() *field { return nil }

func (p *exportedPanel) build() fyne.CanvasObject {
	w, f := p.window, p.file
	rows := container.NewVBox(
		widget.NewPara(w.words.Count("screens.exported.count", len(f.Entries), "Customer", w.customer(f.Customer)), 19, widget.Text()).Bold(),
		widget.NewPara(pathText(f.Path), 17, widget.Text()))
	if f.Tag != "" {
		rows.Add(caption(w.words.Say("screens.exported.group")))
		name := widget.NewFit(string(f.Tag), 40, widget.Text()).Bold().Mono().OneLine()
		rows.Add(container.NewStack(widget.NewBlocker(widget.AccentTint(), 8), tallest(60, name)))
	}
	for _, step := range w.words.SiteSteps(f.Customer, f.Tag, pathText(f.Path)) {
		rows.Add(w.step(step))
	}
	for n, r := range f.Refused {
		if n == shownRefused {
			break
		}
		rows.Add(widget.NewPara(w.refusedText(r), 16, widget.Text()))
	}
	if f.Rest > 0 {
		rows.Add(widget.NewPara(w.words.Count("screens.exported.rest", f.Rest), 16, widget.Text()))
	}
	rows.Add(w.panelTaps(p.keys()))
	if p.copied != "" {
		rows.Add(widget.NewPara(w.words.Say("screens.copied"), 17, widget.Text()).Bold())
	}
	return rows
}

// pathText is a path that can be read to its end, on one line.
func pathText(path string) string {
	const longest = 300
	letters := []rune(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, path))
	if len(letters) > longest {
		return "…" + string(letters[len(letters)-longest:])
	}
	return string(letters)
}

// leave is what leaving it is called: the file stays.
func (p *exportedPanel) leave() string { return p.window.words.Say("screens.later") }

// refusedText says why a box is not in the file.
func (w *Window) refusedText(r export.Refusal) string {
	why := w.words.Say("cli.export.why." + string(r.Reason))
	if r.Column == "" {
		return w.words.Say("cli.export.refused.row", "Number", r.Entry.Number, "Why", why)
	}
	return w.words.Say("cli.export.refused", "Number", r.Entry.Number, "Column", r.Column, "Why", why)
}

// step is one line of a checklist.
func (w *Window) step(text string) fyne.CanvasObject {
	return container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(22, 24), widget.NewFit("–", 16, widget.Muted())), nil,
		widget.NewPara(text, 16, widget.Text()))
}

func (p *exportedPanel) keys() []panelKey {
	put := func(id, text string) func() {
		return func() {
			p.copied = id
			p.window.app.Clipboard().SetContent(text)
			p.window.reconsider()
		}
	}
	return []panelKey{
		{fyne.KeyF5, "screens.exported.copy.group", p.file.Tag != "", put("group", string(p.file.Tag))},
		{fyne.KeyF6, "screens.exported.copy.path", true, put("path", p.file.Path)},
	}
}

func (p *exportedPanel) command(key fyne.KeyName) bool { return pressed(p.keys(), key) }

func (p *exportedPanel) confirm() (string, bool) {
	return p.window.words.Say("screens.confirm"), len(p.file.Entries) > 0
}

// do goes on to what the web site took.
func (p *exportedPanel) do() {
	w := p.window
	filter := Wanted{Filter: queue.Filter{States: []queue.State{queue.Exported}, Customer: p.file.Customer}}
	ask(w, func(ctx context.Context) ([]queue.Entry, error) { return w.options.Entries.List(ctx, filter) },
		func(entries []queue.Entry, err error) {
			if err != nil {
				w.fail(err)
				return
			}
			w.openConfirmExport(only(entries, p.file.Entries), p)
		})
}

// only are the entries with these IDs.
func only(entries []queue.Entry, ids []string) []queue.Entry {
	wanted := map[string]bool{}
	for _, id := range ids {
		wanted[id] = true
	}
	var found []queue.Entry
	for _, e := range entries {
		if wanted[e.ID] {
			found = append(found, e)
		}
	}
	return found
}
