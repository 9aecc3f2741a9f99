package main_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// screenFile is the file in which Xvfb keeps its screen, as an xwd dump that is
// always up to date: a look at the window costs no program and no PNG.
const screenFile = "Xvfb_screen0"

// rest waits until four looks one after the other show the same, but for a cursor
// that blinks, and for the wedge's idle time of 300 ms at least: whatever was
// asked of the window is done, and the next stroke is not glued to the last. Of
// what shows after a while only changes knows.
func (w *window) rest(t *testing.T, when string) {
	t.Helper()
	var last *image.RGBA
	same, idle := 0, time.Now().Add(400*time.Millisecond)
	w.until(t, "rest "+when, func(now *image.RGBA) bool {
		if last == nil || !blinks(last, now) {
			same = 0
		}
		same++
		last = now
		return same >= 4 && time.Now().After(idle)
	})
}

// changes does something that shows, waits until it does, and for rest.
func (w *window) changes(t *testing.T, what string, do func()) {
	t.Helper()
	before := w.look(t)
	do()
	w.until(t, what, func(now *image.RGBA) bool { return !bytes.Equal(before.Pix, now.Pix) })
	w.rest(t, what)
}

// blinks tells whether two pictures are the same or differ by no more than a
// cursor in a line of text.
func blinks(a, b *image.RGBA) bool {
	var other image.Rectangle
	for y := a.Rect.Min.Y; y < a.Rect.Max.Y; y++ {
		from, to := a.PixOffset(a.Rect.Min.X, y), a.PixOffset(a.Rect.Max.X, y)
		if bytes.Equal(a.Pix[from:to], b.Pix[from:to]) {
			continue
		}
		for x := a.Rect.Min.X; x < a.Rect.Max.X; x++ {
			if a.RGBAAt(x, y) != b.RGBAAt(x, y) {
				other = other.Union(image.Rect(x, y, x+1, y+1))
			}
		}
		if other.Dx() > 6 || other.Dy() > 48 {
			return false
		}
	}
	return true
}

// until looks at the window again and again until it is as wanted.
func (w *window) until(t *testing.T, what string, wanted func(*image.RGBA) bool) {
	t.Helper()
	ticker := time.NewTicker(100 * time.Millisecond)
	defer ticker.Stop()
	late := time.After(patience)
	for !wanted(w.look(t)) {
		select {
		case <-ticker.C:
		case <-late:
			w.picture(t, "stuck")
			t.Fatalf("%s never came", what)
		}
	}
}

// look is what the screen shows now.
func (w *window) look(t *testing.T) *image.RGBA {
	t.Helper()
	raw, err := os.ReadFile(w.screen)
	if err != nil {
		t.Fatal(err)
	}
	m := fromXWD(raw)
	if m == nil {
		t.Fatalf("Xvfb's screen file of %d bytes has another layout than is known here", len(raw))
	}
	return m
}

// fromXWD reads a dump of 32 bits a pixel, blue first, as Xvfb keeps it; nil is
// another kind.
func fromXWD(raw []byte) *image.RGBA {
	if len(raw) < 100 {
		return nil
	}
	field := func(n int) int { return int(binary.BigEndian.Uint32(raw[4*n:])) }
	width, height, lsbFirst, bits, stride := field(4), field(5), field(7) == 0, field(11), field(12)
	pixels := field(0) + 12*field(19) // after the header and the colour map
	if field(1) != 7 || bits != 32 || !lsbFirst || stride != 4*width || len(raw) < pixels+stride*height {
		return nil
	}
	m := &image.RGBA{Pix: raw[pixels : pixels+stride*height], Stride: stride, Rect: image.Rect(0, 0, width, height)}
	for i := 0; i < len(m.Pix); i += 4 {
		p := m.Pix[i : i+4 : i+4]
		p[0], p[2], p[3] = p[2], p[0], 255
	}
	return m
}

// picture looks at the screen and, where PKIDSTATION_SCREENSHOTS or go test's
// -artifacts ask for it, keeps what it saw under the name.
func (w *window) picture(t *testing.T, name string) *image.RGBA {
	t.Helper()
	m := w.look(t)
	folder := os.Getenv("PKIDSTATION_SCREENSHOTS")
	if folder == "" {
		folder = t.ArtifactDir()
	}
	file, err := os.Create(filepath.Join(folder, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close() //nolint:errcheck // Sync told
	if err := png.Encode(file, m); err != nil {
		t.Fatal(err)
	}
	return m
}

// part is what lies in a rectangle of a picture.
func part(m *image.RGBA, r image.Rectangle) image.Image { return m.SubImage(r) }

// colours counts the colours of a coarse grid of pixels.
func colours(m image.Image) int {
	seen := map[color.Color]bool{}
	for y := 0; y < m.Bounds().Dy(); y += 7 {
		for x := 0; x < m.Bounds().Dx(); x += 7 {
			seen[m.At(x, y)] = true
		}
	}
	return len(seen)
}

// differ is the share of pixels in which two pictures differ.
func differ(a, b image.Image) float64 {
	n, other := 0, 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y += 3 {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x += 3 {
			n++
			if a.At(x, y) != b.At(x, y) {
				other++
			}
		}
	}
	return float64(other) / float64(n)
}
