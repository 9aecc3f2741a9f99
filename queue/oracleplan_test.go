package queue_test

import (
	"fmt"
	"slices"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// review is what a person does to boxes: the ways of the contract, by hand.
// fresh are the IDs that new boxes get.
func (o *oracle) review(what string, ids []string, customer autopilot.TenantID, fresh []string) answer {
	if what == "give-up" {
		return o.giveUp(ids)
	}
	return o.each(ids, func(b *box) string {
		switch what {
		case "remove", "remove-site":
			return o.takeBack(b, what == "remove-site")
		case "tuple":
			return tuple(b)
		case "want":
			return wantProfile(b, "p2")
		case "release":
			return o.release(b)
		case "hold":
			return goes(b, queue.Held, queue.ByPerson, queue.Ready)
		case "discard":
			return goes(b, queue.Discarded, "", queue.Held, queue.Ready, queue.Rejected)
		case "export":
			return goes(b, queue.Exported, "", queue.Ready)
		case "retry":
			return o.retry(b)
		case "assign":
			if b.State == queue.Removed {
				return o.readmit(*b, customer, &fresh)
			}
			return assign(b, customer)
		default:
			return "no such call: " + what
		}
	})
}

func goes(b *box, to queue.State, why queue.Reason, from ...queue.State) string {
	if !slices.Contains(from, b.State) {
		return "way"
	}
	b.State, b.Reason = to, why
	return ""
}

func (o *oracle) release(b *box) string {
	switch {
	case b.State != queue.Held:
		return "way"
	case b.PKID == "":
		return "no-identity"
	case b.Work.Customer == "":
		return "no-customer"
	case o.claimed(*b):
		return "claimed"
	}
	return goes(b, queue.Ready, "", queue.Held)
}

func (o *oracle) retry(b *box) string {
	if refused := goes(b, queue.Ready, "", queue.Rejected); refused != "" {
		return refused
	}
	b.Plan, b.Tracking, b.Retrying, b.Tries, b.TriesCode = "", "", false, 0, ""
	if o.claimed(*b) {
		return "claimed"
	}
	return ""
}

func assign(b *box, customer autopilot.TenantID) string {
	if !b.unsent() || b.Sent {
		return "sent"
	}
	b.Work.Customer, b.Work.GroupTag = customer, "TAG"
	if b.Reason == queue.NoCustomer || b.Reason == queue.OtherCustomer {
		b.Reason = queue.Assigned
	}
	return ""
}

// plan takes the ready boxes of the customer, in the order given.
func (o *oracle) plan(customer autopilot.TenantID, ids []string, again bool) answer {
	p := upload{id: fmt.Sprintf("plan-%d", len(o.plans)+1), customer: customer, state: queue.PlanPlanned, again: again, rest: again}
	for _, id := range ids {
		b := o.find(id)
		if b.State != queue.Ready || b.Work.Customer != customer || b.PKID == "" {
			continue
		}
		p.again = p.again || b.Sent
		p.entries = append(p.entries, id)
		o.change(id, func(b *box) { b.State, b.Plan, b.Tracking, b.Code = queue.Planned, p.id, "", "" })
	}
	if len(p.entries) == 0 {
		return failed("nothing-ready")
	}
	o.plans = append(o.plans, p)
	return answer{ID: p.id}
}

// in are the boxes of the plan that stand in one of the states.
func (o *oracle) in(p upload, states ...queue.State) (ids []string) {
	for _, id := range p.entries {
		if b := o.find(id); b.Plan == p.id && slices.Contains(states, b.State) {
			ids = append(ids, id)
		}
	}
	return ids
}

// advance moves plan number n one step on, as the uploader would.
func (o *oracle) advance(what string, n int, end ending) answer {
	p := &o.plans[n]
	planned := p.state == queue.PlanPlanned
	if what != "settle" && !planned || p.state == queue.PlanWithdrawn {
		return failed("moved")
	}
	switch what {
	case "attempt":
		if len(o.in(*p, queue.Planned)) < len(p.entries) {
			return failed("moved")
		}
		p.attempt++
		for _, id := range o.in(*p, queue.Planned) {
			o.find(id).Sent = true
		}
	case "submit":
		*p = p.noted("")
		p.state = queue.PlanSubmitted
		for _, id := range o.in(*p, queue.Planned) {
			o.change(id, func(b *box) { b.State, b.Tracking = queue.Submitted, "job-"+p.id })
		}
	case "settle":
		o.settle(p, end)
	case "withdraw":
		o.withdraw(p)
	case "replan":
		rest := o.in(*p, queue.Planned)
		o.withdraw(p)
		return o.plan(p.customer, rest, true)
	}
	return answer{ID: p.id}
}

// An ending is an outcome: what it says of a box, in the contract's words.
type ending struct {
	state  queue.State
	reason queue.Reason
	code   autopilot.Code
	later  bool // it is sent again by itself
}

func endings() []ending {
	return []ending{
		{queue.Registered, "", "", false},
		{queue.Registered, queue.AlreadyThere, "806", false},
		{queue.Rejected, "", "808", false},
		{queue.Rejected, "", "812", true},
	}
}

// end is the outcome on the box. A refusal with another code than the one that
// it was sent again for is counted anew.
func (b *box) end(end ending, reason queue.Reason) {
	b.State, b.Reason, b.Code, b.Retrying = end.state, reason, end.code, end.later
	if b.State == queue.Rejected && b.Code != b.TriesCode {
		b.Tries, b.TriesCode = 0, ""
	}
}

// settle gives the first open box of the plan its outcome.
func (o *oracle) settle(p *upload, end ending) {
	if open := o.in(*p, queue.Planned, queue.Submitted); len(open) > 0 {
		if o.find(open[0]).State == queue.Planned {
			o.change(open[0], func(b *box) { b.State = queue.Submitted })
		}
		o.change(open[0], func(b *box) {
			b.end(end, end.reason)
			if b.State == queue.Registered && b.Reason == "" && b.Work.Customer == contoso {
				b.Profile = profileWords("p1", queue.ProfileWanted, 0)
			}
		})
	}
	if len(o.in(*p, queue.Planned, queue.Submitted)) == 0 {
		p.state = queue.PlanSettled
	}
}

// noted is a plan with that note.
func (p upload) noted(why queue.Reason) upload {
	if p.still = p.note == why && p.old; p.note != why {
		p.note, p.old = why, false
	}
	return p
}

// day makes every note older than a day.
func (o *oracle) day() {
	for i := range o.plans {
		o.plans[i].old = true
	}
}

// giveUp ends the wait for boxes that nobody will ever hear of. The rest of a
// plan in doubt that is left goes into a plan of its own.
func (o *oracle) giveUp(ids []string) answer {
	var of []string
	for _, id := range unique(slices.Sorted(slices.Values(ids))) {
		b := o.find(id)
		n := slices.IndexFunc(o.plans, func(p upload) bool { return p.id == b.Plan })
		switch b.State { //nolint:exhaustive // nothing else waits
		case queue.Submitted:
			if o.plans[n].note != queue.NoOutcome {
				return failed("too-soon")
			}
		case queue.Planned:
			p := o.plans[n]
			if !p.old || p.note == "" || p.note == queue.Offline && !p.still || p.attempt == 0 && !p.rest {
				return failed("too-soon")
			}
			o.change(id, func(b *box) { b.State = queue.Submitted })
		default:
			return failed("way")
		}
		o.change(id, func(b *box) { b.State, b.Reason, b.Code = queue.Rejected, queue.NoOutcome, "" })
		of = append(of, b.Plan)
	}
	for _, id := range unique(of) {
		o.shrink(slices.IndexFunc(o.plans, func(p upload) bool { return p.id == id }))
	}
	return answer{}
}

// shrink has a plan be what is left of it.
func (o *oracle) shrink(n int) {
	p := o.plans[n]
	left := o.in(p, queue.Planned, queue.Submitted)
	switch {
	case len(left) == 0:
		o.plans[n].state = queue.PlanSettled
	case p.rest && p.state == queue.PlanPlanned:
		o.withdraw(&o.plans[n])
		o.plan(p.customer, left, true)
		next := &o.plans[len(o.plans)-1]
		next.note, next.old, next.still = p.note, p.old, p.still
	}
}

func (o *oracle) withdraw(p *upload) {
	for _, id := range o.in(*p, queue.Planned) {
		o.change(id, func(b *box) { b.State, b.Plan = queue.Ready, "" })
	}
	p.state = queue.PlanWithdrawn
}
