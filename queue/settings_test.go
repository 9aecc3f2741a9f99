package queue_test

import (
	"errors"
	"testing"

	"pkidstation/queue"
)

// TestSettingsAreChangedOnceItIsKnownWhoMay, and are in the audit only where they
// were changed.
func TestSettingsAreChangedOnceItIsKnownWhoMay(t *testing.T) {
	t.Parallel()
	q := open(t)
	p := planner{T: t, q: q}
	supervise(p)
	changed := false
	change := func() error { changed = true; return nil }
	if err := q.ChangeSettings(t.Context(), "sound.volume = 5", queue.Act{By: "Bob"}, change); !errors.Is(err, queue.ErrNeedsSupervisor) || changed {
		t.Errorf("without a PIN: %v, changed %t", err, changed)
	}
	pass, err := q.Unlock(t.Context(), "Léa", pinLea)
	p.must(err)
	before := len(auditOf(t, q))
	full := errors.New("the disk is full")
	if err := q.ChangeSettings(t.Context(), "x", queue.Act{Pass: pass}, func() error { return full }); !errors.Is(err, full) || len(auditOf(t, q)) != before {
		t.Errorf("where it fails: %v, and %d lines more", err, len(auditOf(t, q))-before)
	}
	p.must(q.ChangeSettings(t.Context(), "sound.volume = 5", queue.Act{Pass: pass}, change))
	lines := auditOf(t, q)
	if l := lines[before]; !changed || l.Action != queue.ActionSettings || l.By != "Léa" || l.Note != "sound.volume = 5" {
		t.Errorf("changed %t: %+v", changed, l)
	}
}
