package camera_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"

	"pkidstation/scanner"
	"pkidstation/scanner/camera"
)

// label draws Code 128 symbols below each other; an empty text leaves a place.
func label(tb testing.TB, texts ...string) *image.Gray {
	tb.Helper()
	img := image.NewGray(image.Rect(0, 0, 480, 20+90*max(len(texts), 1)))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	for i, text := range texts {
		if text == "" {
			continue
		}
		bits, err := oned.NewCode128Writer().Encode(text, gozxing.BarcodeFormat_CODE_128, 440, 60, nil)
		if err != nil {
			tb.Fatal(err)
		}
		for y := range bits.GetHeight() {
			for x := range bits.GetWidth() {
				if bits.Get(x, y) {
					img.SetGray(20+x, 20+90*i+y, color.Gray{})
				}
			}
		}
	}
	return img
}

func asPNG(tb testing.TB, img image.Image) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(tb testing.TB, img image.Image) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// asPGM writes P5 with 8 or 16 bits, or P2.
func asPGM(img *image.Gray, kind string, white int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n# by a test\n%d %d\n%d\n", kind, img.Rect.Dx(), img.Rect.Dy(), white)
	for i, v := range img.Pix {
		v := int(v) * white / 255
		switch {
		case kind == "P2":
			fmt.Fprintf(&b, "%d%c", v, " \n"[i&1])
		case white > 255:
			b.Write([]byte{byte(v >> 8), byte(v)})
		default:
			b.WriteByte(byte(v))
		}
	}
	return b.Bytes()
}

func write(tb testing.TB, folder, name string, content []byte) string {
	tb.Helper()
	file := filepath.Join(folder, name)
	if err := os.WriteFile(file, content, 0o600); err != nil {
		tb.Fatal(err)
	}
	return file
}

func open(tb testing.TB, source string, opts camera.Options) scanner.Source {
	tb.Helper()
	s, err := camera.Open(tb.Context(), source, opts)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// told is what a test looks at: "frame/of text", with a star for a repeat.
func told(s scanner.Scan) string {
	mark := ""
	if s.Repeat {
		mark = "*"
	}
	return fmt.Sprintf("%d/%d %s%s", s.Frame, s.Of, s.Text, mark)
}

func play(ctx context.Context, s scanner.Source) (all []string, err error) {
	for scan, err := range s.Scans(ctx) {
		if err != nil {
			return all, err
		}
		all = append(all, told(scan))
	}
	return all, nil
}

func TestPictures(t *testing.T) {
	t.Parallel()
	img := label(t, "3305123456781", "5CG1234ABC")
	files := map[string][]byte{
		"a.png": asPNG(t, img), "a.jpg": asJPEG(t, img), "a.pgm": asPGM(img, "P5", 255),
		"deep.pgm": asPGM(img, "P5", 65535), "plain.pgm": asPGM(img, "P2", 15), "wrong-name.jpeg": asPNG(t, img),
	}
	for name, content := range files {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := write(t, t.TempDir(), name, content)
			source := open(t, file, camera.Options{})
			got, err := play(t.Context(), source)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{"1/2 3305123456781", "1/2 5CG1234ABC"}, got); diff != "" {
				t.Errorf("scans (-want +got):\n%s", diff)
			}
			if source.Name() != "camera:"+file {
				t.Errorf("name %q", source.Name())
			}
		})
	}
}

func TestScanIsWhole(t *testing.T) {
	t.Parallel()
	file := write(t, t.TempDir(), "a.png", asPNG(t, label(t, "3305123456781")))
	for s, err := range open(t, file, camera.Options{}).Scans(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if s.Symbology != scanner.Code128 || s.AIM != "]C0" || s.Source != "camera:"+file || s.At.IsZero() || s.Corners[2] == (image.Point{}) {
			t.Errorf("scan %+v", s)
		}
	}
}

// TestFolder plays by name, a box a picture, and tells what it could not read
// at the end.
func TestFolder(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write(t, folder, "2.png", asPNG(t, label(t, "TWICE-2", "A-1", "B-1", "C-1", "TWICE-2")))
	write(t, folder, "1.jpg", asJPEG(t, label(t, "FIRST-1")))
	write(t, folder, "3.pgm", asPGM(label(t, "FIRST-1"), "P5", 255))
	write(t, folder, "0.png", []byte("no picture"))
	write(t, folder, "readme.txt", []byte("nor this"))
	got, err := play(t.Context(), open(t, folder, camera.Options{}))
	if diff := cmp.Diff([]string{"1/1 FIRST-1", "2/5 TWICE-2", "2/5 A-1", "2/5 B-1", "2/5 C-1", "2/5 TWICE-2*", "3/1 FIRST-1"}, got); diff != "" {
		t.Errorf("scans (-want +got):\n%s", diff)
	}
	if bad, ok := errors.AsType[*camera.FileError](err); !ok || filepath.Base(bad.File) != "0.png" || !errors.Is(err, camera.ErrUnreadable) {
		t.Errorf("error %v", err)
	}
}

// header is a PNG that claims a size and has no pixels.
func header(width, height uint32) []byte {
	b := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR")
	ihdr := []byte{byte(width >> 24), byte(width >> 16), byte(width >> 8), byte(width), byte(height >> 24), byte(height >> 16), byte(height >> 8), byte(height), 8, 0, 0, 0, 0}
	sum := crc(append([]byte("IHDR"), ihdr...))
	return append(append(b, ihdr...), byte(sum>>24), byte(sum>>16), byte(sum>>8), byte(sum))
}

