package queue_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"pkidstation/queue"
)

func fileSum(t *testing.T, folder string) [sha256.Size]byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, queue.FileName))
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(data)
}

// lived is the file of a queue with a past: several states, plans and pages.
func lived(t *testing.T) []byte {
	t.Helper()
	folder := t.TempDir()
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) // the file is laid out the same each time
	q, err := queue.Open(folder, queue.Options{Station: "dock 1", Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso, GroupTag: "TAG"}, "Ana")
	if err != nil {
		t.Fatal(err)
	}
	for n := range 60 {
		v, err := q.Capture(t.Context(), queue.Capture{ID: fmt.Sprintf("event-%03d", n), Reception: r.ID, PKID: pkid(n), By: "Ana"})
		if err == nil && n%4 == 0 {
			_, err = q.Plan(t.Context(), contoso, "TAG", []string{v.Entry.ID})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(folder, queue.FileName))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// unlisted is a file as it is while a queue is open: without bbolt's list of free
// pages, which a start then looks for in all the others.
func unlisted(t *testing.T, data []byte) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), queue.FileName)
	must(t, os.WriteFile(path, data, 0o600))
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{NoFreelistSync: true})
	must(t, err)
	must(t, errors.Join(db.Update(func(*bbolt.Tx) error { return nil }), db.Close()))
	data, err = os.ReadFile(path)
	must(t, err)
	return data
}

// use opens what data is, as a queue, and calls everything that reads and
// writes. It gives the error of Open, after making sure that a refused file
// was left as it was; what else fails must fail with an error.
func use(t *testing.T, data []byte) error {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, queue.FileName), data, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, readOnly := range []bool{true, false} {
		q, err := queue.Open(folder, queue.Options{ReadOnly: readOnly})
		if err != nil {
			if fileSum(t, folder) != sha256.Sum256(data) {
				t.Errorf("refused with %v, and yet it was changed", err)
			}
			return err
		}
		useAll(t, q)
		if err := q.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	}
	return nil
}

func useAll(t *testing.T, q *queue.Queue) {
	t.Helper()
	ctx := t.Context()
	wrong, err := q.Check(ctx)
	if err == nil && strings.Contains(strings.Join(wrong, "\n"), "do not hang together") {
		return // bbolt may follow them for ever; only Check sees it
	}
	for e, err := range q.List(ctx, queue.Filter{Newest: true}) {
		if err != nil {
			break
		}
		_, _ = q.History(ctx, e.ID)
	}
	_, _ = q.Counts(ctx)
	_, _ = q.Ready(ctx)
	_, _ = q.OpenPlans(ctx)
	_, _ = q.OpenReceptions(ctx)
	r, _ := q.OpenReception(ctx, queue.Work{Customer: contoso, GroupTag: "TAG"}, "Ana")
	for n := range 3 {
		_, _ = q.Capture(ctx, queue.Capture{Reception: r.ID, PKID: pkid(n * 50), By: "Ana"})
	}
	_, _ = q.Undo(ctx, "", queue.Act{By: "Ana"})
}

// TestCutShort: a file that lost its end is refused as it is, at every size.
func TestCutShort(t *testing.T) {
	t.Parallel()
	data := lived(t)
	high := highWater(t, data)
	for size := 0; size < len(data)-1; size += everyPage(high, 2) + 777 {
		err := use(t, data[:size])
		if size < high && !errors.Is(err, queue.ErrNotQueue) {
			t.Errorf("%d of %d bytes: %v", size, high, err)
		}
	}
}

// everyPage is how far apart places are that are tried: each so many pages in the
// long form, else a dozen up to the end.
func everyPage(end, pages int) int {
	page := os.Getpagesize()
	if torture() {
		return pages * page
	}
	return max(pages, end/page/12) * page
}

// highWater is the end of what the file's pages use.
func highWater(t *testing.T, data []byte) int {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // read only
	var size int64
	if err := db.View(func(tx *bbolt.Tx) error { size = tx.Size(); return nil }); err != nil {
		t.Fatal(err)
	}
	return int(size)
}

