package signin_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/partnercenter/signin"
)

// A drawer is a store in a file, as one process has it; several have one file.
type drawer struct {
	file string
	// saves is called before each Save, clears before each Clear and ClearIf.
	saves, clears func()
}

func (d *drawer) Load(context.Context) (signin.Token, error) { return d.open(d.file) }

func (d *drawer) open(file string) (token signin.Token, err error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return token, signin.ErrNeverSignedIn
	}
	return token, errors.Join(err, json.Unmarshal(text, &token))
}

func (d *drawer) Save(_ context.Context, token signin.Token) error {
	if d.saves != nil {
		d.saves()
	}
	text, err := json.Marshal(token)
	beside, createErr := os.CreateTemp(filepath.Dir(d.file), "beside")
	if err = errors.Join(err, createErr); err != nil {
		return err
	}
	_, err = beside.Write(text)
	return errors.Join(err, beside.Close(), os.Rename(beside.Name(), d.file))
}

func (d *drawer) Clear(context.Context) error {
	if d.clears != nil {
		d.clears()
	}
	return os.RemoveAll(d.file)
}

// A careful drawer clears what it has looked at, and nothing else: the file is
// taken away first, and put back where it was another.
type careful struct{ *drawer }

func (c careful) ClearIf(_ context.Context, refused signin.Token) error {
	if c.clears != nil {
		c.clears()
	}
	taken := c.file + ".taken"
	if err := os.Rename(c.file, taken); err != nil {
		return err
	}
	defer os.Remove(taken) //nolint:errcheck // a test
	kept, err := c.open(taken)
	if err == nil && kept.Access == refused.Access && kept.Refresh == refused.Refresh {
		return nil
	}
	if err := os.Link(taken, c.file); !errors.Is(err, fs.ErrExist) { // what is there by now is newer still
		return err
	}
	return nil
}

// TestBothRenewAtOnce: the window and pkidctl renew one token. Microsoft turned
// it for one of them, which is about to keep the new one; the other is refused,
// finds the old one in the store, and clears. What it must not clear is what was
// kept in between.
func TestBothRenewAtOnce(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	file := filepath.Join(t.TempDir(), "signin")
	process := func(d *drawer) *signin.Source {
		d.file = file
		return l.processWith(t, signin.Options{Store: careful{d}})
	}
	if _, err := process(&drawer{}).Browser(t.Context(), scripted(t, nil)); err != nil {
		t.Fatal(err)
	}
	turned, refusedToo := make(chan struct{}), make(chan struct{})
	goOn := sync.OnceFunc(func() { close(refusedToo) })
	var winning sync.WaitGroup
	first := process(&drawer{saves: sync.OnceFunc(func() { close(turned); <-refusedToo })})
	second := process(&drawer{clears: func() { goOn(); winning.Wait() }})
	first.Look(t.Context())
	second.Look(t.Context())
	l.clock.pass(2 * time.Hour)
	var won string
	winning.Go(func() { won, _ = first.Token(t.Context()) })
	<-turned
	got, err := second.Token(t.Context())
	goOn()
	winning.Wait()
	kept, keptErr := (&drawer{file: file}).Load(t.Context())
	if won == "" || keptErr != nil || kept.Access != won {
		t.Fatalf("the winner has a token: %t; kept is another or none: %v", won != "", keptErr)
	}
	if err != nil || got != won {
		t.Errorf("the other did not take it: %v", err)
	}
	for _, s := range []*signin.Source{first, second, process(&drawer{})} {
		if token(t, s) != won {
			t.Error("a process has another token")
		}
		standing(t, s, signin.SignedIn)
	}
	if n := l.grants(refreshing); n != 2 {
		t.Errorf("%d renewals", n)
	}
}

// TestARefusedTokenThatStays: a store that fails to clear does not have Microsoft
// asked about the same token again, and a newer one counts.
func TestARefusedTokenThatStays(t *testing.T) {
	t.Parallel()
	l := newLab(t, partnercentertest.SignInOptions{})
	stuck := &unclearable{drawer: drawer{file: filepath.Join(t.TempDir(), "signin")}}
	s := l.processWith(t, signin.Options{Store: stuck})
	if _, err := s.Browser(t.Context(), scripted(t, nil)); err != nil {
		t.Fatal(err)
	}
	l.RevokeRefresh()
	l.clock.pass(2 * time.Hour)
	for range 5 {
		if _, err := s.Token(t.Context()); !errors.Is(err, signin.ErrSignInAgain) {
			t.Errorf("%v", err)
		}
		standing(t, s, signin.Again)
		if s.Look(t.Context()).Standing != signin.Again {
			t.Error("a look has it signed in again")
		}
	}
	if n := l.grants(refreshing); n != 1 {
		t.Errorf("%d renewals", n)
	}
	other := l.processWith(t, signin.Options{Store: stuck})
	if _, err := other.Browser(t.Context(), scripted(t, nil)); err != nil {
		t.Fatal(err)
	}
	if token(t, s) != token(t, other) {
		t.Error("the newer one does not count")
	}
}

// An unclearable drawer keeps what it has.
type unclearable struct{ drawer }

func (u *unclearable) Clear(context.Context) error { return errDamaged }
