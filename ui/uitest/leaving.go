package uitest

import (
	"time"

	"pkidstation/ui"
)

// windowStates are what the window has of its own, whatever is on it.
func windowStates() []State {
	kiosk := func(o *ui.Options, s *station) {
		o.Kiosk = true
		s.guard.Supervisors = []string{"Marie", "Paul"}
	}
	return []State{
		state("window", "leave", func(s *Shot) { s.window.AskToClose() }),
		{Screen: "window", Name: "leave-kiosk", before: kiosk, show: func(s *Shot) { s.window.AskToClose(); s.ctrl("Return") }},
		state("window", "wait", func(s *Shot) { s.press("F9"); s.await("orders.title", func() {}, 62, 100) }),
		state("window", "wait-stays", func(s *Shot) { s.press("F9"); s.await("screens.export", nil, 0, 0) }),
	}
}

// await has something under way that takes long.
func (s *Shot) await(id string, stop func(), done, of int) {
	s.window.Await(id, stop, done, of)
	s.clock.pass(3 * time.Second)
}
