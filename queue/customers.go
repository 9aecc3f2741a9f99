package queue

import (
	"context"
	"fmt"

	"go.etcd.io/bbolt"

	"pkidstation/queue/autopilot"
)

// A CustomerSetting is what this station keeps of a customer.
type CustomerSetting struct {
	ID   autopilot.TenantID `json:"id"`
	Name string             `json:"name,omitempty"`
	// GroupTag is used for entries that have none.
	GroupTag autopilot.GroupTag `json:"group_tag,omitempty"`
}

// SetCustomer keeps what is known of a customer, in place of what was.
func (q *Queue) SetCustomer(ctx context.Context, c CustomerSetting) error {
	return q.write(ctx, func(tx *bbolt.Tx) error { return put(tx, bucketCustomer, []byte(c.ID), c) })
}

// Customers gives the customers that this station keeps, by ID.
func (q *Queue) Customers(ctx context.Context) ([]CustomerSetting, error) {
	var all []CustomerSetting
	err := q.read(ctx, func(tx *bbolt.Tx) error {
		return in(tx, bucketCustomer).ForEach(func(k, v []byte) error {
			c, err := decode[CustomerSetting](v)
			if err != nil {
				return corruptError(bucketCustomer, k, err)
			}
			all = append(all, c)
			return nil
		})
	})
	return all, err
}

// tagOf is the group tag that an entry goes out under, "" for none.
func tagOf(tx *bbolt.Tx, e Entry) (autopilot.GroupTag, error) {
	data := in(tx, bucketCustomer).Get([]byte(e.Customer))
	if e.GroupTag != "" || data == nil {
		return e.GroupTag, nil
	}
	c, err := decode[CustomerSetting](data)
	if err != nil {
		return "", fmt.Errorf("reading customer %s: %w", e.Customer, err)
	}
	return c.GroupTag, nil
}
