package label

import "time"

// DefaultIdle is how long nothing may be read of a box before it counts as
// left: longer than a person needs to turn a box and find its other code, and
// shorter than a break.
const DefaultIdle = 2 * time.Minute

// A Pairer says which box a code belongs to, so that the PKID and the serial
// of one box meet in any order. It is for the codes of one reception, read one
// after the other; it keeps nothing on disk and is not safe for concurrent
// use. The zero value is ready.
//
// A code joins the current box if the box has no code of its kind yet, or the
// same one, and was not left idle. Otherwise it opens a new box:
//
//	PKID 1, serial 1, PKID 2, serial 2     two boxes
//	serial 1, PKID 1, serial 2, PKID 2     two boxes
//	PKID 1, PKID 2, serial 2               two boxes, the first without serial
//
// A PKID that is known from an earlier box (it is seen, not new) should not
// be placed: it would open that box again.
type Pairer struct {
	// Idle is how long a box waits for its next code; DefaultIdle if zero.
	Idle time.Duration

	box  Box
	open bool

	// How many boxes were completed without doubt, by what was first.
	pkidFirst, serialFirst int
	// doubt is whether the current box was completed against that habit.
	doubt bool
}

// A Place is where a code belongs. It is zero for a kind that no box keeps.
type Place struct {
	// Joins: it is of the current box. Opens: it is of a new one, which is
	// the current box from now on.
	Joins, Opens bool
	// Doubt: PKID and serial of this box met in the order opposite to all
	// boxes before, as happens when one code was not read and its partner then
	// meets the next box's. The pair must be held for a person. It stays for
	// whatever joins the same box afterwards.
	Doubt bool
}

// Place says where a code belongs that was read at the given time. Only PKID,
// Serial, Model and Part belong to a box.
func (p *Pairer) Place(c Code, at time.Time) Place {
	if p.box.slot(c.Kind) == nil || c.Text == "" {
		return Place{}
	}
	if !p.joins(c, at) {
		p.box, p.open, p.doubt = Box{}, true, false
		p.box.put(c, at)
		return Place{Opens: true}
	}
	was := p.box.Complete()
	p.box.put(c, at)
	if !was && p.box.Complete() {
		p.completed()
	}
	return Place{Joins: true, Doubt: p.doubt}
}

// Close leaves the current box: the next code opens a new one. It is for the
// end of a reception and for a person's "next box".
func (p *Pairer) Close() { p.open = false }

// Current is the box that the next code may join; false if there is none. It
// may have been left idle meanwhile.
func (p *Pairer) Current() (Box, bool) { return p.box, p.open }

// Resume goes on after a restart with the boxes of the reception so far,
// oldest first. The last of them is the current one, unless it is left idle
// when the next code comes. Without a box it starts afresh.
func (p *Pairer) Resume(boxes ...Box) {
	*p = Pairer{Idle: p.Idle}
	for _, box := range boxes {
		p.box, p.open, p.doubt = box, true, false
		if box.Complete() {
			p.completed()
		}
	}
}

func (p *Pairer) joins(c Code, at time.Time) bool {
	idle := p.Idle
	if idle <= 0 {
		idle = DefaultIdle
	}
	return p.open && at.Sub(p.box.Last) <= idle && p.box.takes(c)
}

// completed learns the habit from a box, or doubts the box by it. A resumed
// box may not know what was first.
func (p *Pairer) completed() {
	usual, other := &p.pkidFirst, p.serialFirst
	if p.box.First == Serial {
		usual, other = &p.serialFirst, p.pkidFirst
	} else if p.box.First != PKID {
		return
	}
	p.doubt = other > 0 && *usual == 0
	if !p.doubt {
		*usual++
	}
}
