package queue_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
)

// retryAt is when the scripts' refusals are sent again.
func retryAt() time.Time { return time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC) }

// takeBack goes on with the removals.
func (w *twin) takeBack(ctx context.Context, o op) (got, want answer) {
	ids, open := w.some(o, 2), w.o.openBacks()
	step := queue.RemovalStep{RequestID: "request", DeviceID: fmt.Sprint("d", o.b%3)}
	if o.what == "wait" {
		step = queue.RemovalStep{Note: []queue.Reason{queue.RegisteredAnew, queue.StillThere, queue.Conflict}[o.b/2%3], Person: o.b%2 == 0}
	}
	if len(open) > 0 && o.c%4 > 0 {
		ids = []string{open[o.a%len(open)].entry}
	}
	var err error
	switch o.what {
	case "gone-site":
		err = w.q.RemovedOnSite(ctx, ids, queue.Act{By: "Léa"})
	case "again-removal":
		err = w.q.RetryRemoval(ctx, ids, queue.Act{})
	case "anew-removal":
		err = w.q.TakeBackAnew(ctx, ids, queue.Act{})
	default:
		if len(open) == 0 {
			return answer{}, answer{}
		}
		err = w.goOnRemoving(ctx, o.what, o.a%len(open), step)
	}
	if err != nil {
		got = failed(wordOf(err))
	}
	return got, w.o.remove(o.what, o.a%max(1, len(open)), ids, step)
}

func (w *twin) goOnRemoving(ctx context.Context, what string, n int, step queue.RemovalStep) error {
	open, err := w.q.OpenRemovals(ctx)
	if err != nil || n >= len(open) {
		return errors.Join(err, fmt.Errorf("%d removals are open", len(open)))
	}
	id := open[n].ID
	switch what {
	case "ask":
		_, err = w.q.AttemptRemoval(ctx, id, step)
	case "yes":
		_, err = w.q.WaitRemoval(ctx, id, queue.RemovalStep{Asked: true})
	case "wait":
		_, err = w.q.WaitRemoval(ctx, id, step)
	default:
		_, err = w.q.Removed(ctx, id, "gone")
	}
	return err
}

// later is what comes after the uploads: retries, a person's word, profiles.
func (w *twin) later(ctx context.Context, o op, what string) (got, want answer) {
	switch what {
	case "due":
		sent, err := w.q.RetryDue(ctx, retryAt())
		if got = (answer{ID: fmt.Sprint(sent)}); err != nil {
			got = failed(wordOf(err))
		}
		return got, w.o.retryDue()
	case "relist":
		ids := unique(w.apt(o, 3, queue.Registered))
		var outcomes []queue.Outcome
		for _, id := range ids {
			outcomes = append(outcomes, queue.Outcome{Entry: id, Registered: true, DeviceID: "listed", Batch: "TAG"})
		}
		if err := w.q.ListedAfterAll(ctx, outcomes); err != nil {
			got = failed(wordOf(err))
		}
		return got, w.o.relist(ids)
	case "profiled":
		states := []queue.ProfileState{queue.ProfileSent, queue.ProfileApplied, queue.ProfileFailed, queue.ProfileWanted}
		ids, profile, state := unique(w.apt(o, 3, queue.Registered)), fmt.Sprint("p", 1+o.b%2), states[o.a/7%4]
		var outcomes []queue.ProfileOutcome
		for _, id := range ids {
			outcomes = append(outcomes, queue.ProfileOutcome{Entry: id, State: state})
		}
		if err := w.q.ProfilesAnswered(ctx, profile, outcomes); err != nil {
			got = failed(wordOf(err))
		}
		return got, w.o.profiled(ids, profile, state)
	}
	ids, end := w.apt(o, 1, queue.Exported), endings()[o.b%4]
	if what == "confirm-export2" {
		ids = w.apt(o, 2, queue.Exported)
	}
	var outcomes []queue.Outcome
	for _, id := range ids {
		outcomes = append(outcomes, end.of(id))
	}
	if _, err := w.q.ConfirmExport(ctx, outcomes, queue.Act{By: "Léa"}); err != nil {
		got = failed(wordOf(err))
	}
	return got, w.o.confirmExport(ids, end)
}

func (w *twin) compareRemovals(ctx context.Context) error {
	open, err := w.q.OpenRemovals(ctx)
	if err != nil {
		return err
	}
	var got, want []takeBack
	for _, r := range open {
		got = append(got, takeBack{r.Entry, r.Customer, r.OnSite, r.State, r.Attempt, r.Note, r.Person, r.DeviceID})
	}
	for _, back := range w.o.openBacks() {
		want = append(want, *back)
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(takeBack{})); diff != "" {
		return fmt.Errorf("the open removals (-contract +queue):\n%s", diff)
	}
	return nil
}

// compareMarks holds the counted marks against the boxes.
func (w *twin) compareMarks(ctx context.Context) error {
	got, err := w.q.Marks(ctx)
	var want queue.Marks
	for _, b := range w.o.boxes {
		var id string
		var state queue.ProfileState
		if _, err := fmt.Sscan(b.Profile, &id, &state); err == nil && b.State == queue.Registered {
			switch state {
			case queue.ProfileWanted:
				want.ProfileWanted++
			case queue.ProfileSent:
				want.ProfileSent++
			case queue.ProfileApplied, queue.ProfileFailed:
			}
		}
		switch {
		case b.State == queue.Registered && b.Reason == queue.AlreadyThere:
			want.AlreadyThere++
		case b.State == queue.Registered && b.Reason == queue.ConfirmedByHand:
			want.ByHand++
		case b.State == queue.Rejected && b.Retrying:
			want.Retrying++
		}
	}
	if got != want {
		return fmt.Errorf("marks %+v, want %+v, %w", got, want, err)
	}
	return nil
}
