package main

import (
	"context"

	"pkidstation/cmd/internal/demo"
	"pkidstation/cmd/internal/station"
	"pkidstation/scanner"
	"pkidstation/ui"
)

// returning is the window's look at boxes that come back: while it is on, the desk's
// scans come here, and nothing of them is kept.
type returning struct {
	desk *desk
	end  func()
}

func newReturning(d *desk) *returning { return &returning{desk: d} }

func (p *returning) Begin(on func(ui.Returned)) {
	p.end = p.desk.desk.Divert(func(scan scanner.Scan) {
		if scan.Repeat || p.desk.demo && scan.Source == demo.SourceName {
			return // what lies in view was looked up; the demo shows its samples all the time
		}
		l, err := p.desk.station.LookUp(context.Background(), scan)
		on(ui.Returned{Text: l.Text, Or: l.Or, Kind: string(l.Kind), Known: l.Known, Found: l.Found, RegisteredAt: l.RegisteredAt, Frame: scan.Frame, Err: err})
	})
}

// Again looks at the entries that were found; another that is the box's meanwhile is
// found by the next scan.
func (p *returning) Again(ctx context.Context, r ui.Returned) (ui.Returned, error) {
	l, err := p.desk.station.LookAgain(ctx, station.Looked{Found: r.Found})
	r.Found, r.RegisteredAt = l.Found, l.RegisteredAt
	return r, err
}

func (p *returning) End() {
	if p.end != nil {
		p.end()
		p.end = nil
	}
}
