package vision

import (
	"math"
	"slices"
)

// What one picture alone of several has shown is looked for on the others, those before
// it, too, where the symbols that both show say that it lay. It has to be believed there
// as if nobody had looked for it.

const (
	// steady is how far off, in pixels, a symbol lies from where those around it say, and
	// steadyLong by what part of its length it is longer.
	steady, steadyLong = 5, 0.015
)

// A shot is a picture that was looked at, and what was found on it.
type shot struct {
	frame  *frame
	number int
	found  []find
	shows  []*track // believed or doubted: a picture speaks once.
}

// linear says whether a find has bars.
func (f *find) linear() bool { return f.restored || len(f.elements) > 0 }

// ends are where a linear symbol begins and ends.
func (f *find) ends() (head, tail vector) {
	head, tail = f.place[0].add(f.place[3].minus(f.place[0]), 0.5), f.place[1].add(f.place[2].minus(f.place[1]), 0.5)
	if f.reversed {
		head, tail = tail, head
	}
	return head, tail
}

// only is the one find of a shot with a text, nil where there are more.
func (s *shot) only(o *find) *find {
	var one *find
	for i := range s.found {
		if f := &s.found[i]; f.Text == o.Text && f.Symbology == o.Symbology && f.linear() {
			if one != nil {
				return nil
			}
			one = f
		}
	}
	return one
}

// A motion is how a label has moved from one picture to another: turned, nearer, and
// shifted.
type motion struct {
	turn, shift vector
	known       bool
}

// to is the motion from a shot to another by the symbols that both show. Bars are told
// apart sharply across, but not where they end: a lamp hides now more of them, now less.
func (s *shot) to(o *shot) motion {
	const along = 0.1 // what the way along the bars weighs.
	var rows [][terms]float64
	var want []float64
	for i := range s.found {
		f := &s.found[i]
		g := o.only(f)
		if !f.linear() || g == nil || s.only(f) == nil {
			continue
		}
		head, tail := g.ends()
		u := tail.minus(head).unit()
		was, wasTail := f.ends()
		for k, p := range []vector{was, wasTail} {
			q := []vector{head, tail}[k]
			for _, d := range []vector{u, {-u.y * along, u.x * along}} {
				rows = append(rows, [terms]float64{d.dot(p), p.cross(d), d.x, d.y})
				want = append(want, d.dot(q))
			}
		}
	}
	x, ok := leastSquares(rows, want)
	if len(rows) == 0 || !ok {
		return motion{turn: vector{x: 1}}
	}
	return motion{vector{x[0], x[1]}, vector{x[2], x[3]}, true}
}

// of is where a place has moved.
func (m motion) of(p vector) vector {
	return vector{m.turn.x*p.x - m.turn.y*p.y + m.shift.x, m.turn.y*p.x + m.turn.x*p.y + m.shift.y}
}

// bandOf is a band whose bars fill a place.
func bandOf(q quad) band {
	upper, lower := q[1].minus(q[0]), q[2].minus(q[3])
	long, tall := upper.add(lower, 1).length()/2, q[3].minus(q[0]).add(q[2].minus(q[1]), 1).length()/2
	long, tall = max(long, 1), max(tall, 1)
	r := &region{
		along: upper.add(lower, 1).times(0.5 / long), bars: q[3].minus(q[0]).add(q[2].minus(q[1]), 1).times(0.5 / tall),
		cross: lower.minus(upper).times(1 / (long * tall)), s0: -long / 2, s1: long / 2, t0: -tall / 2, t1: tall / 2,
	}
	for _, p := range q {
		r.centre = r.centre.add(p, 0.25)
	}
	s := newScanAlong(r)
	first := int(math.Round((r.t0 - s.top) / lineStep))
	return band{scan: s, first: first, last: first + int(tall/lineStep)}
}

// A seen is what looking for a symbol on a picture has shown of it.
type seen struct {
	find

	believed bool
}

