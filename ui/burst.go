package ui

import (
	"slices"
	"time"

	"pkidstation/scanner/wedge"
)

// A burst is what is being typed into the window now, wherever, and the fields
// that it shows in. It is judged by the wedge's own rule, from the same strokes:
// what a machine typed is taken out of every field again.
type burst struct {
	parser *wedge.Parser
	clock  clock
	before []snapshot
	stop   func()
	// byHand is called when something has ended that a hand typed in no field.
	byHand func()
}

// handLeast is the fewest characters that a person means as a text.
const handLeast = 3

// A snapshot is what a field had in it before the burst.
type snapshot struct {
	field  *field
	text   string
	column int
}

// feed takes the next stroke. It says whether something that a machine typed
// has ended by it.
func (b *burst) feed(stroke wedge.Stroke) (machine bool) {
	if b.stop != nil {
		b.stop()
	}
	machine = b.settle(b.parser.Feed(stroke))
	if idle := b.parser.Idle(); !idle.IsZero() {
		b.stop = b.clock.After(idle.Sub(b.clock.Now())+time.Millisecond, func() { b.settle(b.parser.Flush(b.clock.Now())) })
	}
	return machine
}

// shows is called before the stroke just fed changes a field.
func (b *burst) shows(f *field) {
	for _, s := range b.before {
		if s.field == f {
			return
		}
	}
	b.before = append(b.before, snapshot{f, f.Text, f.CursorColumn})
}

// forget keeps a field from getting back what it had before.
func (b *burst) forget(f *field) {
	b.before = slices.DeleteFunc(b.before, func(s snapshot) bool { return s.field == f })
}

// settle puts the fields back where what ended was a machine's.
func (b *burst) settle(ended []wedge.Burst) (machine bool) {
	for _, e := range ended {
		before := b.before
		b.before = nil
		if !e.Machine {
			if !e.Few && !e.Field && e.Trace.Keys >= handLeast {
				b.byHand()
			}
			continue
		}
		machine = true
		for _, s := range before {
			s.field.SetText(s.text)
			s.field.CursorColumn = s.column
			s.field.Refresh()
		}
	}
	return machine
}
