package directory

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// maxCustomers is more than any partner has.
const maxCustomers = 200_000

// page is how many customers are written at once.
const page = 200

// ErrTooMany means that the list did not end.
var ErrTooMany = errors.New("the list of customers has no end")

// A Book is where the directory is kept: the queue.
type Book interface {
	Customer(ctx context.Context, id autopilot.TenantID) (queue.CustomerSetting, error)
	MergeCustomers(ctx context.Context, list []queue.CustomerSetting) (fresh int, err error)
}

// Refresh takes Partner Center's list into the book, page by page, and gives how
// many customers are new. It ends at the first error of the list, after what
// came before it is written. at is when the list was asked for.
func Refresh(ctx context.Context, book Book, list iter.Seq2[autopilot.Customer, error], at time.Time) (fresh int, err error) {
	var some []queue.CustomerSetting
	write := func() error {
		if len(some) == 0 {
			return nil
		}
		n, err := book.MergeCustomers(ctx, some)
		if err != nil {
			return fmt.Errorf("keeping the customers: %w", err)
		}
		fresh, some = fresh+n, some[:0]
		return nil
	}
	seen := 0
	for c, err := range list {
		if err != nil {
			return fresh, errors.Join(err, write())
		}
		if seen++; seen > maxCustomers {
			return fresh, errors.Join(ErrTooMany, write())
		}
		if some = append(some, listed(c, at)); len(some) == page {
			if err := write(); err != nil {
				return fresh, err
			}
		}
	}
	return fresh, write()
}

// listed is a customer of the list as the book takes it. A relationship that
// nobody understands is not an answer.
func listed(c autopilot.Customer, at time.Time) queue.CustomerSetting {
	s := queue.CustomerSetting{ID: c.ID, Name: c.Name, Domain: c.Domain, Source: queue.FromAPI}
	if c.Relationship != autopilot.RelationshipUnknown && c.Relationship != "" {
		s.Relationship, s.CheckedAt = c.Relationship, at
	}
	return s
}
