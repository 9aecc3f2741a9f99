package station

import (
	"cmp"
	"context"
	"slices"
	"time"

	"pkidstation/queue"
	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

// together takes the codes of one frame.
func (s *Station) together(ctx context.Context, frame []scanner.Scan) ([]queue.Verdict, error) {
	codes, all := make([]seeing, 0, len(frame)), make([]label.Code, 0, len(frame))
	for _, scan := range frame {
		code := s.classify(scan)
		all = append(all, code)
		codes = append(codes, seeing{scan: scan, code: code, hand: s.handOf(scan.Source)})
	}
	h := codes[0].hand
	switch several := severalSerials(all); {
	case s.locked:
		return s.aside(codes, queue.Locked), nil
	case s.change != nil:
		return s.aside(codes, queue.NotNow), nil
	case (label.SeveralPKIDs(all) || several > 1) && h.carton == nil:
		return s.aside(codes, queue.OneLabel), nil
	}
	for i := range codes {
		codes[i].mate = only(all, label.PKID)
		codes[i].alone = codes[i].code.Kind == label.Serial && codes[i].code.Confidence == label.Ambiguous && differentSerials(all) > 1
	}
	if another(h, all, at(codes[0])) {
		h.pairer.Close()
	}
	slices.SortStableFunc(codes, func(a, b seeing) int { return cmp.Compare(rank(a.code.Kind), rank(b.code.Kind)) })
	given, err := s.each(ctx, codes)
	return weighed(given), err
}

// severalSerials is how many different serials a frame shows that are serials
// beyond doubt; differentSerials counts those in doubt too.
func severalSerials(codes []label.Code) int {
	return len(texts(codes, func(c label.Code) bool { return c.Kind == label.Serial && c.Confidence != label.Ambiguous }))
}

func differentSerials(codes []label.Code) int {
	return len(texts(codes, func(c label.Code) bool { return c.Kind == label.Serial }))
}

func texts(codes []label.Code, wanted func(label.Code) bool) map[string]bool {
	found := map[string]bool{}
	for _, c := range codes {
		if wanted(c) {
			found[c.Text] = true
		}
	}
	return found
}

// code tells the codes of a camera apart.
type code struct {
	text      string
	symbology scanner.Symbology
}

// A debt is a code that the camera gave and that was not kept.
type debt int

const (
	// failed: it could not be kept.
	failed debt = iota + 1
	// crowded: another PKID was in view, and that was said.
	crowded
)

// aside takes nothing of a frame: with two labels in view nobody can tell which
// code is whose. It says so once for each code, and each is taken as soon as it
// can be.
func (s *Station) aside(codes []seeing, why queue.Reason) (given []queue.Verdict) {
	owed := map[code]debt{}
	for _, c := range codes {
		key := code{c.scan.Text, c.scan.Symbology}
		before := s.owed[key]
		if c.scan.Repeat && before == 0 {
			continue // taken when it was alone
		}
		owed[key] = crowded
		if before != crowded {
			given = append(given, s.turnAway(c, queue.NotTaken, setAside(c, why)))
		}
	}
	s.owed = owed
	return given
}

// setAside is why a code is set aside: a product key is one above all.
func setAside(c seeing, why queue.Reason) queue.Reason {
	if c.code.Kind == label.Secret {
		return queue.Secret
	}
	return why
}

// each takes the new codes of a frame, and those that an earlier frame gave and
// that could not be kept: the camera calls them repeats for as long as the box
// is in view.
func (s *Station) each(ctx context.Context, codes []seeing) (given []queue.Verdict, err error) {
	owed := map[code]debt{}
	for _, c := range codes {
		key := code{c.scan.Text, c.scan.Symbology}
		if c.scan.Repeat && s.owed[key] == 0 {
			c.hand.pairer.Touch(at(c)) // the label is still in view
			continue
		}
		if err != nil {
			owed[key] = failed
			continue
		}
		var v queue.Verdict
		if v, err = s.one(ctx, c); err != nil {
			owed[key] = failed
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

// glance is how long a label may be out of a camera's sight, as when a hand
// passes, without the next one being taken for another.
const glance = time.Second

// another says whether a frame shows another box than the one at hand: a frame is
// one label, and what is on it belongs together. A label of which nothing is what
// the camera saw before, a while ago, is another one.
func another(h *hand, codes []label.Code, now time.Time) bool {
	box, open := h.pairer.Current()
	pkid, serial := only(codes, label.PKID), only(codes, label.Serial)
	switch {
	case !open || pkid == "" && serial == "":
		return false
	case pkid != "" && pkid == box.PKID, serial != "" && serial == box.Serial:
		return box.PKID != "" && pkid != "" && box.PKID != pkid || box.Serial != "" && serial != "" && box.Serial != serial
	case pkid != "" && serial != "":
		return box.PKID != "" || box.Serial != ""
	default:
		return h.seen && now.Sub(box.Last) > glance
	}
}

// only is the first code of a kind.
func only(codes []label.Code, kind label.Kind) string {
	at := slices.IndexFunc(codes, func(c label.Code) bool { return c.Kind == kind })
	if at < 0 {
		return ""
	}
	return codes[at].Text
}

// rank is the order in which the codes of a frame are taken.
func rank(k label.Kind) int { return slices.Index(label.Kinds(), k) }
