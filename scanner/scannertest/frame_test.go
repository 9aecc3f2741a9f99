package scannertest_test

import (
	"bytes"
	"image"
	"slices"
	"testing"

	"pkidstation/scanner"
	"pkidstation/scanner/scannertest"
	"pkidstation/scanner/vision"
)

// small is a frame that is quickly drawn and read.
func small() scannertest.Scene {
	s := scannertest.Plain(image.Pt(960, 640))
	s.Lamp, s.Noise = 0.05, 2
	return s
}

// TestFrameIsReadWhereItSays: every code of an easy frame is read, and its
// truth is where the reader saw it.
func TestFrameIsReadWhereItSays(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*scannertest.Scene){
		"plain":    func(*scannertest.Scene) {},
		"quarter":  func(s *scannertest.Scene) { s.Size, s.Turn = image.Pt(640, 960), 90 },
		"upended":  func(s *scannertest.Scene) { s.Turn = 181 },
		"tilted":   func(s *scannertest.Scene) { s.Tilt = 0.1 },
		"round":    func(s *scannertest.Scene) { s.Curl = 0.5 },
		"printed":  func(s *scannertest.Scene) { s.Gain = 0.1 },
		"squares":  func(s *scannertest.Scene) { s.Size, s.Squares = image.Pt(1280, 720), 2 },
		"unpacked": func(s *scannertest.Scene) { s.Quality, s.Noise = 0, 0 },
	} {
		if raceDetector && name != "plain" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := small()
			change(&s)
			checkRead(t, s.Frame(5))
		})
	}
}

func checkRead(t *testing.T, f scannertest.Frame) {
	t.Helper()
	read := vision.Decode(f.Image)
	for _, want := range f.Codes {
		i := slices.IndexFunc(read, func(c vision.Code) bool { return c.Text == want.Text && c.Symbology == want.Symbology })
		if i < 0 {
			t.Errorf("%s %q was not read", want.Kind, want.Text)
			continue
		}
		var middle image.Point
		for _, c := range read[i].Corners {
			middle = middle.Add(c)
		}
		off := middle.Div(4).Sub(want.Centre)
		if far := off.X*off.X + off.Y*off.Y; far > 20*20 {
			t.Errorf("%s %q was read %v from where it is", want.Kind, want.Text, off)
		}
	}
	for _, c := range read {
		if !f.Has(c.Text) {
			t.Errorf("%q was read and is not there", c.Text)
		}
	}
}

// TestSceneTwiceIsTheSame: scene and seed are all there is, and each of a
// scene's fields shows.
func TestSceneTwiceIsTheSame(t *testing.T) {
	t.Parallel()
	tiny := func() scannertest.Scene { return scannertest.Plain(image.Pt(400, 300)) }
	first := tiny().Frame(3)
	if !bytes.Equal(first.Image.Pix, tiny().Frame(3).Image.Pix) {
		t.Fatal("the same scene and seed are another picture")
	}
	if bytes.Equal(first.Image.Pix, tiny().Frame(4).Image.Pix) {
		t.Error("another seed is the same picture")
	}
	if raceDetector {
		return
	}
	for name, change := range map[string]func(*scannertest.Scene){
		"module":   func(s *scannertest.Scene) { s.Module = 1.4 },
		"turn":     func(s *scannertest.Scene) { s.Turn = 9 },
		"tilt":     func(s *scannertest.Scene) { s.Tilt = 0.1 },
		"curl":     func(s *scannertest.Scene) { s.Curl = 0.4 },
		"wrinkles": func(s *scannertest.Scene) { s.Wrinkles = 2 },
		"gain":     func(s *scannertest.Scene) { s.Gain = 0.3 },
		"defects":  func(s *scannertest.Scene) { s.Defects = 9 },
		"squares":  func(s *scannertest.Scene) { s.Squares = 1 },
		"contrast": func(s *scannertest.Scene) { s.Contrast = 0.5 },
		"lamp":     func(s *scannertest.Scene) { s.Lamp = 0.4 },
		"glare":    func(s *scannertest.Scene) { s.Glare = 0.5 },
		"blur":     func(s *scannertest.Scene) { s.Blur = 1 },
		"motion":   func(s *scannertest.Scene) { s.Motion = 2 },
		"noise":    func(s *scannertest.Scene) { s.Noise = 9 },
		"quality":  func(s *scannertest.Scene) { s.Quality = 40 },
	} {
		s := tiny()
		change(&s)
		if f := s.Frame(3); bytes.Equal(first.Image.Pix, f.Image.Pix) {
			t.Errorf("another %s is the same picture", name)
		} else if f.Image.Rect != first.Image.Rect {
			t.Errorf("another %s is %v", name, f.Image.Rect)
		}
	}
}

