package queue_test

import (
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// TestWorkNeedsRoom: a backup or a clean-up that would leave captures without room
// is not begun, and says so.
func TestWorkNeedsRoom(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	var free atomic.Uint64
	free.Store(1 << 40)
	room := queue.Room{Least: 100, Free: func(string) (uint64, error) { return free.Load(), nil }}
	q := openWith(t, folder, queue.Options{Room: room})
	queuetest.Fill(t, q, queue.Work{Customer: contoso}, 1, 3)
	backup := func(name string) error {
		_, err := queue.MakeBackup(t.Context(), folder, filepath.Join(folder, name), queue.BackupOptions{Room: room})
		return err
	}
	compact := func() error {
		_, err := q.Compact(t.Context())
		return err
	}
	free.Store(5000)
	for what, err := range map[string]error{"a backup": backup("1.gz"), "compacting": compact(), "shrinking": q.Shrink(t.Context())} {
		if e, ok := errors.AsType[*queue.SpareError](err); !ok || e.Free != 5000 || e.Need < e.Free {
			t.Errorf("%s without room: %v", what, err)
		}
	}
	nothingLeft(t, folder)
	free.Store(1 << 40)
	if err := errors.Join(backup("2.gz"), compact(), q.Shrink(t.Context())); err != nil {
		t.Error(err)
	}
}

// TestNoRoom: where the disk is nearly full a person is warned first, then nothing
// new is taken; what is here goes on, and with room again all goes on.
func TestNoRoom(t *testing.T) {
	t.Parallel()
	var free atomic.Uint64
	free.Store(1000)
	q := openWith(t, t.TempDir(), queue.Options{Room: queue.Room{Least: 100, Low: 500, Free: func(string) (uint64, error) { return free.Load(), nil }}})
	if err := q.RoomLeft(); err != nil {
		t.Errorf("enough: %v", err)
	}
	ids := queuetest.Fill(t, q, queue.Work{Customer: contoso, GroupTag: "TAG"}, 1, 3)
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso}, "Ana")
	if err != nil {
		t.Fatal(err)
	}
	free.Store(499)
	wantRoom(t, q.RoomLeft(), false)
	first := queue.Capture{ID: "e1", Reception: r.ID, PKID: pkid(50), By: "Ana"}
	if v, err := q.Capture(t.Context(), first); err != nil || v.Word != queue.Accepted {
		t.Errorf("with little room: %v, %v", v.Word, err)
	}
	free.Store(99)
	wantRoom(t, q.RoomLeft(), true)
	_, err = q.Capture(t.Context(), queue.Capture{ID: "e2", Reception: r.ID, PKID: pkid(51), By: "Ana"})
	wantRoom(t, err, true)
	_, err = q.Attach(t.Context(), queue.Part{ID: "e3", Reception: r.ID, Serial: "S1", By: "Ana"})
	wantRoom(t, err, true)
	_, err = q.KeepUnreadable(t.Context(), queue.Illegible{ID: "e4", Reception: r.ID, By: "Ana"})
	wantRoom(t, err, true)
	if v, err := q.Capture(t.Context(), first); err != nil || v.Word != queue.Accepted {
		t.Errorf("the same event again: %v, %v", v.Word, err)
	}
	if err := q.Hold(t.Context(), ids[:1], queue.Act{By: "Ana", Reason: "x"}); err != nil {
		t.Errorf("reviewing: %v", err)
	}
	if _, err := q.Plan(t.Context(), contoso, "TAG", ids[1:]); err != nil {
		t.Errorf("sending: %v", err)
	}
	if got := len(entriesOf(t, q)); got != 4 {
		t.Errorf("%d entries", got)
	}
	free.Store(100)
	if v, err := q.Capture(t.Context(), queue.Capture{ID: "e2", Reception: r.ID, PKID: pkid(51), By: "Ana"}); err != nil || v.Word != queue.Accepted {
		t.Errorf("with room again: %v, %v", v.Word, err)
	}
}

func wantRoom(t *testing.T, err error, refused bool) {
	t.Helper()
	if low, ok := errors.AsType[*queue.RoomError](err); !ok || low.Refused != refused {
		t.Errorf("gave %v, refused is to be %v", err, refused)
	}
}
