package queue_test

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"pkidstation/queue"
)

// closedQueue is a folder with a queue of so many captures that was closed, and its
// file.
func closedQueue(t *testing.T, captures int) (folder string, file []byte) {
	t.Helper()
	folder = t.TempDir()
	c := &cut{folder: folder, told: map[string]bool{}}
	q, err := queue.Open(folder, queue.Options{Station: "dock 1"})
	must(t, err)
	c.fill(t, q, captures)
	must(t, q.Close())
	file, err = os.ReadFile(filepath.Join(folder, queue.FileName))
	must(t, err)
	return folder, file
}

// TestForgedFreePages: bbolt trusts the list of free pages when it opens a file to
// change it: it makes room for as many as the list says, and writes over those that
// it names.
func TestForgedFreePages(t *testing.T) {
	t.Parallel()
	number := func(page []byte, i int) []byte { return page[16+8*i:] }
	for name, forge := range map[string]func(f *forger, list []byte, count int){
		"more than there is memory": func(_ *forger, list []byte, _ int) {
			binary.NativeEndian.PutUint16(list[10:], 0xFFFF)
			binary.NativeEndian.PutUint64(list[16:], 1<<36)
		},
		"more than the page has": func(_ *forger, list []byte, _ int) { binary.NativeEndian.PutUint16(list[10:], 0xFFFE) },
		"a page of another kind": func(_ *forger, list []byte, _ int) { binary.NativeEndian.PutUint16(list[8:], forgedLeaf) },
		"flows over the end":     func(_ *forger, list []byte, _ int) { binary.NativeEndian.PutUint32(list[12:], 1<<20) },
		"a page that is not there": func(f *forger, list []byte, count int) {
			binary.NativeEndian.PutUint64(number(list, count-1), f.head(atHigh))
		},
		"a head page": func(_ *forger, list []byte, _ int) { binary.NativeEndian.PutUint64(number(list, 0), 1) },
		"twice":       func(_ *forger, list []byte, _ int) { copy(number(list, 1)[:8], number(list, 0)[:8]) },
		"in use": func(f *forger, list []byte, _ int) {
			binary.NativeEndian.PutUint16(list[10:], 1)
			binary.NativeEndian.PutUint64(number(list, 0), f.head(atRoot))
		},
		"the list itself": func(f *forger, list []byte, _ int) {
			binary.NativeEndian.PutUint16(list[10:], 1)
			binary.NativeEndian.PutUint64(number(list, 0), f.head(atList))
		},
		"no such list": func(f *forger, _ []byte, _ int) { f.setHead(atList, f.head(atHigh)+7) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder, file := closedQueue(t, 100)
			f := forging(t, file)
			list := f.page(f.head(atList))
			count := int(binary.NativeEndian.Uint16(list[10:]))
			if kind := binary.NativeEndian.Uint16(list[8:]); kind != forgedList || count < 2 {
				t.Fatalf("a list of %d, kind %d", count, kind)
			}
			forge(f, list, count)
			f.refused(folder, false)
		})
	}
}

// nested is a small bucket that has small buckets, each of which is the same bytes
// and has as many, so deep.
func (f *forger) nested(wide, deep int) []byte {
	inner := make([]byte, 16)
	if deep == 0 {
		return slices.Concat(inner, f.leafOf(0, nil))
	}
	all := make([]item, wide)
	for i := range all {
		all[i] = item{[]byte{byte(i)}, nil, true}
	}
	below := f.nested(wide, deep-1)
	page := f.leafOf(0, all)
	for i := range all {
		at := page[16*(i+1):]
		binary.NativeEndian.PutUint32(at[4:], uint32(len(page)-16*(i+1)-1)) // the key is of what is before
		binary.NativeEndian.PutUint32(at[12:], uint32(len(below)))
	}
	return slices.Concat(inner, page, below)
}

