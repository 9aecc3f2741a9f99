package main

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"iter"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"sort"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/station"
	"pkidstation/queue"
	"pkidstation/scanner"
	"pkidstation/scanner/camera"
	"pkidstation/scanner/camera/v4l2"
	"pkidstation/scanner/label"
	"pkidstation/scanner/serial"
	"pkidstation/scanner/wedge"
	"pkidstation/ui"
)

// Main is main, for tests that run the program as a process of its own.
func Main() { main() }

// CollectSooner is collectSooner.
func CollectSooner() { collectSooner() }

// CollectLater is collectLater.
func CollectLater() { collectLater() }

// Desk is the station behind the window, for tests without one.
type Desk struct{ *desk }

// OpenDesk is deskOf.
func OpenDesk(ctx context.Context, folder string, cfg config.Config, log *slog.Logger) (Desk, error) {
	d, err := deskOf(ctx, folder, cfg, false, log)
	return Desk{d}, err
}

// Queue is what it keeps in.
func (d Desk) Queue() *queue.Queue { return d.queue }

// Ports are what the window gets.
func (d Desk) Ports() (ui.Intake, ui.Reception, ui.Entries, ui.Review, ui.Uploads) {
	return intake(d), reception(d), entries(d), review(d), d.uploads
}

// Trial is what the window tries scanners with.
func (d Desk) Trial() ui.Trial { return newTrying(d.desk, slog.New(slog.DiscardHandler)) }

// Returns is what the window looks boxes up with.
func (d Desk) Returns() ui.Returns { return newReturning(d.desk) }

// Asked is what the window is asked.
func (d Desk) Asked() ui.Asked { return reception(d) }

// Key types a key, as the window does.
func (d Desk) Key(stroke wedge.Stroke) { d.wedge.Key(stroke) }

// IsDemo says whether nothing real is touched.
func (d Desk) IsDemo() bool { return d.demo }

// Work runs sources and jobs until ctx ends.
func (d Desk) Work(ctx context.Context) { d.work(ctx) }

// Close gives the queue back.
func (d Desk) Close() error { return d.close() }

// Scanners are the serial scanners, with these changes of what is plugged in.
func (d Desk) Scanners(changes <-chan serial.Change) ui.Scanners {
	d.scanners.watch = func(ctx context.Context) iter.Seq[serial.Change] {
		return func(yield func(serial.Change) bool) {
			for {
				select {
				case <-ctx.Done():
					return
				case c := <-changes:
					if !yield(c) {
						return
					}
				}
			}
		}
	}
	return d.scanners
}

// EventOf is eventOf.
func EventOf(e station.Event) ui.Event { return eventOf(e) }

// SignIn is the window's sign-in, with this browser.
func (d Desk) SignIn(open func(address string) error) ui.SignIn {
	if open != nil {
		d.signing.open = open
	}
	return d.signing
}

// Office are the ports of a supervisor's work with Partner Center.
func (d Desk) Office() ui.Options {
	var options ui.Options
	d.equip(&options)
	return options
}

// Guard is who unlocked it.
func (d Desk) Guard() *guard { return d.guard }

// MeasuredMain is main, and tells on stderr at its end how long the calls on Fyne's
// goroutine took.
func MeasuredMain() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	var calls []time.Duration // of Fyne's goroutine alone, which has ended when they are read
	f, err := parse(os.Args[1:], os.Stderr)
	if err != nil {
		panic(err)
	}
	f.took = func(call time.Duration) { calls = append(calls, call) }
	code := runWith(ctx, f, os.Environ(), os.Stderr)
	stop()
	slices.Sort(calls)
	over := len(calls) - sort.Search(len(calls), func(n int) bool { return calls[n] > 16*time.Millisecond })
	at := func(share float64) time.Duration {
		return calls[min(len(calls)-1, int(share*float64(len(calls))))].Round(10 * time.Microsecond)
	}
	fmt.Fprintf(os.Stderr, "msg=held calls=%d p50=%v p99=%v p99.9=%v worst=%v over16ms=%d per-thousand=%.2f\n",
		len(calls), at(0.5), at(0.99), at(0.999), at(1), over, 1000*float64(over)/float64(len(calls)))
	os.Exit(code)
}

// EmptyMain shows a window of Fyne's with nothing in it, until it is told to end.
func EmptyMain() {
	program := app.NewWithID(appID + ".empty")
	window := program.NewWindow("PKID nothing")
	window.Resize(fyne.NewSize(1280, 800))
	window.SetContent(canvas.NewRectangle(color.NRGBA{0x8C, 0xE8, 0xB8, 0xFF}))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	go func() {
		<-ctx.Done()
		fyne.Do(program.Quit)
	}()
	window.ShowAndRun()
	stop()
}

// Setup is the window's way to a real station.
func (d Desk) Setup(folder string, environ []string, cfg config.Config, quiet bool) ui.Setup {
	return settingUp{desk: d.desk, folder: folder, environ: environ, cfg: cfg, again: &again{}, quiet: quiet}
}

// Settings are what the station is told.
func (d Desk) Settings(folder string, environ []string) ui.Settings {
	return newTold(d.desk, folder, environ)
}

// Volume is how loud the station is.
func (d Desk) Volume() float64 { return d.voice.Volume() }

// Again are the arguments to start anew with.
func Again(ctx context.Context, args []string, wanted, demo bool) []string {
	a := &again{}
	if wanted {
		a.want(demo)
	}
	return a.args(ctx, args)
}

// Sources are what is read from.
func (d Desk) Sources() ui.Sources { return d.scanners }

// Cameras are the camera, and any other to try.
func (d Desk) Cameras() ui.Cameras { return d.cameras }

// CamerasOf is the port for a camera whose codes are told by classify, and what has it
// see a frame.
func CamerasOf(classify func(scanner.Scan) label.Code) (c ui.Cameras, saw func(camera.Frame)) {
	made := &cameras{classify: classify}
	return made, func(f camera.Frame) { made.saw(f) }
}

// CamerasBeside is the port for cameras on a machine, and what has it receive a picture
// of the station's own.
func CamerasBeside(system v4l2.System) (c ui.Cameras, arrived func(image.Image) (ui.Preview, bool), saw func(camera.Frame)) {
	made := &cameras{system: system, classify: func(scanner.Scan) label.Code { return label.Code{Kind: label.PKID, Text: "x"} }}
	return made, made.arrived, func(f camera.Frame) { made.saw(f) }
}

// Shrunk is shrunk.
func Shrunk(img image.Image) image.Image { return shrunk(img) }
