package listing

import (
	"context"
	"hash/maphash"
	"iter"
	"slices"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// A Row is one entry of a list.
type Row struct {
	Seq    uint64
	ID     string
	Number int32
	State  queue.State
	// Sent says that it may never go to another customer.
	Sent bool

	whose uint32
	print uint64 // of all that a person decides by
}

// Whose is for which customer an entry is, with which group tag.
type Whose struct {
	Customer autopilot.TenantID
	Tag      autopilot.GroupTag
}

// A List is what a filter wants, in its order.
type List struct {
	// Sort is the order.
	Sort Sort

	rows   []Row
	whose  []Whose
	all    *Set
	states map[queue.State]*Set
	tuples *Set // those that may go by serial number, manufacturer and model
	sent   *Set
}

// Empty is a list of nothing.
func Empty() *List { return newBuilder(Sort{}, Texts{}).list }

// Make makes the list of what comes, in an order. It ends when ctx does.
func Make(ctx context.Context, sort Sort, texts Texts, briefs iter.Seq2[queue.Brief, error]) (*List, error) {
	b := newBuilder(sort, texts)
	for brief, err := range briefs {
		if err == nil && len(b.list.rows)%1024 == 0 {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err //nolint:wrapcheck // it says what it is
		}
		b.add(brief)
	}
	return b.finish(), nil
}

// Of is the list of some entries, as they come.
func Of(entries []queue.Entry) *List {
	b := newBuilder(Sort{}, Texts{})
	for _, e := range entries {
		b.add(e.Brief())
	}
	return b.list
}

// A builder makes a list.
type builder struct {
	list  *List
	index map[Whose]uint32
	keys  keys
}

func newBuilder(sort Sort, texts Texts) *builder {
	l := &List{Sort: sort, all: NewSet(), tuples: NewSet(), sent: NewSet(), states: map[queue.State]*Set{}}
	return &builder{list: l, index: map[Whose]uint32{}, keys: newKeys(sort, texts)}
}

func (b *builder) add(e queue.Brief) {
	l, whose := b.list, Whose{e.Customer, e.GroupTag}
	if l.all.Has(e.Seq) { // it came twice
		return
	}
	at, known := b.index[whose]
	if !known {
		at = uint32(len(l.whose)) //nolint:gosec // one a customer and tag
		b.index[whose] = at
		l.whose = append(l.whose, whose)
	}
	of := l.states[e.State]
	if of == nil {
		of = NewSet()
		l.states[e.State] = of
	}
	l.all.Add(e.Seq)
	of.Add(e.Seq)
	if e.ByTuple {
		l.tuples.Add(e.Seq)
	}
	if e.Sent {
		l.sent.Add(e.Seq)
	}
	l.rows = append(l.rows, Row{
		Seq: e.Seq, ID: e.ID, Number: int32(min(e.Number, 1<<31-1)), State: state(e.State), Sent: e.Sent, whose: at, //nolint:gosec // cut to fit
		print: printOf(e),
	})
	b.keys.add(e)
}

// state is the state's word as the queue has it, not as it was read: that would keep
// each record's own.
func state(s queue.State) queue.State {
	for _, known := range queue.States() {
		if s == known {
			return known
		}
	}
	return s
}

func (b *builder) finish() *List {
	b.keys.sort(b.list.rows)
	b.list.rows = slices.Clip(b.list.rows)
	return b.list
}

// printOf is a number that another has who would decide otherwise.
func printOf(e queue.Brief) uint64 {
	return maphash.Comparable(seed, decided{e.State, Whose{e.Customer, e.GroupTag}, e.Device})
}

type decided struct {
	state  queue.State
	whose  Whose
	device autopilot.Device
}

var seed = maphash.MakeSeed() //nolint:gochecknoglobals // the same for all of a start

// Len is how many entries it has.
func (l *List) Len() int { return len(l.rows) }

// At is a row, which must be there.
func (l *List) At(row int) Row { return l.rows[row] }

// Whose is for whom the entry of a row is.
func (l *List) Whose(r Row) Whose { return l.whose[r.whose] }

// All are its entries. The set is not to be changed.
func (l *List) All() *Set { return l.all }

// Has says whether an entry is in it.
func (l *List) Has(seq uint64) bool { return l.all.Has(seq) }

// Find is the row of an entry, -1 if it is not in the list.
func (l *List) Find(seq uint64) int {
	if !l.all.Has(seq) {
		return -1
	}
	return slices.IndexFunc(l.rows, func(r Row) bool { return r.Seq == seq })
}
