package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui/listing"
)

// A partnerAction is what a supervisor does with Partner Center from the queue
// screen: each opens a panel of its own.
type partnerAction struct {
	id, hint string // of its word and of its key's
	key      fyne.KeyName
	// there says whether the window has a port for it, useful whether it is of
	// any use now.
	there, useful bool
	// possible says whether it can be for what is selected; nil where it needs nothing.
	possible func(listing.Count) bool
	begin    func()
}

// allPartnerActions are all of them, in their order on the screen. Those without
// a key here have a function key (queueScreen.command).
func (q *queueScreen) allPartnerActions() []partnerAction {
	w, o := q.window, q.window.options
	chosen := q.count()
	removable := func(c listing.Count) bool {
		return c.All > 0 && c.All == c.In(func(s queue.State) bool { return s == queue.Registered || s == queue.Removing || s == queue.Removed })
	}
	tuple := func(c listing.Count) bool { return c.All > 0 && c.All == c.Tuples }
	hash := func(c listing.Count) bool {
		return c.All == 1 && c.Sent == 0 && c.In(func(s queue.State) bool { return s == queue.Held }) == 1
	}
	return []partnerAction{
		{"screens.remove", "screens.key.remove", fyne.KeyR, o.Removals != nil, true, removable, q.beginRemoval},
		{"screens.tuple", "screens.key.tuple", fyne.KeyS, o.Tuples != nil, chosen.Tuples > 0, tuple, q.beginTuple},
		{"screens.hash.short", "screens.key.hash", fyne.KeyH, o.Hashes != nil, hash(chosen), hash, q.beginHash},
		{"screens.export", "screens.key.export", fyne.KeyE, o.Files != nil, w.byHand() || w.counts.Exported > 0, nil, q.beginExport},
		{"orders.title", "orders.key", fyne.KeyO, o.Orders != nil, true, nil, w.openOrders},
		{"morning.title", "morning.key", fyne.KeyT, o.Morning != nil, chosen.All == 0, nil, w.openMorning},
		{"screens.customers", "ui.key.f3", "", o.Directory != nil, true, nil, w.openCustomers},
		{"screens.signin.short", "ui.key.f4", "", o.SignIn != nil, true, nil, w.openSignIn},
		{"guard.people", "guard.key.people", fyne.KeyP, o.Guard != nil, true, nil, w.openSupervisors},
		{"settings.title", "settings.key", fyne.KeyComma, o.Settings != nil && !o.Demo, true, nil, w.openSettings},
	}
}

// partnerActions are those to show now.
func (q *queueScreen) partnerActions() []partnerAction {
	var shown []partnerAction
	for _, a := range q.allPartnerActions() {
		if a.there && a.useful {
			shown = append(shown, a)
		}
	}
	return shown
}

// partnerTaps are those that have a button here: where there are settings, the
// supervisors have theirs among them.
func (q *queueScreen) partnerTaps() []partnerAction {
	return slices.DeleteFunc(q.partnerActions(), func(a partnerAction) bool {
		return a.key == fyne.KeyP && q.window.options.Settings != nil
	})
}

// partnerKey does what Ctrl and a letter mean.
func (q *queueScreen) partnerKey(key fyne.KeyName) bool {
	for _, a := range q.partnerActions() {
		if a.key == key {
			a.begin()
			return true
		}
	}
	return false
}
