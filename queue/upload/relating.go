package upload

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// A Directory is what of the queue knows the customers.
type Directory interface {
	Customers(ctx context.Context) ([]queue.CustomerSetting, error)
	MergeCustomers(ctx context.Context, list []queue.CustomerSetting) (fresh int, err error)
}

// Relations is what checking a relationship needs of Partner Center.
type Relations interface {
	Customer(ctx context.Context, id autopilot.TenantID) (autopilot.Customer, error)
	Resellers(ctx context.Context, customer autopilot.TenantID) ([]partnercenter.Relation, error)
}

// An Account is what the partner is to Microsoft: it decides whose relationship
// with a customer counts.
type Account string

// The accounts. Empty is AccountDirect.
const (
	// AccountDirect sells to its customers itself: it must be their reseller.
	AccountDirect Account = "direct"
	// AccountProvider sells through resellers: that one of them sells to the
	// customer is enough.
	AccountProvider Account = "indirect-provider"
	// AccountReseller has no API: nothing is asked.
	AccountReseller Account = "indirect-reseller"
)

// errOtherRelationship is that Partner Center knows the customer, and not as one
// that devices may be registered for.
var errOtherRelationship = errors.New("the customer has another relationship with this partner")

// slowest is how much rarer a relationship is asked about in the end than after
// the first refusal: with a RetryMax of 5 minutes, every 30.
const slowest = 6

// A relation is what is known of a relationship that is missing.
type relation struct {
	// every is the pause between two questions, next when the next may be.
	every time.Duration
	next  time.Time
}

// A standing is what an answer says of a relationship.
type standing int

// What may be said. Only an answer about this very customer says anything.
const (
	unsaid standing = iota
	related
	unrelated
)

// checkRelationships asks again about customers whose relationship is missing,
// before anything is sent for them.
func (u *Uploader) checkRelationships(ctx context.Context) error {
	if !u.canAsk() {
		return nil
	}
	for _, id := range slices.Sorted(maps.Keys(u.sending)) {
		c, known := u.customer(id), u.relations[id]
		missing := c.reason == queue.NoRelationship
		if missing && known == nil { // an earlier process found out
			known = u.newRelation(id)
		}
		if known == nil || missing && (c.blocks(time.Now()) || time.Now().Before(known.next)) {
			continue
		}
		if u.station.blocks(time.Now()) {
			return nil
		}
		if err := u.askRelationship(ctx, id, known); err != nil && !errors.Is(err, errBlocked) {
			return err
		}
	}
	return nil
}

// freshBeside has profiles and relationships asked about at once, as fresh does
// with the rest.
func (u *Uploader) freshBeside() {
	u.profiles.fresh()
	for _, known := range u.relations {
		known.next = time.Time{}
	}
}

func (u *Uploader) canAsk() bool {
	return u.opts.Relations != nil && u.opts.Account != AccountReseller
}

func (u *Uploader) newRelation(id autopilot.TenantID) *relation {
	if u.relations == nil {
		u.relations = map[autopilot.TenantID]*relation{}
	}
	u.relations[id] = &relation{every: u.opts.RetryMax}
	return u.relations[id]
}

// noteMissing writes into the directory whose relationship a call of this step
// was refused for.
func (u *Uploader) noteMissing(ctx context.Context) error {
	if !u.canAsk() {
		return nil
	}
	for id, c := range u.sending {
		if c.reason != queue.NoRelationship || u.relations[id] != nil {
			continue
		}
		u.newRelation(id)
		if err := u.keepRelationship(ctx, autopilot.Customer{ID: id, Relationship: autopilot.RelationshipNone}); err != nil {
			return err
		}
	}
	return nil
}

