package lists

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"pkidstation/queue"
	"pkidstation/queue/manifest"
	"pkidstation/queue/manifest/table"
)

// ErrNoProfile is that no profile is kept under a supplier's name.
var ErrNoProfile = errors.New("no profile of that name")

// Profiles are the profiles that are kept, by supplier.
func Profiles(ctx context.Context, q *queue.Queue) ([]manifest.Profile, error) {
	kept, err := q.AllLearnt(ctx, queue.LearnProfile)
	if err != nil {
		return nil, err
	}
	all := make([]manifest.Profile, 0, len(kept))
	for _, l := range kept {
		p, err := manifest.ParseProfile([]byte(l.Value))
		if err != nil {
			return nil, fmt.Errorf("the profile of %q: %w", l.Key, err)
		}
		all = append(all, p)
	}
	return all, nil
}

// Profile is the profile that is kept of a supplier, whatever case and accents the
// name is given in, or ErrNoProfile.
func Profile(ctx context.Context, q *queue.Queue, supplier string) (manifest.Profile, error) {
	all, err := Profiles(ctx, q)
	if err != nil {
		return manifest.Profile{}, err
	}
	at := slices.IndexFunc(all, func(p manifest.Profile) bool { return table.Key(p.Name) == table.Key(supplier) })
	if at < 0 {
		return manifest.Profile{}, fmt.Errorf("%w: %q", ErrNoProfile, supplier)
	}
	return all[at], nil
}

// Save keeps a profile in the place of the one that the supplier has.
func Save(ctx context.Context, q *queue.Queue, p manifest.Profile, act queue.Act) error {
	if err := p.Check(); err != nil {
		return err
	}
	text, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("writing a profile: %w", err)
	}
	if before, err := Profile(ctx, q, p.Name); err == nil && before.Name != p.Name {
		if err := q.Forget(ctx, queue.LearnProfile, before.Name, act); err != nil {
			return err
		}
	}
	return q.Learn(ctx, queue.LearnProfile, p.Name, string(text), act)
}

// Forget drops the profile of a supplier, or says ErrNoProfile.
func Forget(ctx context.Context, q *queue.Queue, supplier string, act queue.Act) error {
	p, err := Profile(ctx, q, supplier)
	if err != nil {
		return err
	}
	return q.Forget(ctx, queue.LearnProfile, p.Name, act)
}
