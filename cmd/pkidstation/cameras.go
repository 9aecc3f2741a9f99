package main

import (
	"context"
	"errors"
	"image"
	"iter"
	"os"
	"strings"
	"sync"
	"time"

	"pkidstation/queue/watch"
	"pkidstation/scanner"
	"pkidstation/scanner/camera"
	"pkidstation/scanner/camera/v4l2"
	"pkidstation/scanner/label"
	"pkidstation/scanner/trial"
	"pkidstation/ui"
)

// cameras is how the station's camera is, and any other that is tried.
type cameras struct {
	classify func(scanner.Scan) label.Code
	watchers watch.Watchers
	system   v4l2.System // where local cameras are

	mu  sync.Mutex
	now monitor
}

// newCameras makes the port for the camera of an address, which may be none.
func newCameras(k *desk, address string) *cameras {
	c := &cameras{classify: k.station.Classify}
	c.now.Address, c.now.Kind = camera.Shown(address), kindOf(address)
	k.desk.Pausing(func(source string, err error, until time.Time) {
		if address != "" && strings.HasPrefix(source, "camera:") {
			c.change(func() { c.now.Err, c.now.RetryAt = err, until })
		}
	})
	return c
}

// kindOf is what an address is, as far as can be seen without opening it.
func kindOf(address string) ui.CameraKind {
	switch info, err := os.Stat(address); {
	case strings.Contains(address, "://"):
		return ui.CameraStream
	case camera.IsLocal(address):
		return ui.CameraLocal
	case err == nil && info.IsDir():
		return ui.CameraFolder
	case strings.HasSuffix(strings.ToLower(address), ".y4m"):
		return ui.CameraFilm
	default:
		return ui.CameraPicture
	}
}

func (c *cameras) change(do func()) {
	c.mu.Lock()
	do()
	c.mu.Unlock()
	c.watchers.Tell()
}

// saw takes a frame of the station's camera that was looked at. What its codes are is
// asked before the lock is taken: that may wait for a box that is being kept, and Camera
// never does. It gives what to show on the dock, nothing of a live camera, of which
// arrived shows more.
func (c *cameras) saw(f camera.Frame) (ui.Preview, bool) {
	codes := codesOf(f, c.classify)
	var shown ui.Preview
	c.change(func() {
		c.now.take(f, codes)
		if c.now.Preview != nil {
			shown = *c.now.Preview
		}
	})
	return shown, !c.now.live.Load()
}

// arrived takes a picture of the station's camera that came, looked at or not, and gives
// what to show of it; false where one was shown a moment ago.
func (c *cameras) arrived(img image.Image) (ui.Preview, bool) {
	at := time.Now()
	small, shown := c.now.arrives(img, at)
	var preview ui.Preview
	c.change(func() {
		c.now.count(at)
		if shown {
			c.now.show(small)
			preview = *c.now.Preview
		}
	})
	return preview, shown
}

// codesOf are the codes on a frame, and what each is taken for.
func codesOf(f camera.Frame, classify func(scanner.Scan) label.Code) []ui.CameraCode {
	var all []ui.CameraCode
	for _, code := range f.Codes {
		scan := scanner.Scan{Text: code.Text, Symbology: code.Symbology, AIM: code.AIM, Source: "camera"}
		found := trial.Look(scan, classify(scan)).Code // nothing of a product key is left in it
		all = append(all, ui.CameraCode{Kind: string(found.Kind), Text: found.Text})
	}
	return all
}

// Camera implements ui.Cameras.
func (c *cameras) Camera() ui.Camera {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now.copied()
}

// Watch implements ui.Cameras.
func (c *cameras) Watch() (<-chan struct{}, func()) { return c.watchers.Watch() }

// Shown implements ui.Cameras.
func (c *cameras) Shown(address string) string { return camera.Shown(address) }

// A patientCamera opens its address whenever it is read from. One that is not there, or a
// name that no camera has, keeps no station from starting: it is tried again as any
// source that stopped, and says why meanwhile.
type patientCamera struct {
	address string
	options camera.Options
}

func (c patientCamera) Name() string { return "camera:" + camera.Shown(c.address) }

func (c patientCamera) Scans(ctx context.Context) iter.Seq2[scanner.Scan, error] {
	return func(yield func(scanner.Scan, error) bool) {
		source, err := camera.Open(ctx, c.address, c.options)
		if err != nil {
			yield(scanner.Scan{}, withoutAddress(c.address, err))
			return
		}
		for scan, err := range source.Scans(ctx) {
			if !yield(scan, err) {
				return
			}
		}
	}
}

// trialTime is how long an address is played for being tried.
const trialTime = 5 * time.Minute

// Try plays an address beside the station's own camera: its scans go nowhere.
func (c *cameras) Try(ctx context.Context, address string, on func(ui.Camera)) error {
	ctx, cancel := context.WithTimeout(ctx, trialTime)
	defer cancel()
	tried := &cameras{classify: c.classify}
	tried.now.Address, tried.now.Kind = camera.Shown(address), kindOf(address)
	var telling sync.Mutex // pictures come from two goroutines
	tell := func() {
		telling.Lock()
		defer telling.Unlock()
		on(tried.Camera())
	}
	source, err := camera.Open(ctx, address, camera.Options{
		System:  c.system,
		Arrived: func(img image.Image) { tried.arrived(img); tell() },
		Watch:   func(f camera.Frame) { tried.saw(f); tell() },
	})
	if err != nil {
		return withoutAddress(address, err)
	}
	for _, err := range source.Scans(ctx) {
		if err != nil && ctx.Err() == nil {
			return withoutAddress(address, err)
		}
	}
	return nil
}

// Locals implements ui.Cameras.
func (c *cameras) Locals(context.Context) ([]ui.LocalCamera, error) {
	found, err := camera.Locals(c.system)
	if err != nil {
		return nil, err
	}
	all := make([]ui.LocalCamera, 0, len(found))
	for _, l := range found {
		all = append(all, ui.LocalCamera{Name: l.Name, Mode: l.Mode, Err: l.Err})
	}
	return all, nil
}

// withoutAddress is an error of a camera without its file or name, where that is an address
// that may hold a password.
func withoutAddress(address string, err error) error {
	f, ofFile := errors.AsType[*camera.FileError](err)
	switch {
	case !strings.Contains(address, "@"):
		return err
	case ofFile:
		return f.Err
	case errors.Is(err, camera.ErrNoCamera):
		return camera.ErrNoCamera
	case errors.Is(err, camera.ErrUnsupported):
		return camera.ErrUnsupported
	default:
		return err
	}
}
