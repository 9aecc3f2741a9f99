package queue

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pkidstation/queue/autopilot"
)

// A CustomerSetting is what this station keeps of a customer. All of them are
// the directory that the dock chooses from, offline too.
type CustomerSetting struct {
	ID     autopilot.TenantID `json:"id"`
	Name   string             `json:"name,omitempty"`
	Domain string             `json:"domain,omitempty"`
	// GroupTag is used for entries that have none.
	GroupTag autopilot.GroupTag `json:"group_tag,omitempty"`
	// Tags are the group tags that may be picked beside it.
	Tags []autopilot.GroupTag `json:"tags,omitempty"`
	// Reseller is the indirect reseller whose relationship with the customer
	// counts, where this partner is an indirect provider.
	Reseller autopilot.TenantID `json:"reseller,omitempty"`
	// Relationship is what Partner Center said last, CheckedAt when: only an
	// answer counts, so neither changes while the station is offline.
	Relationship autopilot.Relationship `json:"relationship,omitempty"`
	CheckedAt    time.Time              `json:"checked_at,omitzero"`
	// Profile is the ID of the deployment profile that new devices get, "" for
	// none, and ProfileName its name.
	Profile     string `json:"profile,omitempty"`
	ProfileName string `json:"profile_name,omitempty"`
	// Source says where the name came from.
	Source CustomerSource `json:"source,omitempty"`
}

// A CustomerSource says where a customer's name came from. A person's word is
// never overwritten by a list.
type CustomerSource string

// The sources of the directory.
const (
	FromAPI    CustomerSource = "api"
	FromFile   CustomerSource = "csv"
	FromPerson CustomerSource = "hand"
)

