package station

import (
	"context"
	"fmt"
	"strconv"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/scanner/label"
)

// A carton holds several devices. It is a mode that a person opens: each PKID in
// it is a device of its own, serials are left alone because nobody can tell
// whose they are, and the total is counted.
type carton struct {
	devices map[string]bool // IDs of the entries counted
	of      int             // what a quantity code said; 0 where none did
	warned  bool            // that it is short
}

// inCarton takes one device of a carton. Beyond the total nothing is taken: the
// total or the carton is wrong.
func (s *Station) inCarton(ctx context.Context, c seeing) (queue.Verdict, error) {
	c.alone = true
	e, known, err := s.queue.Standing(ctx, s.reception.Work, autopilot.PKID(c.code.Text), "")
	if err != nil {
		return queue.Verdict{}, fmt.Errorf("looking for a PKID: %w", err)
	}
	if full := c.hand.carton.of > 0 && len(c.hand.carton.devices) >= c.hand.carton.of; full && !c.hand.carton.devices[e.ID] {
		return c.hand.counted(s.turnAway(c, queue.NotTaken, queue.CartonFull)), nil
	}
	hold := queue.Reason("")
	if c.code.Confidence == label.Ambiguous {
		if article, err := s.article(ctx, c); err != nil || article {
			c.code.Kind = label.TradeNumber
			return s.turnAway(c, queue.Ignored, queue.LearntGTIN), err
		}
		hold = queue.CouldBeGTIN
	}
	v, err := s.capture(ctx, c, hold)
	if err == nil && (!known || v.Word == queue.Seen) {
		c.hand.carton.devices[v.Entry.ID] = true
	}
	return c.hand.counted(v), err
}

// quantity takes a quantity: in a carton the first one is the total.
func (s *Station) quantity(c seeing) (queue.Verdict, error) {
	n, _ := strconv.Atoi(c.code.Text) // what is no number is no total
	if c.hand.carton == nil || n < 1 || c.hand.carton.of > 0 {
		return s.turnAway(c, queue.Ignored, queue.NoIdentity), nil
	}
	c.hand.carton.of, c.hand.carton.warned = n, false
	return c.hand.counted(s.turnAway(c, queue.Ignored, queue.CartonTotal)), nil
}

// counted adds how far the carton is.
func (h *hand) counted(v queue.Verdict) queue.Verdict {
	v.Count, v.Of = len(h.carton.devices), h.carton.of
	return v
}

// turnCarton opens a carton, or closes the open one.
func (s *Station) turnCarton(ctx context.Context, h *hand) (queue.Verdict, error) {
	if h.carton != nil {
		return h.closeCarton(), nil
	}
	if _, _, err := s.closeBox(ctx, h); err != nil {
		return queue.Verdict{}, err
	}
	h.drop()
	h.carton = &carton{devices: map[string]bool{}}
	return queue.Verdict{Word: queue.Ignored, Kind: string(label.Command), Reason: queue.CartonOpened}, nil
}

// closeCarton closes the open carton. One that is short is refused once: the
// missing device may still be in it.
func (h *hand) closeCarton() queue.Verdict {
	v := h.counted(queue.Verdict{Word: queue.Ignored, Kind: string(label.Command), Reason: queue.CartonClosed})
	if h.short() {
		v.Word, v.Reason = queue.NotTaken, queue.CartonShort
		return v
	}
	h.carton = nil
	h.drop()
	return v
}

// short says, once for each time it comes to that, that devices are missing in
// the open carton.
func (h *hand) short() bool {
	if h.carton == nil || h.carton.warned || len(h.carton.devices) >= h.carton.of {
		return false
	}
	h.carton.warned = true
	return true
}
