package v4l2_test

import (
	"context"
	"errors"
	"image"
	"image/color"
	"strings"
	"syscall"
	"testing"
	"time"

	"pkidstation/scanner/camera/v4l2"
	"pkidstation/scanner/camera/v4l2/v4l2test"
)

var grey4x2 = v4l2.Mode{Format: v4l2.GREY, Width: 4, Height: 2, PerSecond: 30}

// started opens and starts a camera.
func started(t *testing.T, c *v4l2test.Camera) (*v4l2.Device, error) {
	t.Helper()
	m := v4l2test.New(t)
	m.Plug(t, 0, c)
	d, err := m.System().Open(m.Node(0))
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
		if c.Flowing() {
			t.Error("it goes on streaming")
		}
	})
	_, err = d.Start()
	return d, err
}

// TestFramesGiveTheNewest: while a frame is looked at others come; of those the last
// is given, and all buffers are used again.
func TestFramesGiveTheNewest(t *testing.T) {
	t.Parallel()
	c := &v4l2test.Camera{Card: "Dock", Modes: modes(grey4x2)}
	d, err := started(t, c)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	c.Send([]byte("first---"))
	for f, err := range d.Frames(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(f.Data))
		if len(got) == 6 {
			break
		}
		c.Send([]byte("old-----"), []byte("older---"), []byte("newest--"), []byte("dropped-"))
	}
	if want := "first--- newest-- newest-- newest-- newest-- newest--"; strings.Join(got, " ") != want {
		t.Errorf("got %q", got)
	}
	if c.Dropped() != 5 {
		t.Errorf("%d frames found no buffer, want 1 each time", c.Dropped())
	}
}

// TestDamagedFramesAreDropped: the good one between them comes through.
func TestDamagedFramesAreDropped(t *testing.T) {
	t.Parallel()
	for name, bad := range map[string]func(*v4l2test.Camera){
		"flagged":                 func(c *v4l2test.Camera) { c.SendAs([]byte("bad-----"), 8, 0x40) },
		"empty":                   func(c *v4l2test.Camera) { c.Send(nil) },
		"short":                   func(c *v4l2test.Camera) { c.Send([]byte("bad----")) },
		"longer than its buffer":  func(c *v4l2test.Camera) { c.SendAs([]byte("bad-----"), 1<<20, 0) },
		"longer than any integer": func(c *v4l2test.Camera) { c.SendAs([]byte("bad-----"), 1<<32-1, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &v4l2test.Camera{Modes: modes(grey4x2)}
			d, err := started(t, c)
			if err != nil {
				t.Fatal(err)
			}
			bad(c)
			c.Send([]byte("good----"))
			bad(c)
			for f, err := range d.Frames(t.Context()) {
				if err != nil || string(f.Data) != "good----" {
					t.Errorf("%q, %v", f.Data, err)
				}
				break
			}
		})
	}
}

