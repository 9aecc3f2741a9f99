package queue_test

import (
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/queuetest"
)

// settled sends all and gives each the outcome.
func (p planner) settled(o queue.Outcome) {
	p.Helper()
	made := p.plan()
	p.attempt(made.ID)
	var outcomes []queue.Outcome
	for _, id := range made.Entries {
		o.Entry = id
		outcomes = append(outcomes, o)
	}
	_, err := p.q.Settle(p.Context(), made.ID, outcomes)
	p.must(err)
}

func (p planner) entry(id string) queue.Entry {
	p.Helper()
	e, err := p.q.Entry(p.Context(), id)
	p.must(err)
	return e
}

// removing has all registered and begins to take them back.
func (p planner) removing() []queue.Removal {
	p.Helper()
	p.settled(queue.Outcome{Registered: true, DeviceID: "device"})
	removals, err := p.q.Remove(p.Context(), p.ids, false, wrongCustomer())
	p.must(err)
	return removals
}

func wrongCustomer() queue.Act { return queue.Act{By: "Léa", Reason: "wrong customer"} }

func standard() queue.Work { return queue.Work{Customer: contoso, GroupTag: "STD"} }

func TestARemovalIsOnDiskBeforeItIsAskedFor(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 2)
	made := p.removing()
	open, err := p.q.OpenRemovals(t.Context())
	if err != nil || len(open) != 2 || !slices.ContainsFunc(made, func(r queue.Removal) bool { return r.ID == open[0].ID }) {
		t.Fatalf("open: %+v, %v", open, err)
	}
	r := open[0]
	if r.Customer != contoso || r.DeviceID != "device" || r.Batch != "STD" || r.Device != (autopilot.Device{PKID: p.entry(r.Entry).PKID}) ||
		r.State != queue.RemovalPlanned || r.Attempt != 0 || r.By != "Léa" || r.Reason != "wrong customer" || r.PlannedAt.IsZero() || r.Person {
		t.Errorf("planned: %+v", r)
	}
	if e := p.entry(r.Entry); e.State != queue.Removing || e.DeviceID != "device" {
		t.Errorf("entry: %+v", e)
	}
}

func TestWhatCannotBeTakenBack(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 2)
	remove := func(why string, ids ...string) error {
		_, err := p.q.Remove(t.Context(), ids, false, queue.Act{By: "Léa", Reason: why})
		return err
	}
	if err := remove("wrong", p.ids[0]); !isWay(err) {
		t.Errorf("one that is not registered: %v", err)
	}
	made := p.plan()
	_, err := p.q.Settle(t.Context(), made.ID, []queue.Outcome{
		{Entry: made.Entries[0], Registered: true}, {Entry: made.Entries[1], Registered: true, Code: "806", Reason: queue.AlreadyThere},
	})
	p.must(err)
	if err := remove(" ", made.Entries[0]); !errors.Is(err, queue.ErrNoReason) {
		t.Errorf("without a reason: %v", err)
	}
	if err := remove("wrong", made.Entries...); !errors.Is(err, queue.ErrNotOurs) {
		t.Errorf("one that Microsoft had before: %v", err)
	}
	if e := p.entry(made.Entries[0]); e.State != queue.Registered {
		t.Errorf("half of it was done: %s", e.State)
	}
	p.must(remove("wrong", made.Entries[0]))
	if err := remove("wrong", made.Entries[0]); !isWay(err) {
		t.Errorf("taken back twice: %v", err)
	}
	if err := remove("wrong", "nobody"); !errors.Is(err, queue.ErrNoEntry) {
		t.Errorf("nobody's: %v", err)
	}
}

