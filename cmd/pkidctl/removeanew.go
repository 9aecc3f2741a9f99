package main

import (
	"context"
	"slices"

	"pkidstation/queue"
)

// meant leaves out of an order what was registered anew since its removal was
// asked for, and says so: that may be another station's registration, and nobody
// was shown it. Whoever means that one names the box.
func (p *program) meant(ctx context.Context, q *queue.Queue, entries []queue.Entry, f removeFlags) ([]queue.Entry, error) {
	if f.order == "" {
		return entries, nil
	}
	open, err := removalsOf(ctx, q)
	if err != nil {
		return nil, err
	}
	left := slices.DeleteFunc(slices.Clone(entries), func(e queue.Entry) bool { return open[e.ID].Note == queue.RegisteredAnew })
	if spared := len(entries) - len(left); spared > 0 {
		p.remark(p.words().Count("cli.remove.anew", spared))
	}
	return left, nil
}
