package queue_test

import (
	"os"
	"path/filepath"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/journal"
	"pkidstation/queue/queuetest"
)

// handedOverSince is a station's folder with a backup of six ready boxes, two of
// which it handed over later.
func handedOverSince(t *testing.T, before bool) (folder, file string, h queue.Handover, there *queue.Queue) {
	t.Helper()
	folder, file, there = t.TempDir(), filepath.Join(t.TempDir(), "b.gz"), open(t)
	q := queuetest.OpenIn(t, folder)
	act := queue.Act{By: "Léa", Reason: "no line here"}
	if before {
		old := queuetest.Fill(t, q, queue.Work{Customer: contoso, GroupTag: "TAG"}, 50, 1)
		_, err := q.HandOver(t.Context(), queue.Departure{To: code(t, there), Entries: old}, act)
		must(t, err)
	}
	ids := queuetest.Fill(t, q, queue.Work{Customer: contoso, GroupTag: "TAG"}, 1, 6)
	_, err := queue.MakeBackup(t.Context(), folder, file, queue.BackupOptions{})
	must(t, err)
	queuetest.Fill(t, q, queue.Work{Customer: contoso, GroupTag: "TAG"}, 100, 1)
	h, err = q.HandOver(t.Context(), queue.Departure{To: code(t, there), Entries: ids[:2]}, act)
	must(t, err)
	must(t, q.Close())
	return folder, file, h, there
}

// TestRestoreKnowsWhatWasHandedOver: what a station handed over after its backup
// was made is another's, and not ready again in the backup; its file can be written
// again.
func TestRestoreKnowsWhatWasHandedOver(t *testing.T) {
	t.Parallel()
	folder, file, h, there := handedOverSince(t, false)
	r, err := queue.Restore(t.Context(), folder, file, queue.RestoreOptions{Station: "dock 1", By: "Ana"})
	if err != nil || r.Moved != 2 || r.Held != 0 || r.Counts.Moved != 2 || r.Counts.Ready != 4 || r.Doubtful != 4 {
		t.Fatalf("%+v %v", r, err)
	}
	q := openIn(t, folder)
	sound(t, q)
	got, out, err := q.HandoverFile(t.Context(), h.ID)
	if err != nil || got.By != "Léa" || got.Entries != 2 {
		t.Errorf("%+v %v", got, err)
	}
	taken, _, err := there.TakeIn(t.Context(), out, queue.Act{By: "Zoé"})
	if err != nil || taken.Taken != 2 {
		t.Errorf("%+v %v", taken, err)
	}
}

// TestRestoreHoldsWhatMayHaveComeBack: what was handed over and is at this station
// again, or what the backup has in another state by then, is not sent by itself.
func TestRestoreHoldsWhatMayHaveComeBack(t *testing.T) {
	t.Parallel()
	folder, file, there := t.TempDir(), filepath.Join(t.TempDir(), "b.gz"), open(t)
	q := queuetest.OpenIn(t, folder)
	p := planner{t, q, queuetest.Fill(t, q, standard(), 1, 4)}
	refused, planned, back, stays := p.ids[0], p.ids[1], p.ids[2], p.ids[3]
	planner{t, q, []string{refused}}.settled(queue.Outcome{Code: "640", RetryAt: noon()})
	doubtful := planner{t, q, []string{planned}}.plan()
	_, err := queue.MakeBackup(t.Context(), folder, file, queue.BackupOptions{})
	must(t, err)
	act := queue.Act{By: "Léa", Reason: "no line here"}
	must(t, q.Retry(t.Context(), []string{refused}, act))
	must(t, q.Withdraw(t.Context(), doubtful.ID, queue.Offline))
	_, err = q.HandOver(t.Context(), queue.Departure{To: code(t, there), Entries: []string{refused, planned, back}}, act)
	must(t, err)
	r, err := q.OpenReception(t.Context(), standard(), "Ana") // the other station was lost
	must(t, err)
	_, err = q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: p.entry(back).PKID, By: "Ana"})
	must(t, err)
	must(t, q.Close())
	got, err := queue.Restore(t.Context(), folder, file, queue.RestoreOptions{By: "Ana"})
	if err != nil || got.Moved != 2 || got.Held != 1 {
		t.Fatalf("%+v %v", got, err)
	}
	restored := openIn(t, folder)
	sound(t, restored)
	for id, want := range map[string]queue.State{refused: queue.Moved, planned: queue.Moved, back: queue.Held, stays: queue.Ready} {
		if e, err := restored.Entry(t.Context(), id); err != nil || e.State != want || !e.RetryAt.IsZero() || e.Plan != "" {
			t.Errorf("%s, want %s: %+v %v", e.State, want, e, err)
		}
	}
}

// TestRestoreHoldsWhereNobodyKnows: without the replaced queue, or where it cannot
// be read, a station that hands over may have handed anything over.
func TestRestoreHoldsWhereNobodyKnows(t *testing.T) {
	t.Parallel()
	_, file, _, _ := handedOverSince(t, false)
	r, err := queue.Restore(t.Context(), t.TempDir(), file, queue.RestoreOptions{By: "Ana"})
	if err != nil || r.Held != 0 || r.Counts.Ready != 6 {
		t.Errorf("of a station that never did: %+v %v", r, err)
	}
	folder, file, _, _ := handedOverSince(t, true)
	r, err = queue.Restore(t.Context(), t.TempDir(), file, queue.RestoreOptions{By: "Ana"})
	if err != nil || r.Held != 6 || r.Counts.Ready != 0 {
		t.Errorf("without the replaced queue: %+v %v", r, err)
	}
	segments, err := filepath.Glob(filepath.Join(folder, journal.FolderName, "*"))
	must(t, err)
	data, err := os.ReadFile(segments[0])
	must(t, err)
	data[3000] ^= 0xff
	must(t, os.WriteFile(segments[0], data, 0o600))
	r, err = queue.Restore(t.Context(), folder, file, queue.RestoreOptions{By: "Ana"})
	if err != nil || r.Moved+r.Held != 6 || r.Counts.Ready != 0 {
		t.Errorf("with a damaged one: %+v %v", r, err)
	}
}
