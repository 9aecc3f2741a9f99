package words

import (
	"slices"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/upload"
)

// Status is the connection in words, with how many devices are kept here that
// go out by themselves. What holds them up is in Wait.
func (w *Words) Status(s upload.Status, now time.Time) string {
	text := w.online(s, now)
	if s.Counts.Submitted > 0 {
		text += " " + w.Count("online.submitted", s.Counts.Submitted)
	}
	return text
}

// online counts only what goes out without a person: a held box is not promised.
func (w *Words) online(s upload.Status, now time.Time) string {
	kept := s.Counts.Ready + s.Counts.Planned
	switch s.Online {
	case upload.OnlineYes:
		return w.some("online.online", kept)
	case upload.OnlineNever:
		return w.some("online.csv-only", kept)
	case upload.OnlineNo:
		lasts := now.Sub(s.Since)
		if s.Since.IsZero() || lasts < time.Second { // nobody is told of 0 seconds
			return w.some("online.offline.unknown", kept)
		}
		return w.some("online.offline", kept, "For", w.Duration(lasts))
	case upload.OnlineUnknown:
		return w.some("online.unknown", kept)
	default:
		return w.some("online.unknown", kept)
	}
}

// some is Count, with a text of its own for none.
func (w *Words) some(id string, n int, data ...any) string {
	if n == 0 {
		return w.Say(id+".none", data...)
	}
	return w.Count(id, n, data...)
}

// Wait is why entries wait and what ends it: who, how many, why, what now, when
// next.
func (w *Words) Wait(wait upload.Wait, now time.Time) string {
	text := w.waiting(wait)
	if why := w.why(wait); why != "" {
		text += " " + why
	}
	if !wait.Until.IsZero() {
		text += " " + w.Say("wait.until", "When", w.Moment(wait.Until, now))
	}
	return text
}

// why is the reason and what ends it. Where a person must act, the refusal
// itself says more than its kind.
func (w *Words) why(wait upload.Wait) string {
	if slices.Contains([]queue.Reason{queue.Refused, queue.SignIn, queue.WrongRole, queue.NeedsMFA}, wait.Reason) {
		if text, ok := w.partner(wait.Err); ok {
			return text
		}
	}
	why := w.Reason(wait.Reason)
	if next := "wait." + string(wait.Reason) + ".next"; w.has(next) {
		why += " " + w.Say(next)
	}
	return why
}

func (w *Words) waiting(wait upload.Wait) string {
	if wait.Customer == "" {
		return w.some("wait.station", wait.Entries)
	}
	return w.some("wait.customer", wait.Entries, "Customer", w.customer(wait.Customer))
}
