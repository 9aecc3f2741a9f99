package main

import (
	"time"

	"pkidstation/queue/morning"
)

// jsonMorning is a morning as scripts get it: every key is always there, but for times
// that nobody knows.
type jsonMorning struct {
	Station        string              `json:"station"`
	At             time.Time           `json:"at"`
	Since          time.Time           `json:"since"`
	Staying        []jsonStaying       `json:"orders_staying"`
	StayingMore    int                 `json:"orders_staying_more"`
	OrdersLeaving  int                 `json:"orders_leaving"`
	OrdersUnknown  int                 `json:"orders_unknown"`
	Refused        int                 `json:"refused"`
	RefusedBefore  int                 `json:"refused_before"`
	Unsent         int                 `json:"unsent"`
	OldestUnsent   time.Time           `json:"oldest_unsent,omitzero"`
	Offline        bool                `json:"offline"`
	LastContact    time.Time           `json:"last_contact,omitzero"`
	SignIn         string              `json:"sign_in"`
	Held           []jsonReason        `json:"held"`
	Paused         []jsonReason        `json:"paused"`
	NoRelationship []jsonCustomerCount `json:"no_relationship"`
	Exported       []jsonCustomerCount `json:"exported"`
	Receptions     int                 `json:"receptions_open"`
	LastBackup     time.Time           `json:"last_backup,omitzero"`
	LastCopy       time.Time           `json:"last_copy,omitzero"`
	FreeBytes      uint64              `json:"free_bytes"`
	Hours          []jsonHour          `json:"hours"`
	Failures       []jsonFailure       `json:"failures"`
	UnsentAges     []int               `json:"unsent_ages"`
}

type jsonStaying struct {
	Order      string `json:"order"`
	Customer   string `json:"customer"`
	Registered int    `json:"registered"`
	Due        int    `json:"due"`
}

type jsonReason struct {
	Reason   string `json:"reason"`
	Customer string `json:"customer"`
	Count    int    `json:"count"`
}

type jsonCustomerCount struct {
	Customer string `json:"customer"`
	Count    int    `json:"count"`
}

type jsonHour struct {
	From       time.Time `json:"from"`
	Captured   int       `json:"captured"`
	Registered int       `json:"registered"`
}

type jsonFailure struct {
	Code   string `json:"code"`
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

func morningJSON(m morning.Morning) jsonMorning {
	j := jsonMorning{
		Station: m.Station, At: m.At.UTC(), Since: m.Since.UTC(), StayingMore: m.Orders.More, OrdersLeaving: m.Orders.Leaving, OrdersUnknown: m.Orders.Unknown,
		Refused: m.Refused.Count, RefusedBefore: m.Refused.Before, Unsent: m.Unsent.Count, OldestUnsent: utc(m.Unsent.Oldest), Offline: m.Link.Offline,
		LastContact: utc(m.Link.Contact), SignIn: string(m.Link.Needs), Receptions: len(m.Receptions), LastBackup: utc(m.Care.Backup), LastCopy: utc(m.Care.Copy),
		FreeBytes: m.Care.Free, UnsentAges: m.Unsent.Ages[:],
		Staying: []jsonStaying{}, Held: []jsonReason{}, Paused: []jsonReason{}, NoRelationship: []jsonCustomerCount{}, Exported: []jsonCustomerCount{},
		Hours: []jsonHour{}, Failures: []jsonFailure{},
	}
	for _, o := range m.Orders.Staying {
		j.Staying = append(j.Staying, jsonStaying{o.Order, string(o.Customer), o.Registered, o.Due})
	}
	for _, b := range m.Held {
		j.Held = append(j.Held, jsonReason{Reason: string(b.Reason), Count: b.Count})
	}
	for _, p := range m.Pauses {
		j.Paused = append(j.Paused, jsonReason{string(p.Reason), string(p.Customer), p.Count})
	}
	for _, s := range m.Strangers {
		j.NoRelationship = append(j.NoRelationship, jsonCustomerCount{string(s.Customer), s.Count})
	}
	for _, x := range m.Exported {
		j.Exported = append(j.Exported, jsonCustomerCount{string(x.Customer), x.Count})
	}
	for _, h := range m.Hours {
		j.Hours = append(j.Hours, jsonHour{h.From.UTC(), h.Captured, h.Registered})
	}
	for _, f := range m.Failures {
		j.Failures = append(j.Failures, jsonFailure{string(f.Code), string(f.Reason), f.Count})
	}
	return j
}

func utc(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC()
}
