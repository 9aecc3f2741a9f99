package main_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/creack/pty"

	"pkidstation/queue"
	"pkidstation/scanner/serial"
	"pkidstation/ui"
)

// TestTheDeskReadsASerialScanner through a pseudo terminal: each code gives one
// event, after it is kept, in the open reception.
func TestTheDeskReadsASerialScanner(t *testing.T) {
	t.Parallel()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close() //nolint:errcheck // a test
	defer slave.Close()  //nolint:errcheck // a test
	cfg := byCSV()
	cfg.Scanner.Serial = []string{slave.Name() + "@9600"}
	d := desk(t, t.TempDir(), cfg)
	intake, reception, entries, _, _ := d.Ports()
	if _, err := reception.Open(t.Context(), queue.Work{Customer: tenant, GroupTag: "STD", Order: "BL-1"}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var working sync.WaitGroup
	working.Go(func() { d.Work(ctx) })
	fmt.Fprint(master, "]C03305123456781\r]C05CG1234XYZ\r\n]E05901234123457\r]C03305123456781\r") //nolint:errcheck // the events tell
	var said []queue.Word
	for e := range intake.Verdicts(ctx) {
		if e.Err != nil {
			t.Fatal(e.Err)
		}
		if e.Scanner.State != "" {
			continue
		}
		said = append(said, e.Verdict.Word)
		if e.Source != "serial:"+slave.Name() {
			t.Errorf("from %s", e.Source)
		}
		if all, err := entries.List(ctx, ui.Wanted{}); err != nil || len(all) != 1 {
			t.Errorf("told before it is kept: %v, %v", all, err)
		}
		if len(said) == 4 {
			break
		}
	}
	if got := fmt.Sprint(said); got != "[accepted attached ignored seen]" {
		t.Errorf("said %s", got)
	}
	if e, err := intake.Undo(ctx); err != nil || e.PKID != "3305123456781" || e.Serial != "5CG1234XYZ" {
		t.Errorf("undone %+v, %v", e, err)
	}
	stop()
	working.Wait()
}

// TestAScannerThatIsPluggedIn is offered, taken when a person says so, said to be
// gone when it is pulled out, and taken by itself from the next start on.
func TestAScannerThatIsPluggedIn(t *testing.T) {
	t.Parallel()
	folder, link := t.TempDir(), filepath.Join(t.TempDir(), "usb-Zebra-if00")
	first := plug(t, link)
	d := desk(t, folder, byCSV())
	intake, _, _, _, _ := d.Ports()
	changes := make(chan serial.Change)
	scanners := d.Scanners(changes)
	ctx, stop := context.WithCancel(t.Context())
	var working sync.WaitGroup
	working.Go(func() { d.Work(ctx) })
	next := eventsOf(ctx, t, intake)

	changes <- serial.Change{Port: serial.Port{Name: link, Node: link, VID: "05e0", Product: "DS2208"}, Plugged: true}
	if e := next(); e.Scanner.State != ui.ScannerOffered || e.Scanner.Name != link {
		t.Fatalf("plugged in: %+v", e.Scanner)
	}
	for range 2 { // answered twice, read once
		if err := scanners.Use(ctx, link); err != nil {
			t.Fatal(err)
		}
	}
	if e := next(); e.Scanner.State != ui.ScannerBack {
		t.Fatalf("used: %+v", e.Scanner)
	}
	fmt.Fprint(first, "]C03305123456781\r") //nolint:errcheck // the event tells
	if e := next(); e.Verdict.Word != queue.OnHold || e.Source != "serial:"+link {
		t.Fatalf("read: %+v", e)
	}
	first.Close() //nolint:errcheck // pulled out
	if e := next(); e.Scanner.State != ui.ScannerLost || e.Err != nil {
		t.Fatalf("pulled out: %+v %v", e.Scanner, e.Err)
	}
	second := plug(t, link)
	if e := next(); e.Scanner.State != ui.ScannerBack {
		t.Fatalf("put back: %+v", e.Scanner)
	}
	stop()
	working.Wait()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}

	d = desk(t, folder, byCSV())
	intake, _, _, _, _ = d.Ports()
	d.Scanners(changes)
	ctx, stop = context.WithCancel(t.Context())
	defer working.Wait()
	defer stop()
	working.Go(func() { d.Work(ctx) })
	next = eventsOf(ctx, t, intake)
	if e := next(); e.Scanner.State != ui.ScannerBack || e.Scanner.Name != link {
		t.Fatalf("at the next start: %+v", e.Scanner)
	}
	fmt.Fprint(second, "]C03305123456781\r") //nolint:errcheck // the event tells
	if e := next(); e.Verdict.Word != queue.Seen {
		t.Fatalf("read at the next start: %+v", e)
	}
}

// plug has a link lead to a new pseudo terminal, and gives the scanner's side.
func plug(t *testing.T, link string) *os.File {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = master.Close(), slave.Close() })
	next := link + ".next"
	if err := errors.Join(os.Symlink(slave.Name(), next), os.Rename(next, link)); err != nil {
		t.Fatal(err)
	}
	return master
}

// eventsOf gives one event after the other.
func eventsOf(ctx context.Context, t *testing.T, intake ui.Intake) func() ui.Event {
	t.Helper()
	next, stop := iter.Pull(intake.Verdicts(ctx))
	t.Cleanup(stop)
	return func() ui.Event {
		t.Helper()
		e, ok := next()
		if !ok {
			t.Fatal("no more events")
		}
		return e
	}
}
