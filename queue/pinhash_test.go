package queue_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
)

// aHash is how the hash of a PIN begins.
const aHash = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$"

func TestPINHash(t *testing.T) {
	t.Parallel()
	hash := queue.HashPIN(pinLea)
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") || hash == queue.HashPIN(pinLea) {
		t.Errorf("hash: %s", hash)
	}
	if right, err := queue.RightPIN(hash, pinLea); err != nil || !right {
		t.Errorf("the right one: %t %v", right, err)
	}
	for _, pin := range []string{"", "27183", pinLea + " ", strings.Repeat(pinLea, 1000)} {
		if right, err := queue.RightPIN(hash, pin); err != nil || right {
			t.Errorf("%.20q: %t %v", pin, right, err)
		}
	}
}

// hostileHashes ask for more memory or time than there is, or are none.
func hostileHashes() []string {
	const salt, sum = "c2FsdHNhbHRzYWx0c2FsdA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	return []string{
		"", "$", "$$$$$", "$argon2id$v=19$m=4294967295,t=2,p=1$" + salt + "$" + sum, "$argon2id$v=19$m=19456,t=4294967295,p=1$" + salt + "$" + sum,
		"$argon2id$v=19$m=19456,t=2,p=255$" + salt + "$" + sum, "$argon2id$v=19$m=19456,t=0,p=1$" + salt + "$" + sum,
		"$argon2id$v=19$m=19456,t=2,p=0$" + salt + "$" + sum, "$argon2id$v=19$m=0,t=2,p=1$" + salt + "$" + sum, "$argon2i$v=19$m=19456,t=2,p=1$" + salt + "$" + sum,
		"$argon2id$v=16$m=19456,t=2,p=1$" + salt + "$" + sum, "$argon2id$v=19$m=19456,t=2$" + salt + "$" + sum, "$argon2id$v=19$m=19456,t=2,p=1$$" + sum,
		"$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$", "$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$" + strings.Repeat("A", 1<<16),
		"$argon2id$v=19$m=+19456,t=2,p=1$" + salt + "$" + sum, "$argon2id$v=19$m=019456,t=2,p=1$" + salt + "$" + sum,
	}
}

func TestHostileHashesAreRefused(t *testing.T) {
	t.Parallel()
	q := open(t)
	for _, hash := range hostileHashes() {
		if _, _, _, _, _, err := queue.PINHashCosts(hash); err == nil {
			t.Errorf("%.80q is taken", hash)
		}
		if err := queue.KeepSupervisor(q, queue.SupervisorRecord{Name: "Léa", Hash: hash}); err != nil {
			t.Fatal(err)
		}
		if _, err := q.Unlock(t.Context(), "Léa", pinLea); err == nil {
			t.Errorf("%.80q unlocks", hash)
		}
		if err := q.ResetSupervisors(t.Context(), "root"); err != nil {
			t.Fatal(err)
		}
	}
	// A wait that no version writes is no longer than the longest.
	far := queue.SupervisorRecord{Name: "Léa", Hash: queue.HashPIN(pinLea), Tries: 1 << 40, Until: time.Now().Add(1e6 * time.Hour), Wait: 1e6 * time.Hour}
	if err := queue.KeepSupervisor(q, far); err != nil {
		t.Fatal(err)
	}
	if wait, early := try(t, q, pinLea); !early || wait > 15*time.Minute {
		t.Errorf("%v, early %t", wait, early)
	}
}

// FuzzPINHash wants any text in a record to be refused, or to cost no more than is
// allowed and be written as it was read.
func FuzzPINHash(f *testing.F) {
	for _, hash := range append(hostileHashes(), aHash+"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") {
		f.Add(hash)
	}
	f.Fuzz(func(t *testing.T, hash string) {
		written, memory, passes, lanes, size, err := queue.PINHashCosts(hash)
		if err != nil {
			return
		}
		if memory < 8 || memory > 64<<10 || passes < 1 || passes > 8 || lanes < 1 || lanes > 4 || size > 128 {
			t.Errorf("%q costs %d KiB, %d passes, %d lanes, %d bytes", hash, memory, passes, lanes, size)
		}
		if written != hash {
			t.Errorf("%q is written as %q", hash, written)
		}
	})
}

// goldenSince is golden for records that there are since version 2 of them.
func goldenSince[T any](t *testing.T, name string, want T) {
	t.Helper()
	data, err := queue.EncodeRecord(want)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", name+"_v2.golden")
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, err := queue.DecodeRecord[T](kept)
	if err != nil || !cmp.Equal(want, got) || !bytes.Equal(kept, data) {
		t.Errorf("%v: it is read or written otherwise: %s", err, cmp.Diff(want, got))
	}
}

func TestSupervisorGolden(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 28, 8, 30, 0, 0, time.UTC)
	goldenSince(t, "supervisor", queue.SupervisorRecord{
		Name: "Léa", Hash: aHash + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", Since: at, Tries: 5, Until: at.Add(4 * time.Second), Wait: 4 * time.Second,
	})
	goldenSince(t, "review", queue.ReviewSetting{Policy: queue.ReviewAll})
}
