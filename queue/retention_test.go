package queue_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/journal"
)

// TestRetention has what is settled go in its time, and nothing else: first what
// was read, by whom and the audit's lines, then what the box was, and with the
// next compaction also from the journal.
func TestRetention(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 28, 8, 0, 0, 0, time.UTC)
	folder := t.TempDir()
	opts := queue.Options{Station: "dock 1", Segment: 4 << 10, Now: func() time.Time { return now }}
	q, err := queue.Open(folder, opts)
	must(t, err)
	defer func() { must(t, q.Close()) }()
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso, GroupTag: "Dock"}, "Ana")
	must(t, err)
	var ids []string
	for i := range 120 {
		v, err := q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: pkid(i), By: "Zoé Dupré", Read: queue.Read{Text: "read " + string(pkid(i))}})
		must(t, err)
		ids = append(ids, v.Entry.ID)
	}
	gone, waits := ids[:100], ids[100]
	must(t, q.Discard(t.Context(), gone, queue.Act{By: "Léa", Reason: "broken"}))
	must(t, q.SetRetention(t.Context(), queue.Retention{Identity: 400, Rest: 90}, queue.Act{By: "Léa"}))

	pass := func(days int) {
		for range days {
			now = now.AddDate(0, 0, 1)
			retain(t, q)
		}
	}
	pass(89)
	if e, err := q.Entry(t.Context(), gone[0]); err != nil || len(e.Reads) == 0 {
		t.Errorf("a day early: %v, %v", e, err)
	}
	pass(3)
	if e, err := q.Entry(t.Context(), gone[0]); err != nil || len(e.Reads) > 0 || e.Operator != "" || e.PKID != pkid(0) || e.Customer != contoso {
		t.Errorf("after 91 days: %v, %v", e, err)
	}
	if e, err := q.Entry(t.Context(), waits); err != nil || len(e.Reads) == 0 || e.Operator == "" {
		t.Errorf("what is not settled: %v, %v", e, err)
	}
	if lines, err := q.History(t.Context(), gone[0]); err != nil || len(lines) != 2 {
		t.Errorf("%d lines of the audit are left, %v: it stays whole", len(lines), err)
	}

	for range 60 { // it was off now and then
		now = now.AddDate(0, 0, 6)
		pass(1)
	}
	if e, err := q.Entry(t.Context(), gone[0]); err != nil || e.PKID != "" || e.Customer != "" || e.State != queue.Discarded {
		t.Errorf("after its identity went: %v, %v", e, err)
	}
	sound(t, q)
	for more := true; more; {
		more, err = q.Compact(t.Context())
		must(t, err)
	}
	if left := inJournal(t, folder, string(pkid(3))); left {
		t.Error("the journal still has what went")
	}
	if left := inJournal(t, folder, string(pkid(105))); !left {
		t.Error("the journal has not what stays") // or this looks at nothing
	}
	must(t, q.Close())
	must(t, rebuiltAlike(folder))
	q, err = queue.Open(folder, opts)
	must(t, err)
	sound(t, q)
}

func retain(t *testing.T, q *queue.Queue) {
	t.Helper()
	for more, steps := true, 0; more; steps++ {
		var err error
		if more, err = q.Retain(t.Context()); err != nil || steps > 1000 {
			t.Fatalf("step %d: %v", steps, err)
		}
	}
}

// inJournal says whether the journal has a text.
func inJournal(t *testing.T, folder, text string) bool {
	t.Helper()
	j, _, err := journal.Open(filepath.Join(folder, journal.FolderName), journal.Options{ReadOnly: true})
	must(t, err)
	defer j.Close() //nolint:errcheck // read only
	for line, err := range j.Lines(1) {
		must(t, err)
		if bytes.Contains(line.Body, []byte(text)) {
			return true
		}
	}
	return false
}

// TestRetentionBounds is what cannot be set.
func TestRetentionBounds(t *testing.T) {
	t.Parallel()
	q, err := queue.Open(t.TempDir(), queue.Options{})
	must(t, err)
	defer q.Close() //nolint:errcheck // a test
	for _, r := range []queue.Retention{{}, {Identity: 400, Rest: 29}, {Identity: 89, Rest: 90}, {Identity: 3651, Rest: 90}, {Identity: -1, Rest: -2}} {
		if err := q.SetRetention(t.Context(), r, queue.Act{By: "Léa"}); !errors.Is(err, queue.ErrRetention) {
			t.Errorf("%v: %v", r, err)
		}
	}
	if r, err := q.Retention(t.Context()); err != nil || r != queue.DefaultRetention() {
		t.Errorf("%v, %v", r, err)
	}
}

func TestRetentionGolden(t *testing.T) {
	t.Parallel()
	golden(t, "retention", queue.Retention{Identity: 1825, Rest: 90})
}
