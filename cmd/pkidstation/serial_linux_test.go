package main_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/creack/pty"

	"pkidstation/queue"
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
		said = append(said, e.Verdict.Word)
		if e.Source != "serial:"+slave.Name() {
			t.Errorf("from %s", e.Source)
		}
		if all, err := entries.List(ctx, queue.Filter{}); err != nil || len(all) != 1 {
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
