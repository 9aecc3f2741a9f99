package main

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"

	"pkidstation/cmd/internal/demo"
	"pkidstation/cmd/internal/vocabulary"
	"pkidstation/scanner"
	"pkidstation/scanner/command"
	"pkidstation/scanner/trial"
	"pkidstation/ui"
)

// trying is the window's trial: while it is on, the desk's scans come here.
type trying struct {
	desk *desk
	log  *slog.Logger
	end  func()
	// calibrated says that the station knows the computer's keyboard.
	calibrated atomic.Bool
}

func newTrying(d *desk, log *slog.Logger) *trying {
	p := &trying{desk: d, log: log}
	p.calibrated.Store(d.calibrated)
	return p
}

func (p *trying) Begin(on func(ui.Tried)) {
	// A trial under way is replaced and not ended: no scan reaches the queue
	// between the two.
	var mu sync.Mutex // sources scan at once
	tried := trial.Trial{Calibrated: p.calibrated.Load()}
	p.end = p.desk.desk.Divert(func(scan scanner.Scan) {
		if p.desk.demo && scan.Source == demo.SourceName {
			return // the demo shows its samples all the time: nobody tries that camera
		}
		mu.Lock()
		defer mu.Unlock()
		report := tried.Take(trial.Look(scan, p.desk.station.Classify(scan)))
		p.calibrated.Store(tried.Calibrated)
		p.keep(scan)
		on(triedOf(report))
	})
}

// keep keeps the keyboard's layout when the calibration barcode was read: it is
// told for good, wherever that was.
func (p *trying) keep(scan scanner.Scan) {
	cmd, ok := command.Parse(scan.Text)
	if !ok || cmd.Word != command.Calibrate || scan.Layout == "" {
		return
	}
	if err := p.desk.station.KeepLayout(context.Background(), scan.Layout); err != nil {
		p.log.Error("the keyboard's layout was not kept", "error", err)
	}
}

func (p *trying) End() {
	if p.end != nil {
		p.end()
		p.end = nil
	}
}

// triedOf is a report as the window takes it.
func triedOf(r trial.Report) ui.Tried {
	tried := ui.Tried{Advice: vocabulary.Advice(r.Advice), Change: r.Change()}
	for _, f := range r.Findings {
		tried.Findings = append(tried.Findings, vocabulary.Finding(f))
	}
	return tried
}
