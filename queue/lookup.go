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