// TestBrokenStreams: whatever a driver does is a word, and the camera is given back.
func TestBrokenStreams(t *testing.T) {
	t.Parallel()
	full := []byte("12345678")
	endless := func(frame []byte) func(int) []byte { return func(int) []byte { return frame } }
	bend := func(of v4l2test.Request, at int, to uint32) func(v4l2test.Request, v4l2test.Struct) {
		return func(r v4l2test.Request, s v4l2test.Struct) {
			if r == of {
				s.Put(at, to)
			}
		}
	}
	for name, tt := range map[string]struct {
		camera *v4l2test.Camera
		want   error
	}{
		"permission":            {&v4l2test.Camera{Fail: failing(v4l2test.Open, syscall.EACCES)}, v4l2.ErrPermission},
		"gone before":           {&v4l2test.Camera{Fail: failing(v4l2test.Open, syscall.ENODEV)}, v4l2.ErrNotFound},
		"no camera":             {&v4l2test.Camera{Fail: failing(v4l2test.QueryCapability, syscall.ENOTTY)}, v4l2.ErrUseless},
		"metadata":              {&v4l2test.Camera{Can: v4l2test.Metadata | v4l2test.Streaming}, v4l2.ErrUseless},
		"does not stream":       {&v4l2test.Camera{Can: v4l2test.Capture}, v4l2.ErrUseless},
		"no known format":       {&v4l2test.Camera{Modes: modes(v4l2.Mode{Format: 'H', Width: 4, Height: 2})}, v4l2.ErrUseless},
		"busy":                  {&v4l2test.Camera{Fail: failing(v4l2test.SetFormat, syscall.EBUSY)}, v4l2.ErrBusy},
		"busy at its buffers":   {&v4l2test.Camera{Fail: failing(v4l2test.RequestBuffers, syscall.EBUSY)}, v4l2.ErrBusy},
		"no room on the bus":    {&v4l2test.Camera{Fail: failing(v4l2test.StreamOn, syscall.ENOSPC)}, v4l2.ErrBandwidth},
		"another format":        {&v4l2test.Camera{Bend: bend(v4l2test.SetFormat, v4l2test.PixelsFormat, 'H')}, v4l2.ErrUseless},
		"no width":              {&v4l2test.Camera{Bend: bend(v4l2test.SetFormat, v4l2test.PixelsWidth, 0)}, v4l2.ErrBroken},
		"a huge width":          {&v4l2test.Camera{Bend: bend(v4l2test.SetFormat, v4l2test.PixelsWidth, 1<<31)}, v4l2.ErrBroken},
		"a huge line":           {&v4l2test.Camera{Bend: bend(v4l2test.SetFormat, v4l2test.PixelsStride, 1<<31)}, v4l2.ErrBroken},
		"no buffers":            {&v4l2test.Camera{Bend: bend(v4l2test.RequestBuffers, v4l2test.BuffersCount, 0)}, v4l2.ErrBroken},
		"a million buffers":     {&v4l2test.Camera{Bend: bend(v4l2test.RequestBuffers, v4l2test.BuffersCount, 1e6)}, v4l2.ErrBroken},
		"a buffer of nothing":   {&v4l2test.Camera{Bend: bend(v4l2test.QueryBuffer, v4l2test.BufferLength, 0)}, v4l2.ErrBroken},
		"a buffer of 4 GB":      {&v4l2test.Camera{Bend: bend(v4l2test.QueryBuffer, v4l2test.BufferLength, 1<<32-1)}, v4l2.ErrBroken},
		"a buffer not there":    {&v4l2test.Camera{Fail: failing(v4l2test.Map, syscall.ENOMEM)}, v4l2.ErrBroken},
		"an index out of range": {&v4l2test.Camera{Each: endless(full), Bend: bend(v4l2test.Dequeue, v4l2test.BufferIndex, 4)}, v4l2.ErrBroken},
		"a huge index":          {&v4l2test.Camera{Each: endless(full), Bend: bend(v4l2test.Dequeue, v4l2test.BufferIndex, 1<<32-1)}, v4l2.ErrBroken},
		"for ever short":        {&v4l2test.Camera{Each: endless(full[:3])}, v4l2.ErrBroken},
		"for ever EIO":          {&v4l2test.Camera{Each: endless(full), Fail: failing(v4l2test.Dequeue, syscall.EIO)}, v4l2.ErrBroken},
		"gone while it streams": {&v4l2test.Camera{Each: endless(full), Fail: failing(v4l2test.Dequeue, syscall.ENODEV)}, v4l2.ErrUnplugged},
		"gone at giving back": {&v4l2test.Camera{Each: endless(full), Fail: func(r v4l2test.Request, n int) syscall.Errno {
			if r == v4l2test.Queue && n > 4 {
				return syscall.ENODEV
			}
			return 0
		}}, v4l2.ErrUnplugged},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if len(tt.camera.Modes) == 0 {
				tt.camera.Modes = modes(grey4x2)
			}
			d, err := started(t, tt.camera)
			for err == nil {
				for _, err = range d.Frames(t.Context()) {
					if err != nil {
						break
					}
				}
			}
			if !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
		})
	}
}

// TestEIONowAndThen: drivers give it for one frame that was lost; the next one comes.
func TestEIONowAndThen(t *testing.T) {
	t.Parallel()
	c := &v4l2test.Camera{Modes: modes(grey4x2), Each: func(int) []byte { return []byte("12345678") }}
	c.Fail = func(r v4l2test.Request, n int) syscall.Errno {
		if r == v4l2test.Dequeue && n%3 == 1 {
			return syscall.EIO
		}
		return 0
	}
	d, err := started(t, c)
	if err != nil {
		t.Fatal(err)
	}
	frames := 0
	for _, err := range d.Frames(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if frames++; frames == 100 {
			break
		}
	}
}

// TestUnpluggedWhileWaitedFor: who waits for a frame is told.
func TestUnpluggedWhileWaitedFor(t *testing.T) {
	t.Parallel()
	m := v4l2test.New(t)
	m.Plug(t, 0, &v4l2test.Camera{Modes: modes(grey4x2)})
	d, err := m.System().Open(m.Node(0))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}()
	if _, err := d.Start(); err != nil {
		t.Fatal(err)
	}
	m.Unplug(t, 0)
	for _, err := range d.Frames(t.Context()) {
		if !errors.Is(err, v4l2.ErrUnplugged) {
			t.Errorf("%v", err)
		}
	}
}

