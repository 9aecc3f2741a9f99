package uitest

import (
	"context"
	"image"
	"io/fs"
	"strings"
	"time"

	"pkidstation/ui"
)

type watching struct{ *station }

func (c watching) Camera() ui.Camera { return c.camera }

// Try gives one frame of what is tried.
func (c watching) Try(_ context.Context, _ string, on func(ui.Camera)) error {
	if c.broken == nil {
		on(c.tryCamera)
	}
	return c.broken
}

// Locals are the cameras of this PC.
func (c watching) Locals(context.Context) ([]ui.LocalCamera, error) {
	return c.localCameras, nil
}

func (c watching) Shown(address string) string {
	if at := strings.LastIndexByte(address, '@'); at >= 0 {
		return "http://admin:•••" + address[at:]
	}
	return address
}

// filming is a camera that has just seen a label, its codes outlined.
func filming(address string, kind ui.CameraKind) ui.Camera {
	c := ui.Camera{
		Address: address, Kind: kind, LastAt: at(14, 37), PerSecond: 12.4, Preview: labelled(),
		Codes: []ui.CameraCode{{Kind: "pkid", Text: pkid}, {Kind: "serial", Text: serial}, {Kind: "gtin", Text: "2004512300014"}, {Kind: "secret"}},
	}
	for n := range 100 {
		c.Decoding.Add(time.Duration(38+n%9*7) * time.Millisecond)
	}
	return c
}

// labelled is a picture of a label; without one, an empty picture shows that.
func labelled() *ui.Preview {
	picture, err := sample("box-1.png")
	if err != nil {
		return &ui.Preview{Image: image.NewGray(image.Rect(0, 0, 64, 48))}
	}
	area := image.Rect(236, 274, 680, 362)
	corners := [4]image.Point{area.Min, {X: area.Max.X, Y: area.Min.Y}, area.Max, {X: area.Min.X, Y: area.Max.Y}}
	return &ui.Preview{Image: picture, Regions: []ui.Region{{Corners: corners}}}
}

func cameraStates() []State {
	const address = "http://admin:•••@10.0.4.17:8080/video"
	open := func(s *Shot) { s.press("F1"); s.ctrl("K") }
	try := func(what string) func(*Shot) {
		return func(s *Shot) { open(s); s.types(what); s.ctrl("Return") }
	}
	plugged := func(s *station) {
		s.camera = filming("HD Pro Webcam C920", ui.CameraLocal)
		s.localCameras = []ui.LocalCamera{
			{Name: "HD Pro Webcam C920", Mode: "MJPG 1920x1080 30/s"}, {Name: "Integrated Camera", Err: fs.ErrPermission},
		}
	}
	stopped := func(s *station) {
		s.camera = ui.Camera{Address: address, Kind: ui.CameraStream, Err: context.DeadlineExceeded, RetryAt: at(14, 38)}
	}
	hostile := func(s *station) {
		s.camera = filming("http://"+strings.Repeat("W", 300)+"/\u202e", ui.CameraStream)
		s.camera.Codes = []ui.CameraCode{{Kind: "other", Text: strings.Repeat("W", 4000)}, {Kind: "other", Text: "\u202e\x00\n"}}
	}
	return []State{
		with("camera", "connected", func(s *station) { s.camera = filming(address, ui.CameraStream) }, open),
		with("camera", "waiting", func(s *station) { s.camera = ui.Camera{Address: "/srv/labels", Kind: ui.CameraFolder} }, open),
		with("camera", "stopped", stopped, open),
		with("camera", "local", plugged, func(s *Shot) { open(s); s.press("F7") }),
		with("camera", "none", func(*station) {}, open),
		with("camera", "tried", func(s *station) { s.tryCamera = filming("http://admin:•••@10.0.4.18/v", ui.CameraStream) }, try("http://admin:x@10.0.4.18/v")),
		with("camera", "failed", func(s *station) { s.broken = fs.ErrNotExist }, try("/none.png")),
		with("camera", "hostile", hostile, open),
	}
}
