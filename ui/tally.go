package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
)

// A tallyBox is how many boxes of the open order are here, of how many, on the
// dock's band: "46 / 48". What is here and should not be, or is held, stands beside
// it. Whether the order may leave is not said here: it is a supervisor's question.
type tallyBox struct {
	window  *Window
	count   *widget.Fit
	doubted *widget.Fit
	badge   *fyne.Container
	all     *fyne.Container
}

func newTallyBox(w *Window) *tallyBox {
	return &tallyBox{
		window:  w,
		count:   widget.NewFit("", tallySize, widget.Text()).Bold().OneLine(),
		doubted: widget.NewFit("", 17, widget.Hold.Ink()).Bold().Align(fyne.TextAlignCenter),
	}
}

const tallySize = 44

func (b *tallyBox) build() fyne.CanvasObject {
	b.badge = container.NewStack(widget.NewBlocker(widget.Hold.Fill(), 8), b.doubted)
	b.all = container.New(tallyLayout{}, b.count, b.badge)
	return b.all
}

func (b *tallyBox) refresh() {
	w := b.window
	b.count.Set(w.tallyText(), tallySize, widget.Text())
	t := w.tally
	b.badge.Hidden = !w.tallied() || t.Doubted == 0
	b.doubted.Set(w.words.Count("orders.doubted", t.Doubted), 17, widget.Hold.Ink())
	b.all.Refresh()
}

// tallied says whether the count is the open reception's.
func (w *Window) tallied() bool { return w.open && w.tally.Reception == w.reception.ID }

// tallyText is the count, "…" until it is known, "–" where nothing is counted.
func (w *Window) tallyText() string {
	switch {
	case !w.open:
		return "–"
	case !w.tallied():
		return "…"
	case w.tally.Of == 0:
		return w.words.Number(w.tally.Here)
	default:
		return w.words.Number(w.tally.Here) + " / " + w.words.Number(w.tally.Of)
	}
}

// askTally counts anew, beside everything else: however many scans there were
// meanwhile, it is asked once more.
func (w *Window) askTally() {
	if w.options.Orders == nil || !w.open || !w.tallying.begin() {
		return
	}
	askFar(w, w.options.Orders.Tally, func(t Tally, err error) {
		again := w.tallying.end()
		if err != nil {
			w.fail(err)
		} else {
			w.tally = t
			w.dock.band.refresh()
		}
		if again {
			w.askTally()
		}
	})
}

// tallyLayout gives the count what the badge leaves, which is there only while it
// has something to say.
type tallyLayout struct{}

func (tallyLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(80, 40) }

func (tallyLayout) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	count, badge := objects[0], objects[1]
	if !badge.Visible() {
		put(count, 0, 0, space.Width, space.Height)
		return
	}
	const part = 0.6
	put(count, 0, 0, space.Width*part-6, space.Height)
	put(badge, space.Width*part, 0, space.Width*(1-part), space.Height)
}
