package vision

import (
	"context"
	"image"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pkidstation/scanner/code128"
)

// smudged is a blurred Code 128 of which a lamp has lifted what is from one part of
// its length to another to white.
func smudged(t *testing.T, text string, sigma, from, to float64, seed uint64) profile {
	t.Helper()
	modules, err := code128.Modules(text)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(seed, 7))
	const step, quiet, module = 0.5, 40, 2.2
	wide := float64(len(modules)) * module
	v := make([]float32, int((wide+2*quiet)/step))
	for i := range v {
		dark := 0.0
		for m, bar := range modules {
			if a := float64(i)*step - quiet - float64(m)*module; bar {
				dark += (math.Erf(a/sigma/math.Sqrt2) - math.Erf((a-module)/sigma/math.Sqrt2)) / 2
			}
		}
		if at := (float64(i)*step - quiet) / wide; at > from && at < to {
			dark *= 0.04
		}
		v[i] = float32(210 - 160*dark + 1.5*random.NormFloat64())
	}
	return profile{v: v, step: step, tall: 60}
}

// TestJoined: two pictures of a symbol, on each of which another part of it cannot
// be read, are read together; two of the same part are not, and nor are pictures of
// two symbols.
func TestJoined(t *testing.T) {
	t.Parallel()
	const text, other = "3305123456781", "3305123459781"
	for name, c := range map[string]struct {
		first, second profile
		want          bool
	}{
		"other parts":   {smudged(t, text, 1.9, 0.29, 0.33, 1), smudged(t, text, 1.7, 0.62, 0.66, 2), true},
		"one part":      {smudged(t, text, 1.9, 0.29, 0.33, 1), smudged(t, text, 1.7, 0.29, 0.33, 2), false},
		"other symbols": {smudged(t, text, 1.9, 0.29, 0.33, 1), smudged(t, other, 1.7, 0.29, 0.33, 2), false},
	} {
		w := newWork(context.Background())
		f := newFrame(image.NewGray(image.Rect(0, 0, 9, 9)), func(p image.Point) image.Point { return p })
		b := &band{scan: &scan{region: &region{along: vector{1, 0}, bars: vector{0, 1}, s1: 600, t1: 60}}, last: 30}
		p := &past{}
		var texts []string
		for _, picture := range []profile{c.first, c.second} {
			p.frame++
			n := p.notes(f, b)
			for _, h := range deblur(w, picture, n) {
				texts = append(texts, h.Text)
			}
			if n == nil {
				t.Fatal("no notes")
			}
			p.leave(nil, n.trials)
		}
		if got := slices.Equal(texts, []string{text}); got != c.want {
			t.Errorf("%s: read %q", name, texts)
		}
	}
}
