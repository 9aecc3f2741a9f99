package queue_test

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"pkidstation/queue"
)

// TestCheckBesideReaders: on a queue that is open for looking several check and others
// read meanwhile, with a list of free pages in the file and without one. It is for the
// race detector.
func TestCheckBesideReaders(t *testing.T) {
	t.Parallel()
	whole := lived(t)
	for name, data := range map[string][]byte{"listed": whole, "unlisted": unlisted(t, whole)} {
		folder := t.TempDir()
		must(t, os.WriteFile(filepath.Join(folder, queue.FileName), data, 0o600))
		q, err := queue.Open(folder, queue.Options{ReadOnly: true})
		must(t, err)
		var reading, checking sync.WaitGroup
		checked := make(chan struct{})
		for range 4 {
			reading.Go(func() {
				for {
					if _, err := q.Counts(t.Context()); err != nil {
						t.Error(name, err)
					}
					select {
					case <-checked:
						return
					default:
					}
				}
			})
		}
		for range 2 {
			checking.Go(func() {
				if wrong, err := q.Check(t.Context()); err != nil || len(wrong) > 0 {
					t.Error(name, wrong, err)
				}
			})
		}
		checking.Wait()
		close(checked)
		reading.Wait()
		must(t, q.Close())
	}
}

// TestTakenBackBesideALook: a start after a kill waits for whoever looks at queue.db,
// and does not for ever.
func TestTakenBackBesideALook(t *testing.T) {
	t.Parallel()
	for name, letsGo := range map[string]bool{"that ends": true, "that stays": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &cut{folder: t.TempDir(), told: map[string]bool{}}
			c.capturing(t, 20)
			look, err := queue.Open(c.folder, queue.Options{ReadOnly: true})
			must(t, err)
			closed := make(chan struct{})
			if letsGo {
				time.AfterFunc(300*time.Millisecond, func() {
					defer close(closed)
					if err := look.Close(); err != nil {
						t.Error(err)
					}
				})
			}
			q, err := queue.Open(c.folder, queue.Options{})
			if letsGo {
				<-closed
				must(t, err)
				c.holds(t, q)
				must(t, q.Close())
				return
			}
			if _, inUse := errors.AsType[*queue.InUseError](err); !inUse {
				t.Errorf("gave %v", err)
			}
			must(t, look.Close())
		})
	}
}
