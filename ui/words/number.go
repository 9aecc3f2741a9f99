package words

import (
	"strconv"
	"strings"
	"time"
)

// Number is a count, grouped as the language does. Never use it for an
// identifier.
func (w *Words) Number(n int) string {
	// The tables of x/text group French with a wide unbreakable space; the
	// typographic one is narrow.
	return strings.ReplaceAll(w.printer.Sprintf("%d", n), "\u00a0", "\u202f")
}

// Decimal is a measure to one place after the point, or the comma, of the language.
func (w *Words) Decimal(v float64) string {
	text := strconv.FormatFloat(v, 'f', 1, 64)
	if w.Language() == "fr" {
		text = strings.ReplaceAll(text, ".", ",")
	}
	return text
}

// Duration is a length of time in its two largest units, as in "2 d 3 h". A
// negative one is none.
func (w *Words) Duration(d time.Duration) string {
	d = max(d, 0)
	days, hours := int(d/(24*time.Hour)), int(d/time.Hour)
	minutes, seconds := int(d/time.Minute), int(d/time.Second)
	switch {
	case days > 0:
		return w.Say("duration.days", "Big", w.Number(days), "Small", hours%24)
	case hours > 0:
		return w.Say("duration.hours", "Big", hours, "Small", minutes%60)
	case minutes > 0:
		return w.Say("duration.minutes", "Big", minutes)
	default:
		return w.Say("duration.seconds", "Big", seconds)
	}
}

// Clock is the local time of day, as in "14:32".
func (w *Words) Clock(t time.Time) string {
	t = t.Local()
	return w.Say("clock", "Hour", t.Hour(), "Minute", t.Minute())
}

// Moment is the local time of day, with the date if that is not now's. The
// zero time is "".
func (w *Words) Moment(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	if t.Local().Format(time.DateOnly) == now.Local().Format(time.DateOnly) {
		return w.Clock(t)
	}
	return w.Date(t)
}

// Date is the local date and time of day, also where that is today's.
func (w *Words) Date(t time.Time) string {
	t = t.Local()
	return w.Say("date", "Year", t.Year(), "Month", int(t.Month()), "Day", t.Day(), "Clock", w.Clock(t))
}
