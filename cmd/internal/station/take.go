package station

import (
	"cmp"
	"context"
	"slices"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

// Take takes one scan and gives the verdicts that are due: one for a scan of
// its own; for a camera none until the frame's last code, then one for each
// new code of the frame. On an error the codes without verdict were not kept.
func (s *Station) Take(ctx context.Context, scan scanner.Scan) ([]queue.Verdict, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.open() {
		return nil, ErrNoReception
	}
	if scan.Frame == 0 {
		v, err := s.one(ctx, seeing{scan: scan, code: label.Classify(scan)})
		return verdicts(v, err)
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
	if !s.open() {
		return queue.Verdict{}, ErrNoReception
	}
	scan := scanner.Scan{Text: text, Source: "typed"}
	code := label.Classify(scan)
	if _, err := autopilot.ParsePKID(code.Text); err != nil {
		if code.Kind != label.Secret && code.Kind != label.Other {
			code = label.Code{Kind: label.Other, Reason: label.Unknown, Text: code.Text}
		}
		return s.turnAway(seeing{scan: scan, code: code}, queue.NotTaken, queue.Reason(code.Reason)), nil
	}
	s.pairer.Close()
	return s.capture(ctx, seeing{scan: scan, code: code}, queue.TypedByHand)
}

// seeing is a scan and what it was taken for.
type seeing struct {
	scan  scanner.Scan
	code  label.Code
	alone bool // it belongs to no box that others belong to
}

// together takes the codes of one frame.
func (s *Station) together(ctx context.Context, frame []scanner.Scan) ([]queue.Verdict, error) {
	codes, all := make([]seeing, 0, len(frame)), make([]label.Code, 0, len(frame))
	for _, scan := range frame {
		code := label.Classify(scan)
		all = append(all, code)
		codes = append(codes, seeing{scan: scan, code: code})
	}
	several := label.SeveralPKIDs(all)
	if several || s.another(all) {
		s.pairer.Close()
	}
	slices.SortStableFunc(codes, func(a, b seeing) int { return cmp.Compare(rank(a.code.Kind), rank(b.code.Kind)) })
	for i := range codes {
		codes[i].alone = several
	}
	given, err := s.each(ctx, codes)
	if several {
		s.pairer.Close()
	}
	return weighed(given), err
}

// code tells the codes of a camera apart.
type code struct {
	text      string
	symbology scanner.Symbology
}

// each takes the new codes of a frame, and those that an earlier frame gave and
// that could not be kept: the camera calls them repeats for as long as the box
// is in view.
func (s *Station) each(ctx context.Context, codes []seeing) (given []queue.Verdict, err error) {
	owed := map[code]bool{}
	for _, c := range codes {
		key := code{c.scan.Text, c.scan.Symbology}
		if c.scan.Repeat && !s.owed[key] {
			continue
		}
		if err != nil {
			owed[key] = true
			continue
		}
		var v queue.Verdict
		if v, err = s.one(ctx, c); err != nil {
			owed[key] = true
			continue
		}
		given = append(given, v)
	}
	s.owed = owed
	return given, err
}

// weighed puts the verdicts of a frame in the order of their weight: the last
// one is what stays on the screen, and it must not be that of the EAN beside a
// PKID. Each shows its box as it is after the whole frame.
func weighed(given []queue.Verdict) []queue.Verdict {
	latest := map[string]queue.Entry{}
	for _, v := range given {
		latest[v.Entry.ID] = v.Entry
	}
	for i, v := range given {
		if v.Word == queue.Accepted {
			given[i].Entry = latest[v.Entry.ID]
		}
	}
	weights := []queue.Word{queue.Ignored, queue.NotTaken, queue.Attached, queue.Seen, queue.Accepted, queue.OnHold}
	slices.SortStableFunc(given, func(a, b queue.Verdict) int {
		return cmp.Or(
			cmp.Compare(slices.Index(weights, a.Word), slices.Index(weights, b.Word)),
			cmp.Compare(rank(label.Kind(b.Kind)), rank(label.Kind(a.Kind))),
		)
	})
	return given
}

// another says whether a frame with a PKID shows another box than the one at
// hand, which waits for its own PKID.
func (s *Station) another(codes []label.Code) bool {
	box, open := s.pairer.Current()
	if !open || box.PKID != "" || box.Serial == "" {
		return false
	}
	has := func(kind label.Kind) bool {
		return slices.ContainsFunc(codes, func(c label.Code) bool { return c.Kind == kind })
	}
	return has(label.PKID) && has(label.Serial) && !slices.ContainsFunc(codes, func(c label.Code) bool {
		return c.Kind == label.Serial && c.Text == box.Serial
	})
}

// rank is the order in which the codes of a frame are taken.
func rank(k label.Kind) int { return slices.Index(label.Kinds(), k) }

// one takes one code.
func (s *Station) one(ctx context.Context, c seeing) (queue.Verdict, error) {
	switch c.code.Kind {
	case label.Secret:
		return s.turnAway(c, queue.NotTaken, queue.Secret), nil
	case label.Other:
		return s.turnAway(c, queue.NotTaken, queue.Reason(c.code.Reason)), nil
	case label.PKID:
		return s.capture(ctx, c, doubtOf(c.code))
	case label.Serial, label.Model:
		switch {
		case !s.pairing:
			return s.turnAway(c, queue.Ignored, queue.NoPairing), nil
		case c.alone:
			return s.turnAway(c, queue.Ignored, queue.SeveralBoxes), nil
		}
		return s.attach(ctx, c)
	case label.TradeNumber, label.Part, label.Order, label.MAC, label.IMEI, label.ICCID, label.SSCC, label.Quantity, label.Command:
		return s.turnAway(c, queue.Ignored, queue.NoIdentity), nil
	default:
		return s.turnAway(c, queue.NotTaken, queue.UnknownCode), nil
	}
}

func doubtOf(c label.Code) queue.Reason {
	if c.Confidence == label.Ambiguous {
		return queue.CouldBeGTIN
	}
	return ""
}