func TestAnAttemptForgetsWhatWasAnsweredBefore(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 1)
	id := p.removing()[0].ID
	due := time.Now().Add(time.Hour).Round(0)
	r, err := p.q.AttemptRemoval(t.Context(), id, queue.RemovalStep{RequestID: "one", DeviceID: "other", Batch: "std"})
	p.must(err)
	if r.Attempt != 1 || r.RequestID != "one" || r.DeviceID != "other" || r.Batch != "std" {
		t.Errorf("attempt: %+v", r)
	}
	step := queue.RemovalStep{Note: queue.OtherParty, Code: "811", Answer: "no\xff", Person: true, Due: due}
	r, err = p.q.WaitRemoval(t.Context(), id, step)
	p.must(err)
	if r.State != queue.RemovalPlanned || r.Note != queue.OtherParty || r.Code != "811" || r.Answer != "no\uFFFD" || !r.Person || !r.Due.Equal(due) || r.DeviceID != "other" {
		t.Errorf("waiting: %+v", r)
	}
	r, err = p.q.AttemptRemoval(t.Context(), id, queue.RemovalStep{RequestID: "two"})
	p.must(err)
	if r.Attempt != 2 || r.DeviceID != "other" || r.Note != "" || r.Code != "" || r.Answer != "" || r.Person || !r.Due.IsZero() {
		t.Errorf("second attempt: %+v", r)
	}
	r, err = p.q.WaitRemoval(t.Context(), id, queue.RemovalStep{Asked: true})
	p.must(err)
	first := r.AskedAt
	if r.State != queue.RemovalAsked || first.IsZero() {
		t.Errorf("asked: %+v", r)
	}
	if r, err = p.q.WaitRemoval(t.Context(), id, queue.RemovalStep{Note: queue.StillThere}); err != nil || r.State != queue.RemovalAsked || !r.AskedAt.Equal(first) {
		t.Errorf("still there: %+v, %v", r, err)
	}
	if r, err = p.q.AttemptRemoval(t.Context(), id, queue.RemovalStep{RequestID: "three"}); err != nil || r.State != queue.RemovalPlanned {
		t.Errorf("asked for once more, and the yes of before counts: %+v, %v", r, err)
	}
	if r, err = p.q.WaitRemoval(t.Context(), id, queue.RemovalStep{Asked: true}); err != nil || !r.AskedAt.After(first) {
		t.Errorf("the second yes: %+v, %v", r, err)
	}
}

func TestARemovalIsInTheHistoryOfItsEntry(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 1)
	id := p.removing()[0].ID
	_, err := p.q.AttemptRemoval(t.Context(), id, queue.RemovalStep{RequestID: "one"})
	p.must(err)
	_, err = p.q.Removed(t.Context(), id, "no longer in its batch")
	p.must(err)
	lines, err := p.q.History(t.Context(), p.ids[0])
	p.must(err)
	last := lines[len(lines)-3:]
	if last[0].Action != queue.ActionRemove || last[0].By != "Léa" || last[0].Note != "wrong customer" || last[0].To != queue.Removing ||
		last[1].Action != queue.ActionAsk || last[1].Note != "attempt 1, request one" || last[1].To != queue.Removing ||
		last[2].Action != queue.ActionRemoved || last[2].By != "uploader" || last[2].To != queue.Removed {
		t.Errorf("the story: %+v", last)
	}
	sound(t, p.q)
}

func TestADoneRemovalIsOver(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 1)
	id := p.removing()[0].ID
	r, err := p.q.Removed(t.Context(), id, "gone")
	p.must(err)
	if r.State != queue.RemovalDone || r.EndedAt.IsZero() {
		t.Errorf("done: %+v", r)
	}
	if open, err := p.q.OpenRemovals(t.Context()); err != nil || len(open) != 0 {
		t.Errorf("open: %+v, %v", open, err)
	}
	if e := p.entry(p.ids[0]); e.State != queue.Removed {
		t.Errorf("entry: %+v", e)
	}
	_, asked := p.q.AttemptRemoval(t.Context(), id, queue.RemovalStep{RequestID: "late"})
	_, waited := p.q.WaitRemoval(t.Context(), id, queue.RemovalStep{})
	_, again := p.q.Removed(t.Context(), id, "gone")
	for _, err := range []error{asked, waited, again} {
		if !errors.Is(err, queue.ErrPlanMoved) {
			t.Errorf("after its end: %v", err)
		}
	}
	if _, err := p.q.Removed(t.Context(), "removal-9", ""); !errors.Is(err, queue.ErrNoRemoval) {
		t.Errorf("one that is not there: %v", err)
	}
	p.must(p.q.RetryRemoval(t.Context(), p.ids))
}

