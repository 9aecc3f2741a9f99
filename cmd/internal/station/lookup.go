package station

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

// Looked is what is known here of a code that was read to be looked up, and not to
// be kept.
type Looked struct {
	// Text is what was read, empty for a product key.
	Text string
	// Or is the other reading of a serial (label.Code).
	Or   string
	Kind label.Kind
	// Known says that a code of its kind can identify a box.
	Known bool
	// Found are the entries that have it, the newest first, gone ones too.
	Found []queue.Entry
	// RegisteredAt is when the one that stands for the box (queue.StandsFor) was
	// registered last, zero where it never was.
	RegisteredAt time.Time
}

// LookUp looks a code up and keeps nothing of it.
func (s *Station) LookUp(ctx context.Context, scan scanner.Scan) (Looked, error) {
	code := s.Classify(scan)
	l := Looked{Text: shortened(code.Text), Or: code.Or, Kind: code.Kind}
	pkid, serials := sought(code, scan)
	if code.Kind == label.Secret {
		l.Text = ""
	}
	if l.Known = pkid != "" || len(serials) > 0; !l.Known {
		return l, nil
	}
	if l.Text == "" {
		l.Text = shortened(serials[0])
	}
	for _, serial := range append(serials, "") {
		var err error
		if l.Found, err = s.queue.Find(ctx, pkid, serial); err != nil {
			return l, fmt.Errorf("looking a box up: %w", err)
		}
		if len(l.Found) > 0 {
			break
		}
	}
	if e, found := queue.StandsFor(l.Found); found {
		return l, s.registered(ctx, e, &l.RegisteredAt)
	}
	return l, nil
}

// LookAgain looks at what was found again, as it stands now.
func (s *Station) LookAgain(ctx context.Context, l Looked) (Looked, error) {
	found := make([]queue.Entry, 0, len(l.Found))
	for _, e := range l.Found {
		now, err := s.queue.Entry(ctx, e.ID)
		switch {
		case errors.Is(err, queue.ErrNoEntry): // its time to be kept is over
		case err != nil:
			return l, fmt.Errorf("looking a box up again: %w", err)
		default:
			found = append(found, now)
		}
	}
	l.Found, l.RegisteredAt = found, time.Time{}
	if e, found := queue.StandsFor(l.Found); found {
		return l, s.registered(ctx, e, &l.RegisteredAt)
	}
	return l, nil
}

// sought is what a code is looked up by. What nobody knows may be a serial of a
// manufacturer whose shape is not known.
func sought(code label.Code, scan scanner.Scan) (pkid autopilot.PKID, serials []string) {
	switch {
	case code.Kind == label.PKID:
		return autopilot.PKID(code.Text), nil
	case code.Kind == label.Serial && code.Or != "":
		return "", []string{code.Text, code.Or}
	case code.Kind == label.Serial:
		return "", []string{code.Text}
	case code.Kind == label.Other && code.Reason == label.Unknown:
		if text := strings.TrimSpace(scan.Text); text != "" {
			return "", []string{text}
		}
	}
	return "", nil
}

// registered finds when an entry was registered last.
func (s *Station) registered(ctx context.Context, e queue.Entry, at *time.Time) error {
	lines, err := s.queue.History(ctx, e.ID)
	if err != nil {
		return fmt.Errorf("looking a box up: %w", err)
	}
	for _, line := range lines {
		if line.To == queue.Registered && line.From != queue.Registered {
			*at = line.At
		}
	}
	return nil
}
