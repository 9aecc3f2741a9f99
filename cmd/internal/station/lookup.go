package station

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
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
	if code.Kind == label.Secret {
		l.Text = ""
	}
	sure, perhaps := sought(code, scan)
	l.Known = code.Kind == label.PKID || len(sure) > 0
	if !l.Known && len(perhaps) == 0 {
		return l, nil
	}
	if l.Text == "" {
		l.Text = shortened(append(sure, perhaps...)[0])
	}
	pkid := autopilot.PKID("")
	if code.Kind == label.PKID {
		pkid = autopilot.PKID(code.Text)
	}
	if err := s.find(ctx, &l, pkid, sure); err != nil {
		return l, err
	}
	if len(l.Found) == 0 {
		if err := s.find(ctx, &l, "", perhaps); err != nil {
			return l, err
		}
		if len(l.Found) > 0 && !l.Known {
			l.Known, l.Kind = true, label.Serial
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

// find adds what has a PKID or one of some serials, the newest first.
func (s *Station) find(ctx context.Context, l *Looked, pkid autopilot.PKID, serials []string) error {
	if pkid != "" {
		serials = append(serials, "")
	}
	for _, serial := range serials {
		found, err := s.queue.Find(ctx, pkid, serial)
		if err != nil {
			return fmt.Errorf("looking a box up: %w", err)
		}
		for _, e := range found {
			if !slices.ContainsFunc(l.Found, func(o queue.Entry) bool { return o.ID == e.ID }) {
				l.Found = append(l.Found, e)
			}
		}
	}
	slices.SortFunc(l.Found, func(a, b queue.Entry) int { return cmp.Compare(b.Seq, a.Seq) })
	return nil
}

// sought are the serials that a code is looked up by. What nobody knows may be one of
// a manufacturer whose shape is not known. What is taken for something else may be
// one all the same (one in ten of Surface's passes for an article number), and where
// a label has a data identifier before it, another may have none: by those it is
// looked up where there is nothing else.
func sought(code label.Code, scan scanner.Scan) (sure, perhaps []string) {
	read := strings.TrimSpace(scan.Text)
	switch code.Kind {
	case label.Serial:
		if sure = []string{code.Text}; code.Or != "" {
			sure = append(sure, code.Or)
		}
		perhaps = []string{"S" + code.Text, "SN" + code.Text}
	case label.PKID:
		perhaps = []string{code.Text}
	case label.TradeNumber, label.Model, label.Part, label.Order, label.MAC, label.IMEI, label.ICCID, label.SSCC, label.Quantity:
		perhaps = []string{code.Text, read}
	case label.Other:
		switch {
		case read == "":
		case code.Reason == label.Unknown:
			sure = []string{read}
		case code.Reason == label.ExpressCode, code.Reason == label.SNID, code.Reason == label.NoIdentity:
			perhaps = []string{read}
		}
	case label.Command, label.Secret:
	}
	return sure, slices.DeleteFunc(perhaps, func(s string) bool { return s == "" })
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
