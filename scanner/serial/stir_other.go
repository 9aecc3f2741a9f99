//go:build !linux

package serial

import "context"

// A stirring tells of nothing here: a look at the registry costs next to nothing.
type stirring struct{}

func (Finder) stir() *stirring { return &stirring{} }

// rest returns when the next look is due, or ctx ends.
func (*stirring) rest(ctx context.Context) { idle(ctx, watchEvery) }

func (*stirring) close() {}
