package queue_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pkidstation/queue"
)

// TestAnotherProcessHasIt: a second process learns within 3 s who has the
// queue, for writing and for looking, and gets it once the first is gone.
func TestAnotherProcessHasIt(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	c := startChild(t, "hold", folder)
	for _, readOnly := range []bool{false, true} {
		began := time.Now()
		_, err := queue.Open(folder, queue.Options{ReadOnly: readOnly})
		inUse, ok := errors.AsType[*queue.InUseError](err)
		if !ok || inUse.Owner.PID != c.Process.Pid || inUse.Owner.Program != "child" {
			t.Errorf("read-only %v: %v", readOnly, err)
		}
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("read-only %v: it took %v", readOnly, took)
		}
	}
	if err := c.in.Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Fatal(err)
	}
	openIn(t, folder)
}

// TestAKilledOwnerLetsGo: the name that a killed process leaves behind keeps
// nobody out.
func TestAKilledOwnerLetsGo(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	c := startChild(t, "hold", folder)
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err == nil {
		t.Fatal("the child ended by itself")
	}
	openIn(t, folder)
}

// TestReadersShareAndWriteNothing: two may look at once, and neither may write.
func TestReadersShareAndWriteNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	fill(t, folder)
	before := fileSum(t, folder)
	for range 2 {
		q, err := queue.Open(folder, queue.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		defer q.Close() //nolint:errcheck // read only
		if _, err := q.OpenReception(t.Context(), queue.Work{}, "Ana"); err == nil {
			t.Error("a reader opened a reception")
		}
		if err := q.SetCustomer(t.Context(), queue.CustomerSetting{ID: contoso}, queue.Act{}); err == nil {
			t.Error("a reader kept a customer")
		}
		if counts, err := q.Counts(t.Context()); err != nil || counts.Ready != 3 {
			t.Errorf("a reader counts %+v, %v", counts, err)
		}
	}
	if fileSum(t, folder) != before {
		t.Error("looking changed the file")
	}
}

// TestOpenedAtOnceForTheFirstTime: when several start at once in an empty
// folder, none puts an empty queue over the captures of another.
func TestOpenedAtOnceForTheFirstTime(t *testing.T) {
	t.Parallel()
	for range 6 {
		folder := t.TempDir()
		kept := make(chan error, 4)
		for n := range cap(kept) {
			go func() { kept <- captureAlone(t, folder, n) }()
		}
		want := 0
		for range cap(kept) {
			err := <-kept
			if _, inUse := errors.AsType[*queue.InUseError](err); err != nil && !inUse {
				t.Errorf("starting at once: %v", err)
			}
			if err == nil {
				want++
			}
		}
		q := openIn(t, folder)
		if counts, err := q.Counts(t.Context()); err != nil || counts.Ready != want || want == 0 {
			t.Fatalf("%d were told accepted, the queue has %+v, %v", want, counts, err)
		}
	}
}

// TestAFreshFileGoesOverNone: the slower one of two that start at once finds
// the queue of the faster one, and leaves it.
func TestAFreshFileGoesOverNone(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	fill(t, folder)
	before, fresh := fileSum(t, folder), filepath.Join(folder, "queue.db.new")
	if err := os.WriteFile(fresh, []byte("an empty queue"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := queue.Place(fresh, filepath.Join(folder, queue.FileName)); err != nil {
		t.Fatal(err)
	}
	if fileSum(t, folder) != before {
		t.Error("the captures are gone")
	}
	if _, err := os.Stat(fresh); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the fresh file was left: %v", err)
	}
}

// captureAlone opens the queue, captures one PKID and closes it.
func captureAlone(t *testing.T, folder string, n int) error {
	t.Helper()
	q, err := queue.Open(folder, queue.Options{})
	if err != nil {
		return err
	}
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso}, "Ana")
	if err == nil {
		_, err = q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: pkid(n), By: "Ana"})
	}
	return errors.Join(err, q.Close())
}
