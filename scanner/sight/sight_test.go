package sight_test

import (
	"image"
	"image/color"
	"image/draw"
	"slices"
	"testing"

	"pkidstation/scanner/scannertest"
	"pkidstation/scanner/sight"
	"pkidstation/scanner/vision"
)

// scene is a label before a webcam, with one thing changed.
func scene(change func(*scannertest.Scene)) scannertest.Scene {
	s := scannertest.Plain(image.Pt(960, 640))
	change(&s)
	return s
}

// darker is a picture with so much of its light.
func darker(g *image.Gray, by float64) *image.Gray {
	for n, v := range g.Pix {
		g.Pix[n] = byte(float64(v) * by)
	}
	return g
}

// frameOf looks at a picture and reads it.
func frameOf(img image.Image) sight.Frame {
	f := sight.Frame{View: sight.Look(img)}
	for _, c := range vision.Decode(img) {
		f.Codes++
		if m := sight.Module(img, c.Corners); m > 0 && (f.Module == 0 || m < f.Module) {
			f.Module = m
		}
	}
	return f
}

// TestJudge: labels of several makers, each held wrongly in one way.
func TestJudge(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		scene scannertest.Scene
		light float64
		want  []sight.Advice
	}{
		"held well":        {scene(func(*scannertest.Scene) {}), 1, []sight.Advice{sight.Fine}},
		"turned":           {scene(func(s *scannertest.Scene) { s.Turn = 40 }), 1, []sight.Advice{sight.Fine}},
		"near":             {scene(func(s *scannertest.Scene) { s.Module = 3 }), 1, []sight.Advice{sight.Fine}},
		"a noisy sensor":   {scene(func(s *scannertest.Scene) { s.Noise = 12 }), 1, []sight.Advice{sight.Fine}},
		"blurred":          {scene(func(s *scannertest.Scene) { s.Blur = 3 }), 1, []sight.Advice{sight.OutOfFocus}},
		"very blurred":     {scene(func(s *scannertest.Scene) { s.Blur = 7 }), 1, []sight.Advice{sight.OutOfFocus}},
		"blurred in noise": {scene(func(s *scannertest.Scene) { s.Blur, s.Noise = 4, 8 }), 1, []sight.Advice{sight.OutOfFocus}},
		"dark":             {scene(func(*scannertest.Scene) {}), 0.2, []sight.Advice{sight.TooDark}},
		"black":            {scene(func(*scannertest.Scene) {}), 0.02, []sight.Advice{sight.TooDark}},
		"under a lamp":     {scene(func(s *scannertest.Scene) { s.Glare = 1.5 }), 1, []sight.Advice{sight.Lamp}},
		"far":              {scene(func(s *scannertest.Scene) { s.Module = 1 }), 1, []sight.Advice{sight.Closer}},
		"too far":          {scene(func(s *scannertest.Scene) { s.Module = 0.7 }), 1, []sight.Advice{sight.Closer}},
	} {
		if raceDetector && !slices.Contains([]string{"held well", "blurred", "dark"}, name) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			frames := []sight.Frame{frameOf(darker(tt.scene.Frame(10).Image, tt.light))}
			if got := sight.Judge(frames, 15); !slices.Equal(got, tt.want) {
				t.Errorf("%v, want %v of %+v", got, tt.want, frames)
			}
		})
	}
}

