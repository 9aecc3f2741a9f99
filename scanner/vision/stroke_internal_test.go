package vision

import (
	"math"
	"testing"

	"pkidstation/scanner/code128"
)

// stroked is a blurred Code 128 of which some modules lie under a stroke.
func stroked(t *testing.T, text string, sigma float64, from, to int, dark bool) profile {
	t.Helper()
	modules, err := code128.Modules(text)
	if err != nil {
		t.Fatal(err)
	}
	const step, quiet, module = 0.5, 40, 2.2
	v := make([]float32, int((float64(len(modules))*module+2*quiet)/step))
	for i := range v {
		ink := 0.0
		for m, bar := range modules {
			if m >= from && m < to {
				bar = dark
			}
			if a := float64(i)*step - quiet - float64(m)*module; bar {
				ink += (math.Erf(a/sigma/math.Sqrt2) - math.Erf((a-module)/sigma/math.Sqrt2)) / 2
			}
		}
		v[i] = float32(210 - 160*ink)
	}
	return profile{v: v, step: step, tall: 60}
}

// TestStroke: what is left beside a stroke would pass the check as another text, and
// all but the glyphs under the stroke are explained; that is no reading.
func TestStroke(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text     string
		sigma    float64
		from, to int
		dark     bool
	}{{"5360132575910", 1.776, 12, 33, false}, {"7384975516319", 1.674, 13, 36, true}} {
		if hits := deblur(newTestWork(), stroked(t, c.text, c.sigma, c.from, c.to, c.dark), nil); len(hits) > 0 {
			t.Errorf("%s: read %q under a stroke", c.text, hits[0].Text)
		}
		if hits := deblur(newTestWork(), stroked(t, c.text, c.sigma, 0, 0, false), nil); len(hits) != 1 || hits[0].Text != c.text {
			t.Errorf("%s: without a stroke it gives %v", c.text, hits)
		}
	}
}
