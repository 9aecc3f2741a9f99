package queue_test

import (
	"fmt"
	"maps"
	"slices"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// A box is an entry as the contract speaks of it.
type box struct {
	ID, Reception         string
	Number                int
	PKID                  autopilot.PKID
	Serial, Model         string
	Work                  queue.Work
	State                 queue.State
	Reason                queue.Reason
	Other, Plan, Tracking string
	Code                  autopilot.Code
	Sent                  bool
	Retrying              bool
	Tries                 int
	TriesCode             autopilot.Code
	From                  string
	Profile               string // ID, state and tries
	Device                string // Microsoft's id
}

func boxOf(e queue.Entry) box {
	return box{
		e.ID, e.Reception, e.Number, e.PKID, e.Serial, e.Model, e.Work(), e.State, e.Reason, e.Other, e.Plan, e.TrackingID, e.Code, e.Sent,
		!e.RetryAt.IsZero(), e.Tries, e.TriesCode, e.From, profileWords(e.Profile.ID, e.Profile.State, e.Profile.Tries), e.DeviceID,
	}
}

// gone, sent and past are the contract's words: a PKID whose entries are all
// gone is accepted anew; at most one is past held.
func (b box) gone() bool {
	return b.State == queue.Discarded || b.State == queue.Removed || b.State == queue.Moved
}
func (b box) unsent() bool { return b.State == queue.Held || b.State == queue.Ready }
func (b box) past() bool   { return !b.gone() && b.State != queue.Held }

type room struct {
	work   queue.Work
	closed bool
	boxes  int
}

type upload struct {
	id       string
	customer autopilot.TenantID
	entries  []string
	state    queue.PlanState
	attempt  int
	again    bool
	rest     bool // of a plan in doubt
	note     queue.Reason
	old      bool // the note began more than a day ago, or the plan where it has none
	still    bool // it was written once more after that
}

// An oracle keeps in memory what the contract says that a queue keeps. It
// shares no code with the queue.
type oracle struct {
	boxes  []box
	lines  map[string]int      // history lines by box
	kept   map[string][]string // events by box
	doubts map[string]bool     // boxes asked about that are in doubt too
	rooms  map[string]room
	plans  []upload
	backs  []takeBack
}

// An answer is what a call gives: a verdict, or the word for its error.
type answer struct {
	Word   queue.Word
	Reason queue.Reason
	ID     string
	Error  string
}

func failed(word string) answer { return answer{Error: word} }

func (o *oracle) clone() *oracle {
	c := oracle{boxes: slices.Clone(o.boxes), plans: slices.Clone(o.plans), backs: slices.Clone(o.backs), lines: map[string]int{}, rooms: map[string]room{}, kept: map[string][]string{}, doubts: maps.Clone(o.doubts)}
	for k, v := range o.kept {
		c.kept[k] = slices.Clone(v)
	}
	maps.Copy(c.lines, o.lines)
	maps.Copy(c.rooms, o.rooms)
	return &c
}

func (o *oracle) find(id string) *box {
	for i := range o.boxes {
		if o.boxes[i].ID == id {
			return &o.boxes[i]
		}
	}
	return nil
}

// standing are the boxes that still stand and are as asked, oldest first.
func (o *oracle) standing(as func(box) bool) (ids []string) {
	for _, b := range o.boxes {
		if !b.gone() && as(b) {
			ids = append(ids, b.ID)
		}
	}
	return ids
}

// keep notes that a box has what was read under an event.
func (o *oracle) keep(id, event string) {
	if o.kept == nil {
		o.kept = map[string][]string{}
	}
	o.kept[id] = append(o.kept[id], event)
}

// partOf is the answer to a part that is kept.
func partOf(b *box) answer {
	if b.State == queue.Held && b.Reason == queue.Conflict {
		return about(b)
	}
	return answer{Word: queue.Attached, ID: b.ID}
}

func (o *oracle) change(id string, how func(*box)) {
	how(o.find(id))
	o.lines[id]++
}

// add makes a box; what changes it first is its first line.
func (o *oracle) add(id, reception string) string {
	r := o.rooms[reception]
	r.boxes++
	o.rooms[reception] = r
	o.boxes = append(o.boxes, box{ID: id, Reception: reception, Number: r.boxes, Work: r.work})
	return id
}

func held(reason queue.Reason, other string) func(*box) {
	return func(b *box) {
		b.State, b.Reason = queue.Held, reason
		if other != "" {
			b.Other = other
		}
	}
}

// about is the verdict on a box that was kept.
func about(b *box) answer {
	if b.State == queue.Held {
		return answer{Word: queue.OnHold, Reason: b.Reason, ID: b.ID}
	}
	return answer{Word: queue.Accepted, ID: b.ID}
}

func seenAs(b *box) answer {
	return answer{Word: queue.Seen, Reason: queue.Reason(b.State), ID: b.ID}
}

// collide holds those that the box collides with while they are ready.
func (o *oracle) collide(id string, with []string) answer {
	b := *o.find(id)
	for _, other := range with {
		first := o.find(other)
		if first.State != queue.Ready {
			continue
		}
		reason := queue.Conflict
		if first.PKID == b.PKID && first.Work != b.Work {
			reason = queue.OtherCustomer
		}
		o.change(other, held(reason, id))
	}
	return about(&b)
}

// rivals have the same serial and another PKID.
func (o *oracle) rivals(b box) []string {
	return o.standing(func(r box) bool {
		return r.ID != b.ID && b.Serial != "" && r.Serial == b.Serial && r.PKID != "" && b.PKID != "" && r.PKID != b.PKID
	})
}

func (o *oracle) capture(c queue.Capture) answer {
	if again := o.find(c.ID); again != nil {
		return about(again)
	}
	r, ok := o.rooms[c.Reception]
	if !ok || r.closed {
		return failed("closed")
	}
	same := o.standing(func(b box) bool { return b.PKID == c.PKID && b.Work == r.work })
	others := o.standing(func(b box) bool { return b.PKID == c.PKID && b.Work != r.work })
	into := o.find(c.Into)
	at := into != nil && !into.gone() && into.Work == r.work
	waits := at && into.PKID == "" && into.State == queue.Held && (into.Reason == queue.NoPKID || into.Reason == queue.Unreadable)
	switch {
	case len(same) > 0 && slices.Contains(o.kept[same[0]], c.ID):
		return about(o.find(same[0]))
	case at && len(same) == 0 && into.PKID != "" && into.PKID != c.PKID && into.Serial != "":
		// The box at hand was found by its serial and has another PKID.
		c.Hold = queue.Conflict
		o.add(c.ID, c.Reception)
		o.find(c.ID).Serial = into.Serial
		return o.judge(c.ID, others, c)
	case len(same) > 0 && waits:
		return o.meet(same[0], into.ID, c)
	case len(same) > 0:
		return seenAs(o.find(same[0]))
	case waits:
		o.keep(into.ID, c.ID)
		return o.judge(into.ID, others, c)
	default:
		return o.judge(o.add(c.ID, c.Reception), others, c)
	}
}

// judge says where a box stands whose PKID has come.
func (o *oracle) judge(id string, others []string, c queue.Capture) answer {
	b := *o.find(id)
	b.PKID = c.PKID
	rivals := o.rivals(b)
	with := append(slices.Clone(others), rivals...)
	b.State, b.Reason, b.Other = queue.Ready, "", ""
	switch {
	case c.Hold != "":
		b.State, b.Reason = queue.Held, c.Hold
	case len(rivals) > 0:
		b.State, b.Reason = queue.Held, queue.Conflict
	case len(others) > 0:
		b.State, b.Reason = queue.Held, queue.OtherCustomer
		if o.find(others[0]).Work == b.Work { // a box that was given to that work meanwhile
			b.Reason = queue.Conflict
		}
	case b.Work.Customer == "":
		b.State, b.Reason = queue.Held, queue.NoCustomer
	}
	if len(with) > 0 {
		b.Other = with[0]
	}
	o.change(id, func(old *box) { *old = b })
	return o.collide(id, with)
}

// meet is a box that its serial opened and whose PKID is here already.
func (o *oracle) meet(first, id string, c queue.Capture) answer {
	f, b := *o.find(first), *o.find(id)
	if f.Serial != "" && b.Serial != "" && f.Serial != b.Serial {
		o.keep(id, c.ID)
		o.change(id, func(b *box) { b.PKID, b.Reason, b.Other = c.PKID, queue.Conflict, first })
		return o.collide(id, []string{first})
	}
	o.change(id, func(b *box) { b.State, b.Reason = queue.Discarded, "" })
	doubt := c.Hold
	if doubt != queue.Conflict || f.Serial != "" || b.Serial == "" {
		doubt = ""
	}
	return o.merge(first, queue.Part{ID: c.ID, Reception: c.Reception, Serial: b.Serial, Model: b.Model, Doubt: doubt}, seenAs(&f))
}

// merge gives a box what was read beside its PKID. A box that was sent cannot
// be held any more: an entry beside it says what contradicts.
func (o *oracle) merge(id string, p queue.Part, plain answer) answer {
	b := *o.find(id)
	if b.Serial == "" {
		b.Serial = p.Serial
	}
	if b.Model == "" {
		b.Model = p.Model
	}
	rivals := o.rivals(b)
	if p.Into != "" && (len(rivals) == 0 && p.Doubt == "" || b.unsent()) {
		o.keep(id, p.ID)
	}
	if len(rivals) == 0 && p.Doubt == "" {
		o.change(id, func(old *box) { *old = b })
		return plain
	}
	if !b.unsent() {
		return o.object(b, p, rivals)
	}
	if len(rivals) > 0 {
		b.Other = rivals[0]
	}
	b.State, b.Reason = queue.Held, queue.Conflict
	o.change(id, func(old *box) { *old = b })
	return o.collide(id, rivals)
}

func (o *oracle) object(b box, p queue.Part, rivals []string) answer {
	serial := p.Serial
	if serial == "" {
		serial = b.Serial
	}
	o.change(o.add(p.ID, p.Reception), func(second *box) {
		held(queue.Conflict, b.ID)(second)
		second.PKID, second.Serial, second.Model = b.PKID, serial, b.Model
	})
	return o.collide(p.ID, append([]string{b.ID}, rivals...))
}

func (o *oracle) attach(p queue.Part) answer {
	if again := o.find(p.ID); again != nil {
		return partOf(again)
	}
	r, ok := o.rooms[p.Reception]
	if !ok || r.closed {
		return failed("closed")
	}
	if into := o.find(p.Into); into != nil && !into.gone() && into.Work == r.work {
		return o.join(*into, p)
	}
	same := o.standing(func(b box) bool { return p.Serial != "" && b.Serial == p.Serial && b.Work == r.work })
	if len(same) > 0 {
		return seenAs(o.find(same[0]))
	}
	o.change(o.add(p.ID, p.Reception), func(b *box) {
		b.State, b.Reason, b.Serial, b.Model = queue.Held, queue.NoPKID, p.Serial, p.Model
	})
	return answer{Word: queue.Attached, ID: p.ID}
}

func (o *oracle) join(b box, p queue.Part) answer {
	otherSerial := p.Serial != "" && p.Serial != b.Serial
	switch {
	case slices.Contains(o.kept[b.ID], p.ID):
		return partOf(&b)
	case !otherSerial && (p.Model == "" || p.Model == b.Model):
		return seenAs(&b)
	case otherSerial && b.Serial != "" && b.unsent():
		o.keep(b.ID, p.ID)
		o.change(b.ID, held(queue.Conflict, ""))
		return about(o.find(b.ID))
	case otherSerial && b.Serial != "":
		return o.object(b, p, nil)
	default:
		return o.merge(b.ID, p, answer{Word: queue.Attached, ID: b.ID})
	}
}

// claimed says whether another box of the PKID is past held.
func (o *oracle) claimed(b box) bool {
	return b.PKID != "" && len(o.standing(func(t box) bool { return t.ID != b.ID && t.PKID == b.PKID && t.past() })) > 0
}

// each changes boxes in the order of their IDs; the caller throws all of it
// away when one fails.
func (o *oracle) each(ids []string, how func(*box) (refused string)) answer {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	for _, id := range ids {
		b := *o.find(id)
		if refused := how(&b); refused != "" {
			return failed(refused)
		}
		o.change(id, func(old *box) { *old = b })
	}
	return answer{}
}

func (o *oracle) undo(reception string) answer {
	last := o.standing(func(b box) bool { return reception == "" || b.Reception == reception })
	if len(last) == 0 {
		return failed("nothing")
	}
	b := o.find(last[len(last)-1])
	if !b.unsent() {
		return failed("way")
	}
	o.change(b.ID, func(b *box) { b.State, b.Reason = queue.Discarded, "" })
	return answer{ID: b.ID}
}

func (o *oracle) String() (text string) {
	for _, b := range o.boxes {
		text += fmt.Sprintf("%+v\n", b)
	}
	return text
}
