package uitest

import (
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
	"pkidstation/queue/upload"
	"pkidstation/ui"
)

// onCustomers shows the directory and chooses somebody, counted from 1: Contoso,
// Établissements Lemoine, Fabrikam, Tailspin.
func (s *Shot) onCustomers(row int) {
	s.press("F9", "F3")
	for range row {
		s.press("Down")
	}
}

func customerStates() []State {
	paused := func(s *station) { s.pauses = []queue.Pause{relationless()} }
	return []State{
		state("customers", "all", func(s *Shot) { s.onCustomers(1) }),
		with("customers", "paused", paused, func(s *Shot) { s.onCustomers(3) }),
		with("customers", "none", func(s *station) { s.customers = nil }, func(s *Shot) { s.onCustomers(0) }),
		state("customers", "edit", func(s *Shot) { s.onCustomers(1); s.press("F5") }),
		state("customers", "add", func(s *Shot) { s.onCustomers(0); s.press("F6") }),
		with("customers", "relationship", paused, func(s *Shot) { s.onCustomers(3); s.press("F7", "F5") }),
		state("customers", "profile", func(s *Shot) { s.onCustomers(1); s.press("F8", "Down") }),
		state("customers", "import", func(s *Shot) { s.onCustomers(0); s.press("F10"); s.types("D:/clients.csv"); s.ctrl("Return") }),
	}
}

func partnerStates() []State {
	signs := func(name string, sign ui.SignInState) State {
		return with("sign-in", name, func(s *station) { s.sign = sign }, func(s *Shot) { s.press("F9", "F4") })
	}
	waits := func(note queue.Reason, onSite bool) func(*station) {
		return func(s *station) {
			s.removals = []queue.Removal{{
				ID: "removal-1", Entry: "e27", Customer: contoso, Note: note, OnSite: onSite, Person: true, Due: at(15, 37),
			}}
			if note == queue.OtherParty {
				s.removals[0].Code = autopilot.CodeOtherParty
			}
		}
	}
	return []State{
		signs("done", ui.SignInState{Who: "ana.dupont@partenaire.example"}),
		signs("needed", ui.SignInState{Needs: queue.SignIn}),
		signs("no-mfa", ui.SignInState{Needs: queue.NeedsMFA, Who: "ana.dupont@partenaire.example"}),
		signs("code", ui.SignInState{
			Needs: queue.SignIn, Way: ui.ByCode, Code: "FJC3QF9KH", Address: "https://microsoft.com/devicelogin", Until: at(14, 52),
		}),
		with("dock", "sign-in-needed", func(s *station) { s.sign = ui.SignInState{Needs: queue.SignIn} }, nil),
		state("removal", "ask", func(s *Shot) { s.onQueue(registeredRow); s.ctrl("R") }),
		with("removal", "waiting", waits(queue.OtherParty, false), func(s *Shot) { s.onQueue(removingRow); s.ctrl("R") }),
		with("removal", "on-site", waits(queue.OnTheSite, true), func(s *Shot) { s.onQueue(removingRow); s.ctrl("R") }),
		with("removal", "letter", waits(queue.OtherParty, false), func(s *Shot) {
			s.onQueue(removingRow)
			s.press("Insert", "Down", "Insert")
			s.ctrl("R")
			s.press("F5", "F5")
		}),
	}
}

func exportStates() []State {
	byHand := func(s *station) {
		s.status = upload.Status{Online: upload.OnlineNever}
		var ids []string
		for n := range 3 {
			e := box(20+n, queue.Exported)
			s.entries, ids = append(s.entries, e), append(ids, e.ID)
		}
		refusal := export.Refusal{Entry: box(43, queue.Ready), Column: "Device model", Reason: export.Comma}
		s.written = ui.Written{Entries: ids, Refused: []export.Refusal{refusal}, Rest: 2}
	}
	written := func(s *Shot) { s.press("F9"); s.ctrl("E"); s.press("Down", "F5"); s.ctrl("Return") }
	return []State{
		with("export", "ask", byHand, func(s *Shot) { s.press("F9"); s.ctrl("E"); s.press("Down") }),
		with("export", "written", byHand, written),
		with("export", "confirm", byHand, func(s *Shot) { written(s); s.ctrl("Return"); s.press("Down", "F5", "F6") }),
	}
}

func guardStates() []State {
	nobody := func(s *station) { s.guard.Supervisors = nil }
	refuses := func(s *station) { s.refusal = queue.ErrNeedsSupervisor }
	ask := func(s *Shot) {
		s.onQueue(heldRow)
		s.press("F5")
		s.tap("ui.why.compared")
		s.ctrl("Return")
	}
	pin := func(s *Shot, pin string) { s.types(pin); s.press("Return") }
	return []State{
		with("supervisor", "first", nobody, nil),
		with("supervisor", "anybody", nobody, func(s *Shot) { s.press("Escape") }),
		with("supervisor", "pin", refuses, func(s *Shot) { ask(s); s.types("72") }),
		with("supervisor", "wrong-pin", refuses, func(s *Shot) { ask(s); pin(s, "1111") }),
		with("supervisor", "unlocked", refuses, func(s *Shot) { ask(s); pin(s, rightPIN) }),
		state("supervisor", "all", func(s *Shot) { s.press("F9"); s.ctrl("P"); s.press("Down") }),
		state("supervisor", "add", func(s *Shot) { s.press("F9"); s.ctrl("P"); s.press("F5") }),
	}
}

func hostileStates() []State {
	of := func(screen string, show func(*Shot)) State {
		return with(screen, "hostile", (*station).hostile, show)
	}
	held := verdict(queue.OnHold, queue.OtherCustomer)
	return []State{
		of("dock", func(s *Shot) {
			v := held
			v.Other = s.station.entries[1]
			v.Text = "3305\u202e187654\u202c\u0000"
			tell(v)(s)
		}),
		of("queue", func(s *Shot) { s.onQueue(heldRow) }),
		of("orders", func(s *Shot) { s.onOrders(1) }),
		of("order", func(s *Shot) { s.onOrder(1) }),
		of("reception", func(s *Shot) { s.press("F3") }),
		of("assign", func(s *Shot) { s.onQueue(heldRow); s.press("F6", "Down") }),
	}
}
