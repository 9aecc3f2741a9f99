package manifest

import (
	"strings"

	"pkidstation/queue/autopilot"
)

// repeats are where each identity stood first, by the index of its row.
type repeats struct {
	byPKID   map[autopilot.PKID]int
	bySerial map[string]int
	byHash   map[string]int
}

func newRepeats() repeats {
	return repeats{byPKID: map[autopilot.PKID]int{}, bySerial: map[string]int{}, byHash: map[string]int{}}
}

// repeated says whether an identity of the row was in the list before, and
// remembers it where not. Of rows that contradict each other the earlier ones are
// refused as well.
func (r *reader) repeated(d *Row) *Refusal {
	var refusal *Refusal
	for _, same := range []struct {
		field Field
		text  string
		first int
	}{
		{PKID, string(d.PKID), lookup(r.repeats.byPKID, d.PKID)},
		{Serial, d.Serial, lookup(r.repeats.bySerial, strings.ToUpper(d.Serial))},
		{Hash, d.Hash, lookup(r.repeats.byHash, d.Hash)},
	} {
		if same.first < 0 || same.field == Serial && differ(r.m.rows.at(same.first).Manufacturer, d.Manufacturer) {
			continue // each manufacturer numbers its own
		}
		earlier, why := r.m.rows.at(same.first), Duplicate
		if r.m.dropped[same.first] || contradicts(earlier, d) {
			why = Conflict
			r.drop(same.first, same.field, same.text, Conflict, d.Row)
		}
		if refusal == nil || why == Conflict && refusal.Reason == Duplicate {
			at := r.at(same.field, d.Place, same.text, why, earlier.Row)
			refusal = &at
		}
	}
	if refusal == nil {
		r.remember(d, r.m.rows.n)
	}
	return refusal
}

// lookup is where something stood first, or -1. What is empty stands nowhere.
func lookup[K ~string](first map[K]int, what K) int {
	if i, ok := first[what]; ok && what != "" {
		return i
	}
	return -1
}

func (r *reader) remember(d *Row, i int) {
	if d.PKID != "" {
		r.repeats.byPKID[d.PKID] = i
	}
	if d.Serial != "" {
		r.repeats.bySerial[strings.ToUpper(d.Serial)] = i
	}
	if d.Hash != "" {
		r.repeats.byHash[d.Hash] = i
	}
}

// contradicts says whether two rows that share an identity cannot both be right.
func contradicts(a, b *Row) bool {
	return differ(string(a.PKID), string(b.PKID)) || differ(a.Serial, b.Serial) || differ(a.Manufacturer, b.Manufacturer) ||
		differ(string(a.Tenant), string(b.Tenant)) || differ(a.Customer, b.Customer)
}

// differ says whether two values are there and not the same.
func differ(a, b string) bool { return a != "" && b != "" && !strings.EqualFold(a, b) }
