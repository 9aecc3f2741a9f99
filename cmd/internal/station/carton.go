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
	if full := s.carton.of > 0 && len(s.carton.devices) >= s.carton.of; full && !s.carton.devices[e.ID] {
		return s.counted(s.turnAway(c, queue.NotTaken, queue.CartonFull)), nil
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
		s.carton.devices[v.Entry.ID] = true
	}
	return s.counted(v), err
}

// quantity takes a quantity: in a carton it is the total.
func (s *Station) quantity(c seeing) (queue.Verdict, error) {
	n, _ := strconv.Atoi(c.code.Text) // what is no number is no total
	if s.carton == nil || n < 1 {
		return s.turnAway(c, queue.Ignored, queue.NoIdentity), nil
	}
	s.carton.of, s.carton.warned = n, false
	return s.counted(s.turnAway(c, queue.Ignored, queue.CartonTotal)), nil
}

// counted adds how far the carton is.
func (s *Station) counted(v queue.Verdict) queue.Verdict {
	v.Count, v.Of = len(s.carton.devices), s.carton.of
	return v
}

// turnCarton opens a carton, or closes the open one.
func (s *Station) turnCarton(ctx context.Context, h *hand) (queue.Verdict, error) {
	if s.carton != nil {
		return s.closeCarton(), nil
	}
	if _, _, err := s.closeBox(ctx, h); err != nil {
		return queue.Verdict{}, err
	}
	h.drop()
	s.carton = &carton{devices: map[string]bool{}}
	return queue.Verdict{Word: queue.Ignored, Kind: string(label.Command), Reason: queue.CartonOpened}, nil
}

// closeCarton closes the open carton. One that is short is refused once: the
// missing device may still be in it.
func (s *Station) closeCarton() queue.Verdict {
	v := s.counted(queue.Verdict{Word: queue.Ignored, Kind: string(label.Command), Reason: queue.CartonClosed})
	if v.Count < v.Of && !s.carton.warned {
		s.carton.warned = true
		v.Word, v.Reason = queue.NotTaken, queue.CartonShort
		return v
	}
	s.carton = nil
	return v
}
