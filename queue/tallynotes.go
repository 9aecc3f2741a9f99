package queue

import (
	"sync"

	"pkidstation/queue/autopilot"
)

// The tallyNotes of a queue are what it remembers of counting, by pages of entries:
// the dock counts its order after each box, and of 25,000 only the last page changed.
// A page's notes are dropped before one of its entries changes, and none are kept of
// one that changed while it was looked at, as with readyNotes.
type tallyNotes struct {
	mu    sync.Mutex
	known map[uint64]map[tallyKey]pageTally
	many  int
	looks map[uint64]*pageLook // under way
	under []uint64             // pages of which something is under change now
}

// A tallyKey is what is counted: the boxes of a reception in one page of entries, of
// one customer or of all.
type tallyKey struct {
	page      uint64
	reception string
	customer  autopilot.TenantID
}

// A pageTally is what was counted.
type pageTally struct {
	here, doubted int
	// odd says that a box went away or came from a list.
	odd bool
	// last is the highest number of a box.
	last int
}

// A pageLook is looks at one page: how many, and whether something there changed
// since the first began.
type pageLook struct {
	looks   int
	changed bool
}

// mostTallies bounds what is remembered: of a million entries it is all.
const mostTallies = 10_000

func newTallyNotes() *tallyNotes {
	return &tallyNotes{known: map[uint64]map[tallyKey]pageTally{}, looks: map[uint64]*pageLook{}}
}

func (p *pageTally) add(b Brief, customer autopilot.TenantID) {
	p.last = max(p.last, b.Number)
	if !goesFor(b.Customer, customer) {
		return
	}
	p.odd = p.odd || b.State == Moved || b.State == Removed || b.ByList != ""
	if b.State.Gone() {
		return
	}
	if p.here++; b.State == Held {
		p.doubted++
	}
}

// change drops what is known of the pages that are about to change; over is called
// when others see them changed, or never will.
func (n *tallyNotes) change(changes []recordChange) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, c := range changes {
		if c.bucket != bucketEntry {
			continue
		}
		page := keySeq(c.key) / pageSize
		n.many -= len(n.known[page])
		delete(n.known, page)
		if look := n.looks[page]; look != nil {
			look.changed = true
		}
		n.under = append(n.under, page)
	}
}

func (n *tallyNotes) over() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.under = n.under[:0]
}

// begin gives what is known, before a snapshot is taken; end keeps what was counted
// in it, if it is sound.
func (n *tallyNotes) begin(key tallyKey) (pageTally, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	look := n.looks[key.page]
	if look == nil {
		look = &pageLook{}
		n.looks[key.page] = look
	}
	look.looks++
	for _, page := range n.under {
		look.changed = look.changed || page == key.page
	}
	p, known := n.known[key.page][key]
	return p, known
}

func (n *tallyNotes) end(key tallyKey, p pageTally, sound bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	look := n.looks[key.page]
	if look.looks--; look.looks == 0 {
		delete(n.looks, key.page)
	}
	if !sound || look.changed {
		return
	}
	if n.many >= mostTallies {
		clear(n.known)
		n.many = 0
	}
	if n.known[key.page] == nil {
		n.known[key.page] = map[tallyKey]pageTally{}
	}
	if _, again := n.known[key.page][key]; !again {
		n.many++
	}
	n.known[key.page][key] = p
}

// tallyNotes are those of the open books; see readyNotes.
func (q *Queue) tallyNotes() *tallyNotes {
	q.using.RLock()
	defer q.using.RUnlock()
	if q.books == nil || q.books.tallies == nil {
		return newTallyNotes()
	}
	return q.books.tallies
}
