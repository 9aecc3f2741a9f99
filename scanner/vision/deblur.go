package vision

import (
	"cmp"
	"math"
	"slices"

	"github.com/makiuchi-d/gozxing"

	"pkidstation/scanner"
)

// deblur reads what thresholds could not, beside what they could: it draws each guess
// anew under some blurs, keeps what explains the picture, and has gozxing read that.
// What it cannot believe goes to the notes.
func deblur(w *work, p profile, n *notes, read ...rowHit) []rowHit {
	var hits []rowHit
	var seen [][3]float64
	fineEdges := p.edges(w, p.v, finePart)
	for _, v := range []struct {
		sharp, part float32
	}{{0, coarsePart}, {1, finePart}, {0.5, 0.2}} {
		edge := p.edges(w, p.sharpened(w, 3, v.sharp), v.part)
		for _, part := range trimmed(p.parts(edge, read)) {
			span := [3]float64{part[0], part[len(part)-1], float64(len(part))}
			if w.spent() || slices.ContainsFunc(seen, func(s [3]float64) bool { return nearSpan(s, span) }) ||
				slices.ContainsFunc(hits, func(h rowHit) bool { return span[0] < h.to && h.from < span[1] }) {
				continue
			}
			seen = append(seen, span)
			h, ok := deblurPart(w, p, part, n)
			h.from, h.to = part[0], part[len(part)-1]
			switch {
			case h.Text == "":
			case p.wipedOut(fineEdges, h.from, h.to, h.module):
				if h.firm {
					n.doubt(p.placed(h))
				}
			case ok:
				hits = append(hits, h)
			default:
				n.doubt(p.placed(h))
			}
		}
		if len(hits) > 0 && len(p.left(slices.Concat(read, p.allPlaced(hits)))) == 0 {
			break
		}
	}
	return p.allPlaced(hits)
}

// placed is a hit among the values of a profile on its region.
func (p profile) placed(h rowHit) rowHit {
	h.from, h.to = p.from+h.from*p.step, p.from+h.to*p.step
	return h
}

// wipedOut says whether a symbol may be but the end of one whose middle a lamp
// has wiped out: the paper beside it is as white as white can be, and there are
// bars beyond. Such an end has a check digit that is right once in a hundred
// times. (A label's frame and its edge are four edges.)
func (p profile) wipedOut(edge []float64, from, to, module float64) bool {
	const beside, beyond, most = 12, 40, 4
	left, right := 0, 0
	for _, e := range edge {
		switch {
		case e < from-module && e > from-beyond*module:
			left++
		case e > to+module && e < to+beyond*module:
			right++
		}
	}
	return left > most && p.white(from-beside*module, from-module) ||
		right > most && p.white(to+module, to+beside*module)
}

// white says whether most of what is seen from one place to another is white.
func (p profile) white(from, to float64) bool {
	a, b := max(int(from), 0), min(int(to), len(p.v))
	n := 0
	for i := a; i < b; i++ {
		if p.v[i] >= white {
			n++
		}
	}
	return a < b && 2*n >= b-a
}

// nearSpan says whether two parts begin and end at the same places and have
// about as many edges.
func nearSpan(a, b [3]float64) bool {
	const near = 4
	return math.Abs(a[0]-b[0])+math.Abs(a[1]-b[1])+math.Abs(a[2]-b[2]) < near
}

// leastBlurred is the least length, in pixels, of a symbol that is restored: no
// text of a few characters has enough modules for it.
const leastBlurred = 80

// parts are the edges between spaces too wide to be in a symbol: three times
// the mean element, where blur has made elements of several.
func parts(edge []float64) [][]float64 {
	const tooWide, least = 3.0, leastBlurred / fineStep
	const leastEdges = 20
	limit := tooWide * meanWidth(edge)
	var out [][]float64
	from := 0
	for i := range edge {
		if i+1 < len(edge) && edge[i+1]-edge[i] <= limit {
			continue
		}
		from += from & 1 // a part begins and ends with a bar.
		if to := (i + 1) &^ 1; to-from >= leastEdges && edge[to-1]-edge[from] >= least {
			out = append(out, edge[from:to])
		}
		from = i + 1
	}
	return out
}

