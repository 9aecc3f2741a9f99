package station

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/scanner/label"
)

// capture has the queue keep a PKID.
func (s *Station) capture(ctx context.Context, c seeing, hold queue.Reason) (queue.Verdict, error) {
	pkid, err := autopilot.ParsePKID(c.code.Text)
	if err != nil {
		return s.turnAway(c, queue.NotTaken, queue.UnknownCode), nil //nolint:nilerr // the verdict says so
	}
	known, err := s.earlier(ctx, c, pkid)
	if err != nil {
		return queue.Verdict{}, err
	}
	into, doubt, err := s.place(ctx, c, known)
	if err != nil {
		return queue.Verdict{}, err
	}
	v, err := twice(func(id string) (queue.Verdict, error) {
		return s.queue.Capture(ctx, queue.Capture{
			ID: id, Reception: s.reception.ID, Into: into, PKID: pkid, Hold: hold, Doubt: doubt, Unconfirmed: s.unsure(), Done: c.alone,
			Read: c.read(), By: s.operator,
		})
	})
	v, err = s.keptAs(ctx, c, v, err)
	if err == nil && v.Entry.State == queue.Held && v.Entry.Reason == queue.CouldBeGTIN {
		c.hand.asking = v.Entry.ID
	}
	return v, err
}

// earlier says whether the PKID is kept in a box before the one at hand. The box
// just before, if it still lacks its serial, is no such box: whoever reads it
// again may be about to read that.
func (s *Station) earlier(ctx context.Context, c seeing, pkid autopilot.PKID) (bool, error) {
	if !s.pairing || c.alone {
		return false, nil
	}
	e, known, err := s.queue.Standing(ctx, s.reception.Work, pkid, "")
	if err != nil {
		return false, fmt.Errorf("looking for a PKID: %w", err)
	}
	last := e.ID == c.hand.last && e.Serial == ""
	return known && e.ID != c.hand.box && !last, nil
}

// attach has the queue keep a serial or model.
func (s *Station) attach(ctx context.Context, c seeing) (queue.Verdict, error) {
	if v, seen, err := s.complete(ctx, c); err != nil || seen {
		return v, err
	}
	into, doubt, err := s.placeBeside(ctx, c)
	if err != nil {
		return queue.Verdict{}, err
	}
	into, struck, err := s.unlessArticle(ctx, c, into)
	if err != nil {
		return queue.Verdict{}, err
	}
	part := queue.Part{Reception: s.reception.ID, Into: into, Model: c.code.Model, Maker: c.code.Maker, Unconfirmed: s.unsure(), Read: c.read(), By: s.operator}
	if c.code.Kind == label.Serial {
		part.Serial = c.code.Text
	} else {
		part.Model = c.code.Text
	}
	switch {
	case doubt:
		part.Doubt = queue.Conflict
	case part.Read.Unsure:
		part.Doubt = queue.LayoutOpen
	}
	v, err := twice(func(id string) (queue.Verdict, error) {
		part.ID = id
		return s.queue.Attach(ctx, part)
	})
	if v, err = s.keptAs(ctx, c, v, err); err == nil && struck.ID != "" && v.Reason == "" {
		v.Reason, v.Other = queue.LearntGTIN, struck
	}
	return v, err
}

// placeBeside is place for what may be on one frame with a PKID: then it is of
// that PKID's box, whatever was read before.
func (s *Station) placeBeside(ctx context.Context, c seeing) (into string, doubt bool, err error) {
	if c.mate == "" {
		return s.place(ctx, c, false)
	}
	e, ok, err := s.queue.Standing(ctx, s.reception.Work, autopilot.PKID(c.mate), "")
	if err != nil || !ok {
		return "", false, err
	}
	if place := c.hand.pairer.Place(c.code, at(c), false); place.Opens {
		c.hand.pairer.Close()
	}
	return e.ID, false, nil
}

