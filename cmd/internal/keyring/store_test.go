package keyring_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/cmd/internal/keyring"
	"pkidstation/queue/partnercenter/signin"
)

// A ring is a keyring with knobs. It is one for as many stores as use it.
type ring struct {
	mu     sync.Mutex
	keys   map[string]string
	broken error
	hang   chan struct{} // nil for a ring that answers
	asked  int
}

func newRing() *ring { return &ring{keys: map[string]string{}} }

func (r *ring) ask() error {
	r.mu.Lock()
	r.asked++
	hang := r.hang
	r.mu.Unlock()
	if hang != nil {
		<-hang
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.broken
}

func (r *ring) questions() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.asked
}

func (r *ring) Get(service, account string) (string, error) {
	if err := r.ask(); err != nil {
		return "", err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	secret, ok := r.keys[service+"/"+account]
	if !ok {
		return "", keyring.ErrNoKey
	}
	return secret, nil
}

func (r *ring) Set(service, account, secret string) error {
	if err := r.ask(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keys[service+"/"+account] = secret
	return nil
}

func token(refresh string) signin.Token {
	at := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	return signin.Token{
		Access: "eyJhY2Nlc3M." + strings.Repeat("x", 400), Refresh: refresh, Obtained: at, Expires: at.Add(time.Hour),
		Account: signin.Account{Name: "ana@partner.example", Tenant: "t", Factors: signin.MultiFactor}, Authority: "a", Tenant: "t", ClientID: "c",
	}
}

func save(t *testing.T, folder string, r keyring.Ring, tok signin.Token) {
	t.Helper()
	if err := keyring.New(folder, r).Save(t.Context(), tok); err != nil {
		t.Fatal(err)
	}
}

func TestKept(t *testing.T) {
	t.Parallel()
	folder, r := t.TempDir(), newRing()
	if _, err := keyring.New(folder, r).Load(t.Context()); !errors.Is(err, signin.ErrNeverSignedIn) || errors.Is(err, keyring.ErrUnreadable) || r.asked != 0 {
		t.Errorf("nothing there: %v, asked %d times", err, r.asked)
	}
	for _, refresh := range []string{"first", "second"} {
		save(t, folder, r, token(refresh))
		got, err := keyring.New(folder, r).Load(t.Context())
		if diff := cmp.Diff(token(refresh), got); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
	kept, err := os.ReadDir(folder)
	if err != nil || len(kept) != 1 || kept[0].Name() != keyring.FileName {
		t.Errorf("the folder has %v (%v)", kept, err)
	}
	info, err := os.Stat(filepath.Join(folder, keyring.FileName))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v (%v)", info.Mode(), err)
	}
	text, err := os.ReadFile(filepath.Join(folder, keyring.FileName))
	if err != nil || bytes.Contains(text, []byte("second")) || bytes.Contains(text, []byte("ana@")) {
		t.Errorf("the file can be read (%v)", err)
	}
	if len(r.keys) != 1 {
		t.Errorf("the keyring has %d keys", len(r.keys))
	}
	for range 2 {
		if err := keyring.New(folder, r).Clear(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if _, err := keyring.New(folder, r).Load(t.Context()); err != signin.ErrNeverSignedIn { //nolint:errorlint // nothing more is said
		t.Errorf("after Clear: %v", err)
	}
}

// unreadable wants nobody signed in, and the reason.
func unreadable(t *testing.T, what, folder string, r keyring.Ring) {
	t.Helper()
	got, err := keyring.New(folder, r).Load(t.Context())
	if !errors.Is(err, signin.ErrNeverSignedIn) || !errors.Is(err, keyring.ErrUnreadable) || got != (signin.Token{}) {
		t.Errorf("%s: %v", what, err)
	}
}

func TestDamaged(t *testing.T) {
	t.Parallel()
	folder, r := t.TempDir(), newRing()
	save(t, folder, r, token("first"))
	file := filepath.Join(folder, keyring.FileName)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	put := func(content []byte) {
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for length := range whole {
		put(whole[:length])
		unreadable(t, fmt.Sprintf("cut to %d bytes", length), folder, r)
	}
	for at := range whole {
		altered := slices.Clone(whole)
		altered[at] ^= 1
		put(altered)
		unreadable(t, fmt.Sprintf("byte %d altered", at), folder, r)
	}
	put(append(slices.Clone(whole), 'x'))
	unreadable(t, "longer", folder, r)
	put(bytes.Repeat(whole, 4000))
	unreadable(t, "huge", folder, r)
	save(t, folder, r, token("again"))
	if got, err := keyring.New(folder, r).Load(t.Context()); err != nil || got.Refresh != "again" {
		t.Errorf("after a new sign-in: %v", err)
	}
}

func TestForeign(t *testing.T) {
	t.Parallel()
	folder, other, r := t.TempDir(), t.TempDir(), newRing()
	save(t, folder, r, token("first"))
	save(t, other, r, token("other"))
	copied, err := os.ReadFile(filepath.Join(other, keyring.FileName))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, keyring.FileName), copied, 0o600); err != nil {
		t.Fatal(err)
	}
	unreadable(t, "another folder's file", folder, r)
	unreadable(t, "another keyring", other, newRing())
	for account := range r.keys {
		r.keys[account] = "not a key"
	}
	unreadable(t, "a key that is none", other, r)
	save(t, other, r, token("anew"))
	linked := t.TempDir()
	if err := os.Symlink(filepath.Join(other, keyring.FileName), filepath.Join(linked, keyring.FileName)); err != nil {
		t.Skip(err)
	}
	unreadable(t, "a link", linked, r)
}

func TestWithoutAKeyring(t *testing.T) {
	t.Parallel()
	folder, r := t.TempDir(), newRing()
	save(t, folder, r, token("first"))
	r.broken = errors.New("no bus")
	s := keyring.New(folder, r)
	if _, err := s.Load(t.Context()); !errors.Is(err, signin.ErrNeverSignedIn) || !errors.Is(err, keyring.ErrNoKeyring) || errors.Is(err, keyring.ErrUnreadable) {
		t.Errorf("Load: %v", err)
	}
	if err := s.Usable(t.Context()); !errors.Is(err, keyring.ErrNoKeyring) {
		t.Errorf("Usable: %v", err)
	}
	if err := s.Save(t.Context(), token("second")); !errors.Is(err, signin.ErrMemoryOnly) || !errors.Is(err, keyring.ErrNoKeyring) {
		t.Errorf("Save: %v", err)
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 0 {
		t.Errorf("what is older than the token is still there: %v (%v)", left, err)
	}
	r.broken = nil
	if err := s.Save(t.Context(), token("third")); err != nil {
		t.Errorf("with a keyring again: %v", err)
	}
}

// TestHanging: a keyring that asks someone to unlock it is waited for once, and
// its late answer counts.
func TestHanging(t *testing.T) {
	t.Parallel()
	folder, r := t.TempDir(), newRing()
	save(t, folder, r, token("first"))
	synctest.Test(t, func(t *testing.T) {
		r.hang = make(chan struct{})
		s := keyring.New(folder, r)
		began := time.Now()
		if _, err := s.Load(t.Context()); !errors.Is(err, keyring.ErrNoKeyring) || time.Since(began) != 5*time.Second {
			t.Errorf("first: %v after %v", err, time.Since(began))
		}
		before := r.questions()
		for range 3 {
			if _, err := s.Load(t.Context()); !errors.Is(err, keyring.ErrNoKeyring) || time.Since(began) != 5*time.Second || r.questions() != before {
				t.Errorf("again: %v after %v, asked %d times", err, time.Since(began), r.questions()-before)
			}
		}
		close(r.hang)
		synctest.Wait()
		if got, err := s.Load(t.Context()); err != nil || got.Refresh != "first" {
			t.Errorf("unlocked: %v", err)
		}
	})
}

func TestTheCallerLeaves(t *testing.T) {
	t.Parallel()
	folder, r := t.TempDir(), newRing()
	synctest.Test(t, func(t *testing.T) {
		r.hang = make(chan struct{})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := keyring.New(folder, r).Usable(ctx); !errors.Is(err, keyring.ErrNoKeyring) || ctx.Err() == nil {
			t.Errorf("%v", err)
		}
		close(r.hang)
		synctest.Wait()
	})
}

// TestACrashLeavesNoRubbish: what a crash left half written goes with a later
// save, what is young stays.
func TestACrashLeavesNoRubbish(t *testing.T) {
	t.Parallel()
	folder, r := t.TempDir(), newRing()
	old, young := filepath.Join(folder, keyring.FileName+".1.partial"), filepath.Join(folder, keyring.FileName+".2.partial")
	for _, name := range []string{old, young} {
		if err := os.WriteFile(name, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before := time.Now().Add(-time.Hour)
	if err := os.Chtimes(old, before, before); err != nil {
		t.Fatal(err)
	}
	save(t, folder, r, token("first"))
	if _, err := os.Stat(old); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the old one: %v", err)
	}
	if _, err := os.Stat(young); err != nil {
		t.Errorf("the young one: %v", err)
	}
}

// TestManyAtOnce: two processes that save at the same time leave one whole token.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	folder, r := t.TempDir(), newRing()
	if err := keyring.New(folder, r).Usable(t.Context()); err != nil {
		t.Fatal(err)
	}
	var saving sync.WaitGroup
	for n := range 4 {
		saving.Go(func() {
			s := keyring.New(folder, r)
			for range 10 {
				if err := s.Save(t.Context(), token(fmt.Sprint(n))); err != nil {
					t.Error(err)
				}
				if _, err := s.Load(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	saving.Wait()
}