// trimmed adds to each part what is left of it without the bars past a wide
// space near its ends: a label's edge is dark, too, and a quiet zone narrow.
func trimmed(all [][]float64) [][]float64 {
	const near, wide, leastEdges, least = 8, 1.9, 20, leastBlurred / fineStep
	var out [][]float64
	for _, part := range all {
		limit := wide * meanWidth(part)
		from, to := 0, len(part)
		widest := limit
		for i := 0; i < min(near, len(part)-1); i++ {
			if width := part[i+1] - part[i]; width > widest {
				from, widest = (i+2)&^1, width
			}
		}
		widest = limit
		for i := len(part) - 2; i > max(len(part)-near-2, 0); i-- {
			if width := part[i+1] - part[i]; width > widest {
				to, widest = (i+1)&^1, width
			}
		}
		for _, ends := range [][2]int{{0, len(part)}, {0, to}, {from, len(part)}, {from, to}} {
			if ends[1]-ends[0] >= leastEdges && part[ends[1]-1]-part[ends[0]] >= least {
				out = append(out, part[ends[0]:ends[1]])
			}
		}
	}
	return out
}

// meanWidth is the mean of the elements, less the few widest.
func meanWidth(edge []float64) float64 {
	const few = 6
	var widths []float64
	for i := 1; i < len(edge); i++ {
		widths = append(widths, edge[i]-edge[i-1])
	}
	slices.Sort(widths)
	widths = widths[:max(len(widths)-few, min(len(widths), 1))]
	var sum float64
	for _, v := range widths {
		sum += v
	}
	return sum / float64(max(len(widths), 1))
}

// A blur is a bell's sigma and a box, in pixels: out of focus, and moved. Before
// that, ink has made bars wider by a part of a module.
type blur struct{ sigma, box, ink float64 }

func (b blur) kernel(perPixel float64) smear {
	s := smearOf(max(b.sigma*perPixel, 0.6), max(b.box*perPixel, 1))
	s.ink = int16(math.Round(b.ink * fine * smearParts))
	return s
}

// deblurPart reads what lies between the first and the last of edges. It is false
// where that is not to be believed.
func deblurPart(w *work, p profile, edge []float64, n *notes) (rowHit, bool) {
	const leastEAN = -0.2
	var tried []*restoration
	for _, g := range w.guesses(p, edge) {
		if w.spent() {
			break
		}
		if g.symbology == scanner.EAN13 && g.score < leastEAN {
			continue
		}
		tried = append(tried, g.under(w, p, blur{sigma: g.firstSigma(), box: 1}, 1))
	}
	return clearest(w, p, tried, n)
}

// clearest reads the best of restorations, under the blurs that suit them best. It is
// false where that is not to be believed.
func clearest(w *work, p profile, tried []*restoration, n *notes) (rowHit, bool) {
	const hopeless, plain, keep = 0.5, 0.03, 2
	var doubted rowHit
	slices.SortStableFunc(tried, byFit)
	for _, first := range tried[:min(len(tried), keep)] {
		best := first
		for _, b := range blurs(first.firstSigma()) {
			if first.misfit > hopeless || best.misfit < plain {
				break
			}
			if r := first.under(w, p, b, rounds); r.misfit < best.misfit {
				best = r
			}
		}
		h, ok := best.read(w)
		if r := best; !ok && n != nil && best.misfit < hopeless {
			if best = r.clearer(w, p); best != r {
				h, ok = best.read(w)
			}
		}
		if ok {
			return h, true
		}
		if h.Text != "" && best.likely() {
			doubted = h
		}
		if n != nil && best.misfit < hopeless {
			t := n.trial(best, p)
			if h, ok := n.join(w, t); ok {
				return h, true
			}
			n.keep(t)
		}
	}
	return doubted, false
}

// byFit has what explains more come first.
func byFit(a, b *restoration) int { return cmp.Compare(a.misfit, b.misfit) }

