package queue

import (
	"context"
	"slices"
	"strings"

	"pkidstation/queue/autopilot"
)

// AnnouncedWorks gives what suppliers' lists say an order is for: one work for each
// customer whose list has it. The group tag is the lists' where all of the
// customer's devices of the order have the same, else none: then it is the
// customer's setting that counts. A list that is for no customer says nothing.
func (q *Queue) AnnouncedWorks(ctx context.Context, order string) (works []Work, err error) {
	if order == "" {
		return nil, nil
	}
	tags := map[autopilot.TenantID][]autopilot.GroupTag{}
	err = q.read(ctx, func(tx *transaction) error {
		return eachBlock(tx, order, "", func(_ uint64, b block) error {
			for _, d := range b.Devices {
				if !slices.Contains(tags[b.Customer], d.GroupTag) {
					tags[b.Customer] = append(tags[b.Customer], d.GroupTag)
				}
			}
			return ctx.Err()
		})
	})
	for customer, all := range tags {
		if customer == "" {
			continue
		}
		work := Work{Customer: customer, Order: order}
		if len(all) == 1 {
			work.GroupTag = all[0]
		}
		works = append(works, work)
	}
	slices.SortFunc(works, func(a, b Work) int { return strings.Compare(string(a.Customer), string(b.Customer)) })
	return works, err
}
