package queue_test

import (
	"path/filepath"
	"strings"
	"testing"

	"pkidstation/queue"
)

// TestUpgradedAtOnce has three processes start at once on a file of an earlier
// version, and on no file. Those that are not first are told who is, and no capture
// of any is lost.
func TestUpgradedAtOnce(t *testing.T) {
	t.Parallel()
	for name, earlier := range map[string]bool{"an earlier version": true, "nothing": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			if earlier {
				unzip(t, filepath.Join("testdata", "schema3.db.gz"), filepath.Join(folder, queue.FileName))
			}
			heardAll := make(chan *saying, 3)
			for n := range cap(heardAll) {
				go func() {
					out, _ := steady{First: 50000 + 10*n, Count: 5}.command(t.Context(), folder).Output() // what it says is looked at
					heardAll <- heard(out)
				}()
			}
			told := map[string]bool{}
			for range cap(heardAll) {
				said := <-heardAll
				for id := range said.told {
					told[id] = true
				}
				for _, failed := range said.failed {
					if !strings.HasSuffix(failed, " in-use") {
						t.Errorf("a process was told %q", failed)
					}
				}
			}
			q := openIn(t, folder)
			var f finding
			kept := f.entries(t.Context(), q)
			for id := range told {
				if kept[id] != 1 {
					t.Errorf("%s is there %d times", id, kept[id])
				}
			}
			if len(told) == 0 || len(f.wrong) > 0 {
				t.Errorf("%d told, %v", len(told), f.wrong)
			}
		})
	}
}