// complete gives the verdict on a serial of an earlier box that has its PKID: it
// was read again and tells nothing about the box at hand.
func (s *Station) complete(ctx context.Context, c seeing) (queue.Verdict, bool, error) {
	if c.code.Kind != label.Serial || c.scan.Frame > 0 { // what is on one frame belongs together
		return queue.Verdict{}, false, nil
	}
	e, known, err := s.queue.Standing(ctx, s.reception.Work, "", c.code.Text)
	if err != nil || !known || e.PKID == "" || e.ID == c.hand.box {
		return queue.Verdict{}, false, err
	}
	c.hand.pairer.Touch(at(c))
	v := s.turnAway(c, queue.Seen, queue.Reason(e.State))
	v.Entry = e
	return v, true, nil
}

// place is the entry of the box that the code joins, empty for a new box. Boxes
// that the code puts into doubt are held.
func (s *Station) place(ctx context.Context, c seeing, known bool) (into string, doubt bool, err error) {
	h := c.hand
	if !s.pairing || c.alone {
		return "", false, nil
	}
	place := h.pairer.Place(c.code, at(c), known)
	if place.Opens && h.box != "" {
		h.last, h.box = h.box, ""
	}
	if place.Fresh {
		h.window = nil
	}
	if place.Muddles {
		if _, err := s.queue.Doubt(ctx, h.window, s.operator); err != nil {
			return "", false, fmt.Errorf("holding boxes in doubt: %w", err)
		}
	}
	return h.box, place.Doubt, nil
}

// twice tries a write again when nobody knows what became of the first try;
// the event UUID makes sure that it is kept once.
func twice(try func(id string) (queue.Verdict, error)) (queue.Verdict, error) {
	id := queue.NewID()
	v, err := try(id)
	if _, unknown := errors.AsType[*queue.CommitError](err); unknown {
		v, err = try(id)
	}
	return v, err
}

// keptAs is what the queue said about a code, and makes its box the one at
// hand. A part number that was read before its box had an entry is kept now; the
// verdict on the code is owed even if that fails, for it identifies nothing.
func (s *Station) keptAs(ctx context.Context, c seeing, v queue.Verdict, err error) (queue.Verdict, error) {
	h := c.hand
	if err != nil {
		return v, fmt.Errorf("keeping a %s: %w", c.code.Kind, err)
	}
	if !c.alone {
		h.at(v.Entry.ID)
		h.seen = c.scan.Frame > 0
	}
	v.Kind, v.Layout = string(c.code.Kind), c.scan.Layout
	v = s.atTheDock(ctx, v)
	if box, open := h.pairer.Current(); open && s.pairing && !c.alone && box.Part != "" && v.Entry.Part == "" {
		read := queue.Read{Text: box.Part, Source: c.scan.Source, At: box.Opened}
		_ = s.queue.AddPart(ctx, h.box, box.Part, read, s.operator)
	}
	return v, nil
}

// at makes an entry the box at hand.
func (h *hand) at(id string) {
	if h.box == id {
		return
	}
	if !slices.Contains(h.window, id) {
		h.window = append(h.window, id)
	}
	h.box = id
	if h.asking != id {
		h.asking = ""
	}
}

// turnAway is the verdict on a code that is not kept.
func (s *Station) turnAway(c seeing, word queue.Word, why queue.Reason) queue.Verdict {
	if why == "" {
		why = queue.UnknownCode
	}
	v := queue.Verdict{
		Word: word, Kind: string(c.code.Kind), Text: shortened(c.scan.Text), Reason: why, Layout: c.scan.Layout, Unsure: c.scan.Unsure, At: time.Now(),
	}
	if c.code.Kind == label.Secret {
		v.Text = ""
	}
	return v
}

// shortened keeps what a person needs to know a refused code again.
func shortened(text string) string {
	const enough = 64
	if len(text) <= enough {
		return text
	}
	return text[:enough] + "…"
}

func (c seeing) read() queue.Read {
	return queue.Read{
		Text: c.scan.Text, Symbology: string(c.scan.Symbology), AIM: c.scan.AIM, Source: c.scan.Source, Layout: c.scan.Layout,
		Unsure: c.scan.Unsure && c.code.Confidence == label.Ambiguous, At: at(c),
	}
}

func at(c seeing) time.Time {
	if c.scan.At.IsZero() {
		return time.Now()
	}
	return c.scan.At
}

func verdicts(v queue.Verdict, err error) ([]queue.Verdict, error) {
	if err != nil {
		return nil, err
	}
	return []queue.Verdict{v}, nil
}
