package vision

import (
	"image"
	"slices"

	"github.com/makiuchi-d/gozxing"
)

// A witness tells what the stages see. Without one, which is the rule, none of
// its methods does anything; so their callers need not ask.
type witness struct {
	tell func(Sight)

	number  int            // of the band that is looked at, from 1.
	corners [4]image.Point // its.
	grey    []float32
	edges   []float64
}

func newWitness(tell func(Sight)) *witness {
	if tell == nil {
		return nil
	}
	return &witness{tell: tell}
}

// inBand tells s of the band that is looked at.
func (n *witness) inBand(s Sight) {
	s.Band, s.Corners = n.number, n.corners
	n.tell(s)
}

func (n *witness) frame(f *frame) {
	if n != nil {
		n.tell(Sight{Stage: SawFrame, Picture: clone(f.Gray)})
	}
}

// band tells of a band.
func (n *witness) band(f *frame, b *band, number int) {
	if n == nil {
		return
	}
	n.number = number + 1
	n.corners = b.find(f, rowHit{from: b.s0, to: b.s1}).Corners
	n.inBand(Sight{Stage: SawBand, Picture: b.straightened()})
}

// again says which band is looked at once more.
func (n *witness) again(f *frame, u *unread) {
	if n != nil {
		n.number, n.corners = u.number+1, u.find(f, rowHit{from: u.s0, to: u.s1}).Corners
	}
}

// region says that single lines of a region are looked at, and no band.
func (n *witness) region(f *frame, r *region) {
	if n != nil {
		b := band{scan: &scan{region: r, top: r.t0}, last: int((r.t1 - r.t0) / lineStep)}
		n.number, n.corners = 0, b.find(f, rowHit{from: r.s0, to: r.s1}).Corners
	}
}

// profile tells of the edges of a profile, and keeps both for its readings.
func (n *witness) profile(v []float32, edges []float64) {
	if n == nil {
		return
	}
	n.grey, n.edges = slices.Clone(v), slices.Clone(edges)
	n.inBand(Sight{Stage: SawProfile, Grey: n.grey, Edges: n.edges})
}

// reading tells of what was decoded from the edges of the profile from first on.
func (n *witness) reading(h rowHit, edge []float64, elements []element, f fit, good bool) {
	if n == nil {
		return
	}
	s := Sight{
		Stage: SawReading, Grey: n.grey, Edges: n.edges, Code: h.Code, Verdict: Misfit,
		Misfit: f.misfit, Stray: f.stray, Module: f.module, First: slices.Index(n.edges, edge[f.first]),
	}
	if good {
		s.Verdict = Believed
	}
	if f.last > f.first {
		s.Drawn = laid(edge[f.first:f.last+1], elements)
	}
	n.inBand(s)
}

// restored tells of a restoration.
func (n *witness) restored(r *restoration, res *gozxing.Result, good bool) {
	if n == nil {
		return
	}
	s := Sight{Stage: SawRestored, Grey: lightness(r.seen), Model: lightness(r.model), Misfit: r.misfit, Verdict: Unreadable}
	if res != nil {
		s.Code, s.Verdict = codeOf(res), Unlike
	}
	if good {
		s.Verdict = Believed
	}
	n.inBand(s)
}

// lightness is darkness from 0 to 1 as grey.
func lightness(dark []float32) []float32 {
	out := make([]float32, len(dark))
	for i, v := range dark {
		out[i] = opaque * (1 - min(max(v, 0), 1))
	}
	return out
}

// dropped tells of the hits that are not among those kept.
func (n *witness) dropped(hits, kept []rowHit) {
	if n == nil {
		return
	}
	for _, h := range hits {
		if !slices.ContainsFunc(kept, func(k rowHit) bool { return k.Text == h.Text && k.Symbology == h.Symbology }) {
			n.inBand(Sight{Stage: SawReading, Code: h.Code, Verdict: Unconfirmed})
		}
	}
}

// disputed tells of a code that too few rows gave.
func (n *witness) disputed(c Code) {
	if n != nil {
		n.tell(Sight{Stage: SawCode, Corners: c.Corners, Code: c, Verdict: Disputed})
	}
}

func (n *witness) black(bits *gozxing.BitMatrix) {
	if n == nil {
		return
	}
	g := image.NewGray(image.Rect(0, 0, bits.GetWidth(), bits.GetHeight()))
	for i := range g.Pix {
		if !bits.Get(i%g.Stride, i/g.Stride) {
			g.Pix[i] = opaque
		}
	}
	n.tell(Sight{Stage: SawBlack, Picture: g})
}

// patch tells of a part of the frame and what was read there.
func (n *witness) patch(part *frame, found []find) {
	if n == nil {
		return
	}
	s := Sight{Stage: SawPatch, Picture: clone(part.Gray)}
	r := part.Rect
	for i, p := range [4]image.Point{r.Min, {X: r.Max.X, Y: r.Min.Y}, r.Max, {X: r.Min.X, Y: r.Max.Y}} {
		s.Corners[i] = part.back(p)
	}
	if len(found) > 0 {
		s.Code, s.Verdict = found[0].Code, Believed
	}
	n.tell(s)
}

// merged tells which codes are believed, and which lie under one.
func (n *witness) merged(found, kept []find) {
	if n == nil {
		return
	}
	for _, f := range found {
		verdict := Overlaid
		if slices.ContainsFunc(kept, func(k find) bool { return k.Code == f.Code }) {
			verdict = Believed
		}
		n.tell(Sight{Stage: SawCode, Corners: f.Corners, Code: f.Code, Verdict: verdict})
	}
}

func clone(g *image.Gray) *image.Gray {
	return &image.Gray{Pix: slices.Clone(g.Pix), Stride: g.Stride, Rect: g.Rect}
}

// straightened are the lines of a band, each shifted by its lean.
func (b *band) straightened() *image.Gray {
	n := len(b.lines[0])
	g := image.NewGray(image.Rect(0, 0, n, b.last-b.first+1))
	for y := range g.Rect.Dy() {
		line := b.lines[b.first+y]
		t := b.top + float64((b.first+y)*lineStep)
		for x := range n {
			at := float64(x) + t*(b.lean+b.fan*(b.from+float64(x)))
			g.Pix[y*g.Stride+x] = byte(line[int(min(max(at, 0), float64(n-1)))])
		}
	}
	return g
}
