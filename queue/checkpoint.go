package queue

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
)

// checkpointEvery is how many changes there are between two checkpoints: what a
// start after a power cut applies anew, and what it costs to have the pages of
// that many changes lie fallow.
const checkpointEvery = 256

// A mark says in the journal how queue.db stands to it.
type mark struct {
	// File names queue.db, Applied is the last line that it has.
	File    string `json:"file"`
	Applied uint64 `json:"applied"`
	// Heads are the file's head pages, without the zeros at their ends, and
	// PageSize how long a page is. Without them the file is durable as it is.
	Heads    [][]byte `json:"heads,omitempty"`
	PageSize int      `json:"page_size,omitempty"`
}

// headPages is how many pages a bbolt file begins with that say which state is
// the present.
const headPages = 2

// A checkpointing is a checkpoint whose state is held and goes to the disk.
type checkpointing struct {
	state *bbolt.Tx
	mark  mark
	done  chan struct{} // closed when err says how it went
	err   error
}

// beginCheckpoint holds the state of now and has it synced beside further
// changes. The caller is the one writer.
func (b *books) beginCheckpoint() {
	if b.syncing != nil {
		return
	}
	state, err := b.db.Begin(false)
	if err != nil {
		return // the next change tries again
	}
	c := &checkpointing{state: state, done: make(chan struct{})}
	if c.mark, err = b.markOf(state); err != nil {
		_ = state.Rollback()
		return
	}
	b.syncing, b.since = c, 0
	if b.onSync != nil {
		b.onSync(false)
	}
	go func() {
		defer close(c.done)
		if c.err = b.db.Sync(); b.onSync != nil {
			b.onSync(true)
		}
	}()
}

// endCheckpoint writes the checkpoint into the journal when its state is on the
// disk; wait says to wait for that. Only then the state before it may go.
func (b *books) endCheckpoint(wait bool) error {
	c := b.syncing
	if c == nil {
		return nil
	}
	if !wait {
		select {
		case <-c.done:
		default:
			return nil
		}
	}
	<-c.done
	b.syncing = nil
	err := c.err
	if err == nil {
		err = b.mark(lineCheckpoint, c.mark)
	}
	if err != nil {
		_ = c.state.Rollback()
		return fmt.Errorf("making a checkpoint: %w", err)
	}
	b.unpin()
	b.pinned, b.held = c.state, c.mark.Applied
	b.pack()
	return nil
}

// pack makes the journal's closed segments small, beside further changes. What
// fails is tried again after the next checkpoint.
func (b *books) pack() {
	if b.packing.TryLock() {
		go func() {
			defer b.packing.Unlock()
			_ = b.journal.Pack()
		}()
	}
}

// checkpoint makes one and waits for it: at a start, before anything changes.
func (b *books) checkpoint() error {
	if err := b.endCheckpoint(true); err != nil {
		return err
	}
	b.beginCheckpoint()
	if b.syncing == nil {
		return errors.New("making a checkpoint: the index cannot be read")
	}
	return b.endCheckpoint(true)
}

// markOf is what a state can be taken back by.
func (b *books) markOf(state *bbolt.Tx) (mark, error) {
	m := mark{File: b.id, PageSize: b.db.Info().PageSize}
	err := guarded(func() (err error) {
		m.Applied = keySeq(in(&transaction{Tx: state}, bucketMeta).Get([]byte(keyApplied)))
		m.Heads, err = headsOf(state)
		return err
	})
	return m, err
}

// headsOf is what the head pages of a file with this state alone would be.
func headsOf(state *bbolt.Tx) ([][]byte, error) {
	heads := headWriter{left: headPages}
	if _, err := state.WriteTo(&heads); !errors.Is(err, errEnough) {
		return nil, fmt.Errorf("reading the head pages: %w", err)
	}
	return heads.pages, nil
}

// errEnough ends a copy after the head pages.
var errEnough = errors.New("enough")

// A headWriter keeps the first pages of a copy.
type headWriter struct {
	pages [][]byte
	left  int
}

func (w *headWriter) Write(page []byte) (int, error) {
	if w.left == 0 {
		return 0, errEnough
	}
	w.left--
	w.pages = append(w.pages, bytes.TrimRight(bytes.Clone(page), "\x00"))
	return len(page), nil
}

// mark writes a mark into the journal.
func (b *books) mark(kind string, m mark) error {
	body, err := json.Marshal(m)
	if err == nil {
		err = b.record(kind, body)
	}
	if err != nil {
		return fmt.Errorf("writing a mark: %w", err)
	}
	return nil
}

// record makes one line durable. Each is synced before the next is written: of
// two that are not, a crash may keep the second alone.
func (b *books) record(kind string, body []byte) error {
	_, err := b.journal.Append(kind, body)
	if err == nil {
		err = b.journal.Sync()
	}
	return err
}
