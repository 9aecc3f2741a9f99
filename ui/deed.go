package ui

import (
	"context"
	"errors"
	"slices"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A request is what a person asks for that a supervisor may have to allow.
type request struct {
	// title is what it is called, in the language of now; nil is nothing.
	title func() string
	// about are the boxes that it is about, as the person saw them.
	about []queue.Entry
	// still says, in the place of about, whether what it is about is as they saw it.
	still func(context.Context) (bool, error)
}

// A deed is a request that waits for a supervisor's PIN.
type deed struct {
	request

	// again asks for it once more, and drop tells whoever asked that it is not
	// done.
	again, drop func()
}

// wants says whether an answer means that a supervisor must allow the deed, and
// then asks for one: drop or again follows.
func (w *Window) wants(err error, d deed) bool {
	if w.options.Guard == nil || !errors.Is(err, queue.ErrNeedsSupervisor) {
		return false
	}
	if _, asking := w.panel.(*pinPanel); asking {
		return false // one at a time
	}
	w.guard.state = w.options.Guard.State()
	if len(w.guard.state.Supervisors) == 0 {
		return false
	}
	w.openPanel(newPINPanel(w, &d))
	return true
}

// redo asks for a deed once more, if it still stands as it was asked.
func (w *Window) redo(d deed) {
	still := d.still
	switch {
	case still != nil:
	case len(d.about) == 0:
		d.again()
		return
	default:
		filter := Wanted{Filter: queue.Filter{Customer: customerOf(d.about), States: statesOf(d.about)}}
		still = func(ctx context.Context) (bool, error) {
			now, err := w.options.Entries.List(ctx, filter)
			return unchanged(d.about, now), err
		}
	}
	askFar(w, still, func(same bool, err error) {
		switch {
		case err != nil:
			d.drop()
			w.fail(err)
		case !same:
			d.drop()
			w.note(widget.Hold, func(spoken *words.Words) string { return spoken.Say("guard.changed") })
			w.reload()
		default:
			d.again()
		}
	})
}

// customerOf is the customer of all of these, or "" where they are several's.
func customerOf(entries []queue.Entry) (id autopilot.TenantID) {
	id = entries[0].Customer
	if all(entries, func(e queue.Entry) bool { return e.Customer == id }) {
		return id
	}
	return ""
}

func statesOf(entries []queue.Entry) []queue.State {
	var states []queue.State
	for _, e := range entries {
		if !slices.Contains(states, e.State) {
			states = append(states, e.State)
		}
	}
	return states
}

// unchanged says that all of before are still there, and as a person would
// decide about them.
func unchanged(before, now []queue.Entry) bool {
	found := map[string]queue.Entry{}
	for _, e := range now {
		found[e.ID] = e
	}
	return all(before, func(e queue.Entry) bool {
		n, there := found[e.ID]
		return there && n.State == e.State && n.Customer == e.Customer && n.GroupTag == e.GroupTag && n.Device == e.Device
	})
}
