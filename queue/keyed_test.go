package queue_test

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// TestARecordUnderAnotherKey: a record's checksum is of its value. Where a bit of its
// key is lost, it is not taken for what the key says, nor kept twice when the journal
// has lost a line and the old index fills it in; and a scrub finds it.
func TestARecordUnderAnotherKey(t *testing.T) {
	t.Parallel()
	lives := map[string]func(*testing.T, *cut){
		"killed": func(t *testing.T, c *cut) { t.Helper(); c.capturing(t, 3) },
		"closed": func(t *testing.T, c *cut) { t.Helper(); c.capturing(t, 3); c.closed(t) },
	}
	for _, bucket := range []string{
		"entry", "reception", "plan", "customer", "audit", "learnt", "operator", "supervisor", "announcement",
	} {
		for end, live := range lives {
			t.Run(bucket+" "+end, func(t *testing.T) {
				t.Parallel()
				c := &cut{folder: t.TempDir(), told: map[string]bool{}}
				c.ofEachKind(t)
				live(t, c)
				before := c.records(t, bucket)
				c.moveOne(t, bucket)
				spoil(t, c.folder, "change")
				q, err := queue.Open(c.folder, queue.Options{})
				must(t, err)
				if r := q.Recovery(); !r.Rebuilt {
					t.Errorf("nothing was made anew: %+v", r)
				}
				c.holds(t, q)
				must(t, q.Close())
				if after := c.records(t, bucket); bucket != "audit" && after != before { // a start has lines of its own
					t.Errorf("%d records were %d before", after, before)
				}
			})
		}
		t.Run(bucket+" scrubbed", func(t *testing.T) {
			t.Parallel()
			c := &cut{folder: t.TempDir(), told: map[string]bool{}}
			c.ofEachKind(t)
			c.closed(t)
			c.moveOne(t, bucket)
			q, err := queue.Open(c.folder, queue.Options{})
			must(t, err)
			must(t, q.Scrub(t.Context()))
			if r := q.Recovery(); !r.Rebuilt {
				t.Errorf("nothing was found: %+v", r)
			}
			c.holds(t, q)
			must(t, q.Close())
		})
	}
}

// TestACustomerUnderAnotherKey: one customer's group tag is not read as another's.
func TestACustomerUnderAnotherKey(t *testing.T) {
	t.Parallel()
	c := &cut{folder: t.TempDir(), told: map[string]bool{}}
	c.ofEachKind(t)
	other := c.moveOne(t, "customer")
	q, err := queue.Open(c.folder, queue.Options{ReadOnly: true})
	must(t, err)
	defer q.Close() //nolint:errcheck // nothing was written
	if got, err := q.Customer(t.Context(), autopilot.TenantID(other)); !errors.Is(err, queue.ErrDamaged) {
		t.Errorf("%+v, %v", got, err)
	}
}

// ofEachKind makes a queue that has a record of each kind that says where it stands.
func (c *cut) ofEachKind(t *testing.T) {
	t.Helper()
	q, err := queue.Open(c.folder, queue.Options{Station: "dock 1"})
	must(t, err)
	ctx, act := context.WithoutCancel(t.Context()), queue.Act{By: "Ana"}
	must(t, q.SetCustomer(ctx, queue.CustomerSetting{ID: contoso, GroupTag: "Dock"}, act))
	must(t, q.Learn(ctx, queue.LearnGTIN, "5901234123457", "", act))
	_, err = q.Announce(ctx, listOf("BL-1", 901, 902), act)
	must(t, err)
	must(t, q.SetPIN(ctx, "Marta", "402193", act))
	must(t, q.Close())
	c.capturing(t, 20)
	q, err = queue.Open(c.folder, queue.Options{})
	must(t, err)
	_, err = q.Plan(ctx, contoso, "Dock", []string{"event-000003"})
	must(t, err)
	must(t, q.Close())
}

// closed closes a queue as a station does that is shut down.
func (c *cut) closed(t *testing.T) {
	t.Helper()
	q, err := queue.Open(c.folder, queue.Options{})
	must(t, err)
	must(t, q.Close())
}

// moveOne keeps a bucket's first record under a key that has one bit more.
func (c *cut) moveOne(t *testing.T, bucket string) (to string) {
	t.Helper()
	c.change(t, func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte(bucket))
		k, v := b.Cursor().First()
		key, value := bytes.Clone(k), bytes.Clone(v)
		if err := b.Delete(k); err != nil {
			return err
		}
		for key[len(key)-2]&0x40 != 0 || b.Get(key) != nil {
			key[len(key)-2]++
		}
		key[len(key)-2] ^= 0x40
		to = string(key)
		return b.Put(key, value)
	})
	return to
}

func (c *cut) records(t *testing.T, bucket string) (n int) {
	t.Helper()
	c.change(t, func(tx *bbolt.Tx) error { n = tx.Bucket([]byte(bucket)).Stats().KeyN; return nil })
	return n
}

func (c *cut) change(t *testing.T, do func(*bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(filepath.Join(c.folder, queue.FileName), 0o600, nil)
	must(t, err)
	must(t, db.Update(do))
	must(t, db.Close())
}