// torn is a bucket that lies in its parent's page, with an element of which one length,
// at a place in its head, is more than there is. bbolt copies such a bucket to where
// other memory of the program comes after it.
func (f *forger) torn(at int) []byte {
	page := f.leafOf(0, []item{{key: []byte("key"), value: []byte("value")}})
	binary.NativeEndian.PutUint32(page[16+at:], 4000)
	return append(make([]byte, 16), page...)
}

// TestForgedBuckets: whoever counts what is in buckets within buckets that are all
// the same bytes never comes to an end, and what is said to be a bucket may be
// anything.
func TestForgedBuckets(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]func(f *forger) []byte{
		"in buckets without end": func(f *forger) []byte { return f.nested(12, 40) },
		"in one":                 func(f *forger) []byte { return f.nested(1, 1) },
		"a branch in it": func(f *forger) []byte {
			return append(make([]byte, 16), f.branchOf(0, []byte("a"), f.head(atRoot))...)
		},
		"more elements than bytes": func(f *forger) []byte {
			page := f.leafOf(0, nil)
			binary.NativeEndian.PutUint16(page[10:], 9)
			return append(make([]byte, 16), page...)
		},
		"a value beyond its end": func(f *forger) []byte { return f.torn(12) },
		"a key beyond its end":   func(f *forger) []byte { return f.torn(8) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder, file := closedQueue(t, 30)
			f := forging(t, file)
			f.setBucket("pause", value(f))
			f.to(folder)
			q, err := queue.Open(folder, queue.Options{ReadOnly: true})
			if err != nil {
				if !errors.Is(err, queue.ErrDamaged) {
					t.Error(err)
				}
				return
			}
			wrong, err := q.Check(t.Context())
			if !strings.Contains(strings.Join(wrong, "\n"), "do not hang together") {
				t.Errorf("Check found %v, %v", wrong, err)
			}
			must(t, q.Close())
			must(t, os.RemoveAll(filepath.Join(folder, "journal")))
			if _, err := queue.Open(folder, queue.Options{}); !errors.Is(err, queue.ErrDamaged) {
				t.Errorf("gave %v", err)
			}
		})
	}
}

// TestForgedKeys: keys that are all of one place make every comparison as long as the
// page.
func TestForgedKeys(t *testing.T) {
	t.Parallel()
	for name, length := range map[string]int{"half the page each": 2000, "longer than a key can be": 40_000} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder, file := closedQueue(t, 30)
			f := forging(t, file)
			root := f.add(func(id uint64) []byte {
				page := append(f.leafOf(id, make([]item, 30)), make([]byte, length)...)
				for i := range 30 {
					at := page[16*(i+1):]
					binary.NativeEndian.PutUint32(at[4:], uint32(16*(30-i)))
					binary.NativeEndian.PutUint32(at[8:], uint32(length))
				}
				f.pageHead(page, id, forgedLeaf, 30)
				return page
			})
			f.setBucket("pause", bucketAt(root))
			f.to(folder)
			q, err := queue.Open(folder, queue.Options{ReadOnly: true})
			must(t, err)
			wrong, err := q.Check(t.Context())
			if !strings.Contains(strings.Join(wrong, "\n"), "are not in it") {
				t.Errorf("Check found %v, %v", wrong, err)
			}
			must(t, q.Close())
		})
	}
}

// TestForgedDepth: branches under branches, deeper than any file has them.
func TestForgedDepth(t *testing.T) {
	t.Parallel()
	folder, file := closedQueue(t, 30)
	f := forging(t, file)
	to := f.add(func(id uint64) []byte { return f.leafOf(id, nil) })
	for range 200 {
		below := to
		to = f.add(func(id uint64) []byte { return f.branchOf(id, nil, below) })
	}
	f.setBucket("pause", bucketAt(to))
	f.refused(folder, true)
}

