package ui

import (
	"context"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/words"
)

// follow goes where the chosen matter is seen to.
func (s *morningScreen) follow() {
	w := s.window
	if s.chosen >= len(s.matters) {
		return
	}
	switch m := s.matters[s.chosen]; m.About {
	case words.AboutOrder:
		if w.options.Orders != nil {
			w.openOrder(nil, orderKey{m.Order, m.Customer})
		}
	case words.AboutOrders:
		w.openOrders()
	case words.AboutBox:
		w.showQueue(m.State, m.Entry)
	case words.AboutState:
		w.showQueue(m.State, 0)
	case words.AboutLink, words.AboutSignIn:
		w.openSignIn()
	case words.AboutRelation:
		w.openRelation(m.Customer, nil)
	case words.AboutExport:
		s.confirmExport(m.Customer)
	case words.AboutReception:
		w.visit(w.dock)
	case words.AboutCare:
		w.openSettingsAt("care")
	}
}

// showQueue shows what stands in a state, with one of it in the drawer.
func (w *Window) showQueue(state queue.State, entry uint64) {
	w.queue.search.SetText("")
	w.visit(w.queue)
	w.queue.current = entry
	w.queue.show(state, "")
}

// confirmExport asks what became of a customer's files, or shows that there are none.
func (s *morningScreen) confirmExport(customer autopilot.TenantID) {
	w := s.window
	if customer == "" || w.options.Files == nil {
		w.showQueue(queue.Exported, 0)
		return
	}
	filter := Wanted{Filter: queue.Filter{States: []queue.State{queue.Exported}, Customer: customer}}
	askFar(w, func(ctx context.Context) ([]queue.Entry, error) { return w.options.Entries.List(ctx, filter) },
		func(entries []queue.Entry, err error) {
			switch {
			case err != nil:
				w.fail(err)
			case w.page == page(s) && w.panel == nil: // else the person went elsewhere
				w.openConfirmExport(entries, nil)
			}
		})
}
