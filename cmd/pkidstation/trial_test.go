package main_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pkidstation/cmd/internal/config"
	"pkidstation/queue"
	"pkidstation/scanner/wedge"
	"pkidstation/ui"
)

// scanned types a code as a scanner does.
func scanned(key func(wedge.Stroke), code string) {
	for _, r := range code + "\r" {
		key(wedge.Stroke{Rune: r})
	}
}

// TestATrialKeepsNothing: what is read while it is on is told to it and to
// nothing else; before and after it everything is kept.
func TestATrialKeepsNothing(t *testing.T) {
	t.Parallel()
	d := desk(t, t.TempDir(), byCSV())
	intake, reception, entries, _, _ := d.Ports()
	if _, err := reception.Open(t.Context(), queue.Work{Customer: tenant, GroupTag: "STD"}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var working sync.WaitGroup
	working.Go(func() { d.Work(ctx) })
	verdicts := make(chan ui.Event)
	working.Go(func() {
		for e := range intake.Verdicts(ctx) {
			verdicts <- e
		}
	})
	defer func() { stop(); working.Wait() }()
	trial, tried := d.Trial(), make(chan ui.Tried, 10)
	told := func(report ui.Tried) { tried <- report }

	scanned(d.Key, "]C03305123456781")
	if e := <-verdicts; e.Verdict.Word != queue.Accepted {
		t.Fatalf("before the trial: %+v", e)
	}
	trial.Begin(told)
	for n, code := range []string{"]C03305123456798", "5CG1234XYZ", "VK7JG-NPHTM-C97JM-9MPGT-3V66T", "]C03305123456804"} {
		scanned(d.Key, code)
		report := <-tried
		if want := n%3 + 1; len(report.Findings) != want {
			t.Errorf("%d findings, want %d", len(report.Findings), want)
		}
		if strings.Contains(fmt.Sprintf("%+v", report), "NPHTM") {
			t.Errorf("the product key is told: %+v", report)
		}
		if n == 2 && (!report.Change || !slices.Contains(report.Advice, "no-aim") || report.Findings[2].Grade != "withheld") {
			t.Errorf("%+v", report)
		}
	}
	trial.Begin(told) // anew
	scanned(d.Key, "]C03305123456798")
	if report := <-tried; len(report.Findings) != 1 || report.Change {
		t.Errorf("begun anew: %+v", report)
	}
	trial.End()
	trial.End()
	scanned(d.Key, "]C03305123456798")
	if e := <-verdicts; e.Verdict.Word != queue.Accepted || e.Verdict.Entry.Number != 2 {
		t.Errorf("after the trial: %+v", e)
	}
	if all, err := entries.List(ctx, ui.Wanted{}); err != nil || len(all) != 2 || len(tried) > 0 {
		t.Errorf("kept %v, %v; told %d more", all, err, len(tried))
	}
}

// TestTheDemosCameraIsNotTried: it holds up labels all the time, and nobody's
// scanner could be seen among them.
func TestTheDemosCameraIsNotTried(t *testing.T) {
	t.Parallel()
	d := desk(t, t.TempDir(), config.Default())
	if !d.IsDemo() {
		t.Fatal("no demo")
	}
	ctx, stop := context.WithCancel(t.Context())
	var working sync.WaitGroup
	working.Go(func() { d.Work(ctx) })
	defer func() { stop(); working.Wait() }()
	trial, tried := d.Trial(), make(chan ui.Tried, 10)
	trial.Begin(func(report ui.Tried) { tried <- report })
	intake, _, _, _, _ := d.Ports()
	for e := range intake.Verdicts(ctx) {
		if e.Preview != nil { // its scans come right after it
			break
		}
		t.Errorf("kept while a trial is on: %+v", e.Verdict)
	}
	scanned(d.Key, "]C03305123456811")
	if report := <-tried; len(report.Findings) != 1 || report.Findings[0].Text != "3305123456811" {
		t.Errorf("%+v", report)
	}
	trial.End()
}
