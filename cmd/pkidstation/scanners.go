package main

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"strconv"
	"sync"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/station"
	"pkidstation/queue"
	"pkidstation/queue/watch"
	"pkidstation/scanner"
	"pkidstation/scanner/label"
	"pkidstation/scanner/serial"
	"pkidstation/ui"
)

// scanners are the serial scanners of the station: those that station.toml names,
// those that a person said to use, and those that are plugged in while it runs.
// One that is known is taken by itself whenever it is there; another is offered.
type scanners struct {
	desk     *station.Desk
	queue    *queue.Queue
	operator string
	act      func(reason string) queue.Act
	log      *slog.Logger
	options  serial.Options
	share    func(source string)
	set      []string // addresses of station.toml

	watch func(context.Context) iter.Seq[serial.Change]

	// classify says what a scan is taken for.
	classify func(scanner.Scan) label.Kind
	watchers watch.Watchers

	mu      sync.Mutex
	used    map[string]*reader     // by the name they are opened by
	seen    map[string]serial.Port // by name, those that are plugged in
	stopped map[string]bool        // by name, those that a person said not to use
	last    map[string]ui.LastRead // by the source's name
	plugIn  func(device string, baud int) *reader
}

func newScanners(k *desk, cfg config.Config, log *slog.Logger) *scanners {
	s := &scanners{
		desk: k.desk, queue: k.queue, share: k.station.Share, operator: k.operator, act: k.act, log: log, set: cfg.Scanner.Serial,
		options: cfg.Scanner.SerialOptions(), watch: serial.Watch,
		used: map[string]*reader{}, seen: map[string]serial.Port{}, stopped: map[string]bool{}, last: map[string]ui.LastRead{},
		classify: func(scan scanner.Scan) label.Kind { return k.station.Classify(scan).Kind },
	}
	k.desk.Hear(s.hear)
	return s
}

// run takes the scanners that are known, and offers what is plugged in, until
// ctx ends.
func (s *scanners) run(ctx context.Context) {
	s.mu.Lock()
	s.plugIn = func(device string, baud int) *reader { return s.follow(ctx, device, baud) }
	s.mu.Unlock()
	s.look(ctx)
	for _, address := range s.set {
		device, baud, err := serial.ParseAddress(address)
		if err != nil { // config has refused it already
			s.log.Error("a scanner of station.toml", "error", err)
			continue
		}
		s.take(device, baud)
		s.fix(device)
	}
	learnt, err := s.queue.AllLearnt(ctx, queue.LearnScanner)
	if err != nil {
		s.log.Error("the scanners used before", "error", err)
	}
	for _, l := range learnt {
		s.take(l.Key, baudOf(l.Value))
	}
	for change := range s.watch(ctx) {
		s.changed(ctx, change)
	}
}

// look sees what is plugged in before anything is taken, so that one port is not
// taken by two names.
func (s *scanners) look(ctx context.Context) {
	ports, err := serial.Ports(ctx)
	if err != nil {
		s.log.Warn("the serial ports cannot be listed", "error", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range ports {
		s.seen[p.Name] = p
	}
}

func baudOf(text string) int {
	if baud, err := strconv.Atoi(text); err == nil {
		return baud
	}
	return serial.DefaultBaud
}

// take reads from a scanner from now on, once however often it is asked to.
func (s *scanners) take(device string, baud int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.used) == 0 { // whoever has it also has the wedge and the camera
		s.share("serial:" + device)
	}
	if p, ok := s.portOf(device); s.used[device] != nil || ok && s.reads(p) {
		return
	}
	delete(s.stopped, device)
	s.used[device] = s.plugIn(device, baud)
	s.watchers.Tell()
}

// fix keeps that station.toml names a scanner.
func (s *scanners) fix(device string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.used[device]; r != nil {
		r.fixed = true
	}
}

// reads says whether a port is read from, by whatever name.
func (s *scanners) reads(p serial.Port) bool {
	for device := range s.used {
		if p.Is(device) {
			return true
		}
	}
	return false
}

// portOf is the port that a device is, if it is plugged in.
func (s *scanners) portOf(device string) (serial.Port, bool) {
	for _, p := range s.seen {
		if p.Is(device) {
			return p, true
		}
	}
	return serial.Port{}, false
}

// follow has the desk read from a scanner through unplugging and plugging in.
func (s *scanners) follow(ctx context.Context, device string, baud int) *reader {
	until, stop := context.WithCancel(ctx)
	source := serial.Steady(serial.New(device, baud, s.options), func(l serial.Link) {
		s.log.Info("scanner", "device", l.Device, "link", l.State, "error", l.Err)
		s.linked(device, l)
		s.desk.Report(ctx, station.Event{Source: "serial:" + device, Link: s.link(device, l)})
	})
	ended := make(chan struct{})
	s.desk.Plug(ctx, stoppable{source, until, sync.OnceFunc(func() { close(ended) })})
	return &reader{stop: stop, ended: ended}
}

// link is a scanner's link as the desk tells it. Why a port refuses is worth a
// sentence; that it is not there is said by the alert.
func (s *scanners) link(device string, l serial.Link) station.Link {
	state := station.Back
	if l.State != serial.Connected {
		state = station.Lost
	}
	return station.Link{Name: device, Product: s.product(device), State: state, Err: l.Err}
}

func (s *scanners) product(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p, ok := s.portOf(name); ok {
		return p.String()
	}
	return ""
}

// changed takes that a port came or went.
func (s *scanners) changed(ctx context.Context, change serial.Change) {
	s.mu.Lock()
	p := change.Port
	known := s.reads(p)
	if change.Plugged {
		s.seen[p.Name] = p
	} else {
		delete(s.seen, p.Name)
		delete(s.stopped, p.Name) // plugged in again it is offered
	}
	s.mu.Unlock()
	s.watchers.Tell()
	if known || p.VID == "" { // a built-in port is no scanner that was just plugged in
		return
	}
	link := station.Link{Name: p.Name, Product: p.String(), State: station.Gone}
	if change.Plugged {
		link.State = station.Offered
	}
	s.desk.Report(ctx, station.Event{Link: link})
}

// Use has the station read from a scanner, now and from each start on.
func (s *scanners) Use(ctx context.Context, name string) error {
	if err := s.queue.Learn(ctx, queue.LearnScanner, name, strconv.Itoa(serial.DefaultBaud), queue.Act{By: s.operator}); err != nil {
		return fmt.Errorf("keeping a scanner: %w", err)
	}
	s.mu.Lock()
	running := s.plugIn != nil
	s.mu.Unlock()
	if running {
		s.take(name, serial.DefaultBaud)
	}
	return nil
}

// scannerOf is news of a scanner as the window takes it.
func scannerOf(l station.Link) ui.Scanner {
	return ui.Scanner{Name: l.Name, Product: l.Product, State: ui.ScannerState(l.State)}
}
