package export

import (
	"context"
	"path/filepath"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// An origin finds out whether a file is the one that an entry last went out with.
type origin struct {
	book        Book
	file        Given
	fingerprint string
}

// An outing is one time that an entry went out in a file: always for the customer
// that it has, for what went out once is given to nobody else.
type outing struct {
	name, fingerprint string
	customer          autopilot.TenantID
	tag               autopilot.GroupTag
}

// stand is how an exported entry stands to the file. Rows alone do not name a file
// where the same devices went out for somebody else too, with the same rows: then
// its name must, or a person.
func (o origin) stand(ctx context.Context, k *entriesOf) (Stand, error) {
	last, others, err := o.outings(ctx, k)
	switch {
	case err != nil:
		return "", err
	case last.fingerprint != "" && last.fingerprint != o.fingerprint:
		return OtherFile, nil
	case o.file.Customer != "" && o.file.Customer != k.best.Customer, o.file.Tag != "" && o.file.Tag != k.best.GroupTag:
		return OtherCustomer, nil
	}
	name := filepath.Base(o.file.Name)
	for _, other := range others {
		if o.file.Customer != "" && other.customer != o.file.Customer || o.file.Tag != "" && other.tag != o.file.Tag {
			continue // it is not that one, a person says
		}
		if other.fingerprint == o.fingerprint && (name != last.name || name == other.name) {
			return Twice, nil
		}
	}
	return Waiting, nil
}

// outings are the last time that the exported entry went out, and the times that
// its device went out for another customer or group tag.
func (o origin) outings(ctx context.Context, k *entriesOf) (last outing, others []outing, err error) {
	for _, e := range k.all {
		all, err := o.outingsOf(ctx, e)
		if err != nil {
			return last, nil, err
		}
		if e.Customer != k.best.Customer || e.GroupTag != k.best.GroupTag {
			others = append(others, all...)
		}
		if e.ID == k.best.ID && len(all) > 0 {
			last = all[len(all)-1]
		}
	}
	return last, others, nil
}

// outingsOf are the times that an entry went out, oldest first.
func (o origin) outingsOf(ctx context.Context, e queue.Entry) (all []outing, err error) {
	lines, err := o.book.History(ctx, e.ID)
	for _, line := range lines {
		if line.Action == queue.ActionExport {
			name, fingerprint := inNote(line.Note)
			all = append(all, outing{name: name, fingerprint: fingerprint, customer: e.Customer, tag: e.GroupTag})
		}
	}
	return all, err
}
