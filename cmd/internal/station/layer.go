package station

import (
	"context"
	"fmt"

	"pkidstation/queue"
)

// EndLayer ends a layer of the pallet: where no list says how many boxes there are,
// a person counts layer by layer.
func (s *Station) EndLayer(ctx context.Context) (queue.Verdict, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.locked:
		return queue.Verdict{}, ErrLocked
	case !s.open():
		return cannot(queue.NotNow), nil
	}
	r, l, err := s.queue.EndLayer(ctx, s.reception.ID, s.operator)
	if err != nil {
		return queue.Verdict{}, fmt.Errorf("ending a layer: %w", err)
	}
	if l.Boxes == 0 {
		return cannot(queue.NothingHere), nil
	}
	s.reception = r
	live, _, err := s.live(ctx)
	v := did(queue.LayerEnded)
	v.Layer, v.Count = l, live
	return v, err
}

// layered adds which layer a box is of, once somebody counts by layers. One of a
// layer that is done tells nothing of the next.
func (s *Station) layered(ctx context.Context, given []queue.Verdict) {
	for i, v := range given {
		if s.reception.Layers == 0 || v.Entry.Number <= s.reception.LayerFrom || v.Entry.Reception != s.reception.ID {
			continue
		}
		if l, err := s.queue.Layer(ctx, s.reception.ID); err == nil { // a count beside the verdict, which is owed
			given[i].Layer = l
		}
	}
}
