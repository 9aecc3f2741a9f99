package keyring_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"pkidstation/cmd/internal/keyring"
	"pkidstation/queue/partnercenter/signin"
)

// A token is cleared where it is still the one that is kept, and no other is.
func TestClearIf(t *testing.T) {
	t.Parallel()
	folder, r := t.TempDir(), newRing()
	store := keyring.New(folder, r)
	if err := store.ClearIf(t.Context(), token("refused")); err != nil {
		t.Errorf("nothing is kept: %v", err)
	}
	save(t, folder, r, token("newer"))
	if err := store.ClearIf(t.Context(), token("refused")); err != nil {
		t.Error(err)
	}
	if kept, err := store.Load(t.Context()); err != nil || kept.Refresh != "newer" {
		t.Errorf("another is kept: %v", err)
	}
	if err := store.ClearIf(t.Context(), token("newer")); err != nil {
		t.Error(err)
	}
	if _, err := store.Load(t.Context()); !errors.Is(err, signin.ErrNeverSignedIn) {
		t.Errorf("it is still kept: %v", err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("left are %v, %v", left, err)
	}
}

// Whatever one process clears while another saves, what was saved last is there
// in the end.
func TestClearIfAgainstSave(t *testing.T) {
	t.Parallel()
	folder, r := t.TempDir(), newRing()
	for turn := range 200 {
		refused, newer := token(fmt.Sprint("old-", turn)), token(fmt.Sprint("new-", turn))
		save(t, folder, r, refused)
		var both sync.WaitGroup
		both.Go(func() {
			if err := keyring.New(folder, r).ClearIf(t.Context(), refused); err != nil {
				t.Error(err)
			}
		})
		save(t, folder, r, newer)
		both.Wait()
		if kept, err := keyring.New(folder, r).Load(t.Context()); err != nil || kept.Refresh != newer.Refresh {
			t.Fatalf("turn %d: the newer one is gone: %v", turn, err)
		}
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 1 || strings.HasSuffix(left[0].Name(), ".partial") {
		t.Errorf("left are %v, %v", left, err)
	}
}
