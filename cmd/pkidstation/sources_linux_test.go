package main_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	pkidstation "pkidstation/cmd/pkidstation"
	"pkidstation/queue"
	"pkidstation/scanner/serial"
	"pkidstation/ui"
)

// states are the states of the sources, by name.
func states(t *testing.T, sources ui.Sources) map[string]ui.Source {
	t.Helper()
	all, err := sources.Sources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]ui.Source{}
	for _, s := range all {
		found[s.Name] = s
	}
	return found
}

// TestSourcesFollowAScanner from being offered over being read from to being stopped,
// which only a supervisor may, and which holds at the next start.
func TestSourcesFollowAScanner(t *testing.T) {
	t.Parallel()
	folder, link := t.TempDir(), filepath.Join(t.TempDir(), "usb-Zebra-if00")
	scanner := plug(t, link)
	d := desk(t, folder, byCSV())
	intake, _, _, _, _ := d.Ports()
	changes := make(chan serial.Change)
	scanners, sources := d.Scanners(changes), d.Sources()
	ctx, stop := context.WithCancel(t.Context())
	var working sync.WaitGroup
	working.Go(func() { d.Work(ctx) })
	defer working.Wait()
	defer stop()
	next := eventsOf(ctx, t, intake)
	if s := states(t, sources)[""]; s.State != ui.SourceReading || s.Layout != "" {
		t.Errorf("the keyboard is %+v", s)
	}
	changes <- serial.Change{Port: serial.Port{Name: link, Node: link, VID: "05e0", Product: "DS2208"}, Plugged: true}
	next()
	if s := states(t, sources)[link]; s.State != ui.SourceOffered || s.Product == "" {
		t.Errorf("plugged in it is %+v", s)
	}
	if err := scanners.Use(ctx, link); err != nil {
		t.Fatal(err)
	}
	next()
	changed, done := sources.Watch()
	defer done()
	fmt.Fprint(scanner, "]C03305123456781\r") //nolint:errcheck // the event tells
	next()
	<-changed
	if s := states(t, sources)[link]; s.State != ui.SourceReading || s.Last.Kind != "pkid" || s.Last.At.IsZero() || s.Fixed {
		t.Errorf("read from it is %+v", s)
	}
	stopsForGood(ctx, t, d, link)
	if e := next(); e.Scanner.State != ui.ScannerGone {
		t.Errorf("stopped it is told as %+v", e.Scanner)
	}
	if s := states(t, sources)[link]; s.State != ui.SourceUnused {
		t.Errorf("stopped it is %+v", s)
	}
	if err := scanners.Use(ctx, link); err != nil {
		t.Fatal(err)
	}
	if e := next(); e.Scanner.State != ui.ScannerBack {
		t.Errorf("used again it is told as %+v", e.Scanner)
	}
}

// stopsForGood has the scanner stopped, and nothing kept of it: a supervisor once
// there is one.
func stopsForGood(ctx context.Context, t *testing.T, d pkidstation.Desk, link string) {
	t.Helper()
	sources := d.Sources()
	if err := d.Queue().SetPIN(ctx, "Léa", "402193", queue.Act{By: "Léa"}); err != nil {
		t.Fatal(err)
	}
	if err := sources.Stop(ctx, link); !errors.Is(err, queue.ErrNeedsSupervisor) || states(t, sources)[link].State != ui.SourceReading { //nolint:contextcheck // the port has none
		t.Fatalf("anybody may stop a scanner: %v", err)
	}
	if err := d.Guard().Unlock(ctx, "Léa", "402193"); err != nil {
		t.Fatal(err)
	}
	if err := sources.Stop(ctx, link); err != nil {
		t.Fatal(err)
	}
	if kept, err := d.Queue().AllLearnt(ctx, queue.LearnScanner); err != nil || len(kept) > 0 {
		t.Errorf("kept %+v, %v", kept, err)
	}
}

// TestAScannerOfTheSettingsStays: station.toml would bring it back.
func TestAScannerOfTheSettingsStays(t *testing.T) {
	t.Parallel()
	cfg := byCSV()
	cfg.Scanner.Serial = []string{filepath.Join(t.TempDir(), "none")}
	d := desk(t, t.TempDir(), cfg)
	intake, _, _, _, _ := d.Ports()
	d.Scanners(make(chan serial.Change))
	ctx, stop := context.WithCancel(t.Context())
	var working sync.WaitGroup
	working.Go(func() { d.Work(ctx) })
	defer working.Wait()
	defer stop()
	next := eventsOf(ctx, t, intake)
	next()
	name := cfg.Scanner.Serial[0]
	if err := d.Sources().Stop(ctx, name); err != nil {
		t.Fatal(err)
	}
	if s := states(t, d.Sources())[name]; s.State != ui.SourceLost || !s.Fixed {
		t.Errorf("it is %+v", s)
	}
}
