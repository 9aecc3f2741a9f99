package uitest

import (
	"time"

	"pkidstation/queue"
	"pkidstation/queue/upload"
)

// onQueue shows the queue and picks a row, counted from 1.
func (s *Shot) onQueue(row int) {
	s.press("F9")
	for range row {
		s.press("Down")
	}
}

// The rows of some boxes on the queue.
const (
	heldRow       = 2
	submittedRow  = 11
	unknownRow    = 13
	otherRow      = 14
	registeredRow = 18
	removingRow   = 20
)

func queueStates() []State {
	return []State{
		state("queue", "mixed", func(s *Shot) { s.onQueue(0) }),
		state("queue", "held", func(s *Shot) { s.onQueue(0); s.tapCount(queue.Held) }),
		state("queue", "searched", func(s *Shot) { s.onQueue(0); s.ctrl("F"); s.types("PF4Z9") }),
		state("queue", "nothing-found", func(s *Shot) { s.onQueue(0); s.ctrl("F"); s.types("QQQQ") }),
		with("queue", "empty", func(s *station) { s.entries = nil }, func(s *Shot) { s.onQueue(0) }),
		state("queue", "history", func(s *Shot) { s.onQueue(registeredRow) }),
		state("queue", "rejected", func(s *Shot) { s.onQueue(unknownRow) }),
		state("queue", "rejected-other-tenant", func(s *Shot) { s.onQueue(otherRow) }),
		state("queue", "ticked", func(s *Shot) { s.onQueue(heldRow); s.press("Insert", "Down", "Insert") }),
		with("queue", "progress", (*station).busy, func(s *Shot) { tell(verdict(queue.OnHold, queue.CouldBeGTIN))(s); s.onQueue(0) }),
		state("queue", "release", func(s *Shot) { s.onQueue(heldRow); s.press("F5"); s.tap("ui.why.compared") }),
		state("queue", "assign", func(s *Shot) { s.onQueue(heldRow); s.press("F6", "Down") }),
		state("queue", "discard", func(s *Shot) { s.onQueue(heldRow); s.press("F10") }),
		state("queue", "give-up", func(s *Shot) { s.onQueue(submittedRow); s.ctrl("G") }),
		state("queue", "by-serial", func(s *Shot) { s.onQueue(unknownRow); s.ctrl("S") }),
		state("hash", "ask", func(s *Shot) { s.onQueue(heldRow); s.ctrl("H") }),
		state("hash", "found", func(s *Shot) { s.onQueue(heldRow); s.ctrl("H"); s.types("E:/hachage.csv"); s.ctrl("Return") }),
		state("queue", "help", func(s *Shot) { s.onQueue(0); s.press("F1") }),
		with("queue", "offline", (*station).offline, func(s *Shot) { s.onQueue(0) }),
	}
}

// tapCount taps the chip of a state.
func (s *Shot) tapCount(of queue.State) {
	label := s.words.State(of)
	s.tapLabel(label)
}

// busy is a station at which much is under way, and some of it held up.
func (s *station) busy() {
	next := at(14, 52)
	s.pauses = []queue.Pause{relationless()}
	s.status.Progress = []upload.Progress{
		{Customer: contoso, Ready: 3, Planned: 1, Submitted: 2, Next: next},
		{Customer: fabrikam, Ready: 24, Reason: queue.NoRelationship, Since: at(8, 10), Next: at(16, 10)},
		{Customer: lemoine, Ready: 12, Submitted: 480, Reason: queue.Throttled, Since: at(14, 30), Next: next.Add(4 * time.Minute)},
		{Customer: tailspin, Ready: 2, Next: next},
	}
	s.marks = queue.Marks{AlreadyThere: 1, Retrying: 1}
}
