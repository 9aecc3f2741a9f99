package label

import "time"

// DefaultQuiet is how long nothing may be read of a box before it is closed:
// longer than a person needs from one code of a label to the next, and shorter
// than it takes to put a box down and get the next one.
const DefaultQuiet = 8 * time.Second

// A Pairer says which box a code belongs to, so that the PKID and the serial
// of one box meet in any order. It is for the codes of one reception, read one
// after the other; it keeps nothing on disk and is not safe for concurrent
// use. The zero value is ready.
//
// # What closes a box
//
// A quiet time and a person's "next box" are boundaries: what comes after one
// is never of the box before. Between two boundaries is a window. The first
// PKID and the first serial of a window belong together, in whatever order they
// came. So a person who leaves a boundary after every box may read it in any
// order, and miss codes: nothing can be mixed up.
//
// In a window with several boxes a box is closed by the next one's first code,
// and it takes one steady order of reading to know which that is:
//
//	PKID 1, serial 1, PKID 2, serial 2     two boxes
//	serial 1, PKID 1, serial 2, PKID 2     two boxes
//	PKID 1, PKID 2, serial 2               two boxes, the first without serial
//	PKID 1, serial 1, serial 2, PKID 2     the order changed, or a PKID was not
//	                                       read: what follows is in doubt
//
// Once the order has changed the window is muddled, and every pair in it is in
// doubt from there on. For a person who is known to read now this way, now the
// other, or after a box that was here before, no order decides anything: then
// the pairs before are in doubt too (Place.Muddles).
type Pairer struct {
	// Quiet is the quiet time that closes a box; DefaultQuiet if zero.
	Quiet time.Duration

	box    Box
	open   bool
	window window
	before *Pairer // as it was before the current box
	shaken bool    // a code was lost: nothing of the next window is sure

	// How many boxes were completed without doubt, by what was first.
	pkidFirst, serialFirst int
}

// A window is what was read since the last boundary.
type window struct {
	boxes   int  // with a PKID or a serial
	first   Kind // what the first of them began with
	muddled bool
	again   bool // a box that was here before was read again
}

// A Place is where a code belongs. It is zero for a kind that no box keeps.
type Place struct {
	// Joins: it is of the current box. Opens: it is of a new one, which is
	// the current box from now on.
	Joins, Opens bool
	// Fresh: a boundary is before it.
	Fresh bool
	// Doubt: the PKID and the serial of this box may be different boxes'. The
	// pair must be held for a person.
	Doubt bool
	// Muddles: so may those of the boxes before, since the last boundary.
	Muddles bool
}

// Place says where a code belongs that was read at the given time. Only PKID,
// Serial, Model and Part belong to a box; any other code is a Touch. known says that the PKID is kept in
// an earlier box.
func (p *Pairer) Place(c Code, at time.Time, known bool) Place {
	if p.box.slot(c.Kind) == nil || c.Text == "" {
		p.Touch(at)
		return Place{}
	}
	place := Place{Fresh: p.left(at)}
	blank := p.box.PKID == "" && p.box.Serial == ""
	if place.Joins = !place.Fresh && p.box.takes(c) && (!known || !blank); !place.Joins {
		p.opens(place.Fresh)
		place.Opens = true
	}
	before, was := p.box.First, p.box.Complete()
	p.box.put(c, at)
	if before == "" && p.box.First != "" {
		place.Muddles = p.begin(known)
	}
	p.window.muddled = p.window.muddled || known && place.Joins && before == Serial
	if !was && p.box.Complete() {
		p.completed()
	}
	place.Doubt = p.window.muddled && place.Joins
	return place
}

// Touch says that something was read that belongs to no box: it is not quiet.
func (p *Pairer) Touch(at time.Time) {
	if p.open && !p.left(at) && at.After(p.box.Last) {
		p.box.Last = at
	}
}

// left says whether the code that comes now is behind a boundary.
func (p *Pairer) left(at time.Time) bool {
	quiet := p.Quiet
	if quiet <= 0 {
		quiet = DefaultQuiet
	}
	gap := at.Sub(p.box.Last)
	return !p.open || gap > quiet || gap < -quiet // or the clock was set back
}

// opens makes a new box the current one.
func (p *Pairer) opens(fresh bool) {
	was := *p
	was.before, p.before = nil, &was
	if fresh {
		p.window, p.shaken = window{muddled: p.shaken}, false
	}
	p.box, p.open = Box{}, true
}

// begin takes the first PKID or serial of the current box, and says whether it
// puts the boxes before into doubt.
func (p *Pairer) begin(known bool) (muddles bool) {
	w := &p.window
	w.boxes++
	if w.boxes == 1 {
		w.first, w.again = p.box.First, known
		return false
	}
	undecided := w.again || known || p.unsteady(w.first)
	muddles = undecided && !w.muddled
	w.muddled = w.muddled || undecided || p.box.First != w.first
	w.again = w.again || known
	return muddles
}

// unsteady says whether boxes of this reception were read the other way round
// than those that begin with first.
func (p *Pairer) unsteady(first Kind) bool {
	if first == PKID {
		return p.serialFirst > 0
	}
	return p.pkidFirst > 0
}

// completed counts a box by the order it was read in.
func (p *Pairer) completed() {
	switch {
	case p.window.muddled:
	case p.box.First == Serial:
		p.serialFirst++
	case p.box.First == PKID:
		p.pkidFirst++
	}
}

// Quietly says whether the box at hand is closed by now, for nothing was read of
// it for the quiet time.
func (p *Pairer) Quietly(at time.Time) bool { return p.open && p.left(at) }

// Close is a boundary: the next code opens a new box. It is for the end of a
// reception and for a person's "next box".
func (p *Pairer) Close() { p.open, p.shaken = false, false }

// Shake leaves the current box because a code of it may be lost: what is read
// now, up to the next boundary, is in doubt.
func (p *Pairer) Shake() { p.open, p.shaken = false, true }

// Begin is a boundary, and opens a box of which nothing was read.
func (p *Pairer) Begin(at time.Time) {
	p.opens(true)
	p.box.Opened, p.box.Last = at, at
}

// Back undoes the current box: it was none, and the one before it is the current
// one again.
func (p *Pairer) Back() {
	if p.before != nil {
		*p = *p.before
		return
	}
	p.open = false
}

// Strike takes the PKID out of the current box: it was none.
func (p *Pairer) Strike() {
	if p.box.PKID = ""; p.box.Serial != "" {
		p.box.First = Serial
		return
	}
	p.box.First = ""
	p.window.boxes--
}

// Current is the box that the next code may join; false if there is none. It
// may have been left in quiet meanwhile.
func (p *Pairer) Current() (Box, bool) { return p.box, p.open }

// Resume goes on after a restart with the boxes of the reception so far,
// oldest first. The last of them is the current one, unless it is left in quiet
// when the next code comes. Without a box it starts afresh. That there was a
// "next box" between two of them, or that one was read again, is not known any
// more.
func (p *Pairer) Resume(boxes ...Box) {
	*p = Pairer{Quiet: p.Quiet}
	for _, box := range boxes {
		p.opens(p.left(box.Opened))
		p.box = box
		if box.First != "" {
			p.begin(false)
		}
		if box.Complete() {
			p.completed()
		}
	}
}
