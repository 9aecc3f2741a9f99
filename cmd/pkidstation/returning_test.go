package main_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"pkidstation/queue"
	"pkidstation/ui"
)

// told has a desk work, and gives what it tells.
func told(t *testing.T, d interface {
	Ports() (ui.Intake, ui.Reception, ui.Entries, ui.Review, ui.Uploads)
	Work(ctx context.Context)
},
) <-chan ui.Event {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	var working sync.WaitGroup
	intake, _, _, _, _ := d.Ports()
	verdicts := make(chan ui.Event, 64)
	working.Go(func() { d.Work(ctx) })
	working.Go(func() {
		for e := range intake.Verdicts(ctx) {
			verdicts <- e
		}
	})
	t.Cleanup(func() { stop(); working.Wait() })
	return verdicts
}

// TestWhatComesBackIsLookedUpAndNotKept.
func TestWhatComesBackIsLookedUpAndNotKept(t *testing.T) {
	t.Parallel()
	d := desk(t, t.TempDir(), byCSV())
	capture(t, d.Queue(), open(t, d.Queue(), "BL-1"), "3305123456781", "")
	verdicts := told(t, d)
	returns, looked := d.Returns(), make(chan ui.Returned, 10)
	returns.Begin(func(r ui.Returned) { looked <- r })
	for code, found := range map[string]int{
		"]C03305123456781": 1, "5CG4071781": 1, "]C03305123456798": 0, "VK7JG-NPHTM-C97JM-9MPGT-3V66T": 0, "%PKID%LOCK": 0,
	} {
		scanned(d.Key, code)
		r := <-looked
		if len(r.Found) != found || r.Err != nil || r.Known != !strings.ContainsAny(code, "%V") {
			t.Errorf("%s: %+v", code, r)
		}
		if strings.Contains(fmt.Sprintf("%+v", r), "NPHTM") {
			t.Errorf("the product key is told: %+v", r)
		}
	}
	returns.End()
	returns.End()
	scanned(d.Key, "]C03305123456804")
	if e := <-verdicts; e.Verdict.Entry.PKID != "3305123456804" {
		t.Errorf("after it: %+v", e)
	}
	if counts, err := d.Queue().Counts(t.Context()); err != nil || counts.Ready+counts.Held != 2 {
		t.Errorf("kept %+v, %v", counts, err)
	}
}

// TestTheFirstBoxAfterARestartWaits for somebody to say for whom it is, by a press
// as by the sheet.
func TestTheFirstBoxAfterARestartWaits(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	q, err := queue.Open(folder, queue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	open(t, q, "BL-1")
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	d := desk(t, folder, byCSV())
	verdicts, asked := told(t, d), d.Asked()
	if customer, comes := asked.Asked(); !customer || comes != "" {
		t.Errorf("asked: %v, %q", customer, comes)
	}
	scanned(d.Key, "]C03305123456781")
	if e := <-verdicts; e.Verdict.Word != queue.OnHold || e.Verdict.Reason != queue.Unconfirmed {
		t.Errorf("the first box: %+v", e.Verdict)
	}
	if err := asked.Confirm(t.Context()); err != nil {
		t.Fatal(err)
	}
	if e := <-verdicts; e.Verdict.Word != queue.Accepted || e.Verdict.Entry.PKID != "3305123456781" {
		t.Errorf("confirmed: %+v", e.Verdict)
	}
	if customer, _ := asked.Asked(); customer {
		t.Error("it is asked still")
	}
	if r, err := asked.Expect(t.Context(), 3); err != nil || r.Expected != 3 {
		t.Errorf("expecting: %+v, %v", r, err)
	}
	if err := asked.EndLayer(t.Context()); err != nil {
		t.Fatal(err)
	}
	if e := <-verdicts; e.Verdict.Reason != queue.LayerEnded || e.Verdict.Layer != (queue.Layer{Number: 1, Boxes: 1}) {
		t.Errorf("the layer: %+v", e.Verdict)
	}
	_, reception, _, _, _ := d.Ports()
	if err := reception.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if e := <-verdicts; e.Verdict.Reason != queue.ReceptionEnded || e.Verdict.Count != 1 || e.Verdict.Of != 3 {
		t.Errorf("closed: %+v", e.Verdict)
	}
}

// TestWhatCameBackIsLookedAtAgain: as it stands after a change.
func TestWhatCameBackIsLookedAtAgain(t *testing.T) {
	t.Parallel()
	d := desk(t, t.TempDir(), byCSV())
	capture(t, d.Queue(), open(t, d.Queue(), "BL-1"), "3305123456781", "")
	told(t, d)
	returns, looked := d.Returns(), make(chan ui.Returned, 10)
	returns.Begin(func(r ui.Returned) { looked <- r })
	defer returns.End()
	scanned(d.Key, "]C03305123456781")
	r := <-looked
	if err := d.Queue().Discard(t.Context(), []string{r.Found[0].ID}, queue.Act{By: "Ana", Reason: "no box"}); err != nil {
		t.Fatal(err)
	}
	now, err := returns.Again(t.Context(), r)
	if err != nil || len(now.Found) != 1 || now.Found[0].State != queue.Discarded || now.Kind != r.Kind {
		t.Errorf("now %+v, %v", now, err)
	}
}
