package station

import (
	"context"
	"errors"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

// Take takes one scan and gives the verdicts that are due: one for a scan of
// its own; for a camera none until the frame's last code, then one for each
// new code of the frame. On an error the codes without verdict were not kept.
// Without an open reception a command is taken, an order's code where people are
// asked, and what nothing is kept of; anything else is ErrNoReception.
func (s *Station) Take(ctx context.Context, scan scanner.Scan) ([]queue.Verdict, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.handOf(scan.Source)
	given, err := s.take(ctx, scan)
	s.layered(ctx, given)
	if err != nil && !errors.Is(err, ErrNoReception) {
		h.drop() // nobody knows how far it came: nothing may join the box at hand
		h.pairer.Shake()
	}
	if len(given) > 0 {
		h.verdict = given[len(given)-1]
	}
	return given, err
}

func (s *Station) take(ctx context.Context, scan scanner.Scan) ([]queue.Verdict, error) {
	c := seeing{scan: scan, code: s.classify(scan), hand: s.handOf(scan.Source)}
	s.wonder(!scan.Repeat)
	if scan.Frame > 0 {
		return s.inFrame(ctx, scan)
	}
	switch {
	case c.code.Kind == label.Secret:
		s.change = nil
	case c.code.Kind == label.Command:
		return verdicts(s.command(ctx, c))
	case s.locked:
		return verdicts(s.turnAway(c, queue.NotTaken, queue.Locked), nil)
	case s.change != nil:
		return verdicts(s.ordered(ctx, c))
	case s.forNobody():
		if v, given, err := s.orderFirst(ctx, c); given || err != nil {
			return verdicts(v, err)
		}
		if !s.open() {
			return nil, ErrNoReception
		}
	}
	c.hand.answered = ""
	return verdicts(s.one(ctx, c))
}

// inFrame collects the codes of a camera's frame. While nothing can be taken of
// it, what is held in view all the time says so once.
func (s *Station) inFrame(ctx context.Context, scan scanner.Scan) ([]queue.Verdict, error) {
	fresh := !scan.Repeat || s.owed[code{scan.Text, scan.Symbology}] != 0
	if !s.open() && !s.locked && s.change == nil {
		if fresh || len(s.frame) > 0 {
			return nil, ErrNoReception
		}
		return nil, nil
	}
	if len(s.frame) > 0 && s.frame[0].Frame != scan.Frame {
		s.frame = nil
	}
	if s.frame = append(s.frame, scan); len(s.frame) < scan.Of {
		return nil, nil
	}
	frame := s.frame
	s.frame = nil
	return s.together(ctx, frame)
}

// Typed keeps a PKID that a person typed because no scanner could read it. It
// is held: a person must look at the box again.
func (s *Station) Typed(ctx context.Context, text string) (queue.Verdict, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wonder(true)
	scan := scanner.Scan{Text: text, Source: "typed"}
	c := seeing{scan: scan, code: s.classify(scan), hand: s.handOf(scan.Source)}
	switch {
	case s.locked && c.code.Kind != label.Secret:
		return s.turnAway(c, queue.NotTaken, queue.Locked), nil
	case s.change != nil:
		s.change = nil
		return s.turnAway(c, queue.NotTaken, queue.NotChanged), nil
	case !s.open():
		return queue.Verdict{}, ErrNoReception
	}
	if _, err := autopilot.ParsePKID(c.code.Text); err != nil {
		if c.code.Kind != label.Secret && c.code.Kind != label.Other {
			c.code = label.Code{Kind: label.Other, Reason: label.Unknown, Text: c.code.Text}
		}
		return s.turnAway(c, queue.NotTaken, queue.Reason(c.code.Reason)), nil
	}
	if c.alone = c.hand.carton != nil; !c.alone && !s.waitsUnreadable(ctx, c.hand) {
		c.hand.pairer.Close()
	}
	return s.capture(ctx, c, queue.TypedByHand)
}

// waitsUnreadable says whether the box at hand is one whose PKID could not be
// read: what is typed then is its.
func (s *Station) waitsUnreadable(ctx context.Context, h *hand) bool {
	if h.box == "" {
		return false
	}
	e, err := s.queue.Entry(ctx, h.box)
	return err == nil && e.Reason == queue.Unreadable
}

// seeing is a scan and what it was taken for.
type seeing struct {
	scan  scanner.Scan
	code  label.Code
	hand  *hand
	alone bool   // it belongs to no box that others belong to
	mate  string // the PKID on the same frame: one label
}

// one takes one code.
func (s *Station) one(ctx context.Context, c seeing) (queue.Verdict, error) {
	if c.code.Kind != label.PKID && c.code.Kind != label.Serial && c.code.Kind != label.Model && c.code.Kind != label.Part {
		c.hand.pairer.Touch(at(c))
	}
	switch c.code.Kind {
	case label.Secret:
		return s.turnAway(c, queue.NotTaken, queue.Secret), nil
	case label.Other:
		return s.other(c), nil
	case label.PKID:
		return s.pkid(ctx, c)
	case label.Serial, label.Model:
		switch {
		case !s.pairing:
			return s.turnAway(c, queue.Ignored, queue.NoPairing), nil
		case c.hand.carton != nil:
			return s.turnAway(c, queue.Ignored, queue.InCarton), nil
		case c.alone:
			return s.turnAway(c, queue.Ignored, queue.SeveralBoxes), nil
		}
		return s.attach(ctx, c)
	case label.Part:
		return s.part(ctx, c)
	case label.SSCC:
		return s.pallet(ctx, c)
	case label.Quantity:
		return s.quantity(c)
	case label.TradeNumber:
		return s.tradeNumber(ctx, c)
	case label.Order, label.MAC, label.IMEI, label.ICCID, label.Command:
		return s.turnAway(c, queue.Ignored, queue.NoIdentity), nil
	default:
		return s.turnAway(c, queue.NotTaken, queue.UnknownCode), nil
	}
}

// pkid takes what may be the PKID, unless it was learnt to be something else.
func (s *Station) pkid(ctx context.Context, c seeing) (queue.Verdict, error) {
	if c.hand.carton != nil {
		return s.inCarton(ctx, c)
	}
	if c.code.Confidence != label.Ambiguous {
		return s.capture(ctx, c, "")
	}
	if article, err := s.article(ctx, c); err != nil || article {
		return s.turnAway(seeing{scan: c.scan, code: label.Code{Kind: label.TradeNumber}}, queue.Ignored, queue.LearntGTIN), err
	}
	return s.capture(ctx, c, queue.CouldBeGTIN)
}
