package queue

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"

	"pkidstation/queue/autopilot"
)

// A reconciling is a Reconciliation that is being made. It looks a page at a time:
// whoever captures meanwhile does not wait for it.
type reconciling struct {
	queue *Queue
	got   Reconciliation
	// byPKID and bySerial say where in Devices an announced one is, by its PKID as a
	// number or its serial number; alike are others of one serial, as each maker
	// numbers its own.
	byPKID   map[uint64]int32
	bySerial map[string]int32
	alike    map[string][]int32
	lists    map[uint64]bool
	// gone are entries of the order that went to another station or were taken back.
	gone []Entry
	// texts are what comes again and again, such as a model's name, once each.
	texts map[string]string
}

// A run are devices that are announced for the same customer, from one on.
type run struct {
	first int
	whose autopilot.TenantID
}

// For is whom the device at an index of Devices is announced for, "" for nobody in
// particular, or where it is not announced.
func (r Reconciliation) For(at int) autopilot.TenantID {
	if !r.Devices[at].Announced {
		return ""
	}
	n, found := slices.BinarySearchFunc(r.runs, at, func(r run, at int) int { return cmp.Compare(r.first, at) })
	if !found {
		n--
	}
	if n < 0 {
		return ""
	}
	return r.runs[n].whose
}

// once is a text, the same one each time.
func (r *reconciling) once(text string) string {
	if kept, ok := r.texts[text]; ok {
		return kept
	}
	if len(r.texts) < pageSize {
		r.texts[text] = text
	}
	return text
}

