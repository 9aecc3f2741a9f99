package ui

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

const (
	// evenLeast is the fewest characters whose evenness tells anything.
	evenLeast = 4
	// evenPace is the slowest pace at which evenness tells a machine from a hand.
	evenPace = 120 * time.Millisecond
	// evenness is the most that a machine's gaps differ by; a hand's differ by
	// tens of milliseconds.
	evenness = 8 * time.Millisecond
	// hastyLeast is the fewest characters whose haste tells anything: two fingers
	// can come down together.
	hastyLeast = 3
	// hastyPace is the pace that no hand keeps up, and hastyGap a gap that no hand
	// has twice in a row.
	hastyPace = 50 * time.Millisecond
	hastyGap  = 25 * time.Millisecond
	// runPause ends a run of characters, as it ends a read.
	runPause = 300 * time.Millisecond
	// pinPace is the least time between a PIN's last character and Enter.
	pinPace = 120 * time.Millisecond
)

// A hand judges whether a PIN is typed by one. A barcode must never enter a PIN,
// however few characters it has: the wedge's own rule takes fewer than six for a
// person's, and leaves them.
type hand struct {
	before       string // what the field had in it when the run began
	count        int
	first, last  time.Time
	least, most  time.Duration // of the gaps
	hasty        int           // gaps in a row, of now
	rushed       bool          // there were as many as no hand has
	settled      bool          // the run is over
	pending      func()
	foundMachine func()
}

// newPINField is a field for a PIN: it shows dots, and takes neither a machine's
// typing nor the clipboard's.
func newPINField(c *capture, onChanged func(string)) *field {
	f := newField(c, onChanged)
	f.byHand, f.hand = true, &hand{settled: true}
	f.Password = true
	f.ActionItem = canvas.NewRectangle(color.Transparent) // else Fyne offers to show the PIN
	return f
}

// struck notes that a character comes.
func (f *field) struck(now time.Time) {
	h := f.hand
	if h.settled || now.Sub(h.last) >= runPause {
		f.settleHand()
		*h = hand{before: f.Text, first: now, last: now, least: time.Hour, foundMachine: h.foundMachine}
	}
	if h.count++; h.count > 1 {
		gap := now.Sub(h.last)
		h.least, h.most = min(h.least, gap), max(h.most, gap)
		if h.hasty++; gap > hastyGap {
			h.hasty = 0
		}
		h.rushed = h.rushed || h.hasty >= hastyLeast-1
	}
	h.last = now
	if h.pending != nil {
		h.pending()
	}
	h.pending = f.capture.clock.After(runPause, f.settleHand)
}

// settleHand takes a run out again that no hand typed.
func (f *field) settleHand() {
	h := f.hand
	if h == nil || h.settled {
		return
	}
	h.settled = true
	if h.pending != nil {
		h.pending()
	}
	if !h.machine() {
		return
	}
	if f.Text != h.before {
		f.SetText(h.before)
	}
	if h.foundMachine != nil {
		h.foundMachine()
	}
}

// machine says that the run came faster, or more evenly, than a hand types.
func (h *hand) machine() bool {
	if h.count < hastyLeast {
		return false
	}
	pace := h.last.Sub(h.first) / time.Duration(h.count-1)
	return h.rushed || pace <= hastyPace || h.count >= evenLeast && pace <= evenPace && h.most-h.least <= evenness
}

// empty takes all that was typed away.
func (f *field) empty() {
	if f.hand.pending != nil {
		f.hand.pending()
	}
	f.hand.settled = true
	f.SetText("")
	f.capture.burst.forget(f)
}

// confirms says that an Enter confirms what a hand typed into a PIN field.
func (f *field) confirms() bool {
	if f.hand == nil {
		return true
	}
	slow := !f.capture.within(pinPace, f.hand.last)
	before := f.Text
	f.settleHand()
	return slow && f.Text == before
}

// bigLook is the look of a field that is read at two metres.
type bigLook struct{ fyne.Theme }

func (l bigLook) Size(name fyne.ThemeSizeName) float32 {
	if name == theme.SizeNameText {
		return 34
	}
	return l.Theme.Size(name)
}