// checkTruth holds what is true of every frame of a label.
func checkTruth(t *testing.T, f scannertest.Frame) {
	t.Helper()
	pkids := 0
	for _, c := range f.Codes {
		if c.Kind == scannertest.PKID {
			pkids++
			if len(c.Text) != 13 || c.Symbology != scanner.Code128 {
				t.Errorf("%s: the PKID is %s %q", f.Name, c.Symbology, c.Text)
			}
		}
		for _, p := range append(c.Corners[:], c.Centre) {
			if !p.In(f.Image.Rect) {
				t.Errorf("%s: %s is at %v, beyond %v", f.Name, c.Kind, p, f.Image.Rect)
			}
		}
		if c.Symbology == scanner.Unknown || c.Text == "" {
			t.Errorf("%s: a code %+v", f.Name, c)
		}
	}
	if n := len(f.Codes); pkids != 1 || n < 4 || n > 8 {
		t.Errorf("%s: %d codes, %d PKIDs", f.Name, n, pkids)
	}
}

// TestFrames: every cell in its order, five times as many mixed, each name
// once, all codes in the frame. The race detector sees the first.
func TestFrames(t *testing.T) {
	t.Parallel()
	names, count, cells := map[string]bool{}, map[string]int{}, []string(nil)
	for f := range scannertest.Frames(1, 1) {
		checkTruth(t, f)
		names[f.Name] = true
		if count[f.Cell]++; count[f.Cell] == 1 {
			cells = append(cells, f.Cell)
		}
		if raceDetector {
			return
		}
	}
	if want := scannertest.Cells(); !slices.Equal(cells, want) {
		t.Errorf("cells %q, want %q", cells, want)
	}
	if all := len(cells) + 4; len(names) != all || count["mixed"] != 5 {
		t.Errorf("%d names for %d frames, %d mixed", len(names), all, count["mixed"])
	}
}

// TestAdversariesHaveNoPKID, and nothing is read on them that is not there.
func TestAdversariesHaveNoPKID(t *testing.T) {
	t.Parallel()
	count, kinds := 7, map[string]bool{}
	if raceDetector {
		count = 1
	}
	for f := range scannertest.Adversaries(1, count) {
		count--
		kinds[f.Cell] = true
		for _, c := range f.Codes {
			if c.Kind == scannertest.PKID {
				t.Errorf("%s has a PKID", f.Name)
			}
		}
		if raceDetector {
			break
		}
		for _, c := range vision.Decode(f.Image) {
			if !f.Has(c.Text) {
				t.Errorf("%s: read %s %q", f.Name, c.Symbology, c.Text)
			}
		}
	}
	if count != 0 || !raceDetector && len(kinds) != 7 {
		t.Errorf("%d frames too few, of %d kinds", count, len(kinds))
	}
}

// TestSequence: one label that moves a little from frame to frame.
func TestSequence(t *testing.T) {
	t.Parallel()
	var last *scannertest.Frame
	count := 0
	for f := range scannertest.Sequence(2) {
		count++
		if last != nil {
			checkMoved(t, *last, f)
		}
		last = &f
		if raceDetector && count == 2 {
			return
		}
	}
	if count != scannertest.SequenceLength {
		t.Errorf("%d frames", count)
	}
}

func checkMoved(t *testing.T, from, to scannertest.Frame) {
	t.Helper()
	if len(from.Codes) != len(to.Codes) || from.Name == to.Name {
		t.Fatalf("%s has %d codes, %s %d", from.Name, len(from.Codes), to.Name, len(to.Codes))
	}
	moved := 0
	for i, c := range to.Codes {
		if c.Text != from.Codes[i].Text {
			t.Errorf("%s: %q became %q", to.Name, from.Codes[i].Text, c.Text)
		}
		d := c.Centre.Sub(from.Codes[i].Centre)
		moved = max(moved, d.X*d.X+d.Y*d.Y)
	}
	if moved == 0 || moved > 80*80 {
		t.Errorf("%s: the label moved by the root of %d", to.Name, moved)
	}
}
