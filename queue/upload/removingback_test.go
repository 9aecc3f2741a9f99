package upload_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
	"pkidstation/queue/upload"
)

// wrongBoxes is how many boxes went to the wrong customer.
const wrongBoxes = 48

// A story is one run of the way back from a wrong customer: everything goes
// wrong on the line, and the process is stopped at random requests.
type story struct {
	*site

	folder string
	model  partnercentertest.Options
	draw   *rand.Rand
	kills  int
}

func newStory(t *testing.T, seed uint64) *story {
	t.Helper()
	draw := rand.New(rand.NewPCG(seed, 48))
	model := partnercentertest.Options{
		Seed: seed, Faults: 0.3, Trickle: 10 * time.Millisecond, RetryAfter: 5 * time.Second, PageSize: 10 + draw.IntN(30), BOM: seed%2 == 0,
		JobTime: 3 * time.Second, RemovalLag: []time.Duration{0, 3 * time.Minute, 90 * time.Minute}[draw.IntN(3)],
		OwnerLag:    []time.Duration{0, 20 * time.Minute, 4 * time.Hour}[draw.IntN(3)],
		DeleteGone:  []partnercentertest.Mode{partnercentertest.DeleteGone404, partnercentertest.DeleteGone807}[draw.IntN(2)],
		Idempotency: []partnercentertest.Mode{partnercentertest.IdempotencyReplay, partnercentertest.IdempotencyIgnore}[draw.IntN(2)],
		DuplicateBatch: []partnercentertest.Mode{
			partnercentertest.DuplicateAppend, partnercentertest.Duplicate400, partnercentertest.DuplicateConflict,
		}[draw.IntN(3)],
	}
	s := &site{T: t, server: partnercentertest.NewServer(model)}
	st := &story{site: s, folder: t.TempDir(), model: model, draw: draw}
	st.q = queuetest.OpenIn(t, st.folder)
	return st
}

// work has process after process do it, each killed at a random request, until
// one comes to its end.
func (st *story) work(do func(ctx context.Context, up *upload.Uploader) error) {
	st.Helper()
	for left := 12; ; left-- {
		ctx, cancel := context.WithTimeout(st.Context(), 14*24*time.Hour)
		line := &cutting{RoundTripper: st.server.RoundTripper(), at: 1 + st.draw.IntN(60), late: st.draw.IntN(2) == 0, stop: cancel}
		if left <= 0 {
			line.at = 0 // nobody kills it any more
		}
		client, err := partnercenter.New(partnercenter.Options{
			BaseURL: "http://127.0.0.1:1", HTTPClient: &http.Client{Transport: line},
			Token: func(context.Context) (string, error) { return "token", nil },
		})
		st.must(err)
		err = do(ctx, upload.New(upload.Options{
			Ledger: st.q, Registrar: client, Remover: client, Profiler: client, Relations: client, BatchSize: 20,
		}))
		cancel()
		if err == nil {
			return
		}
		if !errors.Is(err, context.Canceled) {
			st.Fatal(err)
		}
		st.kills++
		st.must(st.q.Close())
		st.q = queuetest.OpenIn(st.T, st.folder)
	}
}

func untilSettled(ctx context.Context, up *upload.Uploader) error {
	_, err := up.UntilSettled(ctx)
	return err
}

func untilRemoved(ctx context.Context, up *upload.Uploader) error {
	_, err := up.UntilRemoved(ctx)
	return err
}

// The must-hold: 48 boxes registered for the wrong tenant, taken back one by
// one, given to the right one and registered there, whatever the line does.
func TestWrongCustomer(t *testing.T) {
	t.Parallel()
	seeds := uint64(2)
	if os.Getenv("PKIDSTATION_TORTURE") == "1" {
		seeds = 200
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				st := newStory(t, seed)
				st.registerForTheWrongOne()
				st.takeBackOneByOne()
				st.giveToTheRightOne()
				st.wantTheStory()
				t.Logf("%d kills, %d requests, %d to take back", st.kills, len(st.server.Requests()), len(st.deletes()))
			})
		})
	}
}

func (st *story) registerForTheWrongOne() {
	st.Helper()
	st.ids = queuetest.Fill(st.T, st.q, queue.Work{Customer: fabrikam, GroupTag: "Berlin", Order: "BL-48"}, 1, wrongBoxes)
	other := queuetest.Fill(st.T, st.q, queue.Work{Customer: fabrikam, GroupTag: "Berlin", Order: "BL-49"}, 1000, 5)
	st.work(untilSettled)
	st.want(queue.Counts{Registered: wrongBoxes + len(other)})
}

