package report

import (
	"slices"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// A tally counts entries by customer and state. It holds one row a customer.
type tally struct {
	words Words
	of    map[autopilot.TenantID]*counts
}

// counts are the entries of one customer.
type counts struct {
	in map[queue.State]int
	// there are those registered that were there already, not by us; in does not
	// have them.
	there int
}

func newTally(w Words) *tally { return &tally{words: w, of: map[autopilot.TenantID]*counts{}} }

func (t *tally) add(e queue.Entry) {
	c := t.of[e.Customer]
	if c == nil {
		c = &counts{in: map[queue.State]int{}}
		t.of[e.Customer] = c
	}
	if e.State == queue.Registered && (e.Reason == queue.AlreadyThere || e.Reason == queue.ConfirmedByHand && e.Code.MeansRegistered()) {
		c.there++
	} else {
		c.in[e.State]++
	}
}

// A tallyLine is what is counted of a customer, or, at the end, of all.
type tallyLine struct {
	Customer, Tenant string
	Counts           []int // as names has them
}

// names are what is counted is called.
func (t *tally) names() []string {
	all := make([]string, 0, len(queue.States())+2)
	for _, s := range queue.States() {
		all = append(all, t.words.State(s))
		if s == queue.Registered {
			all = append(all, t.words.Say("report.already-there"))
		}
	}
	return append(all, t.words.Say("report.total"))
}

// lines are the counts by customer, in the order of their ids, and the total.
func (t *tally) lines() []tallyLine {
	ids := make([]autopilot.TenantID, 0, len(t.of))
	for id := range t.of {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	total := make([]int, len(queue.States())+2)
	all := make([]tallyLine, 0, len(ids)+1)
	for _, id := range ids {
		l := tallyLine{Customer: Plain(t.words.CustomerName(id)), Tenant: Plain(string(id)), Counts: t.of[id].list()}
		for i, n := range l.Counts {
			total[i] += n
		}
		all = append(all, l)
	}
	return append(all, tallyLine{Customer: t.words.Say("report.total"), Counts: total})
}

func (c *counts) list() []int {
	all := make([]int, 0, len(queue.States())+2)
	sum := 0
	for _, s := range queue.States() {
		all = append(all, c.in[s])
		sum += c.in[s]
		if s == queue.Registered {
			all = append(all, c.there)
			sum += c.there
		}
	}
	return append(all, sum)
}
