package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
)

// A partnerAction is what a supervisor does with Partner Center from the queue
// screen: each opens a panel of its own.
type partnerAction struct {
	id, hint string // of its word and of its key's
	key      fyne.KeyName
	// there says whether the window has a port for it, useful whether it is of
	// any use now.
	there, useful bool
	// possible says whether it can be for an entry; nil where it needs none.
	possible func(queue.Entry) bool
	begin    func()
}

// allPartnerActions are all of them, in their order on the screen. Those without
// a key here have a function key (queueScreen.command).
func (q *queueScreen) allPartnerActions() []partnerAction {
	w, o := q.window, q.window.options
	removable := func(e queue.Entry) bool {
		return e.State == queue.Registered || e.State == queue.Removing || e.State == queue.Removed
	}
	selected := q.selected()
	hash := func(e queue.Entry) bool { return len(selected) == 1 && takesHash(e) }
	return []partnerAction{
		{"screens.remove", "screens.key.remove", fyne.KeyR, o.Removals != nil, true, removable, q.beginRemoval},
		{"screens.tuple", "screens.key.tuple", fyne.KeyS, o.Tuples != nil, slices.ContainsFunc(selected, queue.Entry.CanGoByTuple), queue.Entry.CanGoByTuple, q.beginTuple},
		{"screens.hash.short", "screens.key.hash", fyne.KeyH, o.Hashes != nil, slices.ContainsFunc(selected, hash), hash, q.beginHash},
		{"screens.export", "screens.key.export", fyne.KeyE, o.Files != nil, w.byHand() || w.counts.Exported > 0, nil, q.beginExport},
		{"orders.title", "orders.key", fyne.KeyO, o.Orders != nil, true, nil, w.openOrders},
		{"screens.customers", "ui.key.f3", "", o.Directory != nil, true, nil, w.openCustomers},
		{"screens.signin.short", "ui.key.f4", "", o.SignIn != nil, true, nil, w.openSignIn},
		{"guard.people", "guard.key.people", fyne.KeyP, o.Guard != nil, true, nil, w.openSupervisors},
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
