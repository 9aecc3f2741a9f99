package vision

import (
	"context"
	"image"
	"math"
	"testing"

	"pkidstation/scanner/scannertest"
)

// tilted is a label held so that its bars and its rows fan out.
func tilted(seed uint64) scannertest.Frame {
	s := scannertest.Plain(image.Pt(1280, 720))
	s.Tilt = 0.3
	return s.Frame(seed)
}

// asIs is the frame of a picture.
func asIs(g *image.Gray) *frame { return newFrame(g, func(p image.Point) image.Point { return p }) }

// TestPlaceOnFanned: the place of a point is where the point is.
func TestPlaceOnFanned(t *testing.T) {
	t.Parallel()
	r := region{centre: vector{600, 300}, along: vector{0.8, 0.6}, bars: vector{-0.5, 0.87}, cross: vector{-0.0016, 0.0003}}
	for s := -200.0; s <= 200; s += 50 {
		for at := -150.0; at <= 150; at += 50 {
			if gs, gt := r.place(r.at(s, at)); math.Hypot(gs-s, gt-at) > 0.01 {
				t.Errorf("(%.0f, %.0f) is at (%.2f, %.2f)", s, at, gs, gt)
			}
		}
	}
}

// TestFannedRegions: on tilted labels, a symbol's bars stand upright on the lines of
// its region at either end, and a line from end to end mostly stays on it.
func TestFannedRegions(t *testing.T) {
	t.Parallel()
	const frames, leastUpright, leastLevel = 5, 95, 70
	upright, level, all := 0, 0, 0
	for seed := range uint64(frames) {
		f := tilted(4000 + seed)
		found := regions(newCrew(context.Background(), 1), asIs(f.Image))
		all += len(f.Codes)
		for _, c := range f.Codes {
			var up, even bool
			for i := range found {
				u, e := liesOn(&found[i], c.Corners)
				up, even = up || u, even || e
			}
			if up {
				upright++
			}
			if even {
				level++
			}
		}
	}
	if 100*upright < leastUpright*all || 100*level < leastLevel*all {
		t.Errorf("%d of %d symbols stand upright on a region, %d lie level", upright, all, level)
	}
}

// liesOn says whether a symbol is upright on a region, and level, too.
func liesOn(r *region, corner [4]image.Point) (upright, level bool) {
	var s, at [4]float64
	for i, p := range corner {
		s[i], at[i] = r.place(vector{float64(p.X), float64(p.Y)})
		if s[i] < r.s0-beyond || s[i] > r.s1+beyond || at[i] < r.t0-2*block || at[i] > r.t1+2*block {
			return false, false
		}
	}
	const lean, off = 0.25, 0.5
	tall := math.Min(math.Abs(at[3]-at[0]), math.Abs(at[2]-at[1]))
	upright = math.Abs(s[3]-s[0]) < lean*tall && math.Abs(s[2]-s[1]) < lean*tall
	return upright, upright && math.Abs(at[1]-at[0]) < off*tall && math.Abs(at[2]-at[3]) < off*tall
}

// TestReadsTilted: nearly all codes of labels whose bars and rows fan out are read,
// and nothing else.
func TestReadsTilted(t *testing.T) {
	t.Parallel()
	const frames, least = 5, 95
	read, all := 0, 0
	for seed := range uint64(frames) {
		f := tilted(4100 + seed)
		all += len(f.Codes)
		for _, c := range Decode(f.Image) {
			if !f.Has(c.Text) {
				t.Errorf("seed %d: read %q, which is not printed", seed, c.Text)
			}
			read++
		}
	}
	if 100*read < least*all {
		t.Errorf("%d of %d codes are read", read, all)
	}
}

// TestParallelBarsFanOutNowhere: a label held straight has no fan, nor have ways
// without order.
func TestParallelBarsFanOutNowhere(t *testing.T) {
	t.Parallel()
	s := scannertest.Plain(image.Pt(1280, 720))
	found := regions(newCrew(context.Background(), 1), asIs(s.Frame(5).Image))
	if len(found) == 0 || found[0].cross != (vector{}) {
		t.Errorf("a straight label: %+v", found)
	}
	p := &patch{}
	const side = 40
	for i := range side * side {
		p.members, p.energy = append(p.members, i), append(p.energy, 10)
		p.ways = append(p.ways, vector{1, 0}.turned(float64(i*i)))
		p.places = append(p.places, vector{block * float64(i%side), block * float64(i/side)})
	}
	r := region{centre: vector{160, 160}, along: vector{1, 0}, bars: vector{0, 1}}
	if fan := p.fan(&r); fan != 0 || r.bars != (vector{0, 1}) {
		t.Errorf("ways anyhow fan out by %v, to %v", fan, r.bars)
	}
}

// BenchmarkRegions finds the patches of a tilted label.
func BenchmarkRegions(b *testing.B) {
	f := asIs(tilted(4000).Image)
	c := newCrew(context.Background(), 1)
	for b.Loop() {
		regions(c, f)
	}
}
