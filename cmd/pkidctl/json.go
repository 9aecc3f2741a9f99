package main

import (
	"encoding/json"
	"fmt"
	"time"

	"pkidstation/queue"
	"pkidstation/scanner/command"
)

// jsonVerdict is a verdict as scripts get it: every key is always there.
type jsonVerdict struct {
	Verdict queue.Word   `json:"verdict"`
	ID      string       `json:"id"`
	Number  int          `json:"number"`
	PKID    string       `json:"pkid"`
	Serial  string       `json:"serial"`
	Kind    string       `json:"kind"`
	Text    string       `json:"text"`
	Reason  queue.Reason `json:"reason"`
	At      time.Time    `json:"at"`
}

func verdictJSON(v queue.Verdict) jsonVerdict {
	if v.Repeated { // told again, nothing is new
		v.Word, v.Kind, v.Text, v.Reason = queue.Ignored, "command", command.Command{Word: command.Repeat}.Text(), "repeated"
	}
	return jsonVerdict{
		Verdict: v.Word, ID: v.Entry.ID, Number: v.Entry.Number, PKID: string(v.Entry.PKID), Serial: v.Entry.Serial,
		Kind: v.Kind, Text: v.Text, Reason: v.Reason, At: v.At.UTC(),
	}
}

// jsonEntry is an entry as scripts get it: every key is always there.
type jsonEntry struct {
	ID           string       `json:"id"`
	Seq          uint64       `json:"seq"`
	Number       int          `json:"number"`
	PKID         string       `json:"pkid"`
	Serial       string       `json:"serial"`
	Manufacturer string       `json:"manufacturer"`
	Model        string       `json:"model"`
	Customer     string       `json:"customer"`
	GroupTag     string       `json:"group_tag"`
	Order        string       `json:"order"`
	Pallet       string       `json:"pallet"`
	State        queue.State  `json:"state"`
	Batch        string       `json:"batch"`
	TrackingID   string       `json:"tracking_id"`
	DeviceID     string       `json:"device_id"`
	Code         string       `json:"code"`
	Reason       queue.Reason `json:"reason"`
	CapturedAt   time.Time    `json:"captured_at"`
	Operator     string       `json:"operator"`
	Station      string       `json:"station"`
	Source       string       `json:"source"`
}

func entryJSON(e queue.Entry) jsonEntry {
	return jsonEntry{
		ID: e.ID, Seq: e.Seq, Number: e.Number, PKID: string(e.PKID), Serial: e.Serial, Manufacturer: e.Manufacturer,
		Model: e.Model, Customer: string(e.Customer), GroupTag: string(e.GroupTag), Order: e.Order, Pallet: e.Pallet,
		State: e.State, Batch: e.Batch, TrackingID: e.TrackingID, DeviceID: e.DeviceID, Code: string(e.Code),
		Reason: e.Reason, CapturedAt: e.CapturedAt.UTC(), Operator: e.Operator, Station: e.Station, Source: e.Source,
	}
}

// jsonEntryWhole is an entry with its history.
type jsonEntryWhole struct {
	jsonEntry

	Other   string            `json:"other"`
	Answer  string            `json:"answer"`
	RetryAt string            `json:"retry_at"`
	Tries   int               `json:"tries"`
	ByTuple bool              `json:"by_tuple"`
	Profile jsonGiven         `json:"profile"`
	From    string            `json:"from"`
	Removal jsonTakenBack     `json:"removal"`
	Reads   []queue.Read      `json:"reads"`
	History []queue.AuditLine `json:"history"`
}

// jsonGiven is how far a device is from its profile.
type jsonGiven struct {
	ID         string             `json:"id"`
	Name       string             `json:"name"`
	State      queue.ProfileState `json:"state"`
	TrackingID string             `json:"tracking_id"`
	Code       string             `json:"code"`
	Answer     string             `json:"answer"`
}

func givenJSON(p queue.Profile) jsonGiven {
	return jsonGiven{ID: p.ID, Name: p.Name, State: p.State, TrackingID: p.TrackingID, Code: string(p.Code), Answer: p.Answer}
}

// jsonTakenBack is a removal under way.
type jsonTakenBack struct {
	State  queue.RemovalState `json:"state"`
	By     string             `json:"by"`
	Reason string             `json:"reason"`
	Waits  queue.Reason       `json:"waits"`
	Code   string             `json:"code"`
	Answer string             `json:"answer"`
	Person bool               `json:"person"`
	OnSite bool               `json:"on_site"`
	Due    string             `json:"due"`
}

func takenBackJSON(r queue.Removal) jsonTakenBack {
	return jsonTakenBack{
		State: r.State, By: r.By, Reason: r.Reason, Waits: r.Note, Code: string(r.Code), Answer: r.Answer, Person: r.Person,
		OnSite: r.OnSite, Due: stamp(r.Due),
	}
}

// object writes one JSON object as one line.
func (p *program) object(v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encoding JSON: %w", err)
	}
	return p.line(string(data))
}
