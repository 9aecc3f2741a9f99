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
	b.Plan, b.Tracking, b.Retrying = "", "", false
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
	p := upload{id: fmt.Sprintf("plan-%d", len(o.plans)+1), customer: customer, state: queue.PlanPlanned, again: again}
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
		p.attempt++
		for _, id := range o.in(*p, queue.Planned) {
			o.find(id).Sent = true
		}
	case "submit":
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

// settle gives the first open box of the plan its outcome.
func (o *oracle) settle(p *upload, end ending) {
	if open := o.in(*p, queue.Planned, queue.Submitted); len(open) > 0 {
		if o.find(open[0]).State == queue.Planned {
			o.change(open[0], func(b *box) { b.State = queue.Submitted })
		}
		o.change(open[0], func(b *box) {
			b.State, b.Reason, b.Code, b.Retrying = end.state, end.reason, end.code, end.later
			if b.State == queue.Registered && b.Reason == "" && b.Work.Customer == contoso {
				b.Profile = profileWords("p1", queue.ProfileWanted, 0)
			}
		})
	}
	if len(o.in(*p, queue.Planned, queue.Submitted)) == 0 {
		p.state = queue.PlanSettled
	}
}

func (o *oracle) withdraw(p *upload) {
	for _, id := range o.in(*p, queue.Planned) {
		o.change(id, func(b *box) { b.State, b.Plan = queue.Ready, "" })
	}
	p.state = queue.PlanWithdrawn
}
