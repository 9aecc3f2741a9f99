package main_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"sync"
	"testing"
	"time"

	pkidstation "pkidstation/cmd/pkidstation"
	"pkidstation/scanner/camera"
	"pkidstation/scanner/camera/v4l2"
	"pkidstation/scanner/camera/v4l2/v4l2test"
	"pkidstation/scanner/scannertest"
	"pkidstation/scanner/vision"
	"pkidstation/ui"
)

// TestPreviewIsSmall, and the outlines are where the codes are on it.
func TestPreviewIsSmall(t *testing.T) {
	t.Parallel()
	c, arrived, saw := pkidstation.CamerasBeside(v4l2.System{})
	large := image.NewYCbCr(image.Rect(0, 0, 1920, 1080), image.YCbCrSubsampleRatio420)
	large.Y[900*large.YStride+1500] = 255
	if _, shown := arrived(large); !shown {
		t.Fatal("the first picture is not shown")
	}
	saw(camera.Frame{Image: large, At: time.Now(), Codes: []vision.Code{{Corners: [4]image.Point{{1500, 900}, {1800, 900}, {1800, 960}, {1500, 960}}}}})
	p := c.Camera().Preview
	if p == nil || p.Image.Bounds() != image.Rect(0, 0, 640, 360) || len(p.Regions) != 1 || p.Regions[0].Corners[0] != image.Pt(500, 300) || p.Regions[0].Corners[2] != image.Pt(600, 320) {
		t.Fatalf("%+v", p)
	}
	saw(camera.Frame{Image: large, At: time.Now()})
	if p := c.Camera().Preview; len(p.Regions) != 0 {
		t.Errorf("the label is gone, and still outlined: %+v", p.Regions)
	}
	saw(camera.Frame{Image: image.NewGray(image.Rect(5, 5, 8, 8)), At: time.Now()})
	if _, _, _, a := p.Image.At(3, 3).RGBA(); a != 0xffff {
		t.Errorf("%v", p.Image.At(3, 3).(color.RGBA))
	}
}

// TestPreviewIsThinned: a camera that sends a hundred a second takes no screen's time.
func TestPreviewIsThinned(t *testing.T) {
	t.Parallel()
	c, arrived, _ := pkidstation.CamerasBeside(v4l2.System{})
	shown := 0
	for range 100 {
		if _, is := arrived(image.NewGray(image.Rect(0, 0, 64, 48))); is {
			shown++
		}
	}
	if took := c.Camera(); shown > 10 || took.PerSecond < 20 {
		t.Errorf("%d of 100 at once are shown, %v a second are counted", shown, took.PerSecond)
	}
}

// TestPreviewDoesNotWaitForTheDecoding: while one picture is looked at for as long as it
// takes, others are shown, with the codes of the one before outlined.
func TestPreviewDoesNotWaitForTheDecoding(t *testing.T) {
	t.Parallel()
	c, _, _ := pkidstation.CamerasBeside(machineWith(t, "Dock cam").System())
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var mu sync.Mutex
	var outlined, pictures int
	var last image.Image
	err := c.Try(ctx, "Dock cam", func(now ui.Camera) {
		mu.Lock()
		defer mu.Unlock()
		if now.Preview == nil || now.Preview.Image == last {
			return
		}
		last = now.Preview.Image
		if pictures++; len(now.Preview.Regions) > 0 {
			outlined++
		}
		if outlined >= 10 {
			cancel()
		}
	})
	if err != nil || outlined < 10 {
		t.Errorf("%d of %d pictures were outlined, %v", outlined, pictures, err)
	}
}

// TestLocalCamerasAreListed, and one can be tried by its name.
func TestLocalCamerasAreListed(t *testing.T) {
	t.Parallel()
	m := machineWith(t, "Dock cam")
	c, _, _ := pkidstation.CamerasBeside(m.System())
	all, err := c.Locals(t.Context())
	if err != nil || len(all) != 1 || all[0].Name != "Dock cam" || all[0].Mode != "MJPG 800x600 30/s" {
		t.Errorf("%+v, %v", all, err)
	}
	m.Unplug(t, 0)
	if err := c.Try(t.Context(), "Dock cam", func(ui.Camera) {}); !errors.Is(err, camera.ErrNoCamera) {
		t.Errorf("%v", err)
	}
}

// machineWith has one camera that sees a label.
func machineWith(t *testing.T, name string) *v4l2test.Machine {
	t.Helper()
	picture := webcamPicture(t, image.Pt(800, 600))
	m := v4l2test.New(t)
	m.Plug(t, 0, &v4l2test.Camera{
		Card: name, Each: func(int) []byte { return picture }, Every: 30 * time.Millisecond,
		Modes: []v4l2.Mode{{Format: v4l2.MJPG, Width: 800, Height: 600, PerSecond: 30}},
	})
	return m
}

func webcamPicture(tb testing.TB, size image.Point) []byte {
	tb.Helper()
	s := scannertest.Plain(size)
	s.Module = 1.8
	var b bytes.Buffer
	if err := jpeg.Encode(&b, s.Frame(11).Image, &jpeg.Options{Quality: 90}); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// BenchmarkCameraPreview is what showing a picture of 1080p costs once it has come,
// without the screen; BenchmarkCameraPicture what unpacking it costs before, and
// BenchmarkCameraDecoding looking for its codes, which goes on beside both.
func BenchmarkCameraPreview(b *testing.B) {
	img, err := jpeg.Decode(bytes.NewReader(webcamPicture(b, image.Pt(1920, 1080))))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		pkidstation.Shrunk(img)
	}
}

func BenchmarkCameraPicture(b *testing.B) {
	picture := webcamPicture(b, image.Pt(1920, 1080))
	for b.Loop() {
		if _, err := jpeg.Decode(bytes.NewReader(picture)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCameraDecoding(b *testing.B) {
	img, err := jpeg.Decode(bytes.NewReader(webcamPicture(b, image.Pt(1920, 1080))))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		vision.Decode(img)
	}
}

// BenchmarkCameraAtWork plays a made-up webcam of 1080p for three seconds, and reports
// how many pictures a second are shown and how many are looked at.
func BenchmarkCameraAtWork(b *testing.B) {
	picture := webcamPicture(b, image.Pt(1920, 1080))
	m := v4l2test.New(b)
	m.Plug(b, 0, &v4l2test.Camera{
		Card: "Dock cam", Each: func(int) []byte { return picture }, Every: time.Second / 30,
		Modes: []v4l2.Mode{{Format: v4l2.MJPG, Width: 1920, Height: 1080, PerSecond: 30}},
	})
	c, _, _ := pkidstation.CamerasBeside(m.System())
	const length = 3 * time.Second
	var mu sync.Mutex
	shown, looked, before := 0, 0, 0
	for b.Loop() {
		ctx, cancel := context.WithTimeout(b.Context(), length)
		var last image.Image
		err := c.Try(ctx, "Dock cam", func(now ui.Camera) {
			mu.Lock()
			defer mu.Unlock()
			if now.Preview != nil && now.Preview.Image != last {
				last = now.Preview.Image
				shown++
			}
			looked = max(looked, now.Decoding.Count())
		})
		cancel()
		before, looked = before+looked, 0
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(shown)/b.Elapsed().Seconds(), "shown/s")
	b.ReportMetric(float64(before)/b.Elapsed().Seconds(), "looked-at/s")
}