// blurs are tried one after the other.
func blurs(first float64) []blur {
	return []blur{{first, 1, 0}, {0.6, 1, 0}, {1.7, 1, 0}, {0.8, 3, 0}, {0.8, 5, 0}, {0.9, 1, 0}, {2.2, 1, 0}}
}

// clearer is a restoration under the blur near its own that explains most.
func (r *restoration) clearer(w *work, p profile) *restoration {
	best := r
	for _, try := range []func(*blur, float64){
		func(b *blur, by float64) { b.ink += 0.16 * by },
		func(b *blur, by float64) { b.sigma *= 1 + 0.2*by },
		func(b *blur, by float64) { b.box = max(b.box+by, 1) },
	} {
		from := best
		for _, by := range []float64{1, -1} {
			b := from.blur
			if try(&b, by); b == from.blur || w.spent() {
				continue
			}
			if c := r.under(w, p, b, rounds); c.misfit < best.misfit {
				best = c
				break
			}
		}
	}
	return best
}

// firstSigma is the blur that is tried first: thin modules that can be read at
// all were hardly blurred.
func (g guess) firstSigma() float64 {
	return min(1.2, 0.55*g.pitch())
}

// pitch is a module's mean width in pixels.
func (g guess) pitch() float64 { return (g.to - g.from) * fineStep / g.modules }

// leastTall is how many modules tall a symbol must be.
const leastTall = 7

func (g guess) under(w *work, p profile, b blur, rounds int) *restoration {
	pixel := g.modules * fine / ((g.to - g.from) * p.step) // samples a pixel.
	r := g.restore(w, p, b.kernel(pixel), rounds)
	r.blur = b
	return r
}

// read has gozxing decode the glyphs chosen, and says whether they are believed.
func (r *restoration) read(w *work) (rowHit, bool) {
	clearly := r.margin > leastMargin || w.past != nil && r.proven()
	return r.readIf(w, r.misfit < 0.12 && clearly && r.worst() < r.mostWorst())
}

// leastMargin is by how much a glyph must beat its next rival.
const leastMargin = 0.2

// proven says whether only one glyph is in doubt, and a little, in a symbol whose check
// is wrong if any one glyph is. All else must suit better than where none is. That is no
// proof by itself of more than one glyph, so a second picture has to say the same.
func (r *restoration) proven() bool {
	return r.symbology == scanner.Code128 && r.misfit < 0.06 && r.margin > 0.05 && r.other > 0.3 && r.worst() < 0.3
}

// mostWorst is what may be left unexplained of one glyph: under a stroke of a pen or
// a fold there may be any. Digits of an EAN differ by less than signs of others.
func (r *restoration) mostWorst() float64 {
	if r.symbology == scanner.EAN13 {
		return 0.35
	}
	return 0.5
}

// likely says whether glyphs that are not believed say something beside others
// that are.
func (r *restoration) likely() bool { return r.misfit < 0.2 && r.margin > 0.1 }

// firm says whether each glyph suits so well that it cannot be another, be it one
// that may not stand there: what is but the end of a symbol has no start.
func (r *restoration) firm() bool {
	worst := 0.12
	if r.symbology == scanner.EAN13 { // its digits are narrow: right ones leave more.
		worst = 0.25
	}
	return r.misfit < 0.06 && r.margin > 0.3 && r.worst() < worst
}

// readIf has gozxing decode the glyphs chosen, to be believed if they are good.
func (r *restoration) readIf(w *work, good bool) (rowHit, bool) {
	row := r.row()
	for _, reader := range w.rowReaders() {
		res, err := guard(func() (*gozxing.Result, error) { return reader.DecodeRow(0, row, gs1()) })
		if err != nil || res == nil || res.GetText() == "" {
			continue
		}
		h := rowHit{Code: codeOf(res), reversed: r.reverse, fit: fit{module: (r.to - r.from) / r.modules}, firm: r.firm(), lie: r.guess}
		w.witness.restored(r, res, good)
		return h, good
	}
	w.witness.restored(r, nil, false)
	return rowHit{}, false
}