// TestSilentCameraEndsWithItsContext, also where the driver wakes for nothing, which
// must not keep a processor busy.
func TestSilentCameraEndsWithItsContext(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]*v4l2test.Camera{
		"silent":            {Modes: modes(grey4x2)},
		"wakes for nothing": {Modes: modes(grey4x2), Each: func(int) []byte { return nil }, Fail: failing(v4l2test.Dequeue, syscall.EAGAIN)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, err := started(t, c)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer cancel()
			began := time.Now()
			for f, err := range d.Frames(ctx) {
				t.Errorf("%q, %v", f.Data, err)
			}
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("it took %v", took)
			}
			if n := c.Asked(v4l2test.Dequeue); n > 60 {
				t.Errorf("asked %d times", n)
			}
		})
	}
}

// TestPixels: each format shows the same four by two pixels.
func TestPixels(t *testing.T) {
	t.Parallel()
	want := [8]byte{10, 20, 30, 40, 50, 60, 70, 80}
	for name, f := range map[string]v4l2.Frame{
		"GREY":            {Mode: v4l2.Mode{Format: v4l2.GREY, Width: 4, Height: 2}, Stride: 4, Data: want[:]},
		"GREY with lines": {Mode: v4l2.Mode{Format: v4l2.GREY, Width: 4, Height: 2}, Stride: 6, Data: []byte{10, 20, 30, 40, 0, 0, 50, 60, 70, 80}},
		"YUYV":            {Mode: v4l2.Mode{Format: v4l2.YUYV, Width: 4, Height: 2}, Stride: 8, Data: []byte{10, 1, 20, 2, 30, 1, 40, 2, 50, 1, 60, 2, 70, 1, 80, 2}},
		"UYVY":            {Mode: v4l2.Mode{Format: v4l2.UYVY, Width: 4, Height: 2}, Stride: 8, Data: []byte{1, 10, 2, 20, 1, 30, 2, 40, 1, 50, 2, 60, 1, 70, 2, 80}},
		"NV12":            {Mode: v4l2.Mode{Format: v4l2.NV12, Width: 4, Height: 2}, Stride: 4, Data: append(want[:], 1, 2, 1, 2)},
		"YU12":            {Mode: v4l2.Mode{Format: v4l2.YU12, Width: 4, Height: 2}, Stride: 4, Data: append(want[:], 1, 1, 2, 2)},
	} {
		img, err := f.Image()
		if err != nil || img.Bounds() != image.Rect(0, 0, 4, 2) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for n, y := range want {
			switch at := img.At(n%4, n/4).(type) {
			case color.Gray:
				if at.Y != y {
					t.Errorf("%s: pixel %d is %v", name, n, at)
				}
			case color.YCbCr:
				if at != (color.YCbCr{Y: y, Cb: 1, Cr: 2}) {
					t.Errorf("%s: pixel %d is %v", name, n, at)
				}
			}
		}
		f.Data = f.Data[:len(f.Data)-1]
		if _, err := f.Image(); !errors.Is(err, v4l2.ErrBroken) {
			t.Errorf("%s, one byte short: %v", name, err)
		}
	}
	if _, err := (v4l2.Frame{Mode: v4l2.Mode{Format: v4l2.MJPG, Width: 4, Height: 2}, Stride: 8, Data: make([]byte, 64)}).Image(); err == nil {
		t.Error("a JPEG is no pixels")
	}
}

// FuzzImage: odd sizes and any lengths are pictures or refused, never a panic.
func FuzzImage(f *testing.F) {
	f.Add(uint8(0), uint8(4), uint8(2), uint8(4), []byte("12345678"))
	f.Add(uint8(3), uint8(5), uint8(3), uint8(12), make([]byte, 40))
	f.Add(uint8(2), uint8(1), uint8(1), uint8(1), make([]byte, 4))
	formats := []v4l2.FourCC{v4l2.GREY, v4l2.NV12, v4l2.YU12, v4l2.YUYV, v4l2.UYVY, v4l2.MJPG}
	f.Fuzz(func(t *testing.T, format, width, height, stride uint8, data []byte) {
		frame := v4l2.Frame{Mode: v4l2.Mode{Format: formats[int(format)%len(formats)], Width: int(width), Height: int(height)}, Stride: int(stride), Data: data}
		img, err := frame.Image()
		if err == nil && img.Bounds() != image.Rect(0, 0, int(width), int(height)) {
			t.Errorf("%v", img.Bounds())
		}
	})
}
