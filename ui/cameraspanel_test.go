package ui_test

import (
	"context"
	"errors"
	"image"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui"
)

// A lens is the port for cameras; during is what happens while one is tried.
type lens struct {
	now     ui.Camera
	tried   ui.Camera
	failure error
	during  func(ctx context.Context)
	calls   []string
	locals  []ui.LocalCamera
	missing error
}

func (l *lens) Locals(context.Context) ([]ui.LocalCamera, error) { return l.locals, l.missing }

func (l *lens) Camera() ui.Camera { return l.now }

func (l *lens) Watch() (<-chan struct{}, func()) { return nil, func() {} }

func (l *lens) Shown(address string) string {
	return strings.ReplaceAll(address, "hunter2", "•••")
}

func (l *lens) Try(ctx context.Context, address string, on func(ui.Camera)) error {
	l.calls = append(l.calls, "try "+address)
	if !l.tried.LastAt.IsZero() {
		on(l.tried)
	}
	if l.during != nil {
		l.during(ctx)
	}
	return l.failure
}

func (l *lens) UseCamera(_ context.Context, address string) error {
	l.calls = append(l.calls, "use "+address)
	return l.failure
}

func seen(address string) ui.Camera {
	c := ui.Camera{
		Address: address, Kind: ui.CameraStream, LastAt: time.Date(2026, 11, 23, 14, 59, 0, 0, time.Local), PerSecond: 9.5,
		Codes:   []ui.CameraCode{{Kind: "pkid", Text: "3305123456781"}, {Kind: "secret"}},
		Preview: &ui.Preview{Image: image.NewGray(image.Rect(0, 0, 8, 6))},
	}
	c.Decoding.Add(40 * time.Millisecond)
	c.Decoding.Add(90 * time.Millisecond)
	return c
}

func openLens(t *testing.T, l *lens, options ui.Options) *bench {
	t.Helper()
	options.Language, options.Cameras = "en", l
	b := newBench(t, options)
	b.OpenHelp()
	b.ctrlKey(fyne.KeyK)
	if b.PanelTitle() != "Camera" {
		t.Fatalf("panel %q", b.PanelTitle())
	}
	return b
}

func (b *bench) showsAll(t *testing.T, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !b.shows(want) {
			t.Errorf("%q is not in\n%s", want, strings.Join(texts(b), "\n"))
		}
	}
}

// How the camera is, what it read and how long that took is said as it changes.
func TestTheCameraSaysHowItIs(t *testing.T) {
	l := &lens{}
	b := openLens(t, l, ui.Options{})
	b.showsAll(t, "No camera is set.")
	l.now = ui.Camera{Address: "http://cam/v", Kind: ui.CameraStream}
	b.LookAtCamera()
	b.showsAll(t, "http://cam/v · network camera", "Waiting for the first picture")
	l.now = seen("http://cam/v")
	b.LookAtCamera()
	b.showsAll(t, "Connected.", "Last picture 14:59, 9.5 a second", "PKID 3305123456781", "Reading a picture: 90 ms, 90 at worst", "Showing it: ")
	l.now.Err, l.now.RetryAt = errors.New("it is dark"), b.clock.Now().Add(4*time.Second)
	b.LookAtCamera()
	b.showsAll(t, "it is dark", "Tried again in 4 s.")
	b.Switch("fr")
	b.showsAll(t, "9,5 par seconde")
}