// askRelationship ends a customer's pause where they have accepted, and prolongs
// it where Partner Center says that they have not. Whatever else it answers
// changes nothing: then the next upload tells.
func (u *Uploader) askRelationship(ctx context.Context, id autopilot.TenantID, known *relation) error {
	kept, err := u.kept(ctx, id)
	if err != nil {
		return err
	}
	said, customer, err := u.relationship(ctx, id, kept)
	if ctx.Err() != nil {
		u.lastWord(ctx, err)
		return context.Cause(ctx)
	}
	c := u.customer(id)
	switch said {
	case related:
		c.clear()
		delete(u.relations, id)
		u.log.InfoContext(ctx, "uploading: the relationship is there", "customer", id)
	case unrelated:
		c.forPerson(queue.NoRelationship, cmp.Or(err, errOtherRelationship))
		known.every = min(2*known.every, slowest*u.opts.RetryMax)
		c.until = in(known.every)
	case unsaid:
		known.next = in(known.every)
		if isEverybodys(err) {
			// Questions come first in a step: asked again as soon as the station may,
			// one that nobody answers would have no other call follow, ever.
			u.hold(ctx, u.newPause(), err)
			known.next = later(known.next, u.station.until.Add(known.every))
			return errBlocked
		}
		return nil
	}
	return u.keepRelationship(ctx, customer)
}

// isEverybodys says whether a question failed for what holds back all calls: no
// answer, a throttle, the sign-in.
func isEverybodys(err error) bool {
	kind := kindOf(err)
	return isCommon(kind) && kind != partnercenter.Forbidden
}

// relationship asks Partner Center. allowDelegatedAccess is no part of it. kept
// is what the directory has of the customer. Where the resellers could not be
// asked about for a reason that every call has, none follows: the reason holds
// back first. A refusal that is about the resellers does not keep from asking
// about the customer, who may have accepted the provider itself.
func (u *Uploader) relationship(ctx context.Context, id autopilot.TenantID, kept *queue.CustomerSetting) (standing, autopilot.Customer, error) {
	said := unrelated
	if u.opts.Account == AccountProvider {
		var err error
		said, err = u.resellers(ctx, id, kept)
		if said == related || ctx.Err() != nil || said == unsaid && isEverybodys(err) {
			return said, autopilot.Customer{ID: id, Relationship: autopilot.RelationshipReseller}, err
		}
	}
	customer, err := u.opts.Relations.Customer(ctx, id)
	err = u.heard(ctx, err)
	customer.ID = id
	switch {
	case err == nil && customer.Relationship == autopilot.RelationshipReseller:
		return related, customer, nil
	case err == nil && customer.Relationship != autopilot.RelationshipUnknown:
		return said, customer, nil
	case noRelationship(err):
		return said, autopilot.Customer{ID: id, Relationship: autopilot.RelationshipNone}, err
	default:
		return unsaid, customer, err
	}
}

// resellers says whether one that counts sells to the customer: the one that the
// directory names, or else any.
func (u *Uploader) resellers(ctx context.Context, id autopilot.TenantID, kept *queue.CustomerSetting) (standing, error) {
	sellers, err := u.opts.Relations.Resellers(ctx, id)
	if u.heard(ctx, err) != nil {
		if noRelationship(err) {
			return unrelated, err
		}
		return unsaid, err
	}
	counts := func(r partnercenter.Relation) bool {
		return kept == nil || kept.Reseller == "" || kept.Reseller == r.ID
	}
	if slices.ContainsFunc(sellers, counts) {
		return related, nil
	}
	return unrelated, nil
}

// keepRelationship writes an answer into the directory. Whoever is not in it is
// not taken in: the dock chooses from it.
func (u *Uploader) keepRelationship(ctx context.Context, told autopilot.Customer) error {
	if kept, err := u.kept(ctx, told.ID); err != nil || kept == nil {
		return err
	}
	_, err := u.ledger.MergeCustomers(context.WithoutCancel(ctx), []queue.CustomerSetting{{
		ID: told.ID, Name: told.Name, Domain: told.Domain, Relationship: told.Relationship, CheckedAt: time.Now(), Source: queue.FromAPI,
	}})
	if err != nil {
		return fmt.Errorf("keeping a customer's relationship: %w", err)
	}
	return nil
}

// kept is what the directory has of a customer, nil for nothing.
func (u *Uploader) kept(ctx context.Context, id autopilot.TenantID) (*queue.CustomerSetting, error) {
	all, err := u.ledger.Customers(context.WithoutCancel(ctx))
	if err != nil {
		return nil, fmt.Errorf("reading the customer directory: %w", err)
	}
	for i, c := range all {
		if c.ID == id {
			return &all[i], nil
		}
	}
	return nil, nil //nolint:nilnil // nothing is kept, and that is no error
}
