package queue

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"pkidstation/queue/autopilot"
)

// check says what in a handover could not be kept here as it is. A station that
// hands over asks the same, so that it does not move what no other would take.
func (b handoverBody) check() error {
	if !isUUID(b.ID) {
		return faulty(FaultID, "id")
	}
	for place, code := range map[string]string{"from": b.From, "to": b.To} {
		if own, err := ParseStationCode(code); err != nil || own != code {
			return faulty(FaultID, place)
		}
	}
	if b.From == b.To {
		return faulty(FaultOwn, "to")
	}
	if len(b.Entries) > MaxHandover {
		return faulty(FaultSize, "entries")
	}
	if len(b.Entries) == 0 {
		return faulty(FaultFormat, "entries")
	}
	if place := wrongText(map[string]string{"station": b.Station, "by": b.By, "reason": b.Reason}); place != "" {
		return faulty(FaultValue, place)
	}
	rooms, err := b.checkReceptions()
	if err != nil {
		return err
	}
	if err := b.checkCustomers(); err != nil {
		return err
	}
	return b.checkEntries(rooms)
}

func (b handoverBody) checkReceptions() (rooms map[string]bool, err error) {
	rooms = map[string]bool{}
	for i, r := range b.Receptions {
		place := fmt.Sprintf("receptions.%d", i)
		switch {
		case !isID(r.ID):
			return nil, faulty(FaultID, place)
		case rooms[r.ID]:
			return nil, faulty(FaultTwice, place)
		case !isCustomer(r.Customer) || !isTag(r.GroupTag):
			return nil, faulty(FaultCustomer, place)
		case wrongText(map[string]string{"order": r.Order, "pallet": r.Pallet, "by": r.OpenedBy, "closed": r.ClosedBy}) != "":
			return nil, faulty(FaultValue, place)
		}
		rooms[r.ID] = true
	}
	return rooms, nil
}

func (b handoverBody) checkCustomers() error {
	known := map[autopilot.TenantID]bool{}
	for i, c := range b.Customers {
		place := fmt.Sprintf("customers.%d", i)
		tags := isTag(c.GroupTag)
		for _, t := range c.Tags {
			tags = tags && t != "" && isTag(t)
		}
		switch {
		case c.ID == "" || !isCustomer(c.ID) || !isCustomer(c.Reseller) || !tags:
			return faulty(FaultCustomer, place)
		case known[c.ID]:
			return faulty(FaultTwice, place)
		case wrongText(map[string]string{
			"name": c.Name, "domain": c.Domain, "profile": c.Profile, "profile name": c.ProfileName,
			"relationship": string(c.Relationship), "source": string(c.Source),
		}) != "":
			return faulty(FaultValue, place)
		}
		known[c.ID] = true
	}
	return nil
}

// checkEntries holds each entry alone, and those against each other that may not
// both be: two of one ID, and two that would both go out for one PKID.
func (b handoverBody) checkEntries(rooms map[string]bool) error {
	ids, ready := map[string]bool{}, map[autopilot.PKID]bool{}
	for i, e := range b.Entries {
		place := fmt.Sprintf("entries.%d", i)
		switch {
		case !isID(e.ID):
			return faulty(FaultID, place+".id")
		case ids[e.ID]:
			return faulty(FaultTwice, place+".id")
		case !rooms[e.Reception]:
			return faulty(FaultReception, place+".reception")
		case e.PKID != "" && e.State == Ready && ready[e.PKID]:
			return faulty(FaultTwice, place+".pkid")
		}
		if err := e.checkTravelling(place); err != nil {
			return err
		}
		ids[e.ID] = true
		ready[e.PKID] = ready[e.PKID] || e.State == Ready
	}
	return nil
}

// mostHops is how often an entry can have been handed over.
const mostHops = 64

func (e Entry) checkTravelling(place string) error {
	if e.PKID != "" {
		if _, err := autopilot.ParsePKID(string(e.PKID)); err != nil {
			return faulty(FaultPKID, place+".pkid")
		}
	}
	if e.Hash != "" && e.Hash.Agrees(e.Device) != nil {
		return faulty(FaultValue, place+".hash")
	}
	tuple := e.Serial != "" && e.Manufacturer != "" && e.Model != ""
	switch {
	case !e.State.NeverSent(), e.State == Held && !isWord(string(e.Reason)), e.State == Ready && e.Reason != "",
		e.Hold != "" && !isWord(string(e.Hold)), e.ByList != "" && e.ByList != ListedPKID && e.ByList != ListedDevice:
		return faulty(FaultState, place+".state")
	case e.State == Ready && (e.Customer == "" || !e.Identified()), e.ByTuple && !tuple:
		return faulty(FaultState, place)
	case !isCustomer(e.Customer) || !isTag(e.GroupTag):
		return faulty(FaultCustomer, place)
	case e.Other != "" && !isID(e.Other) || e.From != "" && !isID(e.From) || len(e.Way) >= mostHops:
		return faulty(FaultID, place)
	}
	for _, hop := range e.Way {
		if !isUUID(hop) {
			return faulty(FaultID, place+".way")
		}
	}
	texts := map[string]string{
		"serial": e.Serial, "manufacturer": e.Manufacturer, "model": e.Model, "part": e.Part, "order": e.Order, "pallet": e.Pallet,
		"operator": e.Operator, "station": e.Station, "source": e.Source, "code": string(e.Code),
	}
	if at := wrongText(texts); at != "" {
		return faulty(FaultValue, place+"."+at)
	}
	return nil
}

func isUUID(text string) bool {
	id, err := uuid.Parse(text)
	return err == nil && id.String() == text
}

var handoverID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

func isID(text string) bool { return handoverID.MatchString(text) }

var handoverWord = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)

func isWord(text string) bool { return handoverWord.MatchString(text) }

func isCustomer(id autopilot.TenantID) bool {
	own, err := autopilot.ParseTenantID(string(id))
	return id == "" || err == nil && own == id
}

func isTag(tag autopilot.GroupTag) bool {
	_, err := autopilot.ParseGroupTag(string(tag))
	return tag == "" || err == nil
}

// longestText is more than any of an entry's texts, and less than a key of an
// index may have.
const longestText = 1024

// wrongText is the name of a text that cannot be an entry's, "" for none.
func wrongText(texts map[string]string) string {
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		text := texts[name]
		if len(text) > longestText || !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) {
			return name
		}
	}
	return ""
}
