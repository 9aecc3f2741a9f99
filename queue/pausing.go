package queue

import (
	"context"
	"fmt"
	"time"

	"pkidstation/queue/autopilot"
)

// A Pause holds back the uploads of a customer, or of the whole station where
// Customer is empty. It is on disk so that a restart neither hurries past what
// Microsoft asked for nor forgets why a customer waits.
type Pause struct {
	Customer autopilot.TenantID `json:"customer,omitempty"`
	Reason   Reason             `json:"reason"`
	// Until is when it is tried again. Person says that only a person can end
	// it; it is looked after all the same.
	Until  time.Time `json:"until,omitzero"`
	Person bool      `json:"person,omitempty"`
	// Wait is how long that was when it was written: a clock that was set back
	// since makes it no longer. Zero in files of earlier versions.
	Wait time.Duration `json:"wait,omitempty"`
	// Asked says that Partner Center asked for it: no hurry shortens it.
	Asked bool `json:"asked,omitempty"`
	// Since is when it began, Steps how many failures it has seen.
	Since time.Time `json:"since,omitzero"`
	Steps int       `json:"steps,omitempty"`
	// Text is the last failure, for the log and the person; the IDs are what
	// Microsoft's support asks for.
	Text          string `json:"text,omitempty"`
	RequestID     string `json:"request_id,omitempty"`
	CorrelationID string `json:"correlation_id,omitempty"`
}

// Pauses gives what is held back, the station first.
func (q *Queue) Pauses(ctx context.Context) ([]Pause, error) {
	var all []Pause
	err := q.read(ctx, func(tx *transaction) error {
		return in(tx, bucketPause).ForEach(func(k, v []byte) error {
			p, err := decode[Pause](v)
			if err != nil {
				return corruptError(bucketPause, k, err)
			}
			all = append(all, p)
			return nil
		})
	})
	return all, err
}

// SetPause keeps a pause, in place of the one that was.
func (q *Queue) SetPause(ctx context.Context, p Pause) error {
	p.Text = valid(p.Text)
	return q.write(ctx, func(tx *transaction) error { return put(tx, bucketPause, pauseKey(p.Customer), p) })
}

// ClearPause ends a pause; where there is none nothing happens.
func (q *Queue) ClearPause(ctx context.Context, customer autopilot.TenantID) error {
	return q.write(ctx, func(tx *transaction) error {
		if err := drop(tx, bucketPause, pauseKey(customer)); err != nil {
			return fmt.Errorf("ending a pause: %w", err)
		}
		return nil
	})
}

// pauseKey is never empty, as the customer of the station's own pause is.
func pauseKey(customer autopilot.TenantID) []byte { return []byte("customer " + string(customer)) }
