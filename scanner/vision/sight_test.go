package vision_test

import (
	"image"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner/scannertest"
	"pkidstation/scanner/vision"
)

// sights are what is told of a picture, and what is read of it meanwhile.
func sights(t *testing.T, img image.Image) ([]vision.Sight, []vision.Code) {
	t.Helper()
	var all []vision.Sight
	r := vision.Reader{Workers: 4, Explain: func(s vision.Sight) { all = append(all, s) }}
	codes := r.Decode(t.Context(), img)
	return all, codes
}

// TestExplainLabel: every stage of a label says what it saw, each code that is
// read is among what is told, its redrawn edges lie on those of the picture; and
// who explains reads the same.
func TestExplainLabel(t *testing.T) {
	t.Parallel()
	s := scannertest.Plain(image.Pt(1280, 720))
	s.Turn, s.Squares = 20, 1
	f := s.Frame(3)
	var all []vision.Sight
	codes := vision.Reader{Explain: func(s vision.Sight) { all = append(all, s) }}.Decode(t.Context(), f.Image)
	if diff := cmp.Diff(vision.Decode(f.Image), codes); diff != "" {
		t.Errorf("explaining changes what is read:\n%s", diff)
	}
	stages := map[vision.Stage]int{}
	for _, s := range all {
		stages[s.Stage]++
		if s.Picture != nil && s.Picture.Rect.Empty() || s.Band > 0 && s.Corners == [4]image.Point{} {
			t.Errorf("a %s of nothing: %+v", s.Stage, s)
		}
	}
	for _, stage := range []vision.Stage{vision.SawFrame, vision.SawBand, vision.SawProfile, vision.SawReading, vision.SawBlack, vision.SawCode} {
		if stages[stage] == 0 {
			t.Errorf("no %s among %v", stage, stages)
		}
	}
	for _, c := range codes {
		if !slices.ContainsFunc(all, func(s vision.Sight) bool {
			return s.Stage == vision.SawCode && s.Code == c && s.Verdict == vision.Believed
		}) {
			t.Errorf("nothing tells of %+v", c)
		}
	}
	fits(t, all)
}

// fits holds the edges of believed readings against what they say of them.
func fits(t *testing.T, all []vision.Sight) {
	t.Helper()
	readings := 0
	for _, s := range all {
		if s.Stage != vision.SawReading || s.Verdict != vision.Believed || len(s.Drawn) == 0 {
			continue
		}
		readings++
		for i, at := range s.Drawn {
			if off := max(at-s.Edges[s.First+i], s.Edges[s.First+i]-at); off > (s.Stray+0.01)*s.Module {
				t.Errorf("%s: edge %d is %.2f off, said are %.2f modules of %.2f", s.Code.Text, i, off, s.Stray, s.Module)
			}
		}
	}
	if readings == 0 {
		t.Error("no reading was drawn anew")
	}
}

// TestExplainRejected: a symbol with a wrong check digit for its bars, fence and
// words: what is decoded there is not believed, and why is told.
func TestExplainRejected(t *testing.T) {
	t.Parallel()
	rejected := []vision.Verdict{vision.Misfit, vision.Unlike, vision.Unconfirmed, vision.Unreadable}
	for f := range scannertest.Adversaries(5, 7) {
		all, _ := sights(t, f.Image)
		if slices.ContainsFunc(all, func(s vision.Sight) bool { return slices.Contains(rejected, s.Verdict) }) {
			return
		}
	}
	t.Error("nothing was rejected")
}

// TestExplainNothing: of an even picture there is only the picture to tell.
func TestExplainNothing(t *testing.T) {
	t.Parallel()
	all, codes := sights(t, image.NewGray(image.Rect(0, 0, 300, 200)))
	if len(codes) > 0 || len(all) == 0 || all[0].Stage != vision.SawFrame {
		t.Errorf("read %v, told %v", codes, all)
	}
	for _, s := range all {
		if s.Verdict != "" {
			t.Errorf("a verdict on nothing: %+v", s)
		}
	}
}
