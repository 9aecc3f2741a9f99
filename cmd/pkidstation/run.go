package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"runtime"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"pkidstation/assets"
	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/logs"
	"pkidstation/cmd/internal/vocabulary"
	"pkidstation/ui"
)

// appID names the program to the desktop.
const appID = "org.pkidstation.station"

// flags are what the command line can say.
type flags struct {
	data       string
	fullScreen bool
	demo       bool
	// took is ui.Options.Took, for measurements.
	took func(time.Duration)
	// anew is what the program is to start with once it has ended, nil where it never is.
	anew  *again
	kiosk bool
}

func parse(args []string, stderr io.Writer) (flags, error) {
	var f flags
	set := flag.NewFlagSet("pkidstation", flag.ContinueOnError)
	set.SetOutput(stderr)
	set.StringVar(&f.data, "data", "", "data folder (default: PKIDSTATION_DATA, the machine's, the user's)")
	set.BoolVar(&f.fullScreen, "full-screen", false, "fill the screen")
	set.BoolVar(&f.demo, "demo", false, "show the demo, whatever is set up")
	set.BoolVar(&f.kiosk, "kiosk", false, "fill the screen; only a supervisor leaves it")
	if err := set.Parse(args); err != nil {
		return f, fmt.Errorf("reading the command line: %w", err)
	}
	return f, nil
}

// run runs the station until its window is closed or ctx ends. Where it is to start
// anew then, next are the arguments for that.
func run(ctx context.Context, args, environ []string, stderr io.Writer) (code int, next []string) {
	f, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0, nil
	}
	if err != nil {
		return 2, nil
	}
	f.anew = &again{}
	code = runWith(ctx, f, environ, stderr)
	return code, f.anew.args(ctx, args) // after a failure too: what could not be given back is found at the next start
}

func runWith(ctx context.Context, f flags, environ []string, stderr io.Writer) int {
	if err := work(ctx, f, environ, stderr); err != nil {
		complain(err, environ, stderr)
		return 1
	}
	return 0
}

// begin starts the program anew.
func begin(args, environ []string, stderr io.Writer) int {
	if err := startAnew(args, environ); err != nil {
		complain(err, environ, stderr)
		return 1
	}
	return 0
}

func complain(err error, environ []string, stderr io.Writer) {
	text := err.Error()
	if w, e := vocabulary.New(vocabulary.LanguageOf(environ)); e == nil {
		text = w.Error(err)
	}
	fmt.Fprintln(stderr, "pkidstation:", text) //nolint:errcheck // there is nowhere left to say it
}

// work builds everything, shows the window, and takes all down again in
// reverse.
func work(ctx context.Context, f flags, environ []string, stderr io.Writer) (err error) {
	collectLater()
	folder, cfg, err := settings(f, environ)
	if err != nil {
		return err
	}
	out := logs.Open(folder, "pkidstation", stderr, slog.LevelInfo)
	defer func() { err = errors.Join(err, out.Close()) }()
	log := out.Logger
	if err := logs.Crash(folder, "pkidstation"); err != nil {
		log.Warn("a crash will leave no file", "error", err)
	}
	opening := make(chan opened, 1) // beside the window: each takes a tenth of a second
	go func() {
		d, err := deskOf(ctx, folder, cfg, f.demo, log)
		_, _ = vocabulary.New(cfg.Station.Language) // read once; who needs it asks again
		opening <- opened{d, err}
	}()
	program := app.NewWithID(appID)
	face := ui.Open(program, ui.Face{Title: "PKID Station", Icon: icon(), Look: ui.Look(cfg.Station.Theme), FullScreen: f.fullScreen || f.kiosk || cfg.Station.Kiosk})
	o := <-opening
	d, err := o.desk, o.err
	if err != nil {
		face.Close()
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	var working sync.WaitGroup
	end := sync.OnceValue(func() error {
		cancel()
		working.Wait()
		return d.close()
	})
	defer func() { err = errors.Join(err, end()) }()
	if d.signing != nil {
		d.signing.open = opener(program)
	}
	options := optionsOf(d, folder, cfg, f, environ, log)
	options.Window = face
	if cfg.Station.Notify {
		options.Herald = herald{program}
	}
	window, err := ui.New(program, options) //nolint:contextcheck // the window has a context of its own, which ends with it
	if err != nil {
		return fmt.Errorf("making the window: %w", err)
	}
	working.Go(func() { d.work(ctx) })
	go goOut(window, end, log)
	window.Run(ctx)
	return nil
}

// An opened is a desk, or why there is none.
type opened struct {
	desk *desk
	err  error
}

// icon is the window's.
func icon() fyne.Resource { return fyne.NewStaticResource("icon.png", assets.Icon) }

// optionsOf are what the window shows of a desk.
func optionsOf(d *desk, folder string, cfg config.Config, f flags, environ []string, log *slog.Logger) ui.Options {
	options := ui.Options{
		Intake: intake{d}, Reception: reception{d}, Entries: entries{d}, Review: review{d}, Uploads: d.uploads, Trial: newTrying(d, log), Returns: newReturning(d), Teach: teaching{d}, Sound: d.voice,
		Language: cfg.Station.Language, Words: vocabulary.New, Demo: d.demo, Station: d.name, Log: log,
		Icon: icon(), FullScreen: f.fullScreen, Took: f.took,
		Kiosk: f.kiosk || cfg.Station.Kiosk, Look: ui.Look(cfg.Station.Theme), Density: density(log),
	}
	options.About = about
	if !d.demo {
		options.Asked, options.Diagnostics = reception{d}, diagnosing{d, folder, cfg}
	}
	if f.anew != nil {
		options.Setup = settingUp{desk: d, folder: folder, environ: environ, cfg: cfg, again: f.anew, quiet: f.demo}
	}
	told := newTold(d, folder, environ)
	options.Settings = told
	if d.guard != nil {
		options.Guard = d.guard
	}
	if d.scanners != nil {
		options.Scanners, options.Sources, options.Cameras, options.CameraSetting = d.scanners, d.scanners, d.cameras, told
	}
	d.equip(&options)
	return options
}

// patience is how long the program may take to end.
const patience = 15 * time.Second

// goOut ends the station as soon as its window is closed, whether or not Fyne's
// loop ends, and the program where anything in it never does: left behind without
// a window it would keep the data folder from the next one. What was accepted is
// on the disk by then in any case.
func goOut(window *ui.Window, end func() error, log *slog.Logger) {
	<-window.Closing()
	time.AfterFunc(patience, func() {
		doing := make([]byte, 1<<20)
		doing = doing[:runtime.Stack(doing, true)]
		log.Error("the program does not end by itself", "doing", string(doing))
		os.Exit(1) //nolint:forbidigo // main waits for what never comes
	})
	<-window.Ended()
	_ = end() // whoever runs the window hears of it too
}

// opener opens an address in the system's browser.
func opener(program fyne.App) func(string) error {
	return func(address string) error {
		at, err := url.Parse(address)
		if err != nil {
			return fmt.Errorf("the address of the sign-in: %w", err)
		}
		if err := program.OpenURL(at); err != nil {
			return fmt.Errorf("opening the browser: %w", err)
		}
		return nil
	}
}

// settings are the data folder and what is configured. A station that is not
// set up gets no folder: the demo makes its own.
func settings(f flags, environ []string) (folder string, cfg config.Config, err error) {
	if folder, err = config.Folder(f.data, environ); err != nil {
		return "", cfg, fmt.Errorf("finding the data folder: %w", err)
	}
	cfg, err = config.Load(folder, environ)
	return folder, cfg, err
}