// sought looks for what a track shows on another picture.
func (w *work) sought(on *shot, f *find, m motion) (seen, bool) {
	used, free := w.mark()
	defer w.release(used, free)
	moved := *f
	for i, p := range f.place {
		moved.place[i] = m.of(p)
	}
	b := bandOf(moved.place)
	w.witness.region(on.frame, b.region)
	t0, t1 := b.heights()
	inside := (t1 - t0) / 8
	u := &unread{band: b, profile: b.profile(w, on.frame, t0+inside, t1-inside)}
	e := moved.expectation()
	h, ok := u.sought(w, e.in(u.profile, &u.band), nil, m.reach())
	if h.Text == "" {
		return seen{}, false
	}
	if wiped := u.wiped(w, h); wiped || !ok {
		return seen{find: b.find(on.frame, h)}, h.firm || !wiped
	}
	all := []rowHit{h}
	if doubtful(all) {
		all = append(all, u.halves(w, on.frame, all)...)
		if len(undenied(all)) != 1 {
			return seen{}, false
		}
	}
	return seen{b.find(on.frame, h), !doubtful(all[:1]) || len(vote(all)) > 0}, true
}

// wiped says whether what was restored may be but the end of a symbol.
func (u *unread) wiped(w *work, h rowHit) bool {
	return u.wipedOut(u.edges(w, u.v, finePart), h.lie.from, h.lie.to, h.module)
}

// reach is how far around the place that a motion gives one has to look.
func (m motion) reach() reach {
	if m.known {
		return reach{steady, steadyLong}
	}
	return reach{wander, longer}
}

// missed are the symbols that pictures before showed, not told yet, and that were not
// found on this one, where they are on it.
func (p *past) missed(w *work, now *shot, doubts []find) (found, doubted []find) {
	seen := func(f *find) bool {
		return slices.ContainsFunc(slices.Concat(now.found, doubts, found, doubted), func(o find) bool { return o.Text == f.Text || o.sameSymbol(*f) })
	}
	for _, t := range p.tracks {
		if t.agreed || t.lie.layout == nil || seen(&t.find) {
			continue
		}
		s := p.shot(t.frame)
		if s == nil {
			continue
		}
		m := s.to(now)
		if !m.known {
			continue // its band was looked at already.
		}
		switch got, ok := w.sought(now, &t.find, m); {
		case !ok || seen(&got.find):
		case got.believed:
			found = append(found, got.find)
		default:
			doubted = append(doubted, got.find)
		}
	}
	return found, doubted
}

// shot is a picture that is kept, nil if it is none.
func (p *past) shot(number int) *shot {
	for _, s := range p.shots {
		if s.number == number {
			return s
		}
	}
	return nil
}

// back looks for what is new on this picture and proves too little on those before it,
// and gives what is told now.
func (p *past) back(w *work, now *shot) []find {
	var told []find
	for _, t := range p.tracks {
		if t.agreed || t.frame != p.frame || t.lie.layout == nil {
			continue
		}
		for _, s := range p.shots {
			if p.denied(t, s.number) {
				break
			}
			if slices.Contains(s.shows, t) {
				continue
			}
			got, ok := w.sought(s, &t.find, now.to(s))
			if !ok {
				continue
			}
			if got.Text != t.Text || got.Symbology != t.Symbology {
				break
			}
			s.shows = append(s.shows, t)
			if t.again(&got) {
				told = append(told, t.find)
				break
			}
		}
	}
	return told
}

// again counts a symbol that was seen on one more picture, and says whether it is told.
func (t *track) again(got *seen) bool {
	if got.believed {
		t.frames++
	} else {
		t.doubt(&got.find)
	}
	t.agreed = t.enough()
	return t.agreed
}

// denied says whether since a picture another text was read where a track is.
func (p *past) denied(t *track, since int) bool {
	return slices.ContainsFunc(p.tracks, func(o *track) bool {
		return o != t && o.frame >= since && (o.Text != t.Text || o.Symbology != t.Symbology) && o.sameSymbol(t.find)
	})
}

// remember keeps a picture and what it showed.
func (p *past) remember(s *shot) {
	for _, t := range p.tracks {
		if t.frame == s.number {
			s.shows = append(s.shows, t)
		}
	}
	p.shots = append([]*shot{s}, p.shots[:min(len(p.shots), mostJoined-1)]...)
}
