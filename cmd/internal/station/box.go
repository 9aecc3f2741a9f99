package station

import (
	"context"
	"fmt"
	"time"

	"pkidstation/queue"
	"pkidstation/scanner/label"
)

// closeBox is the end of the box at hand by a person's word. Without PKID it goes
// by serial, manufacturer and model, if they are all there and nothing of another
// box can be in it; it says whether it did.
func (s *Station) closeBox(ctx context.Context, h *hand) (e queue.Entry, completed bool, err error) {
	if h.box == "" {
		return e, false, nil
	}
	alone, err := s.alone(ctx, h)
	if err == nil {
		e, completed, err = s.queue.CloseBox(ctx, h.box, s.operator, alone)
	}
	if err != nil {
		return e, false, fmt.Errorf("closing a box: %w", err)
	}
	return e, completed, nil
}

// closeBoxes closes the boxes of all hands.
func (s *Station) closeBoxes(ctx context.Context) error {
	for _, h := range s.hands {
		if _, _, err := s.closeBox(ctx, h); err != nil {
			return err
		}
	}
	return nil
}

// alone says whether the box at hand has nothing of another's: it is the only one
// since the last boundary, and the one before does not lack what this one has.
func (s *Station) alone(ctx context.Context, h *hand) (bool, error) {
	if len(h.window) != 1 || h.last == "" {
		return len(h.window) == 1, nil
	}
	last, err := s.queue.Entry(ctx, h.last)
	return err == nil && (last.Done || last.PKID == "" || last.Serial != ""), err
}

// CloseQuiet gives a verdict on each box that was left without PKID: nothing was
// read of it for the quiet time, so that what comes now is the next box's. It is
// called every now and then.
func (s *Station) CloseQuiet(ctx context.Context, now time.Time) (given []queue.Verdict, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, h := range s.hands {
		if h.box == "" || h.told == h.box || !h.pairer.Quietly(now) {
			continue
		}
		e, err := s.queue.Entry(ctx, h.box)
		if err != nil {
			return given, fmt.Errorf("looking at a box that was left: %w", err)
		}
		if h.told = h.box; e.State == queue.Held && e.Reason == queue.NoPKID {
			h.verdict = queue.Verdict{Word: queue.OnHold, Reason: queue.NoPKID, Entry: e, Kind: string(label.Serial), At: now}
			given = append(given, h.verdict)
		}
	}
	return given, nil
}

// part keeps a part number with its box. It identifies no device.
func (s *Station) part(ctx context.Context, c seeing) (queue.Verdict, error) {
	v := s.turnAway(c, queue.Ignored, queue.NoIdentity)
	if !s.pairing || c.alone || c.hand.carton != nil {
		return v, nil
	}
	into, _, err := s.placeBeside(ctx, c)
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
