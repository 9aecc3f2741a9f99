package main

import (
	"context"
	"time"

	"pkidstation/cmd/internal/lists"
	"pkidstation/cmd/internal/typed"
	"pkidstation/cmd/internal/vocabulary"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export/leave"
	"pkidstation/ui"
)

// papers makes the paper that says whether an order may leave.
type papers struct{ *desk }

// Path proposes a file whose name says which order, which paper and when.
func (p papers) Path(order string, _ autopilot.TenantID, format ui.PaperFormat) string {
	return dated(plain(order)+"-"+string(format), ".pdf")
}

func (p papers) SaveLeaving(ctx context.Context, paper ui.LeavingPaper) error {
	if err := typed.Check(paper.Path); err != nil {
		return err
	}
	size, err := leave.ParsePaper(string(paper.Format))
	if err != nil {
		return err
	}
	w, err := vocabulary.New(paper.Language)
	if err != nil {
		return err
	}
	_, err = lists.Write(ctx, p.queue, paper.Path, lists.Paper{
		Kind: lists.Leaving, Order: paper.Order, Customer: paper.Customer, Format: leave.PDF, Size: size,
		Words: w.Naming(files(p).called), Station: p.name, Made: time.Now(),
	})
	return err
}