// The device must not be taken from whoever registered it since.
func TestADeviceThatIsRegisteredAnewIsNotAskedFor(t *testing.T) {
	t.Parallel()
	for name, second := range map[string]struct {
		capture queue.Part
		refused bool
		order   string
	}{
		"the same serial number":       {capture: queue.Part{Serial: "S1", Maker: "HP", Model: "M"}, refused: true},
		"the same of another maker":    {capture: queue.Part{Serial: "S1", Maker: "Dell", Model: "M"}},
		"another serial number":        {capture: queue.Part{Serial: "S2", Maker: "HP", Model: "M"}},
		"the same, for somebody other": {capture: queue.Part{Serial: "S1", Maker: "HP", Model: "M"}, order: fabrik},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := open(t)
			p := planner{T: t, q: q}
			p.ids = []string{p.tuple(standard(), queue.Part{Serial: "S1", Maker: "HP", Model: "M"})}
			r := p.removing()[0]
			work := queue.Work{Customer: contoso, GroupTag: "STD", Order: "BL-2"}
			if second.order != "" {
				work = queue.Work{Customer: fabrik, GroupTag: "STD"}
			}
			p.ids = []string{p.tuple(work, second.capture)}
			made, err := q.Plan(t.Context(), work.Customer, "STD", p.ids)
			p.must(err)
			_, err = q.Settle(t.Context(), made.ID, []queue.Outcome{{Entry: p.ids[0], Registered: true}})
			p.must(err)
			_, err = q.AttemptRemoval(t.Context(), r.ID, queue.RemovalStep{RequestID: "one"})
			claimed, is := errors.AsType[*queue.ClaimedError](err)
			switch {
			case is != second.refused, !is && err != nil:
				t.Errorf("gave %v", err)
			case is && claimed.By.ID != p.ids[0]:
				t.Errorf("by %+v", claimed.By)
			}
			if open, err := q.OpenRemovals(t.Context()); err != nil || second.refused && open[0].Attempt != 0 {
				t.Errorf("the attempt was written: %+v, %v", open, err)
			}
		})
	}
}

// tuple keeps a box without a PKID that may go out.
func (p planner) tuple(work queue.Work, part queue.Part) string {
	p.Helper()
	r, err := p.q.OpenReception(p.Context(), work, "Ana")
	p.must(err)
	part.Reception, part.By = r.ID, "Ana"
	v, err := p.q.Attach(p.Context(), part)
	p.must(err)
	_, _, err = p.q.CloseBox(p.Context(), v.Entry.ID, "Ana", true)
	p.must(err)
	if e := p.entry(v.Entry.ID); e.State == queue.Held {
		p.must(p.q.Release(p.Context(), []string{e.ID}, queue.Act{By: "Léa"}))
	}
	return v.Entry.ID
}

func TestAPersonHasItTriedAgain(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 2)
	made := p.removing()
	for _, r := range made {
		_, err := p.q.AttemptRemoval(t.Context(), r.ID, queue.RemovalStep{RequestID: "one"})
		p.must(err)
		_, err = p.q.WaitRemoval(t.Context(), r.ID, queue.RemovalStep{Note: queue.OtherParty, Code: "811", Person: true, Due: time.Now().Add(time.Hour)})
		p.must(err)
	}
	p.must(p.q.RetryRemoval(t.Context(), []string{made[0].Entry, "nobody"}))
	open, err := p.q.OpenRemovals(t.Context())
	p.must(err)
	for _, r := range open {
		if retried := r.Note == "" && r.Due.IsZero() && !r.Person && r.RequestID == ""; retried != (r.Entry == made[0].Entry) {
			t.Errorf("after the retry: %+v", r)
		}
	}
}

