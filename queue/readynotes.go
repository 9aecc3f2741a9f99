package queue

import (
	"sync"
	"time"

	"pkidstation/queue/autopilot"
)

// The readyNotes of a queue are what it remembers of the entries that are ready. The
// uploader asks for them after each capture, and a station without network may hold
// 100,000: read anew each time they would take half a second of processor, and the
// whole file into memory. A note takes 24 bytes.
//
// A note is dropped before its entry changes, and none is kept of an entry that
// changed since the look began that read it:
//
//	look:    begin ─── snapshot ─── read ─── keep what did not change since begin
//	change:            drop, changed ─── commit ─── over
//
// So whatever the order of the two, a note is what every snapshot has that may ask
// for it.
type readyNotes struct {
	looking sync.Mutex // one look at a time

	mu      sync.Mutex
	known   map[uint64]readyNote
	changed map[uint64]struct{} // since the look under way began; nil without one
	under   []uint64            // what is under change now
	kinds   map[readyKind]uint32
	list    []readyKind // the kinds by their number
}

// A readyNote is what says of one entry when it goes out, and for whom.
type readyNote struct {
	seconds     int64
	nanoseconds uint32
	kind        uint32
}

// A readyKind is what thousands of entries have in common.
type readyKind struct {
	reception string
	customer  autopilot.TenantID
	tag       autopilot.GroupTag // its own, "" as a rule
	unfit     bool
}

// A readyLook is what a readyNote says: of the entry its Seq, Reception, Customer,
// GroupTag and CapturedAt, and whether nothing identifies it.
type readyLook struct {
	Entry

	unfit bool
}

func newReadyNotes() *readyNotes {
	return &readyNotes{known: map[uint64]readyNote{}, kinds: map[readyKind]uint32{}}
}

// change drops the notes of the entries that are about to change; over is called when
// others see them changed, or never will.
func (n *readyNotes) change(changes []recordChange) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, c := range changes {
		if c.bucket != bucketEntry {
			continue
		}
		seq := keySeq(c.key)
		delete(n.known, seq)
		if n.changed != nil {
			n.changed[seq] = struct{}{}
		}
		n.under = append(n.under, seq)
	}
}

func (n *readyNotes) over() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.under = n.under[:0]
}

// begin begins a look, before its snapshot is taken; end ends it.
func (n *readyNotes) begin() {
	n.looking.Lock()
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.known) == 0 { // nothing is of these kinds any more
		clear(n.kinds)
		n.list = nil
	}
	n.changed = make(map[uint64]struct{}, len(n.under))
	for _, seq := range n.under {
		n.changed[seq] = struct{}{}
	}
}

func (n *readyNotes) end() {
	n.mu.Lock()
	n.changed = nil
	n.mu.Unlock()
	n.looking.Unlock()
}

// of is what is known of an entry.
func (n *readyNotes) of(seq uint64) (readyLook, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	note, ok := n.known[seq]
	if !ok {
		return readyLook{}, false
	}
	k := n.list[note.kind]
	return readyLook{
		Entry: Entry{
			Seq: seq, Reception: k.reception, Customer: k.customer, GroupTag: k.tag,
			CapturedAt: time.Unix(note.seconds, int64(note.nanoseconds)).UTC(),
		},
		unfit: k.unfit,
	}, true
}

// read gives what is known of an entry, and reads it where nothing is.
func (n *readyNotes) read(tx *transaction, seq uint64) (readyLook, error) {
	if known, ok := n.of(seq); ok {
		return known, nil
	}
	e, err := get[readyEntry](tx, bucketEntry, seqKey(seq), ErrNoEntry)
	if err != nil {
		return readyLook{}, err
	}
	look := readyLook{Entry: e.entry()}
	look.unfit = !look.ToSend().Identified()
	n.keep(look)
	return look, nil
}

// keep notes what a look read.
func (n *readyNotes) keep(s readyLook) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, changed := n.changed[s.Seq]; changed {
		return
	}
	kind := readyKind{s.Reception, s.Customer, s.GroupTag, s.unfit}
	number, ok := n.kinds[kind]
	if !ok {
		number = uint32(len(n.list)) //nolint:gosec // there are no more than entries
		n.kinds[kind], n.list = number, append(n.list, kind)
	}
	at := s.CapturedAt
	n.known[s.Seq] = readyNote{at.Unix(), uint32(at.Nanosecond()), number} //nolint:gosec // it is less than 1e9
}
