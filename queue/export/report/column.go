package report

import (
	"time"

	"pkidstation/queue"
)

// A line is one entry of the report.
type line struct {
	queue.Entry

	confirmedBy string
	words       Words
}

// A kind says what a column holds.
type kind int

const (
	text    kind = iota // whatever it looks like
	integer             // a count, Entry.Number
	moment              // a time, Entry.CapturedAt
)

// A column of the report.
type column struct {
	id    string  // of its name, after "report."
	width float64 // in characters
	kind  kind
	value func(l line) string // of a text
}

// columns are the report's, from left to right.
func columns() []column {
	return []column{
		{id: "number", width: 8, kind: integer},
		{id: "pkid", width: 15, value: func(l line) string { return string(l.PKID) }},
		{id: "serial", width: 18, value: func(l line) string { return l.Serial }},
		{id: "manufacturer", width: 20, value: func(l line) string { return l.Manufacturer }},
		{id: "model", width: 24, value: func(l line) string { return l.Model }},
		{id: "customer", width: 24, value: func(l line) string { return l.words.CustomerName(l.Customer) }},
		{id: "tenant", width: 38, value: func(l line) string { return string(l.Customer) }},
		{id: "tag", width: 14, value: func(l line) string { return string(l.GroupTag) }},
		{id: "order", width: 14, value: func(l line) string { return l.Order }},
		{id: "pallet", width: 10, value: func(l line) string { return l.Pallet }},
		{id: "state", width: 24, value: func(l line) string { return l.words.State(l.State) }},
		{id: "outcome", width: 60, value: func(l line) string { return l.words.Answered(l.Entry) }},
		{id: "code", width: 8, value: func(l line) string { return string(l.Code) }},
		{id: "batch", width: 14, value: func(l line) string { return l.Batch }},
		{id: "tracking", width: 38, value: func(l line) string { return l.TrackingID }},
		{id: "device", width: 38, value: func(l line) string { return l.DeviceID }},
		{id: "captured", width: 17, kind: moment},
		{id: "by", width: 14, value: func(l line) string { return l.words.Operator(l.Operator, l.OperatorNumber) }},
		{id: "station", width: 14, value: func(l line) string { return l.Station }},
		{id: "mark", width: 40, value: func(l line) string { return l.words.Mark(l.Entry, l.confirmedBy) }},
	}
}

// shown is the value as a person reads it; counts and times as the language
// writes them in a table.
func (c column) shown(l line) string {
	switch c.kind {
	case integer:
		return l.words.Number(l.Number)
	case moment:
		return shownTime(l.words, l.CapturedAt)
	case text:
		return Plain(c.value(l))
	}
	return ""
}

// shownTime is a local time, "" for none.
func shownTime(w Texts, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.Local()
	return w.Say("report.time", "Year", t.Year(), "Month", int(t.Month()), "Day", t.Day(), "Hour", t.Hour(), "Minute", t.Minute())
}

// heading is the head of a report of entries.
func heading(w Words) head {
	h := head{title: w.Say("report.title"), sheet: w.Say("report.devices")}
	for _, c := range columns() {
		h.columns = append(h.columns, Column{Name: w.Say("report." + c.id), Width: c.width})
	}
	return h
}
