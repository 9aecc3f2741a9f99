package v4l2_test

import (
	"errors"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner/camera/v4l2"
	"pkidstation/scanner/camera/v4l2/v4l2test"
)

func modes(all ...v4l2.Mode) []v4l2.Mode { return all }

// TestCameras: what is listed and by which name; what gives no pictures is not.
func TestCameras(t *testing.T) {
	t.Parallel()
	m := v4l2test.New(t)
	m.Plug(t, 0, &v4l2test.Camera{Card: "HD Webcam: HD Web", Bus: "usb-1", ID: "usb-HD_Webcam-video-index0"})
	m.Plug(t, 1, &v4l2test.Camera{Card: "HD Webcam: HD Web", Bus: "usb-1", Can: v4l2test.Metadata | v4l2test.Streaming})
	m.Plug(t, 2, &v4l2test.Camera{Card: "Twin", Bus: "usb-2"})
	m.Plug(t, 3, &v4l2test.Camera{Card: "Twin", Bus: "usb-3"})
	m.Plug(t, 4, &v4l2test.Camera{Card: "H264 only", Modes: modes(v4l2.Mode{Format: 'H' | '2'<<8, Width: 640, Height: 480})})
	m.Plug(t, 10, &v4l2test.Camera{Card: "Theirs", Fail: failing(v4l2test.Open, syscall.EACCES)})
	m.Plug(t, 11, &v4l2test.Camera{Card: "Evil\x1b[2J\xff", Bus: "usb-\n"})
	all, err := m.System().Cameras()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range all {
		got = append(got, c.Name)
		if c.Err == nil && len(c.Modes) == 0 {
			t.Errorf("%s has no modes", c.Name)
		}
	}
	if diff := cmp.Diff([]string{"HD Webcam", "Twin (usb-2)", "Twin (usb-3)", "Theirs", "Evil[2J"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if all[0].Path != m.ByID("usb-HD_Webcam-video-index0") || all[1].Path != m.Node(2) || !errors.Is(all[3].Err, v4l2.ErrPermission) {
		t.Errorf("%+v", all)
	}
}

// TestFind: a camera is found by each of its names, and after it was plugged in
// elsewhere by those that last.
func TestFind(t *testing.T) {
	t.Parallel()
	m := v4l2test.New(t)
	dock := &v4l2test.Camera{Card: "Dock", Bus: "usb-1", ID: "usb-Dock-video-index0"}
	m.Plug(t, 0, dock)
	m.Plug(t, 1, &v4l2test.Camera{Card: "Twin", Bus: "usb-2"})
	m.Plug(t, 2, &v4l2test.Camera{Card: "Twin", Bus: "usb-3"})
	find := func(name string, node int, want error) {
		t.Helper()
		c, err := m.System().Find(name)
		if !errors.Is(err, want) || want == nil && c.Node != m.Node(node) {
			t.Errorf("%s: %s, error %v, want %v", name, c.Node, err, want)
		}
	}
	for _, name := range []string{"Dock", "dock", "Dock (usb-1)", m.Node(0), m.ByID(dock.ID), dock.ID, "video0"} {
		find(name, 0, nil)
	}
	find("Twin", 0, v4l2.ErrSeveral)
	find("Twin (usb-3)", 2, nil)
	find("Doc", 0, v4l2.ErrNotFound)
	find("", 0, v4l2.ErrNotFound)
	m.Unplug(t, 0)
	find("Dock", 0, v4l2.ErrNotFound)
	m.Unplug(t, 1)
	find("Twin", 2, nil)
	find("Twin (usb-3)", 2, nil)
	m.Plug(t, 7, dock)
	find("Dock", 7, nil)
	find(m.ByID(dock.ID), 7, nil)
}

func TestFindSaysWhatThereIs(t *testing.T) {
	t.Parallel()
	m := v4l2test.New(t)
	if _, err := m.System().Find("x"); err == nil || !strings.Contains(err.Error(), "none") {
		t.Errorf("%v", err)
	}
	m.Plug(t, 0, &v4l2test.Camera{Card: "Dock"})
	if _, err := m.System().Find("x"); err == nil || !strings.Contains(err.Error(), `"Dock"`) {
		t.Errorf("%v", err)
	}
}

// TestBest: the largest that comes often enough and needs no more than it must.
func TestBest(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		modes []v4l2.Mode
		want  string
	}{
		"a usual webcam": {modes(
			v4l2.Mode{v4l2.YUYV, 640, 480, 30}, v4l2.Mode{v4l2.YUYV, 1280, 720, 10}, v4l2.Mode{v4l2.YUYV, 1920, 1080, 5},
			v4l2.Mode{v4l2.MJPG, 1920, 1080, 30}, v4l2.Mode{v4l2.MJPG, 1280, 720, 60}), "MJPG 1920x1080 30/s"},
		"no decoding at the same size": {modes(v4l2.Mode{v4l2.MJPG, 1280, 720, 30}, v4l2.Mode{v4l2.YUYV, 1280, 720, 15}, v4l2.Mode{v4l2.GREY, 1280, 720, 10}), "GREY 1280x720 10/s"},
		"slow is better than nothing":  {modes(v4l2.Mode{v4l2.YUYV, 1280, 720, 5}, v4l2.Mode{v4l2.YUYV, 640, 480, 7.5}), "YUYV 1280x720 5/s"},
		"nothing is told of the rate":  {modes(v4l2.Mode{v4l2.YUYV, 640, 480, 0}, v4l2.Mode{v4l2.MJPG, 1280, 720, 0}), "MJPG 1280x720"},
		"all too large":                {modes(v4l2.Mode{v4l2.MJPG, 3840, 2160, 30}, v4l2.Mode{v4l2.MJPG, 2592, 1944, 30}), "MJPG 2592x1944 30/s"},
		"of what is not read":          {modes(v4l2.Mode{'H', 1280, 720, 30}, v4l2.Mode{v4l2.YUYV, 160, 120, 30}, v4l2.Mode{v4l2.YUYV, 0, 120, 30}), "YUYV 160x120 30/s"},
	} {
		got, ok := v4l2.Best(tt.modes)
		if !ok || got.String() != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
		slices.Reverse(tt.modes)
		if again, _ := v4l2.Best(tt.modes); again != got {
			t.Errorf("%s: in another order %s", name, again)
		}
	}
	if m, ok := v4l2.Best(modes(v4l2.Mode{'H', 1280, 720, 30})); ok {
		t.Errorf("%s", m)
	}
}

// TestWhatADriverTellsIsBounded: it goes on for ever, or has no sizes at all.
func TestWhatADriverTellsIsBounded(t *testing.T) {
	t.Parallel()
	m := v4l2test.New(t)
	endless := &v4l2test.Camera{Card: "Endless"}
	m.Plug(t, 0, endless)
	endless.Bend = func(r v4l2test.Request, s v4l2test.Struct) {
		switch r { //nolint:exhaustive // what is bent
		case v4l2test.EnumFormats:
			s.Put(0, 0)
		case v4l2test.EnumSizes:
			s.Put(8, 2) // continuous, and nonsense
			for at := 12; at < 36; at += 4 {
				s.Put(at, 1<<31)
			}
		}
	}
	endless.Each = nil
	if all, err := m.System().Cameras(); err != nil || len(all) != 1 || len(all[0].Modes) == 0 {
		t.Errorf("%+v, %v", all, err)
	}
	if n := endless.Asked(v4l2test.EnumSizes); n > 32*64 {
		t.Errorf("asked %d times", n)
	}
}

func failing(of v4l2test.Request, with syscall.Errno) func(v4l2test.Request, int) syscall.Errno {
	return func(r v4l2test.Request, _ int) syscall.Errno {
		if r == of {
			return with
		}
		return 0
	}
}
