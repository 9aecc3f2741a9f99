package queue_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"pkidstation/queue"
)

// TestTheFolderVanishes takes the data folder away under a capturing station, as a
// network drive goes: whole, or with an empty folder left where it was mounted. The
// station says so and begins no new queue there; when it is back, the same capture
// is kept once, and all that was told before is there.
func TestTheFolderVanishes(t *testing.T) {
	t.Parallel()
	for name, empty := range map[string]bool{"gone": false, "an empty folder is left": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := filepath.Join(t.TempDir(), "data")
			must(t, os.Mkdir(folder, 0o700))
			q, err := queue.Open(folder, steadyOptions())
			must(t, err)
			r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso, GroupTag: "Dock"}, "Ana")
			must(t, err)
			said := &saying{told: map[string]bool{}}
			capture := func(n int) error {
				v, err := q.Capture(t.Context(), queue.Capture{ID: steadyID(n), Reception: r.ID, PKID: pkid(n), By: "Ana"})
				if err == nil && v.Word != queue.Accepted {
					t.Errorf("%d is %s", n, v.Word)
				}
				if err == nil {
					said.told[steadyID(n)] = true
				}
				said.tried = n + 1
				return err
			}
			for n := range 20 {
				must(t, capture(n))
			}
			must(t, os.Rename(folder, folder+" elsewhere"))
			if empty {
				must(t, os.Mkdir(folder, 0o700))
			}
			n := 20
			for n < 200 && capture(n) == nil {
				n++
			}
			for range 3 {
				if err := capture(n); !errors.Is(err, queue.ErrVanished) {
					t.Errorf("without its folder: %v", err)
				}
			}
			if empty {
				must(t, os.Remove(folder)) // which fails where a queue was begun in it
			}
			must(t, os.Rename(folder+" elsewhere", folder))
			must(t, capture(n))
			must(t, q.Close())
			if found := said.keeps(t.Context(), folder); found.bad() {
				t.Errorf("%+v", found)
			}
		})
	}
}
