package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"pkidstation/cmd/internal/station"
	"pkidstation/queue"
	"pkidstation/scanner"
	"pkidstation/scanner/serial"
	"pkidstation/scanner/wedge"
	"pkidstation/ui"
)

// A reader is a serial scanner that is read from, or that is waited for.
type reader struct {
	stop  context.CancelFunc
	ended <-chan struct{} // closed when it is stopped and has given the port back
	fixed bool            // station.toml names it
	link  serial.Link
}

// hear keeps of each read when it was and what it was taken for.
func (s *scanners) hear(scan scanner.Scan) {
	last := ui.LastRead{At: scan.At, Kind: string(s.classify(scan)), Keys: scan.Trace.Keys, Took: scan.Trace.Took}
	s.mu.Lock()
	s.last[scan.Source] = last
	s.mu.Unlock()
	s.watchers.Tell()
}

// Watch implements ui.Sources.
func (s *scanners) Watch() (<-chan struct{}, func()) { return s.watchers.Watch() }

// Sources are the keyboard, then the serial scanners: those that are read from, that
// are missed, that are offered, and ports that could be read from.
func (s *scanners) Sources(ctx context.Context) ([]ui.Source, error) {
	layout, _, err := s.queue.Learnt(ctx, queue.LearnLayout, "")
	if err != nil {
		return nil, fmt.Errorf("the keyboard's layout: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []ui.Source
	for device, r := range s.used {
		all = append(all, s.reading(device, r))
	}
	for _, p := range s.seen {
		if !s.reads(p) {
			state := ui.SourceUnused
			if p.VID != "" && !s.stopped[p.Name] {
				state = ui.SourceOffered
			}
			all = append(all, ui.Source{Name: p.Name, Product: p.String(), State: state})
		}
	}
	order := []ui.SourceState{ui.SourceReading, ui.SourceLost, ui.SourceRefused, ui.SourceOffered, ui.SourceUnused}
	slices.SortFunc(all, func(a, b ui.Source) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.State), slices.Index(order, b.State)), strings.Compare(a.Name, b.Name))
	})
	keyboard := ui.Source{State: ui.SourceReading, Layout: layout.Value, Last: s.last[wedge.Name]}
	return append([]ui.Source{keyboard}, all...), nil
}

// reading is a scanner that is read from, by its name. The lock is held.
func (s *scanners) reading(device string, r *reader) ui.Source {
	found := ui.Source{Name: device, State: ui.SourceReading, Fixed: r.fixed, Last: s.last["serial:"+device]}
	if p, ok := s.portOf(device); ok {
		found.Product = p.String()
	}
	switch {
	case r.link.State == serial.Refused && !errors.Is(r.link.Err, serial.ErrNotFound):
		found.State, found.Err = ui.SourceRefused, r.link.Err
	case r.link.State != serial.Connected:
		found.State = ui.SourceLost
	}
	return found
}

// linked keeps how a scanner is connected now.
func (s *scanners) linked(device string, l serial.Link) {
	s.mu.Lock()
	if r := s.used[device]; r != nil {
		r.link = l
	}
	s.mu.Unlock()
	s.watchers.Tell()
}

// Stop has the station not read from a scanner, if a supervisor says so. One that
// station.toml names would be read from at the next start whatever is said here: it is
// left, and the window does not offer it.
func (s *scanners) Stop(ctx context.Context, name string) error {
	s.mu.Lock()
	r := s.used[name]
	s.mu.Unlock()
	if r == nil || r.fixed {
		return nil
	}
	if err := s.queue.Forget(ctx, queue.LearnScanner, name, s.act("")); err != nil {
		return fmt.Errorf("forgetting a scanner: %w", err)
	}
	s.mu.Lock()
	delete(s.used, name)
	s.stopped[name] = true
	s.mu.Unlock()
	r.stop()
	select {
	case <-r.ended: // used again at once, it finds the port free
	case <-ctx.Done():
	}
	s.desk.Report(ctx, station.Event{Link: station.Link{Name: name, State: station.Gone}})
	s.watchers.Tell()
	return nil
}

// A stoppable source ends without a fault when its own context does.
type stoppable struct {
	scanner.Source

	until context.Context //nolint:containedctx // it is what stops the source
	ended func()
}

func (s stoppable) Scans(ctx context.Context) iter.Seq2[scanner.Scan, error] {
	return func(yield func(scanner.Scan, error) bool) {
		defer func() {
			if s.until.Err() != nil {
				s.ended()
			}
		}()
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(s.until, cancel)() //nolint:contextcheck // it ends with both
		for scan, err := range s.Source.Scans(ctx) {
			if !yield(scan, err) {
				return
			}
		}
	}
}
