package main

import (
	"context"
	"errors"
	"fmt"
	"image"
	"log/slog"
	"os/user"
	"sync"
	"time"

	"pkidstation/cmd/internal/care"
	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/demo"
	"pkidstation/cmd/internal/station"
	"pkidstation/cmd/internal/uplink"
	"pkidstation/queue"
	"pkidstation/queue/partnercenter/signin"
	"pkidstation/scanner"
	"pkidstation/scanner/camera"
	"pkidstation/scanner/serial"
	"pkidstation/scanner/wedge"
	"pkidstation/ui"
	"pkidstation/ui/tone"
)

// desk is the station behind the window: for real, or as a demo.
type desk struct {
	name     string
	operator string
	demo     bool

	queue   *queue.Queue
	guard   *guard // nil in the demo
	station *station.Station
	desk    *station.Desk
	wedge   *wedge.Source
	sources []scanner.Source
	uploads ui.Uploads
	// partner is Partner Center; nil where it cannot be asked, and apart says why.
	partner partnerCenter
	apart   error
	// provider says that a reseller's relationship with a customer is enough.
	provider bool
	// hurry has what waits tried at once; nil where nothing does.
	hurry func()
	// signing is nil where nobody signs in here.
	signing *signing
	// keeper makes the backups; nil in the demo. mornings look at the station.
	keeper   *care.Keeper
	mornings *mornings
	// header is the first line of files for the web site, or empty.
	header string
	// scanners are the serial ones; nil in the demo.
	scanners *scanners
	// cameras is how the camera is; nil in the demo.
	cameras *cameras
	// calibrated says that the keyboard's layout was known at the start.
	calibrated bool
	// voice says verdicts aloud.
	voice *tone.Voice
	// work beside the sources: the uploader, the list of customers.
	jobs  []func(context.Context)
	close func() error
}

// deskOf is the station for real where it is set up, unless the demo is asked for.
func deskOf(ctx context.Context, folder string, cfg config.Config, asDemo bool, log *slog.Logger) (*desk, error) {
	made := realDesk
	if asDemo || !cfg.Configured() {
		made = demoDesk
	}
	d, err := made(ctx, folder, cfg, log)
	if err == nil {
		d.speak(cfg.Sound, log)
	}
	return d, err
}

// demoDesk is the station on built-in samples, in a folder of its own.
func demoDesk(ctx context.Context, _ string, cfg config.Config, log *slog.Logger) (*desk, error) {
	d, err := demo.Open(ctx)
	if err != nil {
		return nil, err
	}
	k := &desk{
		name: "", operator: demo.Operator, demo: true, queue: d.Queue, station: d.Station, wedge: wedge.New(wedge.Options{}),
		uploads: uploading{d.Uploader}, hurry: d.Uploader.Retry, close: d.Close,
	}
	k.desk = station.NewDesk(d.Station, log)
	k.sources = []scanner.Source{k.wedge, d.Source(k.desk.Show)}
	k.jobs = []func(context.Context){runner(d.Uploader, log)}
	k.wakeUp("", "", config.Config{Station: cfg.Station}, log) // a demo writes nothing into a folder
	return k, nil
}

// realDesk is the station as it is configured.
func realDesk(ctx context.Context, folder string, cfg config.Config, log *slog.Logger) (*desk, error) {
	q, err := queue.Open(folder, queue.Options{Station: cfg.Station.Name, Program: "pkidstation", Room: cfg.Disk.Room()})
	if err != nil {
		return nil, err
	}
	k := &desk{
		name: cfg.Station.Name, operator: operator(), queue: q, close: q.Close, header: cfg.Export.Header,
	}
	k.guard = newGuard(ctx, q, k.operator)
	k.jobs = append(k.jobs, k.guard.follow)
	k.station = station.New(station.Options{Queue: q, Operator: k.operator, Pairing: cfg.Scanner.Pairing, Quiet: cfg.Scanner.Quiet, Confirmed: true})
	k.desk = station.NewDesk(k.station, log)
	if err := errors.Join(k.station.KnowLabels(ctx, cfg.Label.Rules), k.share(ctx, cfg), k.takeUp(ctx), k.plugIn(ctx, cfg, log), k.register(folder, cfg, log), k.takeCare(ctx, folder, cfg, log)); err != nil {
		return nil, errors.Join(err, q.Close())
	}
	k.jobs = append(k.jobs, func(ctx context.Context) {
		select { // the first scans of a day have the machine
		case <-ctx.Done():
			return
		case <-time.After(settled):
		}
		q.Tend(ctx, func(err error) { log.Warn("the queue could not be looked after", "error", err) })
	})
	if put := q.Recovery(); !put.Nothing() {
		log.Warn("the queue was put right", "recovery", &queue.RecoveredError{Recovery: put}, "why", put.Why)
		k.desk.Report(ctx, station.Event{Err: &queue.RecoveredError{Recovery: put}})
	}
	return k, nil
}

