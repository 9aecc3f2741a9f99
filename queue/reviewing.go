package queue

import (
	"context"
	"errors"
	"fmt"
)

// settingReview is the review policy's key among the settings.
const settingReview = "review"

// ErrNoPolicy is that a word is none of the review policies.
var ErrNoPolicy = errors.New("no such review policy")

// A reviewSetting is the review policy as it is kept.
type reviewSetting struct {
	Policy ReviewPolicy `json:"policy"`
}

// ReviewPolicies are the review policies.
func ReviewPolicies() []ReviewPolicy {
	return []ReviewPolicy{ReviewExceptions, ReviewAll, ReviewNone}
}

// Valid says whether it is one of the review policies.
func (p ReviewPolicy) Valid() bool {
	return p == ReviewExceptions || p == ReviewAll || p == ReviewNone
}

// Review gives the review policy.
func (q *Queue) Review(ctx context.Context) (ReviewPolicy, error) {
	p := ReviewExceptions
	err := q.read(ctx, func(tx *transaction) (err error) {
		p, err = reviewOf(tx)
		return err
	})
	return p, err
}

// SetReview keeps the review policy. It counts for what is captured from then on;
// what is held stays held.
func (q *Queue) SetReview(ctx context.Context, p ReviewPolicy, act Act) error {
	if !p.Valid() {
		return fmt.Errorf("%w: %q", ErrNoPolicy, p)
	}
	return q.decide(ctx, act, func(tx *transaction, act Act) error {
		if kept, err := reviewOf(tx); err != nil || kept == p {
			return err
		}
		if err := put(tx, bucketSetting, []byte(settingReview), reviewSetting{p}); err != nil {
			return err
		}
		return q.audit(tx, 0, AuditLine{By: act.By, Action: ActionReview, Note: joinWords(string(p), act.Reason)})
	})
}

// reviewOf is the policy that is kept. One that this version does not know lets
// nothing go.
func reviewOf(tx *transaction) (ReviewPolicy, error) {
	b := in(tx, bucketSetting)
	if b == nil || b.Get([]byte(settingReview)) == nil {
		return ReviewExceptions, nil
	}
	s, err := get[reviewSetting](tx, bucketSetting, []byte(settingReview), nil)
	if err != nil {
		return ReviewAll, err
	}
	if !s.Policy.Valid() {
		return ReviewAll, nil
	}
	return s.Policy, nil
}

// passes says whether a doubt about what was read is one that the policy lets go:
// the code can be sent as it is, and nobody said to hold it.
func (p ReviewPolicy) passes(doubt Reason) bool {
	return p == ReviewNone && (doubt == CouldBeGTIN || doubt == TypedByHand || doubt == LayoutOpen)
}

// reviewed is an entry that would go, under the review policy.
func reviewed(tx *transaction, e Entry) (Entry, error) {
	p, err := reviewOf(tx)
	if err == nil && p == ReviewAll {
		e.State, e.Reason = Held, ForReview
	}
	return e, err
}

// goesOn says whether nothing is against the entry: it goes out, or waits for the
// person whom the review policy has look at each.
func (e Entry) goesOn() bool { return e.State == Ready || e.State == Held && e.Reason == ForReview }
