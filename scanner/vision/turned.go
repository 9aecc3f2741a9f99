package vision

import (
	"math"
	"slices"

	"pkidstation/scanner"
)

// turns are the angles, in radians, by which lines across a patch are turned where
// bars are not read: the patch of a whole label goes another way than its symbols,
// and those of a tilted label go each its own. A line must stay on a symbol from
// end to end.
func turns() []float64 { return []float64{0.05, 0.1, 0.16, 0.22} }

// mostTurned is how many of the strongest regions are looked at so: labels are, and
// pictograms, which cost as much, are not.
const mostTurned = 2

func (s *barsStage) left(w *work, r *region) []find  { return s.turned(w, r, -1) }
func (s *barsStage) right(w *work, r *region) []find { return s.turned(w, r, 1) }

// turned reads a region along lines that are ever more turned one way.
func (s *barsStage) turned(w *work, r *region, way float64) (found []find) {
	if r.weight < s.regions[min(mostTurned, len(s.regions))-1].weight {
		return nil
	}
	for _, by := range turns() {
		used, free := w.mark()
		askew := r.turned(way * by)
		for _, b := range newScan(w, s.frame, &askew).bands(w) {
			w.spend((b.last - b.first + 1) * len(b.lines[0]))
			u := unread{band: b}
			if w.spent() || b.last-b.first+1 < leastLines || u.covered(found) {
				continue
			}
			b.straighten(w)
			hits, _ := readBand(w, s.frame, &b)
			for _, h := range hits {
				if h.Symbology != scanner.Code93 { // its elements are the picture's own: no slant is a misfit.
					found = append(found, b.find(s.frame, h))
				}
			}
		}
		w.release(used, free)
	}
	return found
}

// turned is a region whose lines are turned, and which holds what it held.
func (r *region) turned(by float64) region {
	sin, cos := math.Sincos(by)
	out := *r
	out.along = vector{r.along.x*cos - r.along.y*sin, r.along.x*sin + r.along.y*cos}
	out.s0, out.s1, out.t0, out.t1 = 0, 0, 0, 0
	for _, c := range [4][2]float64{{r.s0, r.t0}, {r.s1, r.t0}, {r.s1, r.t1}, {r.s0, r.t1}} {
		s, t := out.place(r.at(c[0], c[1]))
		out.s0, out.s1 = min(out.s0, s), max(out.s1, s)
		out.t0, out.t1 = min(out.t0, t), max(out.t1, t)
	}
	return out
}

// several says whether an unread band may hold several symbols askew: it is taller
// than each that was read.
func (u *unread) several(found []find) bool {
	const least, taller = 36, 1.4
	tallest := least / taller
	for _, f := range found {
		tallest = max(tallest, f.tall)
	}
	return u.height() > taller*tallest
}

// any is a band that may hold anything.
func (u *unread) any([]find) bool { return true }

// onceMore are jobs of looking again at the regions in which a band that may hold
// something is not read.
func (s *barsStage) onceMore(may func(*unread, []find) bool, look func(*work, *region) []find) []job {
	var jobs []job
	for i := range s.regions {
		r := &s.regions[i]
		left := slices.DeleteFunc(slices.Clone(s.unread), func(u *unread) bool {
			return u == nil || u.region != r || s.past.tired(u.middle())
		})
		if len(left) == 0 {
			continue
		}
		jobs = append(jobs, job{
			look: func(w *work) []find {
				used, free := w.mark()
				defer w.release(used, free)
				w.witness.region(s.frame, r)
				return look(w, r)
			},
			moot: func(found []find) bool {
				return !slices.ContainsFunc(left, func(u *unread) bool {
					return may(u, found) && !u.low(found) && !u.covered(found)
				})
			},
		})
	}
	return jobs
}