// TestForgedLengths: pages that are said to be longer than there is memory for, in a
// file that is as long and takes no room.
func TestForgedLengths(t *testing.T) { //nolint:paralleltest // it counts what is allocated
	_, file := closedQueue(t, 30)
	const over = 1 << 18 // a GiB
	for name, forge := range map[string]func(f *forger) int64{
		"a page in use": func(f *forger) int64 {
			root := f.add(func(id uint64) []byte { return f.leafOf(id, nil) })
			binary.NativeEndian.PutUint32(f.page(root)[12:], over)
			f.setHead(atRoot, root)
			f.setHead(atHigh, root+over+1)
			return int64(root+over+1) * int64(f.size)
		},
		"every page": func(f *forger) int64 {
			const long = 1 << 30
			for _, id := range []uint64{0, 1} {
				binary.NativeEndian.PutUint32(f.page(id)[atPageSize:], long)
				seal(f.page(id))
			}
			return 8 * long
		},
		"the file": func(f *forger) int64 {
			f.setHead(atHigh, 1<<32)
			return 1 << 43
		},
		"more than a number holds": func(f *forger) int64 {
			f.setHead(atHigh, 1<<52+f.head(atHigh))
			return int64(len(f.data))
		},
	} {
		f := forging(t, file)
		size := forge(f)
		to := t.TempDir()
		f.to(to)
		if err := os.Truncate(filepath.Join(to, queue.FileName), size); err != nil {
			t.Skipf("%s: no file is so long here: %v", name, err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for _, readOnly := range []bool{true, false} {
			if q, err := queue.Open(to, queue.Options{ReadOnly: readOnly}); !errors.Is(err, queue.ErrDamaged) {
				t.Errorf("%s: gave %v", name, err)
				if err == nil {
					must(t, q.Close())
				}
			}
		}
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > 64<<20 {
			t.Errorf("%s: took %d MiB", name, took>>20)
		}
	}
}

// TestForgedPageSizes: no page is so long.
func TestForgedPageSizes(t *testing.T) {
	t.Parallel()
	_, file := closedQueue(t, 10)
	for _, size := range []uint32{0, 1, 512, 3000, 4097, 1 << 17, 1 << 31, 1<<32 - 1} {
		for _, one := range []bool{true, false} {
			f := forging(t, file)
			for _, id := range []uint64{0, 1} {
				if id == 0 && one {
					clear(f.page(0)[:80])
					continue
				}
				binary.NativeEndian.PutUint32(f.page(id)[atPageSize:], size)
				seal(f.page(id))
			}
			folder := t.TempDir()
			f.to(folder)
			for _, readOnly := range []bool{true, false} {
				_, err := queue.Open(folder, queue.Options{ReadOnly: readOnly})
				if !errors.Is(err, queue.ErrDamaged) || !strings.Contains(err.Error(), "head page says") {
					t.Errorf("%d, %v: gave %v", size, one, err)
				}
			}
		}
	}
}

// TestManyComplaints: of a file in which all is wrong Check says so and no more.
func TestManyComplaints(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	fillLong(t, folder, 2000)
	db, err := bbolt.Open(filepath.Join(folder, queue.FileName), 0o600, nil)
	must(t, err)
	must(t, db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket([]byte(strings.Repeat("a", 30_000)))
		for _, name := range []string{"pkid", "state"} {
			err = errors.Join(err, tx.DeleteBucket([]byte(name)))
			_, again := tx.CreateBucket([]byte(name))
			err = errors.Join(err, again)
		}
		return errors.Join(err, tx.Bucket([]byte("id")).Put([]byte(strings.Repeat("b", 30_000)), []byte("00000001")))
	}))
	must(t, db.Close())
	q, err := queue.Open(folder, queue.Options{ReadOnly: true})
	must(t, err)
	wrong, err := q.Check(t.Context())
	must(t, err)
	must(t, q.Close())
	longest := 0
	for _, w := range wrong {
		longest = max(longest, len(w))
	}
	if n := len(wrong); n != 1001 || wrong[n-1] != "and 3001 more" || longest > 1100 {
		t.Errorf("%d complaints, the longest of %d bytes, the last %.50q", n, longest, wrong[n-1])
	}
}
