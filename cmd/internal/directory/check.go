package directory

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// An Asker asks Partner Center about one customer.
type Asker interface {
	Customer(ctx context.Context, id autopilot.TenantID) (autopilot.Customer, error)
	Resellers(ctx context.Context, customer autopilot.TenantID) ([]partnercenter.Relation, error)
}

// ErrUnclear means that Partner Center answered, and that nobody understands
// what it says of the relationship.
var ErrUnclear = errors.New("the answer does not say what the relationship is")

// Check asks for the relationship with one customer now, writes the answer and
// gives the customer as they are kept after. For an indirect provider the
// relationship of a reseller is enough: the one that is set for the customer, or
// any. An error says that there was no answer that counts; what was known stays.
// Somebody who is not in the book is taken in only with a relationship: the dock
// chooses from it. Delegated administration is never looked at.
func Check(ctx context.Context, book Book, ask Asker, provider bool, id autopilot.TenantID, at time.Time) (queue.CustomerSetting, error) {
	kept, err := book.Customer(ctx, id)
	stranger := errors.Is(err, queue.ErrUnknownCustomer)
	if err != nil && !stranger {
		return kept, fmt.Errorf("reading the customer: %w", err)
	}
	said, err := relationship(ctx, ask, id)
	if err == nil && provider && said.Relationship != autopilot.RelationshipReseller {
		said.Relationship, err = behind(ctx, ask, id, kept.Reseller, said.Relationship)
	}
	if err != nil {
		return kept, err
	}
	said.ID = id // an alias of theirs is not another customer
	answer := listed(said, at)
	if answer.Relationship == "" {
		return kept, ErrUnclear
	}
	if stranger && answer.Relationship != autopilot.RelationshipReseller {
		return answer, nil
	}
	if _, err := book.MergeCustomers(ctx, []queue.CustomerSetting{answer}); err != nil {
		return kept, fmt.Errorf("keeping the customer: %w", err)
	}
	return book.Customer(ctx, id)
}

// relationship is what Partner Center says the partner is to the customer.
func relationship(ctx context.Context, ask Asker, id autopilot.TenantID) (autopilot.Customer, error) {
	c, err := ask.Customer(ctx, id)
	if refused(err) {
		return autopilot.Customer{Relationship: autopilot.RelationshipNone}, nil
	}
	return c, err
}

// behind is the relationship by way of a reseller, or the provider's own where
// there is no such reseller.
func behind(ctx context.Context, ask Asker, id, reseller autopilot.TenantID, own autopilot.Relationship) (autopilot.Relationship, error) {
	all, err := ask.Resellers(ctx, id)
	if refused(err) {
		return own, nil
	}
	for _, r := range all {
		if reseller == "" || r.ID == reseller {
			return autopilot.RelationshipReseller, nil
		}
	}
	return own, err
}

// refused says whether an error is Partner Center's word that there is no
// relationship.
func refused(err error) bool {
	e, ok := errors.AsType[*partnercenter.Error](err)
	return ok && e.NoRelationship()
}
