package main_test

import (
	"context"
	"errors"
	"image"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pkidstation/assets"
	pkidstation "pkidstation/cmd/pkidstation"
	"pkidstation/scanner"
	"pkidstation/scanner/camera"
	"pkidstation/scanner/label"
	"pkidstation/scanner/vision"
	"pkidstation/ui"
)

// labelFile is a picture of a label.
func labelFile(t *testing.T) string {
	t.Helper()
	picture, err := fs.ReadFile(assets.SampleFS(), "box-1.png")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "box.png")
	if err := os.WriteFile(file, picture, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// watched runs a desk until its camera is as is wanted.
func watched(t *testing.T, d pkidstation.Desk, is func(ui.Camera) bool) ui.Camera {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	var working sync.WaitGroup
	defer working.Wait()
	defer stop()
	changed, done := d.Cameras().Watch()
	defer done()
	working.Go(func() { d.Work(ctx) })
	for {
		if c := d.Cameras().Camera(); is(c) {
			return c
		}
		<-changed
	}
}

func reads(c ui.Camera, kind string) bool {
	return slices.ContainsFunc(c.Codes, func(code ui.CameraCode) bool { return code.Kind == kind })
}

// TestTheCameraIsWatched: what it saw last, what that was taken for, how long that took.
func TestTheCameraIsWatched(t *testing.T) {
	t.Parallel()
	cfg := byCSV()
	cfg.Scanner.Camera = labelFile(t)
	c := watched(t, desk(t, t.TempDir(), cfg), func(c ui.Camera) bool { return !c.LastAt.IsZero() })
	if c.Kind != ui.CameraPicture || c.Preview == nil || len(c.Preview.Regions) != 3 || !reads(c, "pkid") || !reads(c, "serial") || c.Decoding.None() {
		t.Errorf("%+v", c.Codes)
	}
}

// TestACameraThatIsNotThere says why, without its password, and when it is tried again.
func TestACameraThatIsNotThere(t *testing.T) {
	t.Parallel()
	cfg := byCSV()
	cfg.Scanner.Camera = "http://admin:hunter2@127.0.0.1:1/v?key=hunter2"
	c := watched(t, desk(t, t.TempDir(), cfg), func(c ui.Camera) bool { return c.Err != nil })
	if c.RetryAt.IsZero() || c.Address != "http://admin:•••@127.0.0.1:1/v?•••" || strings.Contains(c.Err.Error(), "hunter2") {
		t.Errorf("%+v", c)
	}
}

// TestNoCameraKeepsTheStationFromStarting: the settings take any name of one, and a
// folder of a network may come later. It says why, and plays once it is there.
func TestNoCameraKeepsTheStationFromStarting(t *testing.T) {
	t.Parallel()
	there := labelFile(t)
	cfg := byCSV()
	cfg.Scanner.Camera = filepath.Join(t.TempDir(), "later.png")
	var why error
	watched(t, desk(t, t.TempDir(), cfg), func(c ui.Camera) bool {
		if c.Err != nil && why == nil {
			why = c.Err
			if err := os.Rename(there, cfg.Scanner.Camera); err != nil {
				t.Error(err)
			}
		}
		return !c.LastAt.IsZero()
	})
	if !errors.Is(why, fs.ErrNotExist) {
		t.Errorf("before it was there: %v", why)
	}
	cfg.Scanner.Camera = "a:hunter2@the camera"
	c := watched(t, desk(t, t.TempDir(), cfg), func(c ui.Camera) bool { return c.Err != nil })
	if !errors.Is(c.Err, camera.ErrNoCamera) || strings.Contains(c.Err.Error(), "hunter2") {
		t.Errorf("%v", c.Err)
	}
}

// TestTheCameraAnswersWhileABoxIsKept: the window asks it, and must not wait.
func TestTheCameraAnswersWhileABoxIsKept(t *testing.T) {
	t.Parallel()
	asked, kept := make(chan struct{}), make(chan struct{})
	c, saw := pkidstation.CamerasOf(func(scanner.Scan) label.Code {
		close(asked)
		<-kept
		return label.Code{}
	})
	var seeing sync.WaitGroup
	seeing.Go(func() {
		saw(camera.Frame{Image: image.NewGray(image.Rect(0, 0, 9, 9)), Codes: []vision.Code{{Text: "x"}}})
	})
	<-asked
	answered := make(chan struct{})
	go func() {
		c.Camera()
		close(answered)
	}()
	select {
	case <-answered:
	case <-time.After(10 * time.Second):
		t.Error("it waits for the box")
	}
	close(kept)
	seeing.Wait()
}

// TestTryingACameraKeepsNothing of what it shows, nor its password in an error.
func TestTryingACameraKeepsNothing(t *testing.T) {
	t.Parallel()
	d := desk(t, t.TempDir(), byCSV())
	var last ui.Camera
	if err := d.Cameras().Try(t.Context(), labelFile(t), func(c ui.Camera) { last = c }); err != nil {
		t.Fatal(err)
	}
	if !reads(last, "pkid") || d.Cameras().Camera().Address != "" {
		t.Errorf("tried %+v, the station's is %+v", last.Codes, d.Cameras().Camera())
	}
	if counts, err := d.Queue().Counts(t.Context()); err != nil || counts.Captured() != 0 {
		t.Errorf("kept %+v, %v", counts, err)
	}
	for _, address := range []string{"http://a:hunter2@127.0.0.1:1/v", "rtsp://a:hunter2@h/v", "a:hunter2@h/v", "/none.png"} {
		err := d.Cameras().Try(t.Context(), address, func(ui.Camera) { t.Errorf("%s gives a frame", address) })
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", address, err)
		}
	}
}
