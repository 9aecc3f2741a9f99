package queue

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"pkidstation/queue/autopilot"
)

// Announcements are the lists that were taken in, the newest first.
func (q *Queue) Announcements(ctx context.Context) (all []Announcement, err error) {
	err = q.read(ctx, func(tx *transaction) error {
		b := in(tx, bucketAnnouncement)
		if b == nil { // an earlier file, opened for looking only
			return nil
		}
		c := b.Cursor()
		for k, _ := c.Last(); k != nil; k, _ = c.Prev() {
			a, err := announcementByNumber(tx, keySeq(k))
			if err != nil {
				return err
			}
			all = append(all, a)
		}
		return nil
	})
	return all, err
}

// DropAnnouncement drops what a list announces, as if it had never come; that it
// came stays. What was captured meanwhile stays as it is. Dropping a list again
// changes nothing; ErrNoAnnouncement where there is none, a *LeanedError where a
// later list counts on it.
func (q *Queue) DropAnnouncement(ctx context.Context, number uint64, act Act) (Announcement, error) {
	var a Announcement
	err := q.decide(ctx, act, func(tx *transaction, act Act) (err error) {
		if a, err = announcementByNumber(tx, number); err != nil || a.Dropped() {
			return err
		}
		if err := notLeaned(tx, number); err != nil {
			return err
		}
		for a.First != 0 && a.First <= a.Last {
			if err := a.dropFirst(tx); err != nil {
				return err
			}
		}
		a.DroppedAt = q.now()
		if err := put(tx, bucketAnnouncement, seqKey(number), a); err != nil {
			return err
		}
		return q.audit(tx, 0, AuditLine{By: act.By, Action: ActionDropList, Note: joinWords(a.named(), act.Reason)})
	})
	return a, err
}

// notLeaned makes sure that no list counts on what one announces.
func notLeaned(tx *transaction, number uint64) error {
	all, err := leaningOn(tx, map[uint64]bool{number: true})
	if err == nil && len(all) > 0 {
		err = &LeanedError{Number: number, By: all[0].Number}
	}
	return err
}

// leaningOn are the lists that count on what others announce, the newest first.
func leaningOn(tx *transaction, others map[uint64]bool) (all []Announcement, err error) {
	if len(others) == 0 {
		return nil, nil
	}
	c := in(tx, bucketAnnouncement).Cursor()
	for k, _ := c.Last(); k != nil; k, _ = c.Prev() {
		a, err := announcementByNumber(tx, keySeq(k))
		if err != nil {
			return nil, err
		}
		if !a.Dropped() && slices.ContainsFunc(a.Leans, func(n uint64) bool { return others[n] }) {
			all = append(all, a)
		}
	}
	return all, nil
}

// dropFirst takes the first block away that the list still has.
func (a *Announcement) dropFirst(tx *transaction) error {
	number := a.First
	a.First++
	if in(tx, bucketAnnounced).Get(seqKey(number)) == nil {
		return nil
	}
	b, err := blockByNumber(tx, number)
	if err == nil && b.List == a.Number {
		err = dropBlock(tx, number, b)
	}
	return err
}

// named is a list as the audit names it.
func (a Announcement) named() string {
	return fmt.Sprintf("list %d, %q, SHA-256 %s", a.Number, a.File, a.SHA256)
}

// An OrderHead is an order that something was announced or captured for.
type OrderHead struct {
	Order    string
	Customer autopilot.TenantID
	// Listed says that a list announces it, Open that a reception for it is open.
	Listed, Open bool
	// At is when its newest list came or its newest reception was opened.
	At time.Time
}

// Orders are the orders with something since then, the newest first. An order of
// two customers is two.
func (q *Queue) Orders(ctx context.Context, since time.Time) ([]OrderHead, error) {
	type key struct {
		order    string
		customer autopilot.TenantID
	}
	heads := map[key]*OrderHead{}
	head := func(order string, customer autopilot.TenantID) *OrderHead {
		k := key{order, customer}
		if heads[k] == nil {
			heads[k] = &OrderHead{Order: order, Customer: customer}
		}
		return heads[k]
	}
	err := q.read(ctx, func(tx *transaction) error {
		if err := eachAnnouncedOrder(tx, func(order string, customer autopilot.TenantID, list Announcement) {
			h := head(order, customer)
			h.Listed, h.At = true, later(h.At, list.At)
		}); err != nil {
			return err
		}
		return in(tx, bucketReception).ForEach(func(k, v []byte) error {
			r, err := decode[Reception](v)
			if err != nil {
				return corruptError(bucketReception, k, err)
			}
			if r.Order != "" {
				h := head(r.Order, r.Customer)
				h.Open, h.At = h.Open || r.Open(), later(h.At, r.OpenedAt)
			}
			return nil
		})
	})
	var all []OrderHead
	for _, h := range heads {
		if h.Open || !h.At.Before(since) {
			all = append(all, *h)
		}
	}
	slices.SortFunc(all, func(a, b OrderHead) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Order, b.Order), cmp.Compare(a.Customer, b.Customer))
	})
	return all, err
}

// eachAnnouncedOrder shows each order of each customer with a list that has it.
func eachAnnouncedOrder(tx *transaction, look func(order string, customer autopilot.TenantID, list Announcement)) error {
	if !anyAnnounced(tx) {
		return nil
	}
	lists := map[uint64]Announcement{}
	c := in(tx, bucketAnnouncedOrder).Cursor()
	for k, _ := c.First(); k != nil; {
		block := keySeq(k)
		b, err := blockByNumber(tx, block)
		if err != nil {
			return err
		}
		list, known := lists[b.List]
		if !known {
			if list, err = announcementByNumber(tx, b.List); err != nil {
				return err
			}
			lists[b.List] = list
		}
		if b.Order != "" {
			look(b.Order, b.Customer, list)
		}
		last := bytes.Clone(k[:len(k)-8])
		next, _ := c.Seek(seqAfter(last, ^uint64(0))) // what follows all blocks of it
		if bytes.Equal(next, k) {
			next, _ = c.Next()
		}
		k = next
	}
	return nil
}
