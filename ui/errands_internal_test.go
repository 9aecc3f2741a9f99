package ui

import (
	"context"
	"sync"
	"testing"
)

// TestErrandsEnd: whoever sends errands while they are ended has them done before
// the end, or not at all. A WaitGroup that is added to while it is waited for
// panics, and so the window ended now and then.
func TestErrandsEnd(t *testing.T) {
	t.Parallel()
	for range 2000 {
		ctx, cancel := context.WithCancel(t.Context())
		var (
			e       errands
			ended   bool
			senders sync.WaitGroup
		)
		e.open(ctx)
		for range 2 {
			senders.Go(func() {
				for range 4 {
					e.send(func(context.Context) {
						if ended {
							t.Error("an errand was done after the end")
						}
					})
				}
			})
		}
		cancel()
		e.end()
		ended = true // which the race detector holds against an errand that is done meanwhile
		senders.Wait()
	}
}
