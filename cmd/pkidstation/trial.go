package main

import (
	"sync"
	"sync/atomic"

	"pkidstation/cmd/internal/demo"
	"pkidstation/cmd/internal/vocabulary"
	"pkidstation/scanner"
	"pkidstation/scanner/label"
	"pkidstation/scanner/trial"
	"pkidstation/ui"
)

// trying is the window's trial: while it is on, the desk's scans come here.
type trying struct {
	desk *desk
	end  func()
	// calibrated says that the station knows the computer's keyboard.
	calibrated atomic.Bool
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
		report := tried.Take(trial.Look(scan, label.Classify(scan)))
		p.calibrated.Store(tried.Calibrated)
		on(triedOf(report))
	})
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
