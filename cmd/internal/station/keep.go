package station

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

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
	into, doubt := s.place(c)
	if doubt && hold == "" {
		hold = queue.Conflict
	}
	v, err := twice(func(id string) (queue.Verdict, error) {
		return s.queue.Capture(ctx, queue.Capture{
			ID: id, Reception: s.reception.ID, Into: into, PKID: pkid, Hold: hold, Read: c.read(), By: s.operator,
		})
	})
	return s.keptAs(c, v, err)
}

// attach has the queue keep a serial or model.
func (s *Station) attach(ctx context.Context, c seeing) (queue.Verdict, error) {
	into, doubt := s.place(c)
	part := queue.Part{Reception: s.reception.ID, Into: into, Model: c.code.Model, Read: c.read(), By: s.operator}
	if c.code.Kind == label.Serial {
		part.Serial = c.code.Text
	} else {
		part.Model = c.code.Text
	}
	if doubt {
		part.Doubt = queue.Conflict
	}
	v, err := twice(func(id string) (queue.Verdict, error) {
		part.ID = id
		return s.queue.Attach(ctx, part)
	})
	return s.keptAs(c, v, err)
}

// place is the entry of the box that the code joins, empty for a new box.
func (s *Station) place(c seeing) (into string, doubt bool) {
	if !s.pairing || c.alone {
		return "", false
	}
	place := s.pairer.Place(c.code, at(c))
	if place.Joins {
		into = s.box
	}
	return into, place.Doubt
}

// twice tries a write again when nobody knows what became of the first try;
// the event UUID makes sure that it is kept once.
func twice(try func(id string) (queue.Verdict, error)) (queue.Verdict, error) {
	id := uuid.NewString()
	v, err := try(id)
	if _, unknown := errors.AsType[*queue.CommitError](err); unknown {
		v, err = try(id)
	}
	return v, err
}

// keptAs is what the queue said about a code, and makes its box the one at
// hand.
func (s *Station) keptAs(c seeing, v queue.Verdict, err error) (queue.Verdict, error) {
	if err != nil {
		s.pairer.Close()
		return v, fmt.Errorf("keeping a %s: %w", c.code.Kind, err)
	}
	s.box = v.Entry.ID
	v.Kind = string(c.code.Kind)
	return v, nil
}

// turnAway is the verdict on a code that is not kept.
func (s *Station) turnAway(c seeing, word queue.Word, why queue.Reason) queue.Verdict {
	if why == "" {
		why = queue.UnknownCode
	}
	v := queue.Verdict{Word: word, Kind: string(c.code.Kind), Text: shortened(c.scan.Text), Reason: why, At: time.Now()}
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
	return queue.Read{Text: c.scan.Text, Symbology: string(c.scan.Symbology), AIM: c.scan.AIM, Source: c.scan.Source, At: at(c)}
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
