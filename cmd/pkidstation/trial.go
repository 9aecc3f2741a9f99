package main

import (
	"sync"

	"pkidstation/cmd/internal/demo"
	"pkidstation/scanner"
	"pkidstation/scanner/label"
	"pkidstation/scanner/trial"
	"pkidstation/ui"
	"pkidstation/ui/words"
)

// trying is the window's trial: while it is on, the desk's scans come here.
type trying struct {
	desk *desk
	end  func()
}

func (p *trying) Begin(on func(ui.Tried)) {
	p.End()
	var mu sync.Mutex // sources scan at once
	var tried trial.Trial
	p.end = p.desk.desk.Divert(func(scan scanner.Scan) {
		if p.desk.demo && scan.Source == demo.SourceName {
			return // the demo shows its samples all the time: nobody tries that camera
		}
		mu.Lock()
		defer mu.Unlock()
		on(triedOf(tried.Take(trial.Look(scan, label.Classify(scan)))))
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
	tried := ui.Tried{Change: r.Change()}
	for _, a := range r.Advice {
		tried.Advice = append(tried.Advice, string(a))
	}
	for _, f := range r.Findings {
		tried.Findings = append(tried.Findings, findingOf(f))
	}
	return tried
}

func findingOf(f trial.Finding) words.Finding {
	shown := words.Finding{
		Grade: string(f.Grade()), Raw: f.Raw, AIM: f.AIM, Symbology: string(f.Symbology), Terminator: string(f.Terminator),
		Keys: f.Keys, Average: f.Average, Longest: f.Longest, Layout: f.Layout, Unsure: f.Unsure,
		Kind: string(f.Code.Kind), Text: f.Code.Text, Reason: string(f.Code.Reason), Doubt: f.Code.Confidence == label.Ambiguous,
	}
	for _, a := range f.Advice {
		shown.Advice = append(shown.Advice, string(a))
	}
	return shown
}
