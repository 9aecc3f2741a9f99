package manifest

import (
	"strings"

	"pkidstation/queue/autopilot"
)

// repeats are where each identity stood first, by the index of its row.
type repeats struct {
	byPKID   map[autopilot.PKID]int
	bySerial map[string]int
	byHash   map[autopilot.HardwareHash]int
}

func newRepeats() repeats {
	return repeats{byPKID: map[autopilot.PKID]int{}, bySerial: map[string]int{}, byHash: map[autopilot.HardwareHash]int{}}
}

// repeated says whether an identity of the row was in the list before, and
// remembers it where not. Of rows that contradict each other the earlier ones are
// refused as well.
func (r *reader) repeated(d *Row) *Refusal {
	var refusal *Refusal
	named := d.Named() // a device may stand by its PKID in one row and by its hash in another
	for _, same := range []struct {
		field Field
		text  string
		first int
	}{
		{PKID, string(named.PKID), lookup(r.repeats.byPKID, named.PKID)},
		{Serial, named.Serial, lookup(r.repeats.bySerial, strings.ToUpper(named.Serial))},
		{Hash, string(d.Hash), lookup(r.repeats.byHash, d.Hash)},
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
	named := d.Named()
	if named.PKID != "" {
		r.repeats.byPKID[named.PKID] = i
	}
	if named.Serial != "" {
		r.repeats.bySerial[strings.ToUpper(named.Serial)] = i
	}
	if d.Hash != "" {
		r.repeats.byHash[d.Hash] = i
	}
}

// contradicts says whether two rows that share an identity cannot both be right.
func contradicts(a, b *Row) bool {
	x, y := a.Named(), b.Named()
	return differ(string(x.PKID), string(y.PKID)) || differ(x.Serial, y.Serial) || differ(a.Manufacturer, b.Manufacturer) ||
		differ(string(a.Tenant), string(b.Tenant)) || differ(a.Customer, b.Customer)
}

// differ says whether two values are there and not the same.
func differ(a, b string) bool { return a != "" && b != "" && !strings.EqualFold(a, b) }
