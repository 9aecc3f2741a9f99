package upload_test

import (
	"slices"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/queuetest"
	"pkidstation/queue/upload"
)

// A dockStore is what a station of the model keeps its boxes in.
type dockStore interface {
	capture(t *testing.T, w work, pkid autopilot.PKID)
	ledger() upload.Ledger
	// restart is what the next process finds.
	restart(t *testing.T)
	list(t *testing.T) []queue.Entry
}

// fakeDock keeps them in memory.
type fakeDock struct{ *store }

func (d *fakeDock) capture(_ *testing.T, w work, pkid autopilot.PKID) {
	d.add(w.customer, w.tag, "r", 1)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.entries[len(d.entries)-1].PKID = pkid
}

func (d *fakeDock) ledger() upload.Ledger { return &fakeLedger{store: d.store} }

func (d *fakeDock) restart(*testing.T) {}

func (d *fakeDock) list(*testing.T) []queue.Entry {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.entries)
}

// fileDock keeps them in a queue's file, which each process opens anew.
type fileDock struct {
	folder string
	q      *queue.Queue
}

func newFileDock(t *testing.T) *fileDock {
	t.Helper()
	folder := memoryFolder(t) // thousands of runs: the model is about order, not about disks
	return &fileDock{folder: folder, q: queuetest.OpenIn(t, folder)}
}

func (d *fileDock) capture(t *testing.T, w work, pkid autopilot.PKID) {
	t.Helper()
	r, err := d.q.OpenReception(t.Context(), queue.Work{Customer: w.customer, GroupTag: w.tag}, "test")
	if err != nil {
		t.Fatal(err)
	}
	if v, err := d.q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: pkid, By: "test"}); err != nil || v.Word != queue.Accepted {
		t.Fatal(v, err)
	}
	if _, err := d.q.CloseReception(t.Context(), r.ID, "test"); err != nil {
		t.Fatal(err)
	}
}

func (d *fileDock) ledger() upload.Ledger { return d.q }

func (d *fileDock) restart(t *testing.T) {
	t.Helper()
	if err := d.q.Close(); err != nil {
		t.Fatal(err)
	}
	d.q = queuetest.OpenIn(t, d.folder)
}

func (d *fileDock) list(t *testing.T) (all []queue.Entry) {
	t.Helper()
	for e, err := range d.q.List(t.Context(), queue.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}
