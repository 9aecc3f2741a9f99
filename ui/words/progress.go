package words

import (
	"time"

	"pkidstation/queue"
	"pkidstation/queue/upload"
)

// Progress is one line about an upload under way: the connection, what is on its
// way, what has come of it, and when it is tried again.
func (w *Words) Progress(s upload.Status, now time.Time) string {
	text := sentences(w.Status(s, now), w.tally(s.Counts))
	if !s.Next.IsZero() && s.Next.After(now) {
		text = sentences(text, w.Say("wait.until", "When", w.Moment(s.Next, now)))
	}
	return text
}

// tally counts what has come of the devices.
func (w *Words) tally(c queue.Counts) string {
	var said []string
	for _, n := range []struct {
		id    string
		count int
	}{
		{"tally.registered", c.Registered},
		{"tally.rejected", c.Rejected},
		{"tally.held", c.Held},
		{"tally.removing", c.Removing},
	} {
		if n.count > 0 {
			said = append(said, w.Count(n.id, n.count))
		}
	}
	return sentences(said...)
}

// Marks are what the counts of states do not tell apart, a sentence each.
func (w *Words) Marks(m queue.Marks) []string {
	var said []string
	for _, n := range []struct {
		id    string
		count int
	}{
		{"marks.already-there", m.AlreadyThere},
		{"marks.by-hand", m.ByHand},
		{"marks.retrying", m.Retrying},
		{"marks.profiles", m.ProfileWanted + m.ProfileSent},
	} {
		if n.count > 0 {
			said = append(said, w.Count(n.id, n.count))
		}
	}
	return said
}

// Relationship is what Partner Center says the partner is to a customer, in a
// word; empty is that nobody asked yet.
func (w *Words) Relationship(c queue.CustomerSetting) string {
	if c.Relationship == "" {
		return w.Say("relationship.unasked")
	}
	return w.Say(w.first("relationship."+string(c.Relationship), "relationship.unknown"))
}