func TestRefused(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	large := write(t, folder, "large.png", nil)
	if err := os.Truncate(large, camera.MaxBytes+1); err != nil {
		t.Fatal(err)
	}
	whole := asPNG(t, label(t, "X1"))
	for name, c := range map[string]struct {
		file string
		want error
	}{
		"60000 × 60000": {write(t, folder, "huge.png", header(60000, 60000)), camera.ErrTooLarge},
		"over 64 MiB":   {large, camera.ErrTooLarge},
		"empty":         {write(t, folder, "empty.jpg", nil), camera.ErrUnreadable},
		"cut":           {write(t, folder, "cut.png", whole[:len(whole)/2]), camera.ErrUnreadable},
		"text":          {write(t, folder, "text.png", []byte("hello")), camera.ErrUnreadable},
		"huge PGM":      {write(t, folder, "huge.pgm", []byte("P5 60000 60000 255\n")), camera.ErrTooLarge},
		"PGM too light": {write(t, folder, "light.pgm", []byte("P2 1 1 7 8")), camera.ErrUnreadable},
		"absent":        {filepath.Join(folder, "absent.png"), fs.ErrNotExist},
		"folder":        {folder, camera.ErrUnreadable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			img, err := camera.ReadPicture(t.Context(), c.file)
			if bad, ok := errors.AsType[*camera.FileError](err); img != nil || !errors.Is(err, c.want) || !ok || bad.File != c.file {
				t.Errorf("picture %v, error %v, want %v", img, err, c.want)
			}
		})
	}
}

func TestNoCamera(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]error{
		"Logitech C920": camera.ErrNoCamera, "/dev/null": camera.ErrNoCamera,
		"not-there.png": fs.ErrNotExist, "not/there": fs.ErrNotExist, "http://": camera.ErrNotMJPEG,
	} {
		if _, err := camera.Open(t.Context(), source, camera.Options{}); !errors.Is(err, want) {
			t.Errorf("%s: error %v, want %v", source, err, want)
		}
	}
}

func TestWatch(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write(t, folder, "1.png", asPNG(t, label(t)))
	write(t, folder, "2.png", asPNG(t, label(t, "AB-12")))
	var frames []string
	watch := func(f camera.Frame) {
		frames = append(frames, fmt.Sprint(f.Number, f.Image.Bounds().Dx(), len(f.Codes)))
	}
	if _, err := play(t.Context(), open(t, folder, camera.Options{Watch: watch})); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"1 480 0", "2 480 1"}, frames); diff != "" {
		t.Errorf("frames (-want +got):\n%s", diff)
	}
}

// video writes a Y4M of the pictures, one after the other.
func video(colour string, chroma int, rate string, frames ...*image.Gray) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "YUV4MPEG2 W%d H%d F%s Ip A1:1%s\n", frames[0].Rect.Dx(), frames[0].Rect.Dy(), rate, colour)
	for _, f := range frames {
		b.WriteString("FRAME\n")
		b.Write(f.Pix)
		b.WriteString(strings.Repeat("\x80", chroma))
	}
	return b.Bytes()
}

func TestVideo(t *testing.T) {
	t.Parallel()
	img := label(t, "AB-12")
	none := label(t)
	w, h := img.Rect.Dx(), img.Rect.Dy()
	for name, content := range map[string][]byte{
		"none": video("", w*h/2, "1:1", img, none, img, none, none, none, img), "jpeg": video(" C420jpeg", w*h/2, "1:1", img, none, img, none, none, none, img),
		"422": video(" C422", w*h, "1:1", img, none, img, none, none, none, img), "444": video(" C444", 2*w*h, "1:1", img, none, img, none, none, none, img),
		"mono": video(" Cmono", 0, "1:1", img, none, img, none, none, none, img),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := play(t.Context(), open(t, write(t, t.TempDir(), "v", content), camera.Options{}))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{"1/1 AB-12", "3/1 AB-12*", "7/1 AB-12"}, got); diff != "" {
				t.Errorf("scans (-want +got):\n%s", diff)
			}
		})
	}
}

func TestVideoDamaged(t *testing.T) {
	t.Parallel()
	img := label(t, "AB-12")
	good := video(" Cmono", 0, "25:1", img, img)
	for name, c := range map[string]struct {
		content []byte
		frames  int
		want    error
	}{
		"cut in the second frame": {good[:len(good)-5], 1, camera.ErrBroken},
		"cut in a frame's line":   {append(bytes.Clone(good), "FRA"...), 2, camera.ErrBroken},
		"10 bits":                 {video(" C420p10", 0, "25:1", img), 0, camera.ErrUnreadable},
		"huge":                    {[]byte("YUV4MPEG2 W60000 H60000\nFRAME\n"), 0, camera.ErrTooLarge},
		"endless header":          {append([]byte("YUV4MPEG2 W1 H1 "), bytes.Repeat([]byte("X"), 1<<20)...), 0, camera.ErrUnreadable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := play(t.Context(), open(t, write(t, t.TempDir(), "v.y4m", c.content), camera.Options{}))
			if len(got) != c.frames || !errors.Is(err, c.want) {
				t.Errorf("%q, error %v, want %v", got, err, c.want)
			}
		})
	}
}

// TestStopsSoon ends a long video in the middle.
func TestStopsSoon(t *testing.T) {
	t.Parallel()
	img := label(t, "AB-12")
	frames := make([]*image.Gray, 300)
	for i := range frames {
		frames[i] = img
	}
	source := open(t, write(t, t.TempDir(), "v.y4m", video(" Cmono", 0, "25:1", frames...)), camera.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var stopped time.Time
	for _, err := range source.Scans(ctx) {
		if err != nil {
			t.Error(err)
		}
		if stopped.IsZero() {
			cancel()
			stopped = time.Now()
		}
	}
	if took := time.Since(stopped); took > 500*time.Millisecond {
		t.Errorf("it ended after %v", took)
	}
}
