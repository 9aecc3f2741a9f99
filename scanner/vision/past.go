package vision

import (
	"math"
	"slices"
	"time"

	"pkidstation/scanner"
)

const (
	// kept and keptFrames are how long what is not seen is kept: the longer of
	// the two, for cameras of one picture a second, too.
	kept, keptFrames = 1500 * time.Millisecond, 2
	// wander is how far, in pixels, what a hand holds moves between two pictures.
	wander = 32
	// swing is the cosine of how far it turns.
	swing = 0.96
	// agreement is how many pictures a weak reading takes.
	agreement = 2
	// firmAgreement is how many a doubted one takes of which every glyph suits well:
	// it might be but the end of a symbol, or no part of its height says the same.
	firmAgreement = 3
	// strongLines is the fewest lines of a strong reading.
	strongLines = 8
	// patience is how many pictures in turn a band is undone the blur of in vain,
	// before that is tried on every restth picture only.
	patience, rest = 5, 4
	// maxTracks bounds what is kept.
	maxTracks = 64
)

// A past is what a camera's last pictures showed.
type past struct {
	at     time.Duration
	frame  int
	tracks []*track
	vain   []effort
	shots  []*shot  // the latest first.
	trials []*trial // restorations that were not read, the latest picture's first.
}

// A track is one symbol over pictures.
type track struct {
	find

	at     time.Duration // when it was seen last, and on which picture.
	frame  int
	frames int // how many pictures showed it without another text there between.
	doubts int // how many more showed it, and proved too little by themselves.
	firm   int // of these, each glyph of how many suited well.
	agreed bool
}

// An effort is a place where blur was undone in vain, so many pictures in turn.
type effort struct {
	middle vector
	times  int
}

// weak says whether a reading proves little by itself.
func (f *find) weak() bool {
	switch f.Symbology { //nolint:exhaustive // all others have a weak check or none.
	case scanner.QR, scanner.DataMatrix, scanner.Aztec:
		return false
	case scanner.Code128, scanner.Code93:
		return !f.firm && (f.restored || f.rows < strongLines)
	default:
		return true
	}
}

// middle of a symbol on the picture.
func (f *find) middle() vector {
	var m vector
	for _, p := range f.Corners {
		m = m.add(vector{float64(p.X), float64(p.Y)}, 0.25)
	}
	return m
}

// learn adds what a picture shows and gives what of it may be told. Of what is
// doubted that is only what was believed on a picture before.
func (p *past) learn(found, doubted []find, at time.Duration) []find {
	p.at, p.frame = at, p.frame+1
	p.tracks = slices.DeleteFunc(p.tracks, func(t *track) bool { return at-t.at > kept && p.frame-t.frame > keptFrames })
	var told []find
	for i, f := range slices.Concat(found, doubted) {
		t := p.trackOf(&f)
		if t == nil {
			t = &track{}
			p.tracks = append(p.tracks, t)
		}
		t.find, t.at, t.frame = f, at, p.frame
		if i < len(found) {
			t.frames++
			p.contradict(t)
		} else {
			t.doubt(&f)
		}
		t.agreed = t.agreed || t.enough()
		if t.agreed {
			told = append(told, f)
		}
	}
	p.tracks = p.tracks[max(len(p.tracks)-maxTracks, 0):]
	return told
}

// enough says whether a symbol was seen well or often enough to be told.
func (t *track) enough() bool {
	return t.frames > 0 && (t.frames+t.doubts >= agreement || !t.weak()) || t.firm >= firmAgreement
}

// doubt counts a reading that was not believed.
func (t *track) doubt(f *find) {
	t.doubts++
	if f.firm {
		t.firm++
	}
}

// leave keeps what a picture's bands have left to the next one.
func (p *past) leave(vain []effort, trials []*trial) {
	p.tire(vain)
	for _, t := range trials {
		t.frame = p.frame
	}
	p.trials = slices.DeleteFunc(append(trials, p.trials...), func(t *trial) bool { return p.frame-t.frame >= mostJoined })
}

// trackOf is the nearest track with the text of a find that no symbol of this
// picture has taken.
func (p *past) trackOf(f *find) *track {
	var best *track
	nearest := wander + f.margin()
	for _, t := range p.tracks {
		if t.Text != f.Text || t.Symbology != f.Symbology || t.frame == p.frame {
			continue
		}
		if d := t.middle().minus(f.middle()).length(); d <= nearest {
			best, nearest = t, d
		}
	}
	return best
}

// contradict has other texts at the place of a symbol begin anew: what two
// pictures agree on must not be what a third between them denies.
func (p *past) contradict(t *track) {
	for _, other := range p.tracks {
		if other.Text != t.Text && other.frame != p.frame && other.sameSymbol(t.find) {
			other.frames, other.doubts, other.firm, other.agreed = 0, 0, 0, false
		}
	}
}

// tire counts efforts in vain by their places.
func (p *past) tire(vain []effort) {
	for i := range vain {
		vain[i].times = p.times(vain[i].middle) + 1
	}
	p.vain = vain
}

// times is how many pictures in turn were in vain near a place.
func (p *past) times(middle vector) int {
	for _, e := range p.vain {
		if e.middle.minus(middle).length() < wander {
			return e.times
		}
	}
	return 0
}

// tired says whether blur need not be undone at a place this time. Without a past
// it always is.
func (p *past) tired(middle vector) bool {
	return p != nil && p.times(middle) >= patience && p.frame%rest != 0
}

// near gives the symbols that may be those of a band: sharp ones that were told,
// whose middle was not far from where bars like theirs are now.
func (p *past) near(b *band) []*track {
	if p == nil {
		return nil
	}
	t0, t1 := b.heights()
	var all []*track
	for _, t := range p.tracks {
		if !t.agreed || len(t.elements) == 0 || t.restored || p.frame != t.frame {
			continue
		}
		s, at := b.place(t.place.middle())
		along := t.place[1].minus(t.place[0]).unit()
		if s > b.s0-wander && s < b.s1+wander && at > t0-wander && at < t1+wander && math.Abs(along.dot(b.along)) > swing {
			all = append(all, t)
		}
	}
	return all
}
