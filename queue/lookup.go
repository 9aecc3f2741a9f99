package queue

import (
	"context"
	"slices"

	"pkidstation/queue/autopilot"
)

// Find gives every entry that has a PKID or a serial, in whatever letters, the newest
// first: those that are gone too, for of them it is told when they went. What goes by
// its hardware hash has what is inside. An empty one of the two is not looked for.
func (q *Queue) Find(ctx context.Context, pkid autopilot.PKID, serial string) (found []Entry, err error) {
	err = q.read(ctx, func(tx *transaction) error {
		found = nil
		add := func(e Entry) {
			if !slices.ContainsFunc(found, func(o Entry) bool { return o.Seq == e.Seq }) {
				found = append(found, e)
			}
		}
		if err := eachOfPKID(tx, pkid, add); err != nil {
			return err
		}
		if err := eachOfSerial(tx, serial, add); err != nil {
			return err
		}
		slices.SortFunc(found, func(a, b Entry) int { return int(b.Seq) - int(a.Seq) }) //nolint:gosec // sequences are small
		for i := range found {
			if err := nameActors(tx, &found[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return found, err
}

// StandsFor is the entry of one box's that tells the most of it: the newest that is
// registered, or at least was sent; else the newest that still stands; else the newest
// that went somewhere; else the newest. found is as Find gives it; false where there is none.
func StandsFor(found []Entry) (Entry, bool) {
	for _, is := range []func(Entry) bool{
		func(e Entry) bool { return e.State == Registered || e.State == Removing },
		func(e Entry) bool { return !e.State.Gone() && !e.State.NeverSent() },
		func(e Entry) bool { return !e.State.Gone() },
		func(e Entry) bool { return e.State == Removed || e.State == Moved },
		func(Entry) bool { return true },
	} {
		if at := slices.IndexFunc(found, is); at >= 0 {
			return found[at], true
		}
	}
	return Entry{}, false
}

// Several says whether what was found are different devices, of which only the PKID
// says which one is at hand: two that stand have different PKIDs or, where that of one
// is not known, were both sent.
func Several(found []Entry) bool {
	for i, a := range found {
		for _, b := range found[i+1:] {
			known := a.pkid() != "" && b.pkid() != ""
			switch {
			case a.State.Gone() || b.State.Gone():
			case known && a.pkid() != b.pkid(), !known && !a.State.NeverSent() && !b.State.NeverSent():
				return true
			}
		}
	}
	return false
}
