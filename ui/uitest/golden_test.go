package uitest_test

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"pkidstation/ui/uitest"
	"pkidstation/ui/widget"
)

var update = flag.Bool("update", false, "write the goldens anew")

// low is a small screen, in the language whose texts are the longer ones.
func low() uitest.View { return uitest.View{Language: "fr", Width: 1280, Height: 720} }

func show(t *testing.T, name string, view uitest.View) *uitest.Shot {
	t.Helper()
	state, is := uitest.Find(name)
	if !is {
		t.Fatalf("there is no state %s", name)
	}
	shot, err := state.Show(view)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(shot.Close)
	return shot
}

// golden is the golden of a name; with -update it is written first.
func golden(t *testing.T, name string, now []byte) []byte {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, now, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return want
}

// TestStructure holds what is where on some screens: run it with -update after a
// change, and look at what it changed.
func TestStructure(t *testing.T) {
	for _, name := range []string{"dock-held", "dock-confirm-customer", "queue-rejected", "typed-both", "trial-good", "setup-partner", "settings-station"} {
		now := test.RenderToMarkup(show(t, name, low()).Canvas())
		if diff := cmp.Diff(string(golden(t, name+".xml", []byte(now))), now); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestTile holds how the tile of each verdict looks, in small.
func TestTile(t *testing.T) {
	for _, name := range []string{"accepted", "seen", "held", "refused"} {
		shot := show(t, "dock-"+name, low())
		var news widget.News
		uitest.Walk(shot.Canvas().Content(), func(o fyne.CanvasObject) {
			if tile, ok := o.(*widget.Tile); ok {
				news = tile.News()
			}
		})
		now := software.NewCanvas()
		now.SetContent(widget.NewTile(news))
		now.Resize(fyne.NewSize(480, 320))
		checkPicture(t, "tile-"+name+".png", now.Capture())
	}
}

// checkPicture holds a picture against its golden. Processors round letters'
// edges in ways of their own: a few pixels may differ.
func checkPicture(t *testing.T, name string, now image.Image) {
	t.Helper()
	var encoded bytes.Buffer
	if err := png.Encode(&encoded, now); err != nil {
		t.Fatal(err)
	}
	want, err := png.Decode(bytes.NewReader(golden(t, name, encoded.Bytes())))
	if err != nil {
		t.Fatal(err)
	}
	if want.Bounds() != now.Bounds() {
		t.Errorf("%s is %v, want %v", name, now.Bounds(), want.Bounds())
		return
	}
	differ, all := 0, now.Bounds().Dx()*now.Bounds().Dy()
	for y := range now.Bounds().Dy() {
		for x := range now.Bounds().Dx() {
			if far(want, now, x, y) {
				differ++
			}
		}
	}
	if differ*500 > all {
		t.Errorf("%s: %d of %d pixels differ", name, differ, all)
	}
}

// far says that a pixel has another colour, not a shade of the same.
func far(a, b image.Image, x, y int) bool {
	const shade = 0x1800
	r, g, bl, _ := a.At(x, y).RGBA()
	r2, g2, bl2, _ := b.At(x, y).RGBA()
	return max(r, r2)-min(r, r2) > shade || max(g, g2)-min(g, g2) > shade || max(bl, bl2)-min(bl, bl2) > shade
}
