package leave

import (
	"time"

	"pkidstation/queue/export/report"
)

// Words are the texts of a person's language.
type Words interface {
	report.Texts
	// Count is Say for n things, in the form that the language has for n.
	Count(id string, n int, data ...any) string
}

// Options say how a paper is made.
type Options struct {
	Words Words
	// Paper counts for Write alone: lists are on A4.
	Paper Paper
	// Station is where it was made, Made when; zero is now.
	Station string
	Made    time.Time
}

func (o Options) made() time.Time {
	if o.Made.IsZero() {
		return time.Now()
	}
	return o.Made
}

// moment is a local time, "" for none; day is its date.
func moment(w Words, t time.Time) string { return timeText(w, "report.time", t) }
func day(w Words, t time.Time) string    { return timeText(w, "day", t) }

func timeText(w Words, id string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.Local()
	return w.Say(id, "Year", t.Year(), "Month", int(t.Month()), "Day", t.Day(), "Hour", t.Hour(), "Minute", t.Minute())
}