// Another camera is tried without anything of it being kept, and without its password
// being shown but where it was typed; a scan tries nothing.
func TestACameraIsTried(t *testing.T) {
	l := &lens{now: seen("http://cam/v"), tried: seen("http://other/v")}
	b := openLens(t, l, ui.Options{})
	b.scan("3305123456781\r")
	b.ctrlKey(fyne.KeyReturn)
	if len(l.calls) > 0 {
		t.Fatalf("called %q", l.calls)
	}
	ui.SetFieldText(b.Fields()[0], "http://a:hunter2@other/v")
	l.during = func(context.Context) {
		b.showsAll(t, "Test: nothing is kept · http://a:•••@other/v", "http://other/v · network camera")
	}
	b.ctrlKey(fyne.KeyReturn)
	b.showsAll(t, "End of the test: nothing was kept", "Played to the end.", "station.toml, under [scanner]")
	l.now.Address = "http://cam/new"
	b.LookAtCamera()
	if b.shows("http://cam/new") {
		t.Error("the station's camera is shown as the one that is tried")
	}
	b.command(fyne.KeyF6)
	b.showsAll(t, "http://cam/new")
	if b.shows("nothing was kept") {
		t.Error("the test is not over")
	}
	l.failure, l.tried, l.during = errors.New("nobody answers"), ui.Camera{}, nil
	b.ctrlKey(fyne.KeyReturn)
	b.showsAll(t, "nobody answers")
}

// Leaving the panel ends the trial, and a frame that comes after that shows nothing.
func TestLeavingEndsTheTrialOfACamera(t *testing.T) {
	l := &lens{now: seen("http://cam/v")}
	b := openLens(t, l, ui.Options{})
	l.during = func(ctx context.Context) {
		b.command(fyne.KeyEscape)
		<-ctx.Done()
	}
	l.failure = context.Canceled
	ui.SetFieldText(b.Fields()[0], "/srv/pictures")
	b.ctrlKey(fyne.KeyReturn)
	if b.PanelTitle() != "Help" || b.Notice() != "" {
		t.Errorf("panel %q, notice %q", b.PanelTitle(), b.Notice())
	}
}

// A camera that was seen can be the station's, where there is a port for it, by a
// supervisor.
func TestACameraIsChosen(t *testing.T) {
	l := &lens{tried: seen("http://other/v")}
	b, g := newGuarded(t, "en", "Léa")
	b.Options().Cameras, b.Options().CameraSetting = l, l
	b.OpenHelp()
	b.ctrlKey(fyne.KeyK)
	b.command(fyne.KeyF8)
	ui.SetFieldText(b.Fields()[0], "/srv/pictures")
	b.ctrlKey(fyne.KeyReturn)
	g.lock()
	l.failure = queue.ErrNeedsSupervisor
	b.command(fyne.KeyF8)
	l.failure = nil
	b.enter(rightPIN)
	if got := strings.Join(l.calls, ", "); got != "try /srv/pictures, use /srv/pictures, use /srv/pictures" {
		t.Errorf("called: %s", got)
	}
	if b.Notice() != "The station reads from this camera from the next start on." {
		t.Errorf("notice %q", b.Notice())
	}
}

// The cameras of this PC are named, and F7 puts the next one's name into the field;
// what was plugged in meanwhile is found then.
func TestACameraOfThisPCIsChosen(t *testing.T) {
	l := &lens{tried: seen("Dock cam")}
	b := openLens(t, l, ui.Options{})
	b.showsAll(t, "No camera is plugged into this PC.")
	l.locals = []ui.LocalCamera{{Name: "Dock cam", Mode: "MJPG 1920x1080 30/s"}, {Name: "Theirs", Err: errors.New("it is locked")}}
	for _, want := range []string{"Dock cam", "Theirs", "Dock cam"} {
		b.command(fyne.KeyF7)
		if got := ui.FieldText(b.Fields()[0]); got != want {
			t.Errorf("the field has %q, want %q", got, want)
		}
	}
	b.showsAll(t, "Cameras of this PC: Dock cam (MJPG 1920x1080 30/s)\u00a0· Theirs (cannot be used)")
	b.ctrlKey(fyne.KeyReturn)
	if got := strings.Join(l.calls, ", "); got != "try Dock cam" {
		t.Errorf("called: %s", got)
	}
	l.locals, l.missing = nil, errors.New("not on this system")
	b.command(fyne.KeyF7)
	b.showsAll(t, "not on this system")
}
