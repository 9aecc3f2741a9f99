package vision

import (
	"context"
	"image"
	"math"
	"testing"

	"pkidstation/scanner/scannertest"
)

// lit is a label on which a lamp turns ink white in the middle of its light.
func lit(seed uint64) scannertest.Frame {
	s := scannertest.Plain(image.Pt(1280, 720))
	s.Glare = 1
	return s.Frame(seed)
}

// TestReadsEndsInGlare: symbols whose bars are whole at their ends only are read, and
// nothing that is not printed.
func TestReadsEndsInGlare(t *testing.T) {
	t.Parallel()
	const least = 16 // of 17; 13 from the middle of the bars.
	read := 0
	for _, seed := range []uint64{1, 7, 15, 30} { // each has one that is read so alone.
		f := lit(seed)
		for _, c := range Decode(f.Image) {
			if !f.Has(c.Text) {
				t.Errorf("seed %d: read %q, which is not printed", seed, c.Text)
			}
			read++
		}
	}
	if read < least {
		t.Errorf("%d codes are read", read)
	}
}

// TestWhiteness: a profile is white where a lamp has whitened it, beside its region
// or not.
func TestWhiteness(t *testing.T) {
	t.Parallel()
	r := &region{s0: 10, s1: 110}
	p := profile{v: make([]float32, 300), from: -20, step: fineStep}
	if got := p.whiteness(r); got != 0 {
		t.Errorf("black is white by %v", got)
	}
	for i := range 160 { // s up to 60
		p.v[i] = white
	}
	if got := p.whiteness(r); math.Abs(got-0.5) > 0.01 {
		t.Errorf("half of it white is %v", got)
	}
}

// BenchmarkReadEnd reads the ends of a label's bars that a lamp shines on.
func BenchmarkReadEnd(b *testing.B) {
	f := asIs(lit(1).Image)
	c := newCrew(context.Background(), 1)
	bands := newBars(c, f).bands
	if len(bands) == 0 {
		b.Fatal("no band")
	}
	for b.Loop() {
		used, free := c.lead().mark()
		readEnd(c.lead(), f, &bands[0])
		c.lead().release(used, free)
	}
}
