package scannertest

import (
	"image"
	"math"
	"slices"
	"testing"

	"pkidstation/scanner"
)

// TestKernelsSpreadAndLoseNothing: a point of light becomes as wide as it was
// said, and no light is lost, at the edges neither.
func TestKernelsSpreadAndLoseNothing(t *testing.T) {
	t.Parallel()
	both := func(p *plane) { p.spread(gaussian(2)); p.spread(gaussian(2).turned()) }
	for name, test := range map[string]struct {
		spread func(*plane)
		sd     float64 // along the longest direction
	}{
		"lens":   {both, 2},
		"motion": {func(p *plane) { p.spread(motion(8, chance(1, 1))) }, 8 / math.Sqrt(12)},
		"none":   {func(p *plane) { p.spread(gaussian(0)); p.spread(motion(0, chance(1, 1))) }, 0},
	} {
		p := newPlane(image.NewGray(image.Rect(0, 0, 41, 41)))
		p.row(20)[20] = 1000
		test.spread(p)
		if sum, sd := moments(p); math.Abs(sum-1000) > 1 || math.Abs(sd-test.sd) > 0.2 {
			t.Errorf("%s: %.1f of 1000 is left, sd %.2f, want %.2f", name, sum, sd, test.sd)
		}
		flat := newPlane(image.NewGray(image.Rect(0, 0, 7, 5)))
		for i := range flat.grey32 {
			flat.grey32[i] = 90
		}
		test.spread(flat)
		for i, v := range flat.grey32 {
			if math.Abs(float64(v-90)) > 0.01 {
				t.Errorf("%s: an even plane has %v at %d", name, v, i)
				break
			}
		}
	}
}

// moments gives all light and how far it is spread along its longest axis.
func moments(p *plane) (sum, sd float64) {
	var xx, xy, yy float64
	for y := range p.height {
		for x, v := range p.row(y) {
			dx, dy, w := float64(x-20), float64(y-20), float64(v)
			sum, xx, xy, yy = sum+w, xx+w*dx*dx, xy+w*dx*dy, yy+w*dy*dy
		}
	}
	xx, xy, yy = xx/sum, xy/sum, yy/sum
	return sum, math.Sqrt((xx+yy)/2 + math.Hypot((xx-yy)/2, xy))
}

// TestBendIsUndone: where a place of the paper is seen, that place is seen.
func TestBendIsUndone(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		s := Scene{Curl: 0.6, Wrinkles: 3}
		b := s.bend([2]float64{100, 70}, chance(seed, 0))
		for _, at := range [][2]float64{{0, 0}, {-90, 40}, {95, -60}, {30, 65}} {
			x, y := b.seen(at[0], at[1])
			px, py, light := b.paper(x, y)
			if math.Hypot(px-at[0], py-at[1]) > 0.1 || light < 0.3 || light > 1.5 {
				t.Errorf("seed %d: %v is seen at %.1f, %.1f, where %.1f, %.1f is, light %.2f", seed, at, x, y, px, py, light)
			}
		}
	}
}

func TestInverse(t *testing.T) {
	t.Parallel()
	p := pose{middle: image.Pt(300, 200), module: 2.2, turn: 0.7, tilt: 0.3, toward: 2, half: [2]float64{90, 60}}
	there, back := p.toFrame(), p.toFrame().inverse()
	for _, at := range [][2]float64{{0, 0}, {-90, 60}, {90, 60}, {12, -34}} {
		x, y := there.apply(at[0], at[1])
		if u, v := back.apply(x, y); math.Hypot(u-at[0], v-at[1]) > 1e-6 {
			t.Errorf("%v comes back as %v, %v", at, u, v)
		}
	}
	if x, y := there.apply(0, 0); math.Hypot(x-300, y-200) > 1e-9 {
		t.Errorf("the middle is at %v, %v", x, y)
	}
}

// TestBrokenSymbols: each way of breaking changes the bars, says so, and leaves
// the symbol that it began with alone.
func TestBrokenSymbols(t *testing.T) {
	t.Parallel()
	for seed := range uint64(50) {
		r := chance(seed, 0)
		whole := pkid(r)
		before := slices.Clone(whole.dark)
		for name, s := range map[string]symbol{"cut": cut(whole, r), "defaced": defaced(whole, r), "misprinted": misprinted(whole, r)} {
			if !s.broken || len(s.dark) != len(whole.dark) || slices.Equal(s.dark, before) {
				t.Errorf("seed %d: %s is the same", seed, name)
			}
		}
		if !slices.Equal(whole.dark, before) {
			t.Fatal("the symbol itself was broken")
		}
	}
}

func TestArticleNumbers(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		r := chance(seed, 0)
		if s := product(r, "UPC", 11, scanner.UPCA); len(s.text) != 12 || s.wide != 95 {
			t.Errorf("UPC-A %q of %d modules", s.text, s.wide)
		}
		if s := product(r, "EAN", 12, scanner.EAN13); len(s.text) != 13 || s.wide != 95 {
			t.Errorf("EAN-13 %q of %d modules", s.text, s.wide)
		}
	}
}

// TestBarsAreAsWideAsSaid: a gain widens each run by its modules, and never
// what is between symbols.
func TestBarsAreAsWideAsSaid(t *testing.T) {
	t.Parallel()
	for gain, want := range map[float64]int{0: 3 * grain, 0.5: 4 * grain, -0.25: 5 * grain / 2} {
		p := &printed{ink: image.NewGray(image.Rect(0, 0, 10*grain, grain))}
		fillGrey(p.ink, p.ink.Rect, maxGrey)
		s := symbol{dark: []bool{true, false, true, true}, wide: 4}
		p.symbol(placed{s, image.Rect(3, 0, 7, 1)}, gain)
		dark := 0
		for _, v := range p.ink.Pix[:p.ink.Stride] {
			if v == 0 {
				dark++
			}
		}
		if dark != want {
			t.Errorf("gain %v: %d of ink, want %d", gain, dark, want)
		}
	}
}