// TestEmptyPictures: nothing to see, and what cannot even be looked at.
func TestEmptyPictures(t *testing.T) {
	t.Parallel()
	filled := func(v uint8, size int) image.Image {
		img := image.NewGray(image.Rect(0, 0, size, size))
		draw.Draw(img, img.Rect, image.NewUniform(color.Gray{Y: v}), image.Point{}, draw.Src)
		return img
	}
	for name, tt := range map[string]struct {
		img  image.Image
		want sight.Advice
	}{
		"a grey wall": {filled(128, 640), sight.Nothing}, "the lid is on": {filled(3, 640), sight.TooDark},
		"the sun": {filled(255, 640), sight.TooBright}, "one pixel": {filled(128, 1), sight.TooDark}, "none": {image.NewGray(image.Rectangle{}), sight.TooDark},
	} {
		if got := sight.Judge([]sight.Frame{frameOf(tt.img)}, 0); !slices.Equal(got, []sight.Advice{tt.want}) {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
	if got := sight.Judge(nil, 0); !slices.Equal(got, []sight.Advice{sight.Nothing}) {
		t.Errorf("without frames: %v", got)
	}
}

// TestJudgeGoesByMostFrames: one shaken frame changes nothing, and few frames a second
// are worth a word beside another.
func TestJudgeGoesByMostFrames(t *testing.T) {
	t.Parallel()
	good := sight.Frame{View: sight.View{Dark: 60, Light: 220, Edges: 9, Blur: 0.5}, Codes: 4, Module: 2.2}
	shaken := sight.Frame{View: sight.View{Dark: 60, Light: 220, Edges: 9, Blur: 2}}
	for name, tt := range map[string]struct {
		frames    []sight.Frame
		perSecond float64
		want      []sight.Advice
	}{
		"one shaken":     {[]sight.Frame{good, shaken, good}, 15, []sight.Advice{sight.Fine}},
		"most shaken":    {[]sight.Frame{shaken, good, shaken}, 15, []sight.Advice{sight.OutOfFocus}},
		"slow":           {[]sight.Frame{good}, 2, []sight.Advice{sight.Slow}},
		"slow and soft":  {[]sight.Frame{shaken}, 2, []sight.Advice{sight.OutOfFocus, sight.Slow}},
		"no camera's":    {[]sight.Frame{good}, 0, []sight.Advice{sight.Fine}},
		"large and soft": {[]sight.Frame{{View: sight.View{Dark: 60, Light: 220, Edges: 9, Blur: 1.5}, Codes: 1, Module: 4}}, 0, []sight.Advice{sight.Fine}},
	} {
		if got := sight.Judge(tt.frames, tt.perSecond); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

// TestPaperIsNoLamp: a drawing's paper is as white as can be, and ends at an edge.
func TestPaperIsNoLamp(t *testing.T) {
	t.Parallel()
	img, err := scannertest.Draw(scannertest.Label{Maker: "Acme", Model: "One", Serial: "5CG1234XYZ", PKID: "3305123456781", EAN: "5901234123457"})
	if err != nil {
		t.Fatal(err)
	}
	f := frameOf(img)
	if got := sight.Judge([]sight.Frame{f}, 0); f.Lamp || f.White < 0.1 || !slices.Equal(got, []sight.Advice{sight.Fine}) {
		t.Errorf("%v of %+v", got, f)
	}
}

// TestModule: as wide as the bars were made, at any turn.
func TestModule(t *testing.T) {
	t.Parallel()
	modules := []float64{1.5, 2.2}
	if raceDetector {
		modules = modules[:1]
	}
	for _, module := range modules {
		for _, turn := range []float64{0, 35} {
			f := scene(func(s *scannertest.Scene) { s.Module, s.Turn = module, turn }).Frame(10)
			var all []float64
			for _, c := range f.Codes {
				if m := sight.Module(f.Image, c.Corners); m > 0 {
					all = append(all, m)
				}
			}
			slices.Sort(all)
			if len(all) == 0 || all[len(all)/2] < 0.8*module || all[len(all)/2] > 1.3*module {
				t.Errorf("module %v turned by %v: %v", module, turn, all)
			}
		}
	}
	if m := sight.Module(image.NewGray(image.Rect(0, 0, 9, 9)), [4]image.Point{{-5, -5}, {99, 0}, {99, 99}, {0, 99}}); m != 0 {
		t.Errorf("beyond the picture: %v", m)
	}
}

// TestLookSeesEachKindOfPicture alike.
func TestLookSeesEachKindOfPicture(t *testing.T) {
	t.Parallel()
	grey := scene(func(*scannertest.Scene) {}).Frame(10).Image
	want := sight.Look(grey)
	rgba := image.NewRGBA(grey.Rect)
	draw.Draw(rgba, grey.Rect, grey, image.Point{}, draw.Src)
	colour := image.NewYCbCr(grey.Rect, image.YCbCrSubsampleRatio420)
	copy(colour.Y, grey.Pix)
	moved := image.NewGray(grey.Rect.Add(image.Pt(7, 9)))
	copy(moved.Pix, grey.Pix)
	for _, img := range []image.Image{rgba, colour, moved} {
		if got := sight.Look(img); got != want {
			t.Errorf("%T: %+v, want %+v", img, got, want)
		}
	}
}

func BenchmarkLook(b *testing.B) {
	img := scannertest.Plain(image.Pt(1920, 1080)).Frame(10).Image
	for b.Loop() {
		sight.Look(img)
	}
}
