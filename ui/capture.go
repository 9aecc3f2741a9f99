package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"pkidstation/scanner/wedge"
)

// quiet is how long nothing may be typed before and after a key that commands.
// A scanner's strokes are a few milliseconds apart.
const quiet = 120 * time.Millisecond

// pace is the least time between a person's last letter and their Enter or Tab;
// a scanner's terminator follows faster.
const pace = 50 * time.Millisecond

// A capture takes everything that is typed into the window and hands it to the
// wedge. What the keys of a person command, it gives to Command.
type capture struct {
	keys   KeySink
	clock  clock
	canvas fyne.Canvas
	sink   *sink
	burst  *burst

	// byHand is called when a person typed something where no text field is.
	byHand func()
	// Command is called with a key that a person pressed.
	command func(key fyne.KeyName, modifier fyne.KeyModifier)
	// held are the modifiers that are held down now.
	held func() fyne.KeyModifier

	resting bool      // the sink is being given the focus
	last    time.Time // of the last stroke that was text
	struck  time.Time // of the last key of whatever kind
	waiting []waiting
	stop    func()
}

// A waiting is a key that commands, and what it does if it turns out to stand
// alone.
type waiting struct {
	combination
	do func()
}

// A combination is a key that commands, with what is held down beside it.
type combination struct {
	key      fyne.KeyName
	modifier fyne.KeyModifier
}

func newCapture(keys KeySink, options wedge.Options, clock clock, canvas fyne.Canvas) *capture {
	c := &capture{keys: keys, clock: clock, canvas: canvas, held: heldModifiers}
	c.burst = &burst{parser: wedge.NewParser(options), clock: clock, byHand: func() { c.byHand() }}
	c.sink = newSink(c)
	canvas.SetOnTypedRune(c.typedRune)
	canvas.SetOnTypedKey(c.typedKey)
	return c
}

// rest gives the focus back to the sink.
func (c *capture) rest() {
	c.resting = true
	c.canvas.Focus(c.sink)
	c.resting = false
}

// typedRune takes a character.
func (c *capture) typedRune(r rune) { c.text(wedge.Stroke{Rune: r, At: c.clock.Now()}) }

// typedKey takes a key that is typed where no text field is.
func (c *capture) typedKey(event *fyne.KeyEvent) {
	c.struck = c.clock.Now()
	if stroke, ok := c.stroke(event); ok {
		c.text(stroke)
		return
	}
	if commands(event.Name) {
		key := combination{key: event.Name}
		if leads(event.Name) && c.shifted() { // Fyne gives it as the key alone
			key.modifier = fyne.KeyModifierShift
		}
		c.commanded(waiting{key, func() { c.command(key.key, key.modifier) }}, control(event.Name))
	}
}

// shifted says whether Shift is held down.
func (c *capture) shifted() bool { return c.held()&fyne.KeyModifierShift != 0 }

// heldModifiers are those that the driver says.
func heldModifiers() fyne.KeyModifier {
	if driver, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return driver.CurrentKeyModifiers()
	}
	return 0
}

// leads says that a key leads from row to row.
func leads(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd:
		return true
	default:
		return false
	}
}

// commands says that a key may command by itself. The keys that are held down
// beside others do not.
func commands(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6, fyne.KeyF7, fyne.KeyF8, fyne.KeyF9,
		fyne.KeyF10, fyne.KeyF11, fyne.KeyF12, fyne.KeyEscape, fyne.KeyInsert, fyne.KeyDelete, fyne.KeyBackspace,
		fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd:
		return true
	default:
		return false
	}
}

// stroke is the stroke of a key that belongs to what is read: those that end a
// read, and the digits of a key pad with NumLock off.
func (c *capture) stroke(event *fyne.KeyEvent) (wedge.Stroke, bool) {
	switch name := event.Name; {
	case name == fyne.KeyReturn, name == fyne.KeyEnter, name == fyne.KeyTab, len(name) == 1, name == fyne.KeySpace:
		return wedge.Stroke{Key: string(name), At: c.clock.Now()}, true
	default:
		return wedge.Stroke{}, false
	}
}

