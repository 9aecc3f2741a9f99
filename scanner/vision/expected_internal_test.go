package vision

import (
	"image"
	"math"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"

	"pkidstation/scanner"
)

// blurred39 is a Code 39 of narrow elements of 1.7 pixels under so much blur that few
// edges are left.
func blurred39(t *testing.T, text string, sigma, before float64) profile {
	t.Helper()
	const module, quiet, step = 1.7, 60.0, 0.5
	m, err := oned.NewCode39Writer().Encode(text, gozxing.BarcodeFormat_CODE_39, 1, 1, map[gozxing.EncodeHintType]any{gozxing.EncodeHintType_MARGIN: 0})
	if err != nil {
		t.Fatal(err)
	}
	v := make([]float32, int((float64(m.GetWidth())*module+2*quiet)/step))
	for i := range v {
		dark := 0.0
		for k := range m.GetWidth() {
			if m.Get(k, 0) {
				x := (float64(i)*step - quiet - before - module*float64(k)) / sigma / math.Sqrt2
				dark += (math.Erf(x) - math.Erf(x-module/sigma/math.Sqrt2)) / 2
			}
		}
		v[i] = float32(210 - 160*dark)
	}
	return profile{v: v, step: step, tall: 60}
}

// TestExpected: a symbol read on a picture is found on the next by its layout, wherever
// the hand has moved it, and read by itself: another text of the same length gives that
// one, and plain paper none.
func TestExpected(t *testing.T) {
	t.Parallel()
	const text, other = "FSNL3WN", "PCM9235"
	w := newTestWork()
	w.past = &past{}
	b := &band{scan: &scan{region: &region{along: vector{1, 0}, bars: vector{0, 1}, s1: 320, t1: 60}}, last: 30}
	hits := deblur(w, blurred39(t, text, 1.1, 0), nil)
	if len(hits) != 1 {
		t.Fatalf("read %v", hits)
	}
	w.past.tracks = []*track{{find: b.find(newFrame(image.NewGray(image.Rect(0, 0, 400, 60)), func(p image.Point) image.Point { return p }), hits[0])}}
	paper := blurred39(t, other, 1.4, 0)
	for i := range paper.v {
		paper.v[i] = 210 + float32(i%7)
	}
	for _, c := range []struct {
		p    profile
		want string
	}{
		{blurred39(t, text, 1.4, 9), text},
		{blurred39(t, text, 1.4, -14), text},
		{blurred39(t, other, 1.4, 5), other},
		{paper, ""},
	} {
		u := &unread{band: *b, profile: c.p, notes: w.past.notes(nil, b)}
		got := ""
		for _, h := range u.expected(w, nil) {
			got += h.Text
		}
		if got != c.want {
			t.Errorf("read %q, want %q", got, c.want)
		}
	}
	w.past.tracks[0].agreed = true
	if all := w.past.expected(b); len(all) > 0 {
		t.Errorf("what was told already is looked for: %v", all)
	}
}

// TestProven: a Code 128's check speaks for one glyph in a little doubt, not for two, nor
// for what explains the picture badly; an EAN's is too weak.
func TestProven(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		symbology             scanner.Symbology
		misfit, margin, other float64
		want                  bool
	}{
		{scanner.Code128, 0.03, 0.1, 0.4, true},
		{scanner.Code128, 0.03, 0.1, 0.2, false},
		{scanner.Code128, 0.03, 0.01, 0.4, false},
		{scanner.Code128, 0.1, 0.1, 0.4, false},
		{scanner.EAN13, 0.03, 0.1, 0.4, false},
	} {
		r := restoration{guess: guess{layout: &layout{symbology: c.symbology}}, misfit: c.misfit, margin: 1, other: 1}
		r.beats(c.other)
		r.beats(c.margin)
		r.beats(0.9)
		if r.proven() != c.want {
			t.Errorf("%+v: %v", c, !c.want)
		}
	}
}
