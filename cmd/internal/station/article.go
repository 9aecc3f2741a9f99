package station

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/scanner/label"
)

// Thirteen digits without symbology may be the PKID or the EAN. What decides is,
// in this order: what was learnt here, two serials with the same digits, and a
// person with a command barcode. The check digit alone never does.

// article says whether 13 digits that could be either are known to be the EAN:
// they were learnt to be, or they are kept for another serial than the one at
// hand. What is found out is learnt for good.
func (s *Station) article(ctx context.Context, c seeing) (bool, error) {
	_, known, err := s.queue.Learnt(ctx, queue.LearnGTIN, c.code.Text)
	if err != nil || known {
		return known, err
	}
	box, open := c.hand.pairer.Current()
	if !open || box.Serial == "" || c.hand.pairer.Quietly(at(c)) {
		return false, nil
	}
	e, same, err := s.queue.Standing(ctx, s.reception.Work, autopilot.PKID(c.code.Text), "")
	if err != nil || !same || e.Reason != queue.CouldBeGTIN || e.Serial == "" || e.Serial == box.Serial {
		return false, err
	}
	return s.mayLearn(ctx, e)
}

// mayLearn learns the article number of an entry, unless somebody else captured
// it: then a supervisor answers, and nobody here waits for one.
func (s *Station) mayLearn(ctx context.Context, e queue.Entry) (learnt bool, err error) {
	if err := s.learnArticle(ctx, e); errors.Is(err, queue.ErrNeedsSupervisor) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	return true, nil
}

// learnArticle keeps that the 13 digits of an entry are an EAN, and takes them
// out of it.
func (s *Station) learnArticle(ctx context.Context, e queue.Entry) error {
	if _, err := s.queue.Strike(ctx, e.ID, queue.Act{By: s.operator}); err != nil {
		return fmt.Errorf("taking an article number out of a box: %w", err)
	}
	for _, h := range s.hands {
		if h.asking == e.ID {
			h.asking = ""
		}
	}
	return nil
}

// unlessArticle is the box that a serial joins. Where that has 13 digits that
// could be the EAN and another serial, they are the EAN of both, and the serial
// opens a box of its own.
func (s *Station) unlessArticle(ctx context.Context, c seeing, into string) (box string, struck queue.Entry, err error) {
	if into == "" || c.code.Kind != label.Serial {
		return into, struck, nil
	}
	e, err := s.queue.Entry(ctx, into)
	if err != nil || e.Reason != queue.CouldBeGTIN || e.Serial == "" || e.Serial == c.code.Text {
		return into, struck, err
	}
	if learnt, err := s.mayLearn(ctx, e); err != nil || !learnt {
		return into, struck, err
	}
	c.hand.drop()
	_, _, err = s.place(ctx, c, false)
	return "", e, err
}

// tradeNumber takes an EAN. What a camera sees to be one is remembered for the
// scanner beside it that cannot tell; a scanner that can needs no memory.
func (s *Station) tradeNumber(ctx context.Context, c seeing) (queue.Verdict, error) {
	v := s.turnAway(c, queue.Ignored, queue.NoIdentity)
	if c.scan.Frame == 0 || c.code.Confidence != label.Certain || len(c.code.Text) != autopilot.PKIDLength {
		return v, nil
	}
	if err := s.queue.Learn(ctx, queue.LearnGTIN, c.code.Text, "", queue.Act{By: s.operator}); err != nil {
		return queue.Verdict{}, fmt.Errorf("learning an article number: %w", err)
	}
	return v, nil
}

// isPKID answers that the 13 digits are the PKID.
func (s *Station) isPKID(ctx context.Context, h *hand) (queue.Verdict, error) {
	v, err := s.queue.Confirm(ctx, h.asking, queue.Act{By: s.operator})
	if err != nil {
		return v, fmt.Errorf("confirming a PKID: %w", err)
	}
	h.asking = ""
	v.Kind, v.Text = string(label.PKID), string(v.Entry.PKID)
	return v, nil
}

// notPKID answers that they are not: nobody is asked about them again.
func (s *Station) notPKID(ctx context.Context, h *hand) (queue.Verdict, error) {
	e, err := s.queue.Entry(ctx, h.asking)
	if err != nil {
		return queue.Verdict{}, err
	}
	if err := s.learnArticle(ctx, e); err != nil {
		return queue.Verdict{}, err
	}
	after, err := s.queue.Entry(ctx, e.ID)
	if err != nil {
		return queue.Verdict{}, err
	}
	h.asking, h.answered = "", string(e.PKID)
	if h.carton != nil {
		delete(h.carton.devices, e.ID)
	}
	switch {
	case h.box != e.ID:
	case after.State.Gone(): // the box before it is at hand again
		h.pairer.Back()
		h.box, h.window = h.last, slices.DeleteFunc(h.window, func(id string) bool { return id == e.ID })
	default:
		h.pairer.Strike()
	}
	return queue.Verdict{Word: queue.Ignored, Kind: string(label.TradeNumber), Reason: queue.NotThePKID, Entry: after, Text: string(e.PKID)}, nil
}
