package station

import (
	"context"
	"fmt"
	"time"

	"pkidstation/queue"
	"pkidstation/scanner/label"
)

// closeBox is the end of the box at hand: nothing more will be read of it.
// Without PKID it goes by serial, manufacturer and model, if they are there; it
// says whether it did.
func (s *Station) closeBox(ctx context.Context, h *hand) (e queue.Entry, completed bool, err error) {
	if h.box == "" {
		return e, false, nil
	}
	if e, completed, err = s.queue.CloseBox(ctx, h.box, s.operator); err != nil {
		return e, false, fmt.Errorf("closing a box: %w", err)
	}
	return e, completed, nil
}

// CloseQuiet closes the boxes of which nothing was read for the quiet time, and
// gives a verdict on each that goes without PKID. It is called every now and
// then, so that the last box of a pallet need not wait for the next one.
func (s *Station) CloseQuiet(ctx context.Context, now time.Time) (given []queue.Verdict, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, h := range s.hands {
		if h.box == "" || h.closed == h.box || !h.pairer.Quietly(now) {
			continue
		}
		e, completed, err := s.closeBox(ctx, h)
		if err != nil {
			return given, err
		}
		if h.closed = h.box; completed {
			s.last = queue.Verdict{Word: queue.Accepted, Entry: e, Kind: string(label.Serial), At: now}
			given = append(given, s.last)
		}
	}
	return given, nil
}

// part keeps a part number with its box. It identifies no device.
func (s *Station) part(ctx context.Context, c seeing) (queue.Verdict, error) {
	v := s.turnAway(c, queue.Ignored, queue.NoIdentity)
	if !s.pairing || c.alone || s.carton != nil {
		return v, nil
	}
	into, _, err := s.place(ctx, c, false)
	if err != nil || into == "" {
		return v, err
	}
	if err := s.queue.AddPart(ctx, into, c.code.Text, c.read(), s.operator); err != nil {
		return queue.Verdict{}, fmt.Errorf("keeping a part number: %w", err)
	}
	return v, nil
}

// pallet keeps a pallet's number for the boxes that follow.
func (s *Station) pallet(ctx context.Context, c seeing) (queue.Verdict, error) {
	r, err := s.queue.SetPallet(ctx, s.reception.ID, c.code.Text, s.operator)
	if err != nil {
		return queue.Verdict{}, fmt.Errorf("keeping the pallet: %w", err)
	}
	s.reception = r
	v := s.turnAway(c, queue.Ignored, queue.OnPallet)
	v.Name = r.Pallet
	return v, nil
}

// other takes a code that is none of the device's. A known one is ignored, and
// one that belongs to the box's serial, as Dell's express service code does,
// confirms it.
func (s *Station) other(c seeing) queue.Verdict {
	why := queue.Reason(c.code.Reason)
	switch why { //nolint:exhaustive // those of label.Other
	case queue.NoIdentity, queue.ExpressCode, queue.SNID:
	default:
		return s.turnAway(c, queue.NotTaken, why)
	}
	v := s.turnAway(c, queue.Ignored, why)
	if box, open := c.hand.pairer.Current(); open && c.hand.box != "" && label.Proves(c.code, box.Serial) {
		v.Reason, v.Name = queue.Proof, box.Serial
	}
	return v
}
