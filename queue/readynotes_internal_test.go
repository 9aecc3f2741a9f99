package queue

import (
	"errors"
	"testing"
)

// TestReadyEntryUnderAnotherKey: an entry that says it stands elsewhere is damage to
// the uploader, too, and nothing that is remembered.
func TestReadyEntryUnderAnotherKey(t *testing.T) {
	t.Parallel()
	e := readyEntry{Seq: 6}
	if err := heldAgainst(seqKey(7), &e); !errors.Is(err, errElsewhere) {
		t.Errorf("entry 6 at 7: %v", err)
	}
	if err := heldAgainst(seqKey(6), &e); err != nil {
		t.Errorf("entry 6 at 6: %v", err)
	}
}