// takeBackOneByOne begins each removal by itself, some while others are under
// way.
func (st *story) takeBackOneByOne() {
	st.Helper()
	for i, id := range st.ids {
		_, err := st.q.Remove(st.Context(), []string{id}, false, queue.Act{By: "Léa", Reason: "they are Contoso's"})
		st.must(err)
		if i%16 == 15 {
			st.work(untilRemoved)
		}
	}
	st.want(queue.Counts{Registered: 5, Removed: wrongBoxes})
	open, err := st.q.OpenRemovals(st.Context())
	for st.must(err); len(open) > 0; open = open[1:] {
		st.Errorf("open still: %+v", open[0])
	}
	for _, c := range st.server.Registered() {
		if slices.ContainsFunc(st.server.Removals(), func(r partnercentertest.Removal) bool { return r.PKID == c.PKID }) || c.Customer != fabrikam {
			st.Errorf("registered still: %+v", c)
		}
	}
	if n := len(st.server.Registered()); n != 5 {
		st.Errorf("%d are registered, want the 5 of the other order", n)
	}
}

func (st *story) giveToTheRightOne() {
	st.Helper()
	act := queue.Act{By: "Léa", Reason: "they are Contoso's"}
	st.must(st.q.Assign(st.Context(), st.ids, contoso, "Dock", act))
	st.want(queue.Counts{Registered: 5, Removed: wrongBoxes, Held: wrongBoxes})
	var fresh []string
	for e, err := range st.q.List(st.Context(), queue.Filter{States: []queue.State{queue.Held}}) {
		st.must(err)
		if e.Reason != queue.Assigned || e.Customer != contoso || e.From == "" {
			st.Errorf("assigned: %+v", e)
		}
		fresh = append(fresh, e.ID)
	}
	st.must(st.q.Release(st.Context(), fresh, act))
	st.work(untilSettled)
	st.retryTheTooSoon()
	st.want(queue.Counts{Registered: 5 + wrongBoxes, Removed: wrongBoxes})
	st.ids = fresh
}

// retryTheTooSoon sends again what came before the removal was through: Microsoft
// may know a device as the wrong customer's for a while after it left the lists.
func (st *story) retryTheTooSoon() {
	st.Helper()
	var soon []string
	for e, err := range st.q.List(st.Context(), queue.Filter{States: []queue.State{queue.Rejected}}) {
		st.must(err)
		if e.Code != autopilot.CodeOtherTenant || st.model.OwnerLag == 0 {
			st.Errorf("rejected: %+v", e)
		}
		soon = append(soon, e.ID)
	}
	if len(soon) == 0 {
		return
	}
	<-time.After(st.model.OwnerLag) // the bubble's
	st.must(st.q.Retry(st.Context(), soon, queue.Act{By: "Léa"}))
	st.work(untilSettled)
}

// wantTheStory fails unless the ledger has each box for the right customer and
// nobody else, and the audit tells what happened to it.
func (st *story) wantTheStory() {
	st.Helper()
	home := map[autopilot.PKID][]autopilot.TenantID{}
	for _, c := range st.server.Registered() {
		home[c.PKID] = append(home[c.PKID], c.Customer)
	}
	for _, id := range st.ids {
		e, err := st.q.Entry(st.Context(), id)
		st.must(err)
		if got := home[e.PKID]; !slices.Equal(got, []autopilot.TenantID{contoso}) || e.Reason != "" {
			st.Errorf("%s is registered for %v: %+v", e.PKID.Masked(), got, e)
		}
	}
	ever := map[autopilot.PKID]int{}
	for _, c := range st.server.Ledger() {
		ever[c.PKID]++
	}
	for _, id := range st.ids {
		e, err := st.q.Entry(st.Context(), id)
		st.must(err)
		if ever[e.PKID] != 2 {
			st.Errorf("%s was registered %d times", e.PKID.Masked(), ever[e.PKID])
		}
	}
	first, err := st.q.Entry(st.Context(), st.ids[0])
	st.must(err)
	st.wantActions(first.From, queue.Removed, "capture", "plan", "submit", "outcome", "remove", "ask-removal", "removed", "assign")
	st.wantActions(first.ID, queue.Registered, "capture", "assign", "release", "plan", "submit", "outcome")
	for _, id := range []string{first.From, first.ID} {
		lines, err := st.q.History(st.Context(), id)
		st.must(err)
		for _, l := range lines {
			if l.Action == queue.ActionRemove && (l.By != "Léa" || l.Note != "they are Contoso's") {
				st.Errorf("who wanted it back: %+v", l)
			}
		}
	}
}

// wantActions fails unless the audit of one box tells these actions in this
// order; what was tried again counts once.
func (st *story) wantActions(id string, end queue.State, want ...queue.Action) {
	st.Helper()
	lines, err := st.q.History(st.Context(), id)
	st.must(err)
	var got []queue.Action
	for _, l := range lines {
		if l.Action != queue.ActionWithdraw && l.Action != queue.ActionRetry && !slices.Contains(got, l.Action) {
			got = append(got, l.Action)
		}
	}
	if last := lines[len(lines)-1]; !slices.Equal(got, want) || last.To != end {
		st.Errorf("the story of %s is %v and ends %s, want %v", id, got, last.To, want)
	}
}
