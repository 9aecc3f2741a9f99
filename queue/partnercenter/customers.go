package partnercenter

import (
	"context"
	"iter"

	"pkidstation/queue/autopilot"
)

// Customers gives the partner's customers, page by page. It ends at the first
// error, which it yields.
func (c *Client) Customers(ctx context.Context) iter.Seq2[autopilot.Customer, error] {
	return func(yield func(autopilot.Customer, error) bool) {}
}

// Customer gives one customer.
func (c *Client) Customer(ctx context.Context, id autopilot.TenantID) (autopilot.Customer, error) {
	return autopilot.Customer{}, NewError("get customer", Unreachable, nil)
}