func TestDoneOnTheSite(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 4)
	p.settled(queue.Outcome{Registered: true})
	made, err := p.q.Remove(t.Context(), p.ids[:2], true, wrongCustomer())
	p.must(err)
	if r := made[0]; !r.OnSite || r.Note != queue.OnTheSite || !r.Person {
		t.Errorf("on the site: %+v", r)
	}
	ours, err := p.q.Remove(t.Context(), p.ids[2:], false, wrongCustomer())
	p.must(err)
	p.must(p.q.RetryRemoval(t.Context(), p.ids))
	if open, err := p.q.OpenRemovals(t.Context()); err != nil || open[0].Note != queue.OnTheSite {
		t.Errorf("a retry of what a person does: %+v, %v", open, err)
	}
	act := queue.Act{By: "Léa", Reason: "seen to be gone"}
	if err := p.q.RemovedOnSite(t.Context(), p.ids[:3], act); !isWay(err) {
		t.Errorf("what the uploader does: %v", err)
	}
	if e := p.entry(p.ids[0]); e.State != queue.Removing {
		t.Errorf("half of it was done: %s", e.State)
	}
	_, err = p.q.WaitRemoval(t.Context(), ours[0].ID, queue.RemovalStep{Note: queue.NotListed, Person: true})
	p.must(err)
	p.must(p.q.RemovedOnSite(t.Context(), []string{p.ids[0], p.ids[0], p.ids[1], ours[0].Entry}, act))
	lines, err := p.q.History(t.Context(), ours[0].Entry)
	if last := lines[len(lines)-1]; err != nil || last.By != "Léa" || last.Note != "seen to be gone" || last.To != queue.Removed {
		t.Errorf("the word of a person: %+v, %v", last, err)
	}
	if err := p.q.RemovedOnSite(t.Context(), p.ids[:1], act); !isWay(err) {
		t.Errorf("twice: %v", err)
	}
	if open, err := p.q.OpenRemovals(t.Context()); err != nil || len(open) != 1 || open[0].Entry != ours[1].Entry {
		t.Errorf("open: %+v, %v", open, err)
	}
}

func TestARemovedBoxGoesToTheRightCustomer(t *testing.T) {
	t.Parallel()
	p := newPlanner(t, standard(), 2)
	for _, r := range p.removing() {
		if r.Entry == p.ids[0] {
			_, err := p.q.Removed(t.Context(), r.ID, "gone")
			p.must(err)
		}
	}
	act := queue.Act{By: "Léa", Reason: "it is Fabrik's"}
	if err := p.q.Assign(t.Context(), p.ids, fabrik, "FAB", act); !errors.Is(err, queue.ErrSent) {
		t.Errorf("while it is being removed: %v", err)
	}
	p.must(p.q.Assign(t.Context(), p.ids[:1], fabrik, "FAB", act))
	fresh := p.from(p.ids[0])
	if fresh.State != queue.Held || fresh.Reason != queue.Assigned || fresh.Customer != fabrik || fresh.GroupTag != "FAB" || fresh.Sent ||
		fresh.PKID != p.entry(p.ids[0]).PKID || fresh.DeviceID != "" || fresh.Plan != "" || !fresh.Done {
		t.Errorf("the new one: %+v", fresh)
	}
	if claimed, is := errors.AsType[*queue.ClaimedError](p.q.Assign(t.Context(), p.ids[:1], contoso, "STD", act)); !is || claimed.By.ID != fresh.ID {
		t.Errorf("assigned twice: %v", claimed)
	}
	p.must(p.q.Release(t.Context(), []string{fresh.ID}, act))
	if _, err := p.q.Plan(t.Context(), fabrik, "FAB", []string{fresh.ID}); err != nil {
		t.Errorf("it cannot go out: %v", err)
	}
	if e := p.entry(p.ids[0]); e.State != queue.Removed || e.Customer != contoso {
		t.Errorf("the old one: %+v", e)
	}
}

