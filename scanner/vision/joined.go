package vision

import (
	"slices"
)

const (
	// mostJoined is how many pictures are joined, and maxTrials how many
	// restorations of one are kept.
	mostJoined, maxTrials = 4, 24
	// Pictures that are joined may each leave more unexplained than one that is
	// read alone, if together they leave as little, and no glyph is explained by none.
	joinedMisfit, joinedWorst, joinedEach, joinedMargin = 0.12, 0.3, 0.35, 0.2
)

// A trial is a restoration that was not read, with what it was made of.
type trial struct {
	restoration

	profile    profile
	head, tail vector // the symbol's beginning and end on the picture.
	frame      int
}

// keep keeps a restoration that explains some of the picture, and gives how it
// lies.
func (n *notes) trial(r *restoration, p profile) *trial {
	if n == nil {
		return nil
	}
	b := n.band
	t0, t1 := b.heights()
	middle := (t0 + t1) / 2
	at := func(x float64) vector {
		s := p.from + x*p.step
		return b.at(s+middle*(b.lean+b.fan*s), middle)
	}
	t := &trial{restoration: *r, profile: p, head: at(r.from), tail: at(r.to)}
	if r.reverse {
		t.head, t.tail = t.tail, t.head
	}
	return t
}

// keep leaves a trial to the next picture, in memory of its own.
func (n *notes) keep(t *trial) {
	if n == nil || len(n.trials) >= maxTrials {
		return
	}
	own := *t
	own.profile.v = slices.Clone(t.profile.v)
	own.seen, own.model, own.weight = slices.Clone(t.seen), slices.Clone(t.model), slices.Clone(t.weight)
	own.chosen = slices.Clone(t.chosen)
	n.trials = append(n.trials, &own)
}

// alike says whether both may be pictures of one symbol.
func (t *trial) alike(o *trial) bool {
	return t.symbology == o.symbology && t.modules == o.modules && t.grid == o.grid && len(t.sets) == len(o.sets) &&
		t.head.minus(o.head).length() < wander && t.tail.minus(o.tail).length() < wander
}

// A joint is one symbol on several pictures: each has its blur and its lie, all
// have the same glyphs.
type joint []*restoration

// join reads a trial together with those of pictures before that are like it.
func (n *notes) join(w *work, t *trial) (rowHit, bool) {
	if n == nil {
		return rowHit{}, false
	}
	var of []*trial
	for _, o := range n.before {
		if o.alike(t) && len(of)+1 < mostJoined && !slices.ContainsFunc(of, func(k *trial) bool { return k.frame == o.frame }) {
			of = append(of, o)
		}
	}
	if len(of) == 0 {
		return rowHit{}, false
	}
	used, free := w.mark()
	defer w.release(used, free)
	j := joint{t.copied(w)}
	profiles := []profile{t.profile}
	for _, o := range of {
		j, profiles = append(j, o.copied(w)), append(profiles, o.profile)
	}
	c := j.fit(w, profiles)
	r := j[0]
	r.misfit, r.margin = c.misfit, c.margin
	return r.readIf(w, c.good())
}

// copied is a restoration in a worker's memory: those of the past are read by all.
func (t *trial) copied(w *work) *restoration {
	r := t.restoration
	copied := func(v []float32) []float32 {
		out := w.floats(len(v))
		copy(out, v)
		return out
	}
	r.seen, r.model, r.weight, r.chosen = copied(t.seen), copied(t.model), copied(t.weight), slices.Clone(t.chosen)
	return &r
}

// A consent is how well the glyphs that were chosen suit all pictures.
type consent struct {
	changed bool
	margin  float64 // how clearly the worst glyph beats its next rival.
	misfit  float64 // what is left unexplained of what the pictures show.
	worst   float64 // the same, of the glyph that is explained worst.
	each    float64 // what the worst picture leaves.
}

func (c consent) good() bool {
	return c.misfit < joinedMisfit && c.worst < joinedWorst && c.each < joinedEach && c.margin > joinedMargin
}

// fit chooses glyphs for all pictures, and lays each picture on them, in turn.
func (j joint) fit(w *work, profiles []profile) consent {
	for range rounds {
		for range passes {
			if !j.choose(w).changed {
				break
			}
		}
		for i, r := range j {
			r.align()
			r.sample(w, profiles[i])
			r.level(w)
			r.judge()
		}
	}
	c := j.choose(w)
	for _, r := range j {
		c.each = max(c.each, r.judge())
	}
	return c
}

// choose picks for each slot the glyph that fits best on all pictures: each has as
// much to say as it can explain there, for a lamp or a fold that hides a glyph on one
// leaves none that explains it.
func (j joint) choose(w *work) consent {
	c := consent{margin: 1}
	for slot := range j[0].sets {
		b := j.ballot(w, slot)
		best, second := j[0].pick(slot, b.cost[:b.glyphs])
		if second >= 0 {
			var apart float32
			for i, r := range j {
				apart += b.says[i] * distance(r.sets[slot].ink[best], r.sets[slot].ink[second])
			}
			c.margin = min(c.margin, float64((b.cost[second]-b.cost[best])/apart))
		}
		left := float64(b.none+b.cost[best]) / b.power
		c.misfit, c.worst = c.misfit+left/float64(len(j[0].sets)), max(c.worst, left)
		for _, r := range j {
			c.changed = c.changed || best != r.chosen[slot]
			r.lay(slot, best)
		}
	}
	c.changed = j[0].spell() || c.changed
	return c
}

// A ballot is what pictures say of the glyphs for one slot.
type ballot struct {
	glyphs int
	cost   [glyphsMost]float32 // of each glyph, less none.
	none   float32             // what no glyph leaves.
	says   [mostJoined]float32
	power  float64 // what there is to explain.
}

// ballot lifts a slot from all pictures and asks them.
func (j joint) ballot(w *work, slot int) *ballot {
	const noise = 0.003 // is left of a sample, of the square of its contrast.
	b := &ballot{glyphs: len(j[0].sets[slot].ink)}
	var cost [glyphsMost]float32
	for i, r := range j {
		one, n := cost[:b.glyphs], float32(len(r.sets[slot].mean))
		clear(one)
		r.lift(slot)
		none := r.costs(w, slot, one)
		says := 1 / (max(none+slices.Min(one), 0)/n + noise)
		for g, c := range one {
			b.cost[g] += says * c
		}
		b.says[i] = says
		b.none += says * none
		b.power += float64(says*n) * r.power
	}
	return b
}

// middle of a trial's symbol on the picture.
func (t *trial) middle() vector { return t.head.add(t.tail.minus(t.head), 0.5) }
