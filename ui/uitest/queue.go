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

// inTheTimeline turns an entry's pages to where its life is told and no raw byte is in
// sight: what a low window shows on its third page a high one has on its second.
func (s *Shot) inTheTimeline() {
	const high = 900
	s.onQueue(registeredRow)
	s.ctrl("Next")
	if s.Canvas().Size().Height < high {
		s.ctrl("Next")
	}
}

func queueStates() []State {
	return []State{
		state("queue", "mixed", func(s *Shot) { s.onQueue(0) }),
		state("queue", "held", func(s *Shot) { s.onQueue(0); s.tapCount(queue.Held) }),
		state("queue", "searched", func(s *Shot) { s.onQueue(0); s.ctrl("F"); s.types("PF4Z9") }),
		state("queue", "nothing-found", func(s *Shot) { s.onQueue(0); s.ctrl("F"); s.types("QQQQ") }),
		with("queue", "empty", func(s *station) { s.entries = nil }, func(s *Shot) { s.onQueue(0) }),
		state("queue", "history", func(s *Shot) { s.onQueue(registeredRow) }),
		with("queue", "timeline", (*station).wholeStory, (*Shot).inTheTimeline),
		with("queue", "raw", (*station).wholeStory, func(s *Shot) {
			s.onQueue(registeredRow)
			for range 6 {
				s.ctrl("Next")
			}
		}),
		state("queue", "sorted", func(s *Shot) { s.onQueue(0); s.ctrl("Left"); s.ctrl("Left"); s.ctrl("Down") }),
		state("queue", "range", func(s *Shot) { s.onQueue(3); s.shift("Down", "Down", "Down", "Down") }),
		with("queue", "some-held-back", (*station).holdsBack, func(s *Shot) {
			s.onQueue(0)
			s.tapCount(queue.Held)
			s.ctrl("A")
			s.press("F5")
			s.tap("ui.why.compared")
		}),
		state("queue", "retry-refused-only", func(s *Shot) { s.onQueue(0); s.ctrl("A"); s.press("F7") }),
		with("queue", "many", (*station).many, func(s *Shot) { s.onQueue(0); s.tapCount(queue.Held); s.press("Home"); s.shift("End") }),
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

// wholeStory has one box with all that can have happened to it, and all that was read.
func (s *station) wholeStory() {
	for n := range s.entries {
		if e := &s.entries[n]; e.Number == 29 {
			e.Plan, e.TrackingID = "plan-2", "11a2b3c4-0000-4000-8000-000000000002"
			e.Reads = []queue.Read{
				{Text: string(e.PKID), Symbology: "code128", AIM: "]C0", Source: "wedge", At: at(14, 18)},
				{Text: "S" + e.Serial, Symbology: "code39", AIM: "]A0", Source: "serial:/dev/ttyACM0", At: at(14, 19), Layout: "fr", Unsure: true},
				{Text: "HP EliteBook 840 14 inch G10\x1d1P6A1B2EA", Symbology: "datamatrix", AIM: "]d2", Source: "camera", At: at(14, 20)},
			}
		}
	}
	s.history = []queue.AuditLine{
		{Number: 1, At: at(14, 18), By: "Karim", Action: queue.ActionCapture, To: queue.Held, Reason: queue.CouldBeGTIN},
		{Number: 2, At: at(14, 19), By: "Karim", Action: queue.ActionAttach, Reason: queue.CouldBeGTIN},
		{Number: 3, At: at(14, 22), By: "Ana Dupont", Action: queue.ActionRelease, From: queue.Held, To: queue.Ready, Note: "comparé au bon de livraison"},
		{Number: 4, At: at(14, 23), By: queue.Uploader, Action: queue.ActionPlan, From: queue.Ready, To: queue.Planned, Plan: "plan-1"},
		{Number: 5, At: at(14, 24), By: queue.Uploader, Action: queue.ActionSubmit, From: queue.Planned, To: queue.Submitted, Plan: "plan-1"},
		{Number: 6, At: at(14, 25), By: queue.Uploader, Action: queue.ActionOutcome, From: queue.Submitted, To: queue.Rejected, Plan: "plan-1", Note: "812 ZtdDeviceNotFound"},
		{Number: 7, At: at(14, 26), By: queue.Uploader, Action: queue.ActionRetry, From: queue.Rejected, To: queue.Ready},
		{Number: 8, At: at(14, 27), By: queue.Uploader, Action: queue.ActionPlan, From: queue.Ready, To: queue.Planned, Plan: "plan-2"},
		{Number: 9, At: at(14, 28), By: queue.Uploader, Action: queue.ActionSubmit, From: queue.Planned, To: queue.Submitted, Plan: "plan-2"},
		{Number: 10, At: at(14, 31), By: queue.Uploader, Action: queue.ActionOutcome, From: queue.Submitted, To: queue.Registered, Plan: "plan-2"},
	}
}

// holdsBack is a station at which a release would be refused for some boxes.
func (s *station) holdsBack() {
	for _, e := range s.entries {
		switch e.Number {
		case 44:
			s.withheld = append(s.withheld, queue.Withheld{Entry: e, Err: &queue.ClaimedError{Entry: e.ID, By: s.entries[0]}})
		case 41:
			s.withheld = append(s.withheld, queue.Withheld{Entry: e, Err: queue.ErrNoIdentity})
		}
	}
}

// many is a station with a thousand boxes more, of which some are held.
func (s *station) many() {
	for n := range 1000 {
		e := why(100+n, queue.Held, queue.ForReview)
		if n%3 == 0 {
			e = box(100+n, queue.Ready)
		}
		e.CapturedAt = at(9, n%60)
		s.entries = append(s.entries, e)
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