// share puts the first scanner that is known into one hand with the keyboard
// wedge and the camera, before what it read is taken up.
func (k *desk) share(ctx context.Context, cfg config.Config) error {
	for _, address := range cfg.Scanner.Serial {
		device, _, err := serial.ParseAddress(address)
		k.station.Share("serial:" + device)
		return err
	}
	learnt, err := k.queue.AllLearnt(ctx, queue.LearnScanner)
	if len(learnt) > 0 {
		k.station.Share("serial:" + learnt[0].Key)
	}
	return err
}

// takeUp goes on with the open reception; for whom the next box is, a person says
// again. With several open nobody but a person
// knows which one this dock works on: until one is chosen, what is read is held
// without customer.
func (k *desk) takeUp(ctx context.Context) error {
	open, err := k.queue.OpenReceptions(ctx)
	if err != nil || len(open) != 1 {
		return err
	}
	_, err = k.station.Resume(ctx, open[0].Work)
	return err
}

// plugIn makes the sources of the configuration.
func (k *desk) plugIn(ctx context.Context, cfg config.Config, log *slog.Logger) error {
	layout, _, err := k.queue.Learnt(ctx, queue.LearnLayout, "")
	if err != nil {
		return fmt.Errorf("the keyboard's layout: %w", err)
	}
	k.wedge, k.calibrated = wedge.New(wedge.Options{Layout: layout.Value}), layout.Value != ""
	k.sources = []scanner.Source{k.wedge}
	k.scanners = newScanners(k, cfg, log)
	k.jobs = append(k.jobs, k.scanners.run)
	k.cameras = newCameras(k, cfg.Scanner.Camera)
	if cfg.Scanner.Camera != "" {
		k.sources = append(k.sources, patientCamera{cfg.Scanner.Camera, camera.Options{Watch: k.watch, Arrived: k.arrived}})
	}
	return nil
}

// watch takes a camera's frame that was looked at, and shows it where it does not come
// from a live camera.
func (k *desk) watch(f camera.Frame) {
	if p, shown := k.cameras.saw(f); shown {
		k.desk.Show(pictureOf(p))
	}
}

// arrived shows a picture of a live camera, whether or not the one before it is still
// looked at.
func (k *desk) arrived(img image.Image) {
	if p, shown := k.cameras.arrived(img); shown {
		k.desk.Show(pictureOf(p))
	}
}

func pictureOf(p ui.Preview) station.Picture {
	shown := station.Picture{Image: p.Image}
	for _, r := range p.Regions {
		shown.Corners = append(shown.Corners, r.Corners)
	}
	return shown
}

// register makes the uploader. Without a token or with the CSV way there is
// none, and the screen says which.
func (k *desk) register(folder string, cfg config.Config, log *slog.Logger) error {
	source, err := uplink.SignIn(cfg, folder, log)
	switch {
	case errors.Is(err, uplink.ErrCSVOnly):
		k.uploads, k.apart = byHand{k.queue}, err
	case errors.Is(err, uplink.ErrNoToken):
		k.uploads, k.apart = signedOut(), err
	case err != nil:
		return err
	default:
		return k.connect(cfg, source, log)
	}
	return nil
}

// connect takes up the connection to Partner Center.
func (k *desk) connect(cfg config.Config, source *signin.Source, log *slog.Logger) error {
	client, err := uplink.Client(cfg, source)
	if err != nil {
		return err
	}
	u := uplink.New(cfg, client, k.queue, log)
	k.uploads, k.partner, k.hurry = uploading{u}, client, u.Retry
	k.provider = cfg.PartnerCenter.Account == config.AccountIndirectProvider
	signedIn := make(chan struct{}, 1)
	k.signing = newSigning(personal{source}, k.uploads, func() {
		u.Retry()
		select {
		case signedIn <- struct{}{}:
		default: // the list is asked for already
		}
	})
	k.jobs = append(k.jobs, runner(u, log), k.signing.run, func(ctx context.Context) { k.learnCustomers(ctx, signedIn, log) })
	return nil
}

// learnCustomers keeps the partner's customers, so that they can be chosen when
// the dock is offline: at the start, and whenever somebody signed in.
func (k *desk) learnCustomers(ctx context.Context, signedIn <-chan struct{}, log *slog.Logger) {
	for {
		if _, err := (customers{k}).Refresh(ctx); err != nil && ctx.Err() == nil {
			log.Warn("the customers could not be listed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-signedIn:
		}
	}
}

// work runs the sources and jobs until ctx ends.
func (k *desk) work(ctx context.Context) {
	var running sync.WaitGroup
	running.Go(func() { k.desk.Run(ctx, k.sources...) })
	running.Go(func() { k.desk.Tend(ctx) })
	for _, job := range k.jobs {
		running.Go(func() { job(ctx) })
	}
	running.Wait()
}

func operator() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "station"
}
