package vision

import (
	"image"
	"math"
	"testing"

	"pkidstation/scanner"
)

// barsAt is a find of bars at a place.
func barsAt(text string, q quad) find {
	return find{Code: Code{Text: text, Symbology: scanner.Code128}, place: q, restored: true}
}

// TestMotion: how a label moved is told by the symbols that both pictures show, though a
// lamp hides an end of some bars on one; without any it is not known.
func TestMotion(t *testing.T) {
	t.Parallel()
	const turn, nearer, x, y = 0.03, 1.02, 7, -5
	move := func(p vector) vector {
		sin, cos := math.Sincos(turn)
		return vector{nearer*(cos*p.x-sin*p.y) + x, nearer*(sin*p.x+cos*p.y) + y}
	}
	var a, b shot
	for i, text := range []string{"1", "2", "3", "3"} {
		top := 200 + 60*float64(i)
		was := quad{{300, top}, {480, top}, {480, top + 40}, {300, top + 40}}
		is := was
		if i == 1 { // its lower half is hidden.
			is[2].y, is[3].y = top+20, top+20
		}
		for k := range is {
			is[k] = move(is[k])
		}
		a.found, b.found = append(a.found, barsAt(text, was)), append(b.found, barsAt(text, is))
	}
	b.found[3] = barsAt("3", quad{{9, 9}, {99, 9}, {99, 40}, {9, 40}}) // two are alike: neither tells.
	m := a.to(&b)
	if !m.known {
		t.Fatal("the motion is not known")
	}
	for _, p := range []vector{{300, 420}, {480, 420}, {600, 300}} {
		if off := m.of(p).minus(move(p)); math.Abs(off.x) > 2 {
			t.Errorf("%v is off by %v", p, off)
		}
	}
	if m := a.to(&shot{}); m.known || m.of(vector{3, 4}) != (vector{3, 4}) {
		t.Errorf("of nothing it is %+v", m)
	}
}

// TestBandOf: a band made for a place fills it, though its bars and rows fan out.
func TestBandOf(t *testing.T) {
	t.Parallel()
	q := quad{{100, 50}, {300, 60}, {310, 112}, {95, 100}}
	b := bandOf(q)
	t0, t1 := b.heights()
	for i, at := range [4][2]float64{{b.s0, t0}, {b.s1, t0}, {b.s1, t1}, {b.s0, t1}} {
		if off := b.at(at[0], at[1]).minus(q[i]).length(); off > lineStep {
			t.Errorf("corner %d is off by %.1f", i, off)
		}
	}
}

// shot39 is a picture of a blurred Code 39, from 60 pixels and so many on.
func shot39(t *testing.T, number int, text string, sigma, before float64) *shot {
	t.Helper()
	g := image.NewGray(image.Rect(0, 0, 400, 80))
	v := blurred39(t, text, sigma, before).v
	for i := range g.Pix {
		g.Pix[i] = byte(v[min(2*(i%g.Stride), len(v)-1)])
	}
	return &shot{number: number, frame: newFrame(g, func(p image.Point) image.Point { return p })}
}

// TestBack: what is read on a picture for the first time, and proves too little, is told
// if a picture before shows it, too: not if it shows another text, nor if another was read
// there since, nor twice on account of one picture.
func TestBack(t *testing.T) {
	t.Parallel()
	const text, other = "FSNL3WN", "PCM9235"
	w := newTestWork()
	b := &band{scan: &scan{region: &region{along: vector{1, 0}, bars: vector{0, 1}, s1: 320, t1: 60}}, last: 30}
	now := shot39(t, 2, text, 1.1, 0)
	hits := deblur(w, blurred39(t, text, 1.1, 0), nil)
	if len(hits) != 1 {
		t.Fatalf("read %v", hits)
	}
	f := b.find(now.frame, hits[0])
	denial := find{Code: f.Code}
	denial.Text = other
	for name, c := range map[string]struct {
		before string
		denied bool
		again  bool
		told   int
	}{
		"same":          {before: text, told: 1},
		"other":         {before: other},
		"denied":        {before: text, denied: true},
		"counted there": {before: text, again: true},
	} {
		p := &past{frame: 1}
		w.past = p
		first := shot39(t, 1, c.before, 1.3, -5)
		p.shots = []*shot{first}
		if c.denied {
			p.tracks = append(p.tracks, &track{find: denial, frame: 1})
		}
		p.learn([]find{f}, nil, 0)
		if c.again {
			first.shows = p.tracks
		}
		if told := p.back(w, now); len(told) != c.told {
			t.Errorf("%s: told %v, want %d", name, told, c.told)
		}
	}
}

// TestMissed: what was read once is found on the next picture where the hand has moved
// it, by itself: another text there is that one's.
func TestMissed(t *testing.T) {
	t.Parallel()
	const text, other = "FSNL3WN", "PCM9235"
	w := newTestWork()
	b := &band{scan: &scan{region: &region{along: vector{1, 0}, bars: vector{0, 1}, s1: 320, t1: 60}}, last: 30}
	first := shot39(t, 1, text, 1.1, 0)
	f := b.find(first.frame, deblur(w, blurred39(t, text, 1.1, 0), nil)[0])
	mark := quad{{100, 90}, {300, 90}, {300, 120}, {100, 120}} // a symbol that both show.
	first.found = []find{barsAt("1", mark)}
	for _, c := range []struct {
		text string
		by   float64
	}{{text, 30}, {text, -25}, {other, 12}} {
		p := &past{frame: 1, shots: []*shot{first}, tracks: []*track{{find: f, frame: 1, frames: 1}}}
		w.past = p
		now := shot39(t, 2, c.text, 1.4, c.by)
		moved := mark
		for i := range moved {
			moved[i].x += c.by
		}
		now.found = []find{barsAt("1", moved)}
		found, _ := p.missed(w, now, nil)
		if len(found) != 1 || found[0].Text != c.text {
			t.Errorf("moved by %v it found %v, want %s", c.by, found, c.text)
		}
	}
}
