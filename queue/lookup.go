package queue

import (
	"context"
	"slices"

	"pkidstation/queue/autopilot"
)

// Find gives every entry that has a PKID or a serial, the newest first: those that
// are gone too, for of them it is told when they went. An empty one of the two is
// not looked for.
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
		if serial != "" {
			if err := eachWithKey(tx, bucketSerial, wordPrefix(serial), add); err != nil {
				return err
			}
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
// registered, or at least was sent; else the newest that still stands; else the
// newest. found is as Find gives it; false where there is none.
func StandsFor(found []Entry) (Entry, bool) {
	for _, is := range []func(Entry) bool{
		func(e Entry) bool { return e.State == Registered || e.State == Removing },
		func(e Entry) bool { return !e.State.Gone() && !e.State.NeverSent() },
		func(e Entry) bool { return !e.State.Gone() },
		func(Entry) bool { return true },
	} {
		if at := slices.IndexFunc(found, is); at >= 0 {
			return found[at], true
		}
	}
	return Entry{}, false
}
