package uitest_test

import (
	"crypto/sha256"
	"image"
	"os"
	"regexp"
	"strings"
	"testing"

	"pkidstation/ui/uitest"
	"pkidstation/ui/words"
)

// views are the ways a window is looked at that lay it out in ways of their own.
func views() []uitest.View {
	var all []uitest.View
	for _, l := range words.Languages() {
		all = append(all, uitest.View{Language: l.Tag, Width: 1280, Height: 720},
			uitest.View{Language: l.Tag, Width: 1920, Height: 1080}, uitest.View{Language: l.Tag, Width: 1920, Height: 1080, Scale: 1.5})
	}
	return all
}

func TestStatesHaveNamesOfTheirOwn(t *testing.T) {
	t.Parallel()
	name, seen := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)+$`), map[string]bool{}
	for _, state := range uitest.States() {
		if !name.MatchString(state.String()) || seen[state.String()] {
			t.Errorf("%q is no name, or another's too", state)
		}
		seen[state.String()] = true
	}
	for _, want := range []string{"dock-ready", "dock-hostile", "queue-mixed", "orders-stays", "orders-may-leave", "import-preview", "supervisor-first"} {
		if !seen[want] {
			t.Errorf("%s is missing", want)
		}
	}
	if len(seen) < 24 {
		t.Errorf("%d states only", len(seen))
	}
}

// TestNothingIsCut on some states; on all of them, in every view, with
// PKIDSTATION_TORTURE=1, as make gallery does.
func TestNothingIsCut(t *testing.T) {
	torture := os.Getenv("PKIDSTATION_TORTURE") == "1"
	for n, state := range uitest.States() {
		for _, view := range views() {
			usual := view == low() && (n%12 == 0 || strings.HasSuffix(state.Name, "hostile"))
			if !torture && !usual {
				continue
			}
			shot, err := state.Show(view)
			if err != nil {
				t.Errorf("%+v: %v", view, err)
				continue
			}
			for _, text := range shot.Cut() {
				t.Errorf("%s %+v: %s", state, view, text)
			}
			shot.Close()
		}
	}
}

// TestWhatIsCutIsFound on a screen that is too small for all of it.
func TestWhatIsCutIsFound(t *testing.T) {
	shot := show(t, "dock-offline", uitest.View{Language: "fr", Width: 700, Height: 480})
	if len(shot.Cut()) == 0 {
		t.Error("nothing is found")
	}
}

// TestPicturesTellStatesApart, languages and scales.
func TestPicturesTellStatesApart(t *testing.T) {
	half := uitest.View{Language: "fr", Width: 640, Height: 400, Scale: 0.5} // few pixels are soon drawn
	english, scaled, high := half, half, half
	high.Width, high.Height = 960, 540
	english.Language = "en"
	scaled.Width, scaled.Height, scaled.Scale = 800, 500, 0.625
	drawn := map[[sha256.Size]byte]string{}
	for _, c := range []struct {
		state string
		view  uitest.View
		size  image.Point
	}{
		{"dock-ready", half, image.Pt(640, 400)},
		{"dock-ready", english, image.Pt(640, 400)},
		{"dock-ready", scaled, image.Pt(800, 500)},
		{"dock-closed", half, image.Pt(640, 400)},
		{"queue-timeline", high, image.Pt(960, 540)},
		{"queue-raw", high, image.Pt(960, 540)},
	} {
		picture := show(t, c.state, c.view).Picture()
		if picture.Bounds().Size() != c.size {
			t.Errorf("%s %+v is %v", c.state, c.view, picture.Bounds())
		}
		pixels, ok := picture.(*image.NRGBA)
		if !ok {
			t.Fatalf("the picture is a %T", picture)
		}
		sum := sha256.Sum256(pixels.Pix)
		if twin := drawn[sum]; twin != "" {
			t.Errorf("%s %+v looks like %s", c.state, c.view, twin)
		}
		drawn[sum] = c.state
	}
}