// from is the entry that was made of a removed one.
func (p planner) from(id string) (found queue.Entry) {
	p.Helper()
	for e, err := range p.q.List(p.Context(), queue.Filter{}) {
		p.must(err)
		if e.From == id {
			found = e
		}
	}
	return found
}

func TestCheckFindsALostRemoval(t *testing.T) {
	t.Parallel()
	for _, bucket := range []string{"removal", "take-back"} {
		t.Run(bucket, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			q, err := queue.Open(folder, queue.Options{})
			if err != nil {
				t.Fatal(err)
			}
			p := planner{t, q, queuetest.Fill(t, q, standard(), 1, 1)}
			p.removing()
			p.must(q.Close())
			db, err := bbolt.Open(filepath.Join(folder, queue.FileName), 0o600, &bbolt.Options{Timeout: time.Second})
			p.must(err)
			p.must(db.Update(func(tx *bbolt.Tx) error { return dropFirst(tx.Bucket([]byte(bucket))) }))
			p.must(db.Close())
			look, err := queue.Open(folder, queue.Options{ReadOnly: true})
			p.must(err)
			defer look.Close() //nolint:errcheck // read only
			if wrong, err := look.Check(t.Context()); err != nil || len(wrong) == 0 {
				t.Errorf("check found nothing (%v)", err)
			}
		})
	}
}

// A file of the station's second layout, made by its code, opens with what it
// lacked in place; whoever only looks at it changes nothing and finds it sound.
func TestAFileOfTheSecondLayout(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, queue.FileName)
	unzip(t, filepath.Join("testdata", "schema2.db.gz"), path)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	look, err := queue.Open(folder, queue.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	sound(t, look)
	if err := look.Close(); err != nil {
		t.Fatal(err)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("looking changed the file (%v)", err)
	}
	q := openIn(t, folder)
	if m, err := q.Marks(t.Context()); err != nil || m != (queue.Marks{AlreadyThere: 2}) {
		t.Errorf("marks: %+v, %v", m, err)
	}
	counts, err := q.Counts(t.Context())
	if err != nil || counts != (queue.Counts{Registered: 3, Rejected: 1, Submitted: 1, Ready: 1}) {
		t.Errorf("counts: %+v, %v", counts, err)
	}
	made, err := q.Remove(t.Context(), []string{"e1"}, false, wrongCustomer())
	if err != nil || len(made) != 1 || made[0].DeviceID != "d1" || made[0].Batch != "STD" {
		t.Errorf("what it has can be taken back: %+v, %v", made, err)
	}
	if err := q.SetPause(t.Context(), queue.Pause{Reason: queue.Throttled}); err != nil {
		t.Error(err)
	}
}

func unzip(t *testing.T, from, to string) {
	t.Helper()
	packed, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close() //nolint:errcheck // nothing was written
	plain, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(io.LimitReader(plain, 1<<24))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestRemovalGolden(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 25, 8, 30, 0, 123456789, time.UTC)
	golden(t, "removal", queue.Removal{
		ID: "removal-7", Entry: "e", Customer: contoso, Device: autopilot.Device{PKID: "3305123456781"}, DeviceID: "d", Batch: "STD",
		State: queue.RemovalAsked, By: "Léa", Reason: "wrong <customer>", OnSite: true, RequestID: "r", Attempt: 2, Note: queue.StillThere,
		Code: "811", Answer: "ZtdDeviceRegisteredByOtherTenant", Person: true, Due: at, PlannedAt: at, AskedAt: at, EndedAt: at,
	})
}
