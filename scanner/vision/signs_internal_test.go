package vision

import (
	"math"
	"math/bits"
	"slices"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"

	"pkidstation/scanner"
)

// TestParities: the ten mixtures are those of gozxing's own writer.
func TestParities(t *testing.T) {
	t.Parallel()
	const guard, digit = 3, 7
	all := parities()
	for n, text := range []string{
		"0000000000000", "1000000000009", "2000000000008", "3000000000007", "4000000000006",
		"5000000000005", "6000000000004", "7000000000003", "8000000000002", "9000000000001",
	} {
		m, err := oned.NewEAN13Writer().Encode(text, gozxing.BarcodeFormat_EAN_13, 1, 1, map[gozxing.EncodeHintType]any{gozxing.EncodeHintType_MARGIN: 0})
		if err != nil {
			t.Fatal(err)
		}
		var want uint8
		for at := range lefts {
			dark := uint(0)
			for i := range digit {
				if m.Get(guard+at*digit+i, 0) {
					dark |= 1 << i
				}
			}
			if bits.OnesCount(dark)%2 == 0 {
				want |= 1 << at
			}
		}
		if all[n] != want {
			t.Errorf("%s: %06b, want %06b", text, all[n], want)
		}
	}
}

// TestSignTilt: signs of equal width tell how a symbol is tilted, whichever way it runs.
func TestSignTilt(t *testing.T) {
	t.Parallel()
	l := layoutOf(t, scanner.Code39, 9)
	for _, tilt := range []float64{-0.12, 0, 0.07} {
		for _, reverse := range []bool{false, true} {
			g := guess{layout: l, from: 100, to: 500, tilt: tilt, reverse: reverse}
			edge := make([]float64, signEdges*len(l.sets))
			for i := range edge {
				m := (l.modules + 1) * float64(i) / float64(len(edge))
				at := i
				if reverse {
					m, at = l.modules-m, len(edge)-1-i
				}
				edge[at] = g.place(m)
			}
			s := &suiting{edge: edge}
			g.tilt = 0
			if got := s.signTilt(g); math.Abs(got-tilt) > 0.011 {
				t.Errorf("tilt %v, reverse %v: %v", tilt, reverse, got)
			}
		}
	}
}

// layoutOf is the first layout of so many slots.
func layoutOf(t *testing.T, s scanner.Symbology, slots int) *layout {
	t.Helper()
	all := newAlphabets().all
	i := slices.IndexFunc(all, func(l layout) bool { return l.symbology == s && len(l.sets) == slots })
	if i < 0 {
		t.Fatal("no such layout")
	}
	return &all[i]
}

// TestCounts: a Code 39 has ten edges a sign, of which blur may take a few.
func TestCounts(t *testing.T) {
	t.Parallel()
	l := layoutOf(t, scanner.Code39, 9)
	for n, want := range map[int]bool{84: false, 86: true, 88: true, 90: true, 92: false} {
		if got := l.counts(make([]float64, n)); got != want {
			t.Errorf("%d edges: %v", n, got)
		}
	}
	if layoutOf(t, scanner.Code128, 9).counts(make([]float64, 90)) {
		t.Error("a Code 128 counts")
	}
}

// TestDeblurCode39: narrow elements that have run together are restored, also where
// the symbol is tilted; a stroke over a sign is no reading.
func TestDeblurCode39(t *testing.T) {
	t.Parallel()
	const text, module, quiet, step = "FSNL3WN", 1.7, 30.0, 0.5
	m, err := oned.NewCode39Writer().Encode(text, gozxing.BarcodeFormat_CODE_39, 1, 1, map[gozxing.EncodeHintType]any{gozxing.EncodeHintType_MARGIN: 0})
	if err != nil {
		t.Fatal(err)
	}
	wide := float64(m.GetWidth())
	for _, c := range []struct {
		sigma, tilt float64
		stroke      bool
		want        int
	}{{1.1, 0, false, 1}, {1.3, 0.05, false, 1}, {1.1, -0.08, false, 1}, {1.1, 0, true, 0}} {
		at := func(m float64) float64 { return quiet + module*wide*m/(wide*(1+c.tilt)-c.tilt*m) }
		v := make([]float32, int((wide*module+2*quiet)/step))
		for i := range v {
			dark := 0.0
			for k := range m.GetWidth() {
				if c.stroke && k > 40 && k < 50 || m.Get(k, 0) {
					x := float64(i) * step
					dark += (math.Erf((x-at(float64(k)))/c.sigma/math.Sqrt2) - math.Erf((x-at(float64(k+1)))/c.sigma/math.Sqrt2)) / 2
				}
			}
			v[i] = float32(210 - 160*dark)
		}
		hits := deblur(newTestWork(), profile{v: v, step: step, tall: 60}, nil)
		if len(hits) != c.want || len(hits) > 0 && hits[0].Text != text {
			t.Errorf("%+v: read %v", c, hits)
		}
	}
}
