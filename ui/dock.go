package ui

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A dock is the screen for people who scan: large, and nothing on it to decide.
type dock struct {
	window   *Window
	tile     *widget.Tile
	preview  *widget.Preview
	rows     []*widget.Row
	counters *counters
	band     *band
	undo     *widget.Tap
	teach    *widget.Tap
	column   *fyne.Container
}

func newDock(w *Window) *dock {
	d := &dock{window: w, tile: widget.NewTile(widget.News{}), preview: widget.NewPreview(), counters: newCounters()}
	for range shownCaptures {
		d.rows = append(d.rows, widget.NewRow())
	}
	d.band = newBand(w)
	return d
}

func (d *dock) build() fyne.CanvasObject {
	say := d.window.words.Say
	list := container.New(evenly{}, rowsOf(d.rows)...)
	d.undo = widget.NewTap(say("ui.undo"), say("ui.key.undo"), widget.Plain, d.undoLast).Tall(d.window.primary).Stacked()
	d.teach = widget.NewTap(say("label.teach"), "F6", widget.Plain, d.teachLast).Tall(d.window.primary)
	typed := widget.NewTap(say("ui.typed"), "F4", widget.Plain, d.openTyped).Tall(d.window.primary).Stacked()
	title := widget.NewFit(say("ui.recent"), 16, widget.Muted()).Bold().OneLine()
	d.column = container.New(&dockColumn{}, d.counters.build(), d.preview, title, list, container.NewVBox(d.teach, container.New(&pair{}, d.undo, typed)))
	d.refresh()
	return container.New(&dockLayout{alerted: d.window.alerted}, d.band.build(), d.tile, d.column)
}

func rowsOf(rows []*widget.Row) []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(rows))
	for n, row := range rows {
		objects[n] = row
	}
	return objects
}

func (d *dock) refresh() {
	w := d.window
	d.tile.Tell(w.news())
	d.band.refresh()
	d.counters.refresh(w.words, w.counts)
	for n, row := range d.rows {
		if n < len(w.recent) {
			row.Tell(captureOf(w.words, w.recent[n]))
		} else {
			row.Tell(widget.Capture{})
		}
	}
	if d.undo != nil {
		d.teach.Hidden = d.unknown() == ""
		d.undo.SetEnabled(len(w.recent) > 0 && w.recent[0].State.NeverSent())
		d.column.Refresh()
	}
}

func captureOf(spoken *words.Words, e queue.Entry) widget.Capture {
	name := nameOf(e)
	if name == "" && e.Reason == queue.Unreadable {
		name = spoken.Say("box.unreadable")
	}
	return widget.Capture{
		Tone: toneOfState(e.State), Number: strconv.Itoa(e.Number), Name: name,
		State: spoken.State(e.State), When: spoken.Clock(e.CapturedAt),
	}
}

func (d *dock) look(p Preview) {
	outlines := make([]widget.Outline, 0, len(p.Regions))
	for _, r := range p.Regions {
		ink := widget.AccentFill()
		if r.Word != "" {
			ink = toneOf(r.Word).Fill()
		}
		outlines = append(outlines, widget.Outline{Corners: r.Corners, Ink: ink})
	}
	appeared := d.preview.Hidden
	d.preview.Tell(p.Image, outlines)
	if appeared && d.column != nil {
		d.column.Refresh()
	}
}

func (d *dock) command(key fyne.KeyName, modifier fyne.KeyModifier) bool {
	switch {
	case modifier == fyne.KeyModifierControl && (key == fyne.KeyReturn || key == fyne.KeyEnter):
		d.window.sayYes()
	case key == fyne.KeyZ && modifier == fyne.KeyModifierShortcutDefault:
		d.undoLast()
	case modifier != 0:
		return false
	case key == fyne.KeyF3:
		d.turnReception()
	case key == fyne.KeyF4:
		d.openTyped()
	case key == fyne.KeyF5:
		d.window.endLayer()
	case key == fyne.KeyF6:
		d.teachLast()
	case key == fyne.KeyF7:
		d.window.tryScanner()
	case key == fyne.KeyF8:
		d.window.lookUpReturns()
	default:
		return false
	}
	return true
}

// undoLast takes the last capture back, in one action.
func (d *dock) undoLast() {
	w := d.window
	ask(w, w.options.Intake.Undo, func(e queue.Entry, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.tidings = tidings{undone: &e}
		w.dismiss()
		d.refresh()
		w.bar.refresh()
		w.askReception()
	})
	w.capture.rest()
}

// unknown is the last code, if nobody knew it and it could be taught.
func (d *dock) unknown() string {
	v := d.window.tidings.verdict
	if d.window.options.Teach == nil || v.Word != queue.NotTaken || v.Reason != queue.UnknownCode || v.Unsure || strings.HasSuffix(v.Text, "…") {
		return ""
	}
	return v.Text
}

func (d *dock) teachLast() { d.window.openTeach(d.unknown()) }

func (d *dock) openTyped() { d.window.openPanel(newTypedPanel(d.window)) }

// typedAtTheDock says where an order or a PKID is typed: what a hand types into the
// dock itself is no scan, and nothing is taken of it.
func (w *Window) typedAtTheDock() {
	if w.panel == nil && w.page == page(w.dock) {
		w.note(widget.Hold, func(spoken *words.Words) string { return spoken.Say("ui.by-hand") })
	}
}

// turnReception opens a reception, or closes the open one.
func (d *dock) turnReception() {
	w := d.window
	if w.open {
		w.openClosing()
		return
	}
	w.openPanel(newReceptionPanel(w))
	w.askCustomers()
}

// closePanel asks whether a reception is complete.
type closePanel struct {
	window *Window
	boxes  int
}

// openClosing asks it, with how many boxes stand: their numbers go on where some were
// taken back.
func (w *Window) openClosing() {
	p := &closePanel{window: w, boxes: w.boxes()}
	w.openPanel(p)
	wanted := Wanted{Filter: queue.Filter{Reception: w.reception.ID, States: standing()}}
	askLong(w, p.title, func(ctx context.Context) ([]queue.Entry, error) { return w.options.Entries.List(ctx, wanted) }, func(all []queue.Entry, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		if p.boxes = len(all); w.showing(p) {
			w.rebuildPanel()
		}
	})
}

func (p *closePanel) title() string { return p.window.words.Say("ui.reception.close") }

func (p *closePanel) first() *field { return nil }

func (p *closePanel) confirm() (string, bool) {
	return p.window.words.Say("ui.reception.close"), true
}

func (p *closePanel) build() fyne.CanvasObject {
	w := p.window
	return container.NewVBox(
		widget.NewPara(w.workText(w.reception.Work), 24, widget.Text()).Bold(),
		gap(8),
		widget.NewPara(w.ofExpected(w.words.Count("ui.reception.boxes", p.boxes)), 20, widget.Text()),
		widget.NewPara(w.words.Say("ui.reception.close.what"), 18, widget.Text()),
	)
}

// boxes is how many the open reception has, by its last running number: the
// reception itself may have been read before the last scans.
func (w *Window) boxes() int {
	if len(w.recent) == 0 {
		return w.reception.Boxes
	}
	return max(w.reception.Boxes, w.recent[0].Number)
}

func (p *closePanel) do() {
	w := p.window
	w.closePanel()
	act(w, func(ctx context.Context) error { return w.options.Reception.Close(ctx) }, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		if w.tidings.verdict.Reason != queue.ReceptionEnded { // which reads it back
			w.tidings = tidings{}
		}
		w.askReception()
	})
}
