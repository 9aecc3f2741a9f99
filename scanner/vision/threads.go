package vision

import (
	"cmp"
	"slices"
)

const (
	// threadStep is how far apart, in pixels, single lines are, and maxThreads
	// how many of them a region has.
	threadStep, maxThreads = 4, 48
	// coarse is how many threads are passed over until one gives a text.
	coarse = 4
)

// threaded are the jobs of reading by single lines the regions in which a band is
// not read, unless it is a caption or lies where something else was read.
func (s *barsStage) threaded() []job {
	var jobs []job
	for i := range s.regions {
		r := &s.regions[i]
		left := slices.DeleteFunc(slices.Clone(s.unread), func(u *unread) bool {
			return u == nil || u.region != r || len(u.read) > 0 || s.past.tired(u.middle())
		})
		if len(left) == 0 {
			continue
		}
		jobs = append(jobs, job{
			look: func(w *work) []find {
				used, free := w.mark()
				defer w.release(used, free)
				w.witness.region(s.frame, r)
				return threads(w, s.frame, r)
			},
			moot: func(found []find) bool {
				return !slices.ContainsFunc(left, func(u *unread) bool { return !u.low(found) && !u.covered(found) })
			},
		})
	}
	return jobs
}

// A strand is what one line gave.
type strand struct {
	rowHit

	t float64
}

// threads reads a region by single lines, which need no bars that lie alike: on
// a label held aslant they fan out. Lines must agree on a text, as those of a
// scanner must.
func threads(w *work, f *frame, r *region) []find {
	s := newScanAlong(r)
	n := min(int(r.t1-r.t0)/threadStep, maxThreads)
	var all []strand
	read := func(i int, reading func(*work, profile) []rowHit) {
		t := r.t0 + (r.t1-r.t0)*(float64(i)+0.5)/float64(n)
		used, free := w.mark()
		b := band{scan: s}
		for _, h := range reading(w, b.profile(w, f, t, t)) {
			all = append(all, strand{h, t})
		}
		w.release(used, free)
	}
	for i := coarse / 2; i < n && !w.spent(); i += coarse {
		read(i, readPlain)
	}
	if len(all) == 0 {
		return nil
	}
	for i := range n {
		if i%coarse != coarse/2 && !w.spent() {
			read(i, readProfile)
		}
	}
	return woven(f, s, all)
}

// woven are the texts on which enough strands at one place agree, and far more
// than gave another text there.
func woven(f *frame, s *scan, all []strand) []find {
	slices.SortStableFunc(all, func(a, b strand) int { return cmp.Compare(a.t, b.t) })
	used := make([]bool, len(all))
	var found []find
	for i, first := range all {
		if used[i] {
			continue
		}
		last, votes, against := first, 0, 0
		for j, other := range all {
			apart := other.from > last.to || last.from > other.to
			switch {
			case used[j] || apart || other.t < first.t && other.Text == first.Text:
			case other.Text == first.Text && other.Symbology == first.Symbology:
				used[j] = true
				last = other
				votes++
			case other.t >= first.t && other.t <= last.t+4*threadStep:
				against++
			}
		}
		if first.creased {
			votes-- // one more is needed.
		}
		if votes >= needed(first.Code) && votes > 2*against {
			found = append(found, s.between(f, first, last, votes))
		}
	}
	return found
}

// between places a code that lines from first to last gave.
func (s *scan) between(f *frame, first, last strand, votes int) find {
	b := band{scan: s}
	return b.outlined(f, first.rowHit, quad{
		s.at(first.from, first.t), s.at(first.to, first.t), s.at(last.to, last.t), s.at(last.from, last.t),
	}, last.t-first.t, votes)
}
