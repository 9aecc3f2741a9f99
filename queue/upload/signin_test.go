package upload_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/upload"
)

// refusal is an answer of Partner Center with a status and a code.
func refusal(status int, code string) *partnercenter.Error {
	return &partnercenter.Error{Op: "test", Status: status, Code: code, Description: "Said no."}
}

// A token that is refused once is replaced by whoever gives tokens; nothing
// waits for a person, and plans stay as they are.
func TestFirstRefusalOfATokenIsShort(t *testing.T) {
	t.Parallel()
	for _, op := range []string{"list", "create", "status"} {
		t.Run(op, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.add(contoso, "Dock", "r1", 1)
				b.center.at = strike(op, false, refusal(http.StatusUnauthorized, "400"))
				start := time.Now()
				status := b.settle(t)
				b.want(t, map[queue.State]int{queue.Registered: 1})
				if d := time.Since(start); d > 10*time.Second || len(status.Waits) != 0 || len(b.plans) != 1 {
					t.Errorf("after %v: %+v", d, status)
				}
			})
		})
	}
}

// Refused twice in a row it needs a person; after a success the next refusal is
// a first one again.
func TestSecondRefusalOfATokenNeedsAPerson(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		expired := refusal(http.StatusUnauthorized, "400")
		b.center.at = strike("list", false, expired, expired)
		status := b.settle(t)
		if len(status.Waits) != 1 || status.Waits[0].Reason != queue.SignIn || !status.Waits[0].Until.IsZero() {
			t.Errorf("waits: %+v", status.Waits)
		}
		b.want(t, map[queue.State]int{queue.Ready: 1})
		if kept := b.kept(); len(kept) != 1 || kept[0].Reason != queue.SignIn || !kept[0].Person {
			t.Errorf("kept: %+v", kept)
		}
		b.center.at = strike("create", false, expired)
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 1})
		if len(b.kept()) != 0 {
			t.Errorf("kept: %+v", b.kept())
		}
	})
}

// A pass waits for nothing, and gives a token its second chance all the same.
func TestPassGivesATokenASecondChance(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 1)
		expired := refusal(http.StatusUnauthorized, "400")
		b.center.at = strike("list", false, expired)
		if _, err := b.up.Pass(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.want(t, map[queue.State]int{queue.Submitted: 1})
		b.center.at = strike("status", false, expired, expired)
		status, err := b.up.Pass(t.Context())
		if err != nil || len(status.Waits) != 1 || !status.Waits[0].Until.IsZero() {
			t.Errorf("after a pass: %+v, %v", status, err)
		}
	})
}

// What is the whole station's: no second factor, no right to register.
func TestWholeStationWaitsForAPerson(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]struct {
		status int
		reason queue.Reason
	}{
		"900421": {http.StatusUnauthorized, queue.NeedsMFA},
		"900150": {http.StatusForbidden, queue.WrongRole},
		"2032":   {http.StatusForbidden, queue.WrongRole},
	} {
		for _, op := range []string{"list", "create", "status"} {
			t.Run(code+" "+op, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					b := newBench()
					b.add(contoso, "Dock", "r1", 2)
					b.add(fabrikam, "Berlin", "r1", 1)
					refused := true
					b.center.at = func(c call, after bool) error {
						if refused && c.op == op && !after {
							return refusal(want.status, code)
						}
						return nil
					}
					status := b.settle(t)
					if len(status.Waits) != 1 || status.Waits[0].Customer != "" || status.Waits[0].Reason != want.reason || !status.Waits[0].Until.IsZero() {
						t.Errorf("waits: %+v", status.Waits)
					}
					since := status.Progress[0].Since
					b.run(t, time.Hour)
					if p := b.up.Status().Progress; len(p) == 0 || !p[0].Since.Equal(since) || p[0].Attempt < 10 || p[0].Reason != want.reason {
						t.Errorf("an hour later, since %v: %+v", since, p)
					}
					refused = false
					b.settle(t)
					b.want(t, map[queue.State]int{queue.Registered: 3})
				})
			})
		}
	}
}

// A relationship that is withdrawn holds back the customer, also what is asked
// about; captures go on, and it ends by itself.
func TestRelationshipWithdrawn(t *testing.T) {
	t.Parallel()
	for _, op := range []string{"list", "create", "status"} {
		t.Run(op, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench(func(o *upload.Options) { o.BatchSize = 1 })
				b.add(contoso, "Dock", "r1", 3)
				withdrawn := true
				b.center.at = func(c call, after bool) error {
					if withdrawn && c.customer == contoso && c.op == op && !after {
						return noRelationship()
					}
					return nil
				}
				status := b.settle(t)
				if len(status.Waits) != 1 || status.Waits[0].Customer != contoso || status.Waits[0].Reason != queue.NoRelationship || status.Waits[0].Entries != 3 {
					t.Errorf("waits: %+v", status.Waits)
				}
				b.add(contoso, "Dock", "r1", 1)
				b.add(fabrikam, "Berlin", "r1", 1)
				before := b.center.total()
				b.run(t, time.Hour)
				if n := b.center.total() - before; n > 40 {
					t.Errorf("%d calls in an hour", n)
				}
				if n := b.states(); n[queue.Registered] != 1 || n[queue.Rejected] != 0 {
					t.Errorf("entries: %v", n)
				}
				withdrawn = false
				b.run(t, 10*time.Minute) // nobody has to press anything
				b.want(t, map[queue.State]int{queue.Registered: 5})
				if len(b.kept()) != 0 {
					t.Errorf("kept: %+v", b.kept())
				}
			})
		})
	}
}