// announced gathers what the lists say.
func (r *reconciling) announced(ctx context.Context) error {
	var numbers []uint64
	err := r.queue.read(ctx, func(tx *transaction) error {
		numbers = blocksOf(tx, r.got.Order, r.got.Customer)
		return nil
	})
	if err != nil {
		return err
	}
	most := len(numbers) * inOneBlock
	r.got.Devices = make([]ReconciledDevice, 0, most)
	r.byPKID, r.bySerial, r.alike = make(map[uint64]int32, most), map[string]int32{}, map[string][]int32{}
	for some := range slices.Chunk(numbers, pageSize/inOneBlock) {
		err := r.queue.read(ctx, func(tx *transaction) error {
			for _, number := range some {
				b, err := blockByNumber(tx, number)
				if errors.Is(err, ErrNoAnnouncement) {
					continue // it was dropped meanwhile
				}
				if err != nil {
					return err
				}
				r.block(b)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	r.got.Lists = len(r.lists)
	return r.unread(ctx)
}

// unread counts the rows of the order's lists that were refused, but for lists of
// which a later one has all that was taken, and had no row refused.
func (r *reconciling) unread(ctx context.Context) error {
	return r.queue.read(ctx, func(tx *transaction) error {
		var all []Announcement
		for number := range r.lists {
			a, err := announcementByNumber(tx, number)
			if err != nil {
				return err
			}
			all = append(all, a)
		}
		later, err := leaningOn(tx, r.lists)
		if err != nil {
			return err
		}
		for _, a := range all {
			if !slices.ContainsFunc(later, func(b Announcement) bool {
				return b.Number > a.Number && b.Refused == 0 && b.Known >= a.Taken && slices.Contains(b.Leans, a.Number)
			}) {
				r.got.Refused += a.Refused
			}
		}
		return nil
	})
}

func (r *reconciling) block(b block) {
	r.lists[b.List] = true
	if n := len(r.got.runs); n == 0 || r.got.runs[n-1].whose != b.Customer {
		r.got.runs = append(r.got.runs, run{len(r.got.Devices), b.Customer})
	}
	for _, d := range b.Devices {
		hashed := d.Hash != ""
		d.Device = d.Named() // a hash is long, and nobody is told of it
		d.Hash = ""
		d.Manufacturer, d.Model, d.Pallet = r.once(d.Manufacturer), r.once(d.Model), r.once(d.Pallet)
		at := int32(len(r.got.Devices)) //nolint:gosec // a list has a million rows at most
		r.got.Devices = append(r.got.Devices, ReconciledDevice{
			Device: d.Device, Status: Missing, Announced: true, List: b.List, Row: d.Row, Pallet: d.Pallet, Box: d.Box, ByHash: hashed,
		})
		if d.PKID != "" {
			r.byPKID[pkidNumber(d.PKID)] = at
		}
		if d.Serial != "" {
			r.numbered(serialKey(d.Serial), at)
		}
	}
}

// numbered notes where the device of a serial is.
func (r *reconciling) numbered(serial string, at int32) {
	if _, twice := r.bySerial[serial]; twice {
		r.alike[serial] = append(r.alike[serial], at)
		return
	}
	r.bySerial[serial] = at
}

// ofSerial is the device that an entry is by its serial, of several that of its maker.
func (r *reconciling) ofSerial(e Entry) (at int32, ok bool) {
	key := serialKey(e.Serial)
	first, ok := r.bySerial[key]
	if !ok || e.Serial == "" {
		return 0, false
	}
	at = first
	for _, other := range r.alike[key] {
		if otherMakers(r.got.Devices[at].Manufacturer, e.Manufacturer) {
			at = other
		}
	}
	return at, e.PKID == "" || r.got.Devices[at].PKID == ""
}

// receptions ticks off what was captured for the order.
func (r *reconciling) receptions(ctx context.Context) error {
	var all []Reception
	err := r.queue.read(ctx, func(tx *transaction) (err error) {
		all, err = receptionsOf(tx, r.got.Order)
		return err
	})
	if err != nil {
		return err
	}
	for _, room := range all {
		if goesFor(room.Customer, r.got.Customer) { // of another's, what was assigned to this one counts
			if room.Open() {
				r.got.Open++
			}
			r.got.Expected += room.Expected
		}
		if err := r.reception(ctx, room); err != nil {
			return err
		}
	}
	return nil
}

func (r *reconciling) reception(ctx context.Context, room Reception) error {
	if room.Boxes == 0 {
		return nil
	}
	for e, err := range r.queue.List(ctx, Filter{Reception: room.ID}) {
		if err != nil {
			return err
		}
		switch {
		case !goesFor(e.Customer, r.got.Customer):
		case !e.State.Gone():
			r.entry(e)
		case e.State == Moved || e.State == Removed:
			r.gone = append(r.gone, e)
		}
		if e.Number >= room.Boxes {
			return nil // the last one: what follows is others'
		}
	}
	return nil
}

// entry ticks off the device that an entry stands for, or adds it.
func (r *reconciling) entry(e Entry) {
	named := e.Named()
	e.PKID, e.Serial = named.PKID, named.Serial
	at, ok := r.byPKID[pkidNumber(e.PKID)]
	if !ok {
		at, ok = r.ofSerial(e)
	}
	if !ok {
		d := ReconciledDevice{Status: Unexpected}
		d.stand(e)
		r.got.Devices = append(r.got.Devices, d)
		return
	}
	d := &r.got.Devices[at]
	if d.Entry != "" && d.Status != Missing { // two entries stand for it
		if d.Status = Contradicted; e.State == Held {
			return
		}
	} else if d.Status = Arrived; e.unscanned() {
		d.Status = Missing
	}
	if contradicted(*d, r.got.For(int(at)), e) {
		d.Status = Contradicted
	}
	d.stand(e)
}

// contradicted says whether something of an entry is another device's, and no
// person has decided about it, or whether it is for another customer than the list.
func contradicted(d ReconciledDevice, whose autopilot.TenantID, e Entry) bool {
	if !goesFor(whose, e.Customer) {
		return true
	}
	held := e.State == Held && (e.Reason == Conflict || e.Reason == OtherCustomer)
	return held || differ(d.Serial, e.Serial) && e.Listed == Listed{}
}

// stand notes the entry that stands for the device.
func (d *ReconciledDevice) stand(e Entry) {
	d.Entry, d.Number, d.State, d.Reason, d.Code = e.ID, e.Number, e.State, e.Reason, e.Code
	d.CapturedAt, d.Unscanned, d.Listed, d.ByHash = e.CapturedAt, e.unscanned(), nil, e.Hash != ""
	if e.Listed != (Listed{}) {
		listed := e.Listed // the entry itself is not to be kept
		d.Listed = &listed
	}
	named := e.Named()
	d.PKID = autopilot.PKID(firstOf(string(d.PKID), string(named.PKID)))
	if named.Serial != "" && named.Serial != d.Serial { // what is on the box, whatever its list says
		d.Serial = named.Serial
	}
	d.Manufacturer, d.Model = firstOf(d.Manufacturer, e.Manufacturer), firstOf(d.Model, e.Model)
	d.Pallet = firstOf(e.Pallet, d.Pallet)
}

// elsewhere looks for missing devices that were captured for something else.
func (r *reconciling) elsewhere(ctx context.Context) error {
	var missing []int
	for i, d := range r.got.Devices {
		if d.Announced && d.Entry == "" && d.PKID != "" {
			missing = append(missing, i)
		}
	}
	for some := range slices.Chunk(missing, pageSize) {
		err := r.queue.read(ctx, func(tx *transaction) error {
			for _, at := range some {
				here, err := liveByPKID(tx, r.got.Devices[at].PKID)
				if err != nil {
					return err
				}
				for _, e := range here {
					r.astray(at, e)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// astray is an announced device that an entry for another order, customer or for
// none stands for: for no order and the same customer it is here; else it is held
// against it.
func (r *reconciling) astray(at int, e Entry) {
	d := &r.got.Devices[at]
	if e.Order == "" && goesFor(e.Customer, r.got.Customer) {
		r.entry(e)
		return
	}
	d.Status = Contradicted
	d.stand(e)
}

// departed adds, where no list says what is due, the boxes that went to another
// station or were taken back and that no other entry stands for: where they are, and
// whether they are registered, nobody knows here.
func (r *reconciling) departed() {
	if r.got.Lists > 0 {
		return
	}
	here := map[autopilot.Device]bool{}
	for _, d := range r.got.Devices {
		here[autopilot.Device{PKID: d.PKID}], here[autopilot.Device{Serial: d.Serial}] = true, true
	}
	for _, e := range r.gone {
		named := e.Named()
		if named.PKID != "" && here[autopilot.Device{PKID: named.PKID}] || named.PKID == "" && here[autopilot.Device{Serial: named.Serial}] {
			continue
		}
		d := ReconciledDevice{Status: Unexpected}
		d.stand(e)
		r.got.Devices = append(r.got.Devices, d)
	}
}

func (r *reconciling) count() {
	r.departed()
	g := &r.got
	for i := range g.Devices {
		d := &g.Devices[i]
		switch {
		case d.Announced || d.Status != Unexpected:
		case d.State == Held && (d.Reason == Conflict || d.Reason == OtherCustomer):
			d.Status = Contradicted
		case g.Lists == 0: // nobody said what to expect
			d.Status = Arrived
		}
		if d.Announced {
			g.Announced++
		}
		if d.State == Registered {
			g.Registered++
		}
		switch d.Status {
		case Arrived:
			g.Arrived++
		case Missing:
			g.Missing++
		case Contradicted:
			g.Conflicts++
		case Unexpected:
			g.Unexpected++
		}
	}
}

// pkidNumber is a PKID as a number, which takes less room; 0 is none's.
func pkidNumber(pkid autopilot.PKID) uint64 {
	number, err := strconv.ParseUint(string(pkid), 10, 64)
	if err != nil {
		return 0
	}
	return number
}