// text hands a stroke on. A command key that came just before it was part of
// the same read. It says whether a machine's read ended by it.
func (c *capture) text(stroke wedge.Stroke) (machine bool) {
	c.drop()
	c.last, c.struck = stroke.At, stroke.At
	return c.feed(stroke)
}

// feed hands a stroke on to whoever judges what is typed.
func (c *capture) feed(stroke wedge.Stroke) (machine bool) {
	stroke.Field = c.canvas.Focused() != nil && c.canvas.Focused() != fyne.Focusable(c.sink)
	c.keys.Key(stroke)
	return c.burst.feed(stroke)
}

// within says that something came less than a while ago.
func (c *capture) within(while time.Duration, last time.Time) bool {
	return c.clock.Now().Sub(last) < while
}

// commanded takes what a key commands. It counts if the key stands alone. As r,
// the control character that a scanner may have meant, it is part of a read.
func (c *capture) commanded(w waiting, r rune) {
	if r != 0 {
		c.feed(wedge.Stroke{Rune: r, At: c.clock.Now()})
	}
	if c.within(quiet, c.last) {
		return
	}
	if len(c.waiting) > 0 {
		if c.waiting[0].combination != w.combination || !w.repeats() {
			c.drop()
			c.last = c.clock.Now()
			return
		}
		c.waiting = append(c.waiting, w)
		return
	}
	c.wait(w)
}

// wait carries out what a key commands, unless more is typed. A window that
// stood still meanwhile gets what was typed first, by waiting a frame longer.
func (c *capture) wait(w waiting) {
	const frame = 20 * time.Millisecond
	c.waiting = []waiting{w}
	c.stop = c.clock.After(quiet, func() { c.stop = c.clock.After(frame, c.carryOut) })
}

// repeats says that holding the key down means doing it again and again.
func (p combination) repeats() bool {
	switch p.key {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		return true
	default:
		return false
	}
}

func (c *capture) drop() {
	if c.stop != nil {
		c.stop()
	}
	c.waiting, c.stop = nil, nil
}

func (c *capture) carryOut() {
	all := c.waiting
	c.drop()
	for _, w := range all {
		w.do()
	}
}

// typedShortcut takes a key with Ctrl or Alt, other than a text field's own.
func (c *capture) typedShortcut(shortcut fyne.Shortcut) {
	key := combinationOf(shortcut)
	if key.modifier == fyne.KeyModifierShift { // Fyne gives those that command as the key alone
		key.key = ""
	}
	c.shortcut(key, func() { c.command(key.key, key.modifier) })
}

// shortcut takes a key with Ctrl or Alt and what it commands. Ctrl and Alt are
// AltGr under Windows: the character that it types comes besides.
func (c *capture) shortcut(key combination, do func()) {
	const altGr = fyne.KeyModifierControl | fyne.KeyModifierAlt
	c.struck = c.clock.Now()
	if key.key == "" || key.modifier&altGr == altGr {
		return
	}
	var r rune
	if len(key.key) == 1 && key.modifier&fyne.KeyModifierControl != 0 {
		r = rune(key.key[0] & 0x1f)
	}
	c.commanded(waiting{key, do}, r)
}

func combinationOf(shortcut fyne.Shortcut) combination {
	switch s := shortcut.(type) {
	case *desktop.CustomShortcut:
		return combination{s.KeyName, s.Modifier}
	case fyne.KeyboardShortcut:
		return combination{s.Key(), s.Mod()}
	default:
		return combination{}
	}
}

// control is the control character that a scanner may mean by a key.
func control(key fyne.KeyName) rune {
	switch key {
	case fyne.KeyEscape:
		return 0x1b
	case fyne.KeyBackspace:
		return 0x08
	case fyne.KeyDelete:
		return 0x7f
	default:
		return 0
	}
}