// TestFlippedBits flips bits in page heads, elements and anywhere. Whatever a
// damaged page makes of bbolt, the process goes on.
func TestFlippedBits(t *testing.T) {
	t.Parallel()
	files := [][]byte{lived(t)}
	files = append(files, unlisted(t, files[0]))
	rounds := 20
	if torture() {
		rounds = 10_000
	}
	rng, page := rand.New(rand.NewPCG(5, 5)), os.Getpagesize()
	refused := 0
	for n := range rounds {
		data := files[n%len(files)]
		damaged := append([]byte(nil), data...)
		for range 1 + rng.IntN(3) {
			at := rng.IntN(len(data))
			if rng.IntN(2) == 0 { // the head of a page and its first elements
				at = at/page*page + rng.IntN(80)
			}
			damaged[at] ^= 1 << rng.IntN(8)
		}
		if use(t, damaged) != nil {
			refused++
		}
	}
	t.Logf("%d of %d damaged files were refused, the others opened", refused, rounds)
}

// TestAPageOfNoise wants a page that nobody can read found by Check, and reads
// of it to be errors.
func TestAPageOfNoise(t *testing.T) {
	t.Parallel()
	whole := lived(t)
	page := os.Getpagesize()
	for _, data := range [][]byte{whole, unlisted(t, whole)} {
		for high, at := highWater(t, data), 2*page; at < high; at += everyPage(high, 3) {
			damaged := append([]byte(nil), data...)
			for i := range page {
				damaged[at+i] = 0xA5
			}
			_ = use(t, damaged)
		}
	}
}

// TestKeysOutOfOrder: a look-up passes by what does not stand in its place. Check
// finds that, and where bbolt would come upon it as it opens the file is refused.
func TestKeysOutOfOrder(t *testing.T) {
	t.Parallel()
	whole := lived(t)
	for name, data := range map[string][]byte{"listed": whole, "unlisted": unlisted(t, whole)} {
		damaged := bytes.ReplaceAll(data, []byte("event-030"), []byte("event-999")) // the key and the entry
		folder := t.TempDir()
		must(t, os.WriteFile(filepath.Join(folder, queue.FileName), damaged, 0o600))
		q, err := queue.Open(folder, queue.Options{ReadOnly: true})
		must(t, err)
		wrong, err := q.Check(t.Context())
		if !strings.Contains(strings.Join(wrong, "\n"), "not in order") {
			t.Errorf("%s: Check found %v, %v", name, wrong, err)
		}
		must(t, q.Close())
		if err := use(t, damaged); (err != nil) != (name == "unlisted") || err != nil && !errors.Is(err, queue.ErrNotQueue) {
			t.Errorf("%s: gave %v", name, err)
		}
	}
}

// TestOneMetaIsEnough: with one of the two metas gone the other one opens.
func TestOneMetaIsEnough(t *testing.T) {
	t.Parallel()
	data, page := lived(t), os.Getpagesize()
	for meta := range 2 {
		damaged := append([]byte(nil), data...)
		clear(damaged[meta*page : meta*page+64])
		if err := use(t, damaged); err != nil {
			t.Errorf("without meta %d: %v", meta, err)
		}
	}
	clear(data[:2*page])
	if err := use(t, data); !errors.Is(err, queue.ErrNotQueue) {
		t.Errorf("without both: %v", err)
	}
}

