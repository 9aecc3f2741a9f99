package queue_test

import (
	"fmt"
	"slices"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// A takeBack is a removal as the contract speaks of it.
type takeBack struct {
	entry    string
	customer autopilot.TenantID
	onSite   bool
	state    queue.RemovalState
	attempt  int
	note     queue.Reason
	person   bool
	device   string
}

func profileWords(id string, state queue.ProfileState, tries int) string {
	if id == "" && state == "" {
		return ""
	}
	return fmt.Sprintf("%s %s %d", id, state, tries)
}

// takeBack begins a removal: of what we registered, and nothing else.
func (o *oracle) takeBack(b *box, onSite bool) string {
	if b.State == queue.Registered && b.Reason == queue.AlreadyThere {
		return "not-ours"
	}
	if refused := goes(b, queue.Removing, "", queue.Registered); refused != "" {
		return refused
	}
	back := takeBack{entry: b.ID, customer: b.Work.Customer, onSite: onSite, state: queue.RemovalPlanned, device: b.Device}
	if onSite {
		back.note, back.person = queue.OnTheSite, true
	}
	o.backs = append(o.backs, back)
	return ""
}

// readmit makes a new box of a removed one, unless its PKID is here anew.
func (o *oracle) readmit(gone box, customer autopilot.TenantID, fresh *[]string) string {
	if len(o.standing(func(b box) bool { return b.PKID == gone.PKID })) > 0 {
		return "claimed"
	}
	id := "a box that the queue did not make"
	if len(*fresh) > 0 {
		id, *fresh = (*fresh)[0], (*fresh)[1:]
	}
	o.add(id, gone.Reception)
	o.change(id, func(b *box) {
		b.PKID, b.Serial, b.Model, b.From = gone.PKID, gone.Serial, gone.Model, gone.ID
		b.Work = queue.Work{Customer: customer, GroupTag: "TAG", Order: gone.Work.Order}
		b.State, b.Reason = queue.Held, queue.Assigned
	})
	o.lines[id]++ // where it came from
	return ""
}

func (o *oracle) openBacks() (open []*takeBack) {
	for i := range o.backs {
		if o.backs[i].state != queue.RemovalDone {
			open = append(open, &o.backs[i])
		}
	}
	return open
}

// remove is what the uploader and a person do with the open removals.
func (o *oracle) remove(what string, n int, ids []string, step queue.RemovalStep) answer {
	open := o.openBacks()
	switch what {
	case "gone-site":
		return o.goneOnSite(ids)
	case "again-removal", "anew-removal":
		for _, back := range open {
			anew := back.note == queue.RegisteredAnew
			if !slices.Contains(ids, back.entry) || back.onSite || anew != (what == "anew-removal") {
				continue
			}
			if anew {
				back.device = "" // they have seen the new one
			}
			back.state, back.note, back.person = queue.RemovalPlanned, "", false
		}
		return answer{}
	}
	back := open[n]
	if back.onSite && what != "gone" {
		return failed("moved")
	}
	switch what {
	case "ask":
		back.state, back.note, back.person = queue.RemovalPlanned, "", false
		back.attempt++
		back.device = step.DeviceID
		o.lines[back.entry]++
	case "yes":
		back.state, back.note, back.person = queue.RemovalAsked, "", false
	case "wait":
		back.note, back.person = step.Note, step.Person
	case "gone":
		o.gone(back)
	}
	return answer{}
}

func (o *oracle) gone(back *takeBack) {
	back.state = queue.RemovalDone
	o.change(back.entry, func(b *box) {
		b.State, b.Reason = queue.Removed, ""
		if back.device != "" { // what was asked for
			b.Device = back.device
		}
	})
}

func (o *oracle) goneOnSite(ids []string) answer {
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		open := o.openBacks()
		i := slices.IndexFunc(open, func(back *takeBack) bool { return back.entry == id && (back.onSite || back.person) })
		if i < 0 {
			return failed("way")
		}
		o.gone(open[i])
	}
	return answer{}
}

// relist is what a list shows of boxes: it counts for those that are marked.
func (o *oracle) relist(ids []string) answer {
	for _, id := range ids {
		if b := o.find(id); b.State == queue.Registered && b.Reason == queue.AlreadyThere {
			o.change(id, func(b *box) { b.Reason, b.Device = "", "listed" })
		}
	}
	return answer{}
}

// retryDue sends again what is due.
func (o *oracle) retryDue() answer {
	sent := 0
	for i := range o.boxes {
		if b := o.boxes[i]; b.State == queue.Rejected && b.Retrying {
			sent++
			o.change(b.ID, func(b *box) {
				b.State, b.Reason, b.Plan, b.Tracking, b.Retrying = queue.Ready, "", "", "", false
				b.Tries, b.TriesCode = b.Tries+1, b.Code
			})
		}
	}
	return answer{ID: fmt.Sprint(sent)}
}

// tuple: nobody reads a maker in these scripts, so that no box can go by its
// serial number.
func tuple(b *box) string {
	if b.State != queue.Rejected {
		return "way"
	}
	return "tuple"
}

func wantProfile(b *box, id string) string {
	switch {
	case b.State != queue.Registered:
		return "way"
	case b.Reason == queue.AlreadyThere:
		return "not-ours"
	}
	b.Profile = profileWords(id, queue.ProfileWanted, 0)
	return ""
}

// confirmExport is a person's word, box by box in the order given.
func (o *oracle) confirmExport(ids []string, end ending) answer {
	for _, id := range ids {
		if o.find(id).State != queue.Exported {
			return failed("way")
		}
		o.change(id, func(b *box) {
			b.end(end, "")
			if end.state == queue.Registered {
				b.Reason = queue.ConfirmedByHand
			}
		})
	}
	return answer{}
}

// profiled is an answer about profiles: it counts for those that want that very
// one.
func (o *oracle) profiled(ids []string, profile string, state queue.ProfileState) answer {
	for _, id := range ids {
		b := o.find(id)
		var has, is string
		var tries int
		if _, err := fmt.Sscan(b.Profile, &has, &is, &tries); err != nil || b.State != queue.Registered || has != profile ||
			is != string(queue.ProfileWanted) && is != string(queue.ProfileSent) {
			continue
		}
		if state == queue.ProfileSent {
			tries++
		}
		o.change(id, func(b *box) { b.Profile = profileWords(has, state, tries) })
	}
	return answer{}
}