// Choices are the group tags that may be picked for the customer, the usual one
// first.
func (c CustomerSetting) Choices() []autopilot.GroupTag {
	var tags []autopilot.GroupTag
	for _, tag := range append([]autopilot.GroupTag{c.GroupTag}, c.Tags...) {
		if tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// SetCustomer keeps what is known of a customer, in place of what was.
func (q *Queue) SetCustomer(ctx context.Context, c CustomerSetting, act Act) error {
	return q.decide(ctx, act, func(tx *transaction, _ Act) error { return putCustomer(tx, c) })
}

// ChangeCustomer changes what is kept of one customer in one step, and writes
// who did it. A customer that is not kept yet begins with its ID alone.
func (q *Queue) ChangeCustomer(ctx context.Context, id autopilot.TenantID, act Act, change func(*CustomerSetting)) (CustomerSetting, error) {
	var c CustomerSetting
	err := q.decide(ctx, act, func(tx *transaction, act Act) (err error) {
		if c, err = customerOr(tx, id); err != nil {
			return err
		}
		change(&c)
		c.ID = id
		if err := putCustomer(tx, c); err != nil {
			return err
		}
		note := joinWords(string(id), valid(act.Reason))
		return q.audit(tx, 0, AuditLine{By: act.By, Action: ActionCustomer, Note: note})
	})
	return c, err
}

// MergeCustomers takes what Partner Center answered into the directory: names,
// domains and relationships. Whatever else is set in it is left out: that is for
// a person to say, see ImportCustomers. What a person named or set stays, nobody is
// taken out. It gives how many are new.
func (q *Queue) MergeCustomers(ctx context.Context, list []CustomerSetting) (fresh int, err error) {
	err = q.write(ctx, func(tx *transaction) (err error) {
		fresh, err = mergeCustomers(tx, list, func(c CustomerSetting) CustomerSetting {
			return CustomerSetting{ID: c.ID, Name: c.Name, Domain: c.Domain, Source: FromAPI, Relationship: c.Relationship, CheckedAt: c.CheckedAt}
		})
		return err
	})
	return fresh, err
}

// ImportCustomers takes a person's list into the directory: group tags and
// resellers too. What a person named or set stays, tags are added, nobody is taken
// out. It gives how many are new.
func (q *Queue) ImportCustomers(ctx context.Context, list []CustomerSetting, act Act) (fresh int, err error) {
	err = q.decide(ctx, act, func(tx *transaction, act Act) error {
		if fresh, err = mergeCustomers(tx, list, func(c CustomerSetting) CustomerSetting { return c }); err != nil || act.Pass == (Pass{}) {
			return err
		}
		note := joinWords(fmt.Sprintf("a list of %d", len(list)), valid(act.Reason))
		return q.audit(tx, 0, AuditLine{By: act.By, Action: ActionCustomer, Note: note})
	})
	return fresh, err
}

func mergeCustomers(tx *transaction, list []CustomerSetting, told func(CustomerSetting) CustomerSetting) (fresh int, err error) {
	for _, c := range list {
		kept, err := customerOr(tx, c.ID)
		if err != nil {
			return fresh, err
		}
		if in(tx, bucketCustomer).Get([]byte(c.ID)) == nil {
			fresh++
		}
		if err := putCustomer(tx, merged(kept, told(c))); err != nil {
			return fresh, err
		}
	}
	return fresh, nil
}

func merged(kept, told CustomerSetting) CustomerSetting {
	named := kept.Name != "" && (kept.Source == FromPerson || kept.Source == FromFile && told.Source == FromAPI)
	if !named && told.Name != "" {
		kept.Name, kept.Source = told.Name, told.Source
	}
	if !told.CheckedAt.IsZero() && !told.CheckedAt.Before(kept.CheckedAt) && told.Relationship != "" {
		kept.Relationship, kept.CheckedAt = told.Relationship, told.CheckedAt
	}
	kept.Domain = firstOf(told.Domain, kept.Domain)
	if kept.GroupTag == "" {
		kept.GroupTag = told.GroupTag
	}
	if kept.Reseller == "" {
		kept.Reseller = told.Reseller
	}
	kept.Tags = slices.DeleteFunc(append(kept.Choices(), told.Choices()...), func(t autopilot.GroupTag) bool { return t == kept.GroupTag })
	slices.Sort(kept.Tags)
	kept.Tags = slices.Compact(kept.Tags)
	return kept
}

// ForgetCustomer takes a customer out of the directory. Entries for them stay as they
// are.
func (q *Queue) ForgetCustomer(ctx context.Context, id autopilot.TenantID, act Act) error {
	return q.decide(ctx, act, func(tx *transaction, act Act) error {
		if in(tx, bucketCustomer).Get([]byte(id)) == nil {
			return fmt.Errorf("%w: %s", ErrUnknownCustomer, id)
		}
		if err := drop(tx, bucketCustomer, []byte(id)); err != nil {
			return fmt.Errorf("forgetting a customer: %w", err)
		}
		return q.audit(tx, 0, AuditLine{By: act.By, Action: ActionCustomer, Note: joinWords("forgotten "+string(id), valid(act.Reason))})
	})
}

// Customer gives what is kept of one customer, or ErrUnknownCustomer.
func (q *Queue) Customer(ctx context.Context, id autopilot.TenantID) (CustomerSetting, error) {
	var c CustomerSetting
	err := q.read(ctx, func(tx *transaction) (err error) {
		c, err = get[CustomerSetting](tx, bucketCustomer, []byte(id), fmt.Errorf("%w: %s", ErrUnknownCustomer, id))
		return err
	})
	return c, err
}

// Customers gives the customers that this station keeps, by ID.
func (q *Queue) Customers(ctx context.Context) ([]CustomerSetting, error) {
	var all []CustomerSetting
	err := q.read(ctx, func(tx *transaction) error {
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

func putCustomer(tx *transaction, c CustomerSetting) error {
	c.Name, c.Domain, c.ProfileName = valid(c.Name), valid(c.Domain), valid(c.ProfileName)
	return put(tx, bucketCustomer, []byte(c.ID), c)
}

// customerOr is what is kept of a customer, or their ID alone.
func customerOr(tx *transaction, id autopilot.TenantID) (CustomerSetting, error) {
	if id == "" || in(tx, bucketCustomer).Get([]byte(id)) == nil {
		return CustomerSetting{ID: id}, nil
	}
	return get[CustomerSetting](tx, bucketCustomer, []byte(id), ErrUnknownCustomer)
}

// tagOf is the group tag that an entry goes out under, "" for none.
func tagOf(tx *transaction, e Entry) (autopilot.GroupTag, error) {
	if e.GroupTag != "" {
		return e.GroupTag, nil
	}
	c, err := customerOr(tx, e.Customer)
	if err != nil {
		return "", fmt.Errorf("reading customer %s: %w", e.Customer, err)
	}
	return c.GroupTag, nil
}