// TestStrangers: what stands under the queue's name and is none is refused and
// left as it is.
func TestStrangers(t *testing.T) {
	t.Parallel()
	for name, lay := range map[string]func(tx *bbolt.Tx) error{
		"a bbolt file of another program": func(tx *bbolt.Tx) error { _, err := tx.CreateBucket([]byte("wallet")); return err },
		"a newer queue":                   func(tx *bbolt.Tx) error { return meta(tx, "2") },
		"a queue of no version":           func(tx *bbolt.Tx) error { return meta(tx, "one") },
		"a queue with half its buckets":   func(tx *bbolt.Tx) error { return meta(tx, "1") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			path := filepath.Join(folder, queue.FileName)
			// Without its free list on disk, bbolt writes when it opens.
			db, err := bbolt.Open(path, 0o600, &bbolt.Options{NoFreelistSync: true})
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(db.Update(lay), db.Close()); err != nil {
				t.Fatal(err)
			}
			before := fileSum(t, folder)
			if _, err := queue.Open(folder, queue.Options{}); !errors.Is(err, queue.ErrNotQueue) && !errors.Is(err, queue.ErrNewer) {
				t.Errorf("gave %v", err)
			}
			if fileSum(t, folder) != before {
				t.Error("it was changed")
			}
		})
	}
}

func meta(tx *bbolt.Tx, version string) error {
	b, err := tx.CreateBucket([]byte("meta"))
	if err != nil {
		return err
	}
	return b.Put([]byte("schema"), []byte(version))
}

// TestOpenAfterARefusal: a refused file leaves no lock behind.
func TestOpenAfterARefusal(t *testing.T) {
	t.Parallel()
	folder, data := t.TempDir(), lived(t)
	path := filepath.Join(folder, queue.FileName)
	for cut := 3 * os.Getpagesize(); cut < highWater(t, data)/2; cut += 5 * os.Getpagesize() { // some make bbolt panic as it opens
		if err := os.WriteFile(path, data[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := queue.Open(folder, queue.Options{}); !errors.Is(err, queue.ErrNotQueue) {
			t.Fatalf("gave %v at %d of %d", err, cut, len(data))
		}
	}
	if err := os.WriteFile(path, data, 0o600); err != nil { // the same inode, whole again
		t.Fatal(err)
	}
	if counts, err := openIn(t, folder).Counts(t.Context()); err != nil || counts.Captured() != 60 {
		t.Errorf("made whole again: %+v, %v", counts, err)
	}
}

// TestNoFile: a folder, a link to nothing and a pipe under the queue's name
// are refused at once.
func TestNoFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, queue.FileName), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := queue.Open(folder, queue.Options{}); !errors.Is(err, queue.ErrNotQueue) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := queue.Open(filepath.Join(folder, "nowhere"), queue.Options{}); err == nil {
		t.Error("a folder that is not there was opened")
	}
	if _, err := queue.Open(t.TempDir(), queue.Options{ReadOnly: true}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("looking made a queue: %v", fmt.Sprint(err))
	}
}

// TestATornValue: of a file without a journal and without a list of free pages one
// record that is said to be longer than it is costs the record, not the file.
func TestATornValue(t *testing.T) {
	t.Parallel()
	for _, length := range []uint32{1 << 13, 1 << 20, 1 << 25} {
		f := forging(t, unlisted(t, lived(t)))
		id := f.root("entry")
		for binary.NativeEndian.Uint16(f.page(id)[8:]) == forgedBranch {
			id = binary.NativeEndian.Uint64(f.page(id)[24:])
		}
		first := f.page(id)[16:]
		binary.NativeEndian.PutUint32(first[12:], binary.NativeEndian.Uint32(first[12:])^length)
		folder := t.TempDir()
		f.to(folder)
		look, err := queue.Open(folder, queue.Options{ReadOnly: true})
		must(t, err)
		wrong, err := look.Check(t.Context())
		if !strings.Contains(strings.Join(wrong, "\n"), "is damaged") {
			t.Errorf("%d: Check found %v, %v", length, wrong, err)
		}
		must(t, look.Close())
		q, err := queue.Open(folder, queue.Options{})
		if err != nil {
			t.Errorf("%d: gave %v", length, err)
			continue
		}
		if e, err := q.Entry(t.Context(), "event-050"); err != nil || e.Number != 51 {
			t.Errorf("%d: %+v, %v", length, e, err)
		}
		must(t, q.Close())
	}
}
