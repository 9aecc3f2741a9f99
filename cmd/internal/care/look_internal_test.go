package care

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
)

// TestLook: the newest backup here and off this PC, each by its own folder.
func TestLook(t *testing.T) {
	t.Parallel()
	folder, second := t.TempDir(), t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, FolderName), 0o700); err != nil {
		t.Fatal(err)
	}
	now := time.Now().UTC().Truncate(time.Second)
	for n, at := range []string{filepath.Join(folder, FolderName), filepath.Join(folder, FolderName), second} {
		name := nameOf(station, n+1, now.Add(-time.Duration(10-n)*time.Hour))
		if err := os.WriteFile(filepath.Join(at, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := Look(t.Context(), folder, station, second, nil)
	if !c.Backup.Equal(now.Add(-9*time.Hour)) || !c.Copy.Equal(now.Add(-8*time.Hour)) || !c.Elsewhere || len(c.Wrong) != 0 {
		t.Errorf("%+v", c)
	}
	c = Look(t.Context(), folder, station, "", []error{&queue.CareError{What: queue.CareSecondNone}})
	if c.Elsewhere || !c.Copy.IsZero() || len(c.Wrong) != 1 {
		t.Errorf("without a second place: %+v", c)
	}
}

// TestLookTellsOfASecondPlaceOnce that is no folder.
func TestLookTellsOfASecondPlaceOnce(t *testing.T) {
	t.Parallel()
	second := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(second, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c := Look(t.Context(), t.TempDir(), station, second, nil)
	if len(c.Wrong) != 1 || kind(c.Wrong[0]) != string(queue.CareSecondSilent) {
		t.Errorf("%v", c.Wrong)
	}
	if c = Look(t.Context(), t.TempDir(), station, second, c.Wrong); len(c.Wrong) != 1 {
		t.Errorf("told twice: %v", c.Wrong)
	}
}

// TestAStuckFolderIsAskedOnce, however often a page that shows it is looked at.
func TestAStuckFolderIsAskedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		hangs, asked := make(chan struct{}), 0
		for range 10 {
			_, err := lastOf(t.Context(), "stuck", func() (time.Time, error) {
				asked++
				<-hangs
				return time.Time{}, nil
			})
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("it says %v", err)
			}
		}
		close(hangs)
		synctest.Wait()
		if asked != 1 {
			t.Errorf("it was asked %d times", asked)
		}
	})
}
