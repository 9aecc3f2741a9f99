package listing

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"pkidstation/queue"
)

// Count says of what kinds some entries of the list are, whoever asks how often.
type Count struct {
	All    int
	Tuples int // that may go by serial number, manufacturer and model
	Sent   int
	states map[queue.State]int
}

// Count counts those of a set.
func (l *List) Count(of *Set) Count {
	c := Count{All: of.Both(l.all), Tuples: of.Both(l.tuples), Sent: of.Both(l.sent), states: map[queue.State]int{}}
	for state, set := range l.states {
		if n := of.Both(set); n > 0 {
			c.states[state] = n
		}
	}
	return c
}

// In is how many are in states like that.
func (c Count) In(like func(queue.State) bool) (n int) {
	for state, some := range c.states {
		if like(state) {
			n += some
		}
	}
	return n
}

// Picked are the entries that something is to be done about, in the order in which a
// person saw them, and as they were then.
type Picked struct {
	list *List
	rows []Row
}

// Pick picks those of a set.
func (l *List) Pick(of *Set) Picked {
	p := Picked{list: l, rows: make([]Row, 0, of.Len())}
	for _, r := range l.rows {
		if of.Has(r.Seq) {
			p.rows = append(p.rows, r)
		}
	}
	return p
}

// Only picks of these those that are so, and gives the others.
func (p Picked) Only(is func(Row) bool) (these, others Picked) {
	these.list, others.list = p.list, p.list
	for _, r := range p.rows {
		if is(r) {
			these.rows = append(these.rows, r)
		} else {
			others.rows = append(others.rows, r)
		}
	}
	return these, others
}

// Len is how many there are.
func (p Picked) Len() int { return len(p.rows) }

// Rows are they.
func (p Picked) Rows() []Row { return p.rows }

// Whose is for whom one of them is.
func (p Picked) Whose(r Row) Whose { return p.list.Whose(r) }

// IDs are theirs.
func (p Picked) IDs() []string {
	ids := make([]string, len(p.rows))
	for n, r := range p.rows {
		ids[n] = r.ID
	}
	return ids
}

// Seqs are theirs.
func (p Picked) Seqs() []uint64 {
	seqs := make([]uint64, len(p.rows))
	for n, r := range p.rows {
		seqs[n] = r.Seq
	}
	return seqs
}

// States are the states that they are in.
func (p Picked) States() []queue.State {
	in := map[queue.State]bool{}
	for _, r := range p.rows {
		in[r.State] = true
	}
	return slices.DeleteFunc(queue.States(), func(s queue.State) bool { return !in[s] })
}

// A Group is so many for one customer, with one group tag.
type Group struct {
	Whose

	Count int
}

// Groups are for whom they are, those of whom there are most first.
func (p Picked) Groups() []Group {
	counts := make([]int, len(p.list.whose))
	for _, r := range p.rows {
		counts[r.whose]++
	}
	var groups []Group
	for at, n := range counts {
		if n > 0 {
			groups = append(groups, Group{p.list.whose[at], n})
		}
	}
	slices.SortStableFunc(groups, func(a, b Group) int { return cmp.Compare(b.Count, a.Count) })
	return groups
}

// Unchanged says whether all of them are among what there is now, as they were when a
// person saw them.
func (p Picked) Unchanged(ctx context.Context, now iter.Seq2[queue.Brief, error]) (bool, error) {
	before := make(map[string]uint64, len(p.rows))
	for _, r := range p.rows {
		before[r.ID] = r.print
	}
	for brief, err := range now {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return false, err //nolint:wrapcheck // it says what it is
		}
		if saw, among := before[brief.ID]; among && saw == printOf(brief) {
			delete(before, brief.ID)
		}
	}
	return len(before) == 0, nil
}

// Stand says whether all of them are among these, as they were when a person saw them.
func (p Picked) Stand(now []queue.Entry) bool {
	as := make(map[string]uint64, len(now))
	for _, e := range now {
		as[e.ID] = printOf(e.Brief())
	}
	return !slices.ContainsFunc(p.rows, func(r Row) bool {
		is, here := as[r.ID]
		return !here || is != r.print
	})
}

// Between are those from one to before another.
func (p Picked) Between(from, to int) Picked { return Picked{p.list, p.rows[from:to]} }
