package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A hashPanel gives a box the hardware hash of its device, from the file that
// Get-WindowsAutopilotInfo wrote: the way that Microsoft advises against. What is
// inside the hash is shown beside what is known of the box before it is given, and a
// supervisor decides it.
type hashPanel struct {
	window       *Window
	entry        queue.Entry
	path, reason *field
	// read is the hash of the file that was read last, from its path: a scan that goes
	// through the field is no other file.
	read *FoundHash
	from string
	busy bool
}

// beginHash asks for the file, of one box that is held.
func (q *queueScreen) beginHash() {
	if q.window.options.Hashes != nil && q.count().All == 1 {
		q.withChosen(func(one []queue.Entry) { q.window.openHash(one[0]) })
	}
}

func (w *Window) openHash(e queue.Entry) {
	if !takesHash(e) {
		return
	}
	p := &hashPanel{window: w, entry: e}
	p.path = newField(w.capture, func(string) { w.reconsider() })
	p.reason = newField(w.capture, func(string) { w.reconsider() })
	p.path.next, p.reason.next = p.reason, p.path
	w.openPanel(p)
}

// takesHash says whether a box is offered a hash: it waits for a person, and nothing of
// it has left the station.
func takesHash(e queue.Entry) bool { return e.State == queue.Held && !e.Sent }

func (p *hashPanel) title() string {
	w := p.window
	return w.words.Say("screens.hash") + " · " + w.words.Say("screens.hash.box", "Number", p.entry.Number) + " · " + w.customer(p.entry.Customer)
}

func (p *hashPanel) first() *field { return p.path }

func (p *hashPanel) build() fyne.CanvasObject {
	w, say := p.window, p.window.words.Say
	rows := container.NewVBox()
	for _, line := range w.words.HashWays(p.entry) {
		rows.Add(widget.NewPara(line, 18, widget.Text()).Bold())
	}
	found := p.found()
	if found == nil {
		rows.Add(widget.NewPara(say("screens.hash.what"), 17, widget.Text()))
	}
	rows.Add(caption(say("screens.path")))
	rows.Add(p.path)
	if found != nil {
		rows.Add(p.beside(*found))
	}
	rows.Add(caption(say("ui.why")))
	rows.Add(w.reasonTaps(p.reason, []string{"screens.hash.why.none", "orders.why.unreadable"}))
	rows.Add(p.reason)
	if problem := p.problem(); problem != "" {
		rows.Add(widget.NewPara(problem, 17, widget.Text()).Bold())
	}
	return rows
}

// beside is what is known of the box beside what is inside the hash.
func (p *hashPanel) beside(found FoundHash) fyne.CanvasObject {
	say, e, in := p.window.words.Say, p.entry, found.Inside
	rows := container.NewVBox(besideRow(17, "", say("screens.hash.of.box"), say("screens.hash.inside", "Row", found.Row)))
	for _, f := range [][3]string{
		{say("ui.column.pkid"), string(e.PKID), string(in.PKID)},
		{say("ui.column.serial"), e.Serial, in.Serial},
		{say("ui.fact.maker"), e.Manufacturer, in.Manufacturer},
		{say("ui.fact.model"), e.Model, in.Model},
	} {
		rows.Add(besideRow(18, f[0], orDash(f[1]), orDash(f[2])))
	}
	if !found.provedFor(e) {
		rows.Add(widget.NewStrip(widget.News{Tone: widget.Hold, Word: say("screens.hash.unproved"), What: say("screens.hash.unproved.what")}))
	}
	return rows
}

// besideRow is a name, and a value of each side.
func besideRow(size float32, name, one, other string) fyne.CanvasObject {
	label := container.NewGridWrap(fyne.NewSize(150, 26), widget.NewFit(name, 16, widget.Text()))
	return container.NewBorder(nil, nil, label, nil,
		container.NewGridWithColumns(2, widget.NewPara(one, size, widget.Text()).Bold(), widget.NewPara(other, size, widget.Text()).Bold()))
}

func (p *hashPanel) file() string { return p.path.path() }

// found is the hash of the file that is typed, nil until it was read.
func (p *hashPanel) found() *FoundHash {
	if p.from == p.file() {
		return p.read
	}
	return nil
}

func (p *hashPanel) why() string { return strings.TrimSpace(p.reason.Text) }

func (p *hashPanel) problem() string {
	say := p.window.words.Say
	switch {
	case p.busy:
		return say("screens.hash.reading")
	case p.file() == "":
		return say("screens.path.missing")
	case p.found() != nil && p.why() == "":
		return say("ui.why.missing")
	default:
		return ""
	}
}

// confirm reads the file, and gives the hash that was found in it.
func (p *hashPanel) confirm() (string, bool) {
	id := "screens.hash.look"
	if p.found() != nil {
		id = "screens.hash"
	}
	return p.window.words.Say(id), p.problem() == ""
}

func (p *hashPanel) do() {
	switch {
	case p.problem() != "":
	case p.found() == nil:
		p.look()
	default:
		p.give()
	}
}

func (p *hashPanel) look() {
	w, path := p.window, p.file()
	p.busy = true
	w.reconsider()
	askLong(w, p.title, func(ctx context.Context) (FoundHash, error) { return w.options.Hashes.Look(ctx, p.entry.ID, path) },
		func(found FoundHash, err error) {
			p.busy = false
			if err != nil {
				w.fail(err)
			} else {
				p.read, p.from = &found, path
			}
			w.reconsider()
		})
}

func (p *hashPanel) give() {
	w, hash, why := p.window, p.found().Hash, p.why()
	p.busy = true
	w.reconsider()
	askFarFor(w, request{title: p.title, about: []queue.Entry{p.entry}}, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, w.options.Hashes.Give(ctx, p.entry.ID, hash, why)
	}, func(_ struct{}, err error) {
		p.busy = false
		w.reconsider()
		if err != nil {
			w.fail(err)
			return
		}
		if w.showing(p) {
			w.closePanel()
		}
		w.note(widget.Neutral, func(spoken *words.Words) string { return spoken.Say("screens.hash.done", "Number", p.entry.Number) })
		w.reload()
	})
}

// provedFor says whether the hash itself says that it is a box's: they have the PKID
// or the serial number in common.
func (f FoundHash) provedFor(e queue.Entry) bool {
	return e.PKID != "" && e.PKID == f.Inside.PKID ||
		e.Serial != "" && strings.EqualFold(strings.TrimSpace(e.Serial), f.Inside.Serial)
}
