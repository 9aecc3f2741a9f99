package vision

import (
	"math"
	"testing"
)

// TestEvened: bars that get thinner along a symbol have their width again.
func TestEvened(t *testing.T) {
	t.Parallel()
	var want, thinned []float64
	at := 0.0
	for i := range 60 {
		want = append(want, at)
		thin := 0.8 * float64(i) / 60 / 2
		if i%2 == 1 {
			thin = -thin
		}
		thinned = append(thinned, at+thin)
		at += []float64{2, 2, 6, 2, 4, 8, 2}[i%7]
	}
	for i, got := range evened(thinned) {
		if off := math.Abs(got - want[i]); off > 0.15 {
			t.Errorf("edge %d is off by %.2f", i, off)
		}
	}
}

// TestCreased: edges that drift with the paper fit, one that jumps does not.
func TestCreased(t *testing.T) {
	t.Parallel()
	elements := drawCode128([]byte{104, 33, 34, 35, 36, 37, 38, 39, 40, 106})
	drift := func(jump float64) (fit, bool) {
		edge, at := []float64{0}, 0.0
		for i, e := range elements {
			at += 2 * e.narrow
			off := (at - 60) / 18
			crease := 3 * math.Exp(-off*off)
			if i > len(elements)/2 {
				crease += jump
			}
			edge = append(edge, at+crease)
		}
		return redraw(edge[:len(edge)&^1], elements)
	}
	if f, ok := drift(0); !ok || !f.good() || !f.creased {
		t.Errorf("a crease: %+v, %v", f, ok)
	}
	if f, ok := drift(2.5); ok && f.good() {
		t.Errorf("a jump of more than a module: %+v", f)
	}
}

// TestWipedOut: paper white beyond white with bars behind it is no quiet zone.
func TestWipedOut(t *testing.T) {
	t.Parallel()
	p := profile{v: make([]float32, 400)}
	for i := range p.v {
		p.v[i] = 252
	}
	bars := []float64{10, 14, 20, 24, 30, 34, 100, 300}
	if !p.wipedOut(bars, 100, 300, 4) {
		t.Error("bars behind the white")
	}
	if p.wipedOut(bars[4:], 100, 300, 4) {
		t.Error("a frame and no bars")
	}
	for i := range p.v {
		p.v[i] = 200
	}
	if p.wipedOut(bars, 100, 300, 4) {
		t.Error("paper that is not too bright")
	}
}

// TestOpens: each reader's symbols have its opening, either way round, and
// stripes have none but the simplest.
func TestOpens(t *testing.T) {
	t.Parallel()
	for i, elements := range [][]element{
		drawEAN("4006381333931"), drawCode128([]byte{104, 33, 34, 67, 106}), nil, drawCode39("A1"), drawITF("0123"),
	} {
		if elements == nil {
			continue
		}
		edge := []int{0}
		for _, e := range elements {
			edge = append(edge, edge[len(edge)-1]+int(6*e.narrow+15*e.wide))
		}
		r := rowReaders()[i]
		if !r.opens(runs(edge, false, nil)) {
			t.Errorf("reader %d misses the opening of its symbol", i)
		}
		stripes := []int{0}
		for n := range 60 {
			stripes = append(stripes, (n+1)*(6+20*(n%2)))
		}
		if r.opens(runs(stripes, false, nil)) {
			t.Errorf("reader %d sees an opening in stripes", i)
		}
	}
}
