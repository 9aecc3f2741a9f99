package main_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// yesterday sends all that is ready in one plan, more than a day ago, and leaves
// it with a note: submitted where that is that there is no outcome.
func yesterday(t *testing.T, data string, note queue.Reason, ids ...string) {
	t.Helper()
	q, err := queue.Open(data, queue.Options{Now: func() time.Time { return time.Now().Add(-25 * time.Hour) }})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close() //nolint:errcheck // what was written is looked at
	p, err := q.Plan(t.Context(), oneCustomer, "STD", ids)
	if err == nil {
		_, err = q.Attempt(t.Context(), p.ID, queue.Attempt{RequestID: "request"})
	}
	if err == nil && note == queue.NoOutcome {
		_, err = q.Submitted(t.Context(), p.ID, "job")
	}
	if err == nil {
		err = q.Note(t.Context(), p.ID, note)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestGiveUp: what nobody will ever hear of is ended by a named person, with a
// reason, and goes on from there; what may still be heard of is not.
func TestGiveUp(t *testing.T) {
	t.Parallel()
	french := []string{"LANG=fr_FR.UTF-8", "LC_ALL=", "LC_MESSAGES="}
	for _, note := range []queue.Reason{queue.NoOutcome, queue.Refused} {
		data := t.TempDir()
		ids := scanned(t, data, "]C03305123456781", "]C03305123456798", "]C03305123456804")
		yesterday(t, data, note, ids[0], ids[1])
		before := states(t, data)
		runIt(t, data, "", nil, "queue", "give-up", ids[0], "--by", "Ana").want(t, 2, "--reason")
		runIt(t, data, "", nil, "queue", "give-up", ids[0], "--reason", "gone").want(t, 2, "--by")
		runIt(t, data, "", nil, "queue", "give-up", ids[0], ids[2], "--by", "Ana", "--reason", "gone").want(t, 1, "Not done")
		if got := states(t, data); got != before {
			t.Fatalf("now %s", got)
		}
		got := runIt(t, data, "", nil, "queue", "give-up", ids[0], "--by", "Léa", "--reason", "not on the site", "--json")
		got.want(t, 0, "may be registered all the same")
		if all := objects(t, got.out); len(all) != 1 || all[0].word(t, "state") != "rejected" || all[0].word(t, "reason") != "no-outcome" {
			t.Errorf("it says %s", got.out)
		}
		runIt(t, data, "", french, "queue", "give-up", "--all", "--by", "Léa", "--reason", "pas sur le site").want(t, 0, "1 carton traité", "peut-être inscrits quand même")
		if got := states(t, data); got != "rejected rejected ready" {
			t.Errorf("now %s", got)
		}
		runIt(t, data, "", nil, "queue", "show", ids[0]).want(t, 0, "Given up, no outcome", "Look it up on the Partner Center site first", "Given up: Microsoft never said  Léa  not on the site")
		runIt(t, data, "", nil, "check").want(t, 0)
		runIt(t, data, "", nil, "queue", "retry", ids[0], "--by", "Léa").want(t, 0)
		runIt(t, data, "", nil, "queue", "discard", ids[1], "--by", "Léa").want(t, 0)
	}
}

// TestGiveUpTooSoon: what may still be heard of is left, and why.
func TestGiveUpTooSoon(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	ids := scanned(t, data, "]C03305123456781")
	yesterday(t, data, queue.Offline, ids...)
	runIt(t, data, "", nil, "queue", "give-up", ids[0], "--by", "Ana", "--reason", "x").want(t, 1, "Not done: box 1 is on its way, or waits for the network")
	got := runIt(t, data, "", nil, "queue", "give-up", "--all", "--by", "Ana", "--reason", "x", "--json")
	got.want(t, 3, "waits for the network")
	if got.out != "" || strings.Contains(got.errors, "all the same") || states(t, data) != "planned" {
		t.Errorf("it says %s", got.out)
	}
}

// TestWhatWasGivenUpIsNotSent: of a plan in doubt, and of what is left of one, the
// uploader goes on with what was not given up, and with that alone. Sent again,
// what was given up is registered once.
func TestWhatWasGivenUpIsNotSent(t *testing.T) {
	t.Parallel()
	for _, rest := range []bool{false, true} {
		data := t.TempDir()
		ids := scanned(t, data, "]C03305123456781", "]C03305123456798")
		yesterday(t, data, queue.Refused, ids...)
		if rest {
			leftOver(t, data)
		}
		server, environ := simulator(t, partnercentertest.Options{})
		runIt(t, data, "", nil, "queue", "give-up", ids[0], "--by", "Léa", "--reason", "not on the site").want(t, 0)
		runIt(t, data, "", environ, "upload", "--until-settled").want(t, 3, `"submitted":0,"registered":1,"rejected":1`)
		if l := server.Ledger(); len(l) != 1 || l[0].PKID != "3305123456798" {
			t.Errorf("rest %v: ledger %+v", rest, l)
		}
		runIt(t, data, "", nil, "queue", "retry", ids[0], "--by", "Léa").want(t, 0)
		runIt(t, data, "", environ, "upload", "--until-settled").want(t, 0, `"registered":2`)
		if l := server.Ledger(); len(l) != 2 {
			t.Errorf("rest %v: ledger %+v", rest, l)
		}
		runIt(t, data, "", nil, "check").want(t, 0)
	}
}

// leftOver has the one open plan be what is left of one in doubt.
func leftOver(t *testing.T, data string) {
	t.Helper()
	q, err := queue.Open(data, queue.Options{Now: func() time.Time { return time.Now().Add(-25 * time.Hour) }})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close() //nolint:errcheck // what was written is looked at
	open, err := q.OpenPlans(t.Context())
	if err != nil || len(open) != 1 {
		t.Fatal(open, err)
	}
	next, err := q.Replan(t.Context(), open[0].ID)
	if err == nil {
		err = q.Note(t.Context(), next.ID, queue.Refused)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestGiveUpAllAtOnce: the entries of a plan are given up together, for each one
// alone would put what is left into a new plan, and say so in the history of all.
func TestGiveUpAllAtOnce(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	ids := scanned(t, data, "]C03305123456781", "]C03305123456798", "]C03305123456804")
	yesterday(t, data, queue.Refused, ids...)
	leftOver(t, data)
	runIt(t, data, "", nil, "queue", "give-up", "--all", "--by", "Ana", "--reason", "x").want(t, 0, "3 boxes")
	if got := states(t, data); got != "rejected rejected rejected" {
		t.Errorf("now %s", got)
	}
	q, err := queue.Open(data, queue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close() //nolint:errcheck // it was only read
	if p, err := q.PlanByID(t.Context(), "plan-3"); !errors.Is(err, queue.ErrNoPlan) {
		t.Errorf("a plan more: %+v, %v", p, err)
	}
}
