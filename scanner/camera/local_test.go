package camera_test

import (
	"context"
	"errors"
	"image"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner/camera"
	"pkidstation/scanner/camera/v4l2"
	"pkidstation/scanner/camera/v4l2/v4l2test"
)

// dock is a made-up webcam that sees one picture all the time.
func dock(picture []byte) *v4l2test.Camera {
	return &v4l2test.Camera{
		Card: "Dock", Bus: "usb-1", ID: "usb-Dock-video-index0", Each: func(int) []byte { return picture }, Every: 5 * time.Millisecond,
		Modes: []v4l2.Mode{{Format: v4l2.MJPG, Width: 480, Height: 110, PerSecond: 30}},
	}
}

// readsOn takes scans until one is a text, and gives what came last.
func readsOn(ctx context.Context, t *testing.T, source string, opts camera.Options, text string) error {
	t.Helper()
	for s, err := range open(t, source, opts).Scans(ctx) { //nolint:contextcheck // a source is opened by no context
		if err != nil {
			return err
		}
		if s.Text == text {
			return nil
		}
		t.Errorf("read %q", s.Text)
	}
	return errors.New("nothing was read")
}

// TestLocalCamera reads from a camera in each of its formats.
func TestLocalCamera(t *testing.T) {
	t.Parallel()
	img := label(t, "AB-12")
	yuyv := make([]byte, 0, 2*len(img.Pix))
	for _, y := range img.Pix {
		yuyv = append(yuyv, y, 128)
	}
	for name, c := range map[string]struct {
		format v4l2.FourCC
		frame  []byte
	}{
		"MJPG": {v4l2.MJPG, asJPEG(t, img)}, "MJPG without tables": {v4l2.MJPG, bare(t, asJPEG(t, img))},
		"MJPG with more behind it": {v4l2.MJPG, append(asJPEG(t, img), make([]byte, 999)...)},
		"YUYV":                     {v4l2.YUYV, yuyv}, "GREY": {v4l2.GREY, img.Pix}, "NV12": {v4l2.NV12, append(slices.Clip(img.Pix), make([]byte, len(img.Pix)/2)...)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, device := v4l2test.New(t), dock(c.frame)
			device.Modes[0].Format = c.format
			m.Plug(t, 0, device)
			if err := readsOn(t.Context(), t, "dock", camera.Options{System: m.System()}, "AB-12"); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestLocalCameraDamage: cut pictures between good ones are passed over; nothing but
// such is told.
func TestLocalCameraDamage(t *testing.T) {
	t.Parallel()
	good := asJPEG(t, label(t, "AB-12"))
	m, some, all := v4l2test.New(t), dock(nil), dock(good[:len(good)/2])
	some.Each = func(n int) []byte {
		if n%4 != 0 {
			return good[:len(good)/3*2]
		}
		return good
	}
	all.Card, all.ID = "Broken", ""
	m.Plug(t, 0, some)
	m.Plug(t, 1, all)
	if err := readsOn(t.Context(), t, "Dock", camera.Options{System: m.System()}, "AB-12"); err != nil {
		t.Error(err)
	}
	if err := readsOn(t.Context(), t, "Broken", camera.Options{System: m.System()}, "AB-12"); !errors.Is(err, camera.ErrDriver) {
		t.Errorf("%v", err)
	}
}

// TestLocalCameraGoesAndComes: unplugging is a word; plugged in elsewhere it is found
// by its name again.
func TestLocalCameraGoesAndComes(t *testing.T) {
	t.Parallel()
	m, device := v4l2test.New(t), dock(asJPEG(t, label(t, "AB-12")))
	m.Plug(t, 0, device)
	opts := camera.Options{System: m.System()}
	source := open(t, "Dock", opts)
	var err error
	for s, e := range source.Scans(t.Context()) {
		if err = e; s.Text == "AB-12" && s.Frame == 1 {
			m.Unplug(t, 0)
		}
	}
	if !errors.Is(err, camera.ErrUnplugged) {
		t.Errorf("unplugged: %v", err)
	}
	if _, err := play(t.Context(), source); !errors.Is(err, camera.ErrNoCamera) {
		t.Errorf("while it is away: %v", err)
	}
	if _, err := camera.Open(t.Context(), "Dock", opts); !errors.Is(err, camera.ErrNoCamera) {
		t.Errorf("opened while it is away: %v", err)
	}
	m.Plug(t, 3, device)
	for s, err := range source.Scans(t.Context()) {
		if s.Text != "AB-12" || err != nil {
			t.Errorf("%+v, %v", s, err)
		}
		break
	}
}

// TestLocalCameraRefuses: each refusal is told apart.
func TestLocalCameraRefuses(t *testing.T) {
	t.Parallel()
	for want, fail := range map[error]struct {
		of   v4l2test.Request
		with syscall.Errno
	}{
		camera.ErrPermission: {v4l2test.Open, syscall.EACCES}, camera.ErrBusy: {v4l2test.SetFormat, syscall.EBUSY},
		camera.ErrBandwidth: {v4l2test.StreamOn, syscall.ENOSPC}, camera.ErrDriver: {v4l2test.Dequeue, syscall.EIO},
	} {
		t.Run(want.Error(), func(t *testing.T) {
			t.Parallel()
			m, device := v4l2test.New(t), dock([]byte("x"))
			device.Fail = func(r v4l2test.Request, _ int) syscall.Errno {
				if r == fail.of {
					return fail.with
				}
				return 0
			}
			m.Plug(t, 0, device)
			got, err := play(t.Context(), open(t, m.Node(0), camera.Options{System: m.System()}))
			if len(got) > 0 || !errors.Is(err, want) {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
}

// TestLocalCameraStalls: one that gives nothing is told, also where its driver never
// comes back; and no camera keeps a source from ending with its context.
func TestLocalCameraStalls(t *testing.T) {
	t.Parallel()
	for name, hangs := range map[string]bool{"silent": false, "hangs": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, device := v4l2test.New(t), dock(nil)
			device.Each = nil
			if hangs {
				device.Hang = make(chan struct{})
			}
			m.Plug(t, 0, device)
			got, err := play(t.Context(), open(t, "Dock", camera.Options{System: m.System(), Stall: 200 * time.Millisecond}))
			if len(got) > 0 || !errors.Is(err, camera.ErrStalled) {
				t.Errorf("%q, %v", got, err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			began := time.Now()
			if got, err := play(ctx, open(t, "Dock", camera.Options{System: m.System()})); len(got) > 0 || err != nil {
				t.Errorf("%q, %v", got, err)
			}
			if took := time.Since(began); took > time.Second {
				t.Errorf("it ended after %v", took)
			}
			if hangs {
				close(device.Hang)
				m.AwaitClosed(t)
			}
		})
	}
}

// TestPicturesArriveWhileOneIsLookedAt: a preview does not wait for the decoding.
func TestPicturesArriveWhileOneIsLookedAt(t *testing.T) {
	t.Parallel()
	m := v4l2test.New(t)
	m.Plug(t, 0, dock(asJPEG(t, label(t, "AB-12"))))
	var arrived atomic.Int64
	more := make(chan struct{})
	opts := camera.Options{System: m.System(), Arrived: func(img image.Image) {
		if arrived.Add(1) == 5 {
			close(more)
		}
		if img.Bounds().Dx() != 480 {
			t.Errorf("%v", img.Bounds())
		}
	}, Watch: func(f camera.Frame) {
		if f.Number == 1 {
			<-more // as long as decoding takes
		}
	}}
	for _, err := range open(t, "Dock", opts).Scans(t.Context()) {
		if err != nil {
			t.Error(err)
		}
		break
	}
	if n := arrived.Load(); n < 5 {
		t.Errorf("%d arrived", n)
	}
}

// TestLocals: what a person chooses from.
func TestLocals(t *testing.T) {
	t.Parallel()
	m := v4l2test.New(t)
	m.Plug(t, 0, dock(nil))
	m.Plug(t, 1, &v4l2test.Camera{Card: "Theirs", Fail: func(r v4l2test.Request, _ int) syscall.Errno {
		if r == v4l2test.Open {
			return syscall.EACCES
		}
		return 0
	}})
	all, err := camera.Locals(m.System())
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	if !errors.Is(all[1].Err, camera.ErrPermission) {
		t.Errorf("%+v", all[1])
	}
	want := camera.Local{Name: "Dock", Path: m.ByID("usb-Dock-video-index0"), Mode: "MJPG 480x110 30/s", Modes: []string{"MJPG 480x110 30/s"}}
	if diff := cmp.Diff(want, all[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestThisMachine asks the real kernel: whatever there is, it is listed or refused.
func TestThisMachine(t *testing.T) {
	t.Parallel()
	all, err := camera.Locals(v4l2.System{})
	if err != nil && !errors.Is(err, camera.ErrUnsupported) {
		t.Error(err)
	}
	t.Logf("cameras: %+v", all)
	_, err = camera.Open(t.Context(), strings.Repeat("no such camera", 3), camera.Options{})
	if !errors.Is(err, camera.ErrNoCamera) && !errors.Is(err, camera.ErrUnsupported) {
		t.Error(err)
	}
}
