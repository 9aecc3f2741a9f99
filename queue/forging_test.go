package queue_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pkidstation/queue"
)

// The marks of pages and where their heads and a state's head have what.
const (
	forgedBranch = 1
	forgedLeaf   = 2
	forgedList   = 0x10

	atPageSize = 24
	atRoot     = 32
	atList     = 48
	atHigh     = 56
	atTx       = 64
	atSum      = 72
)

// A forger changes a queue's file as somebody does who knows the format: its sums
// fit.
type forger struct {
	t    *testing.T
	data []byte
	size int
}

func forging(t *testing.T, data []byte) *forger {
	t.Helper()
	return &forger{t: t, data: bytes.Clone(data), size: os.Getpagesize()}
}

func (f *forger) page(id uint64) []byte { return f.data[int(id)*f.size:] }

// present is the head of the state that bbolt takes.
func (f *forger) present() []byte {
	heads := [][]byte{f.page(0), f.page(1)}
	if binary.NativeEndian.Uint64(heads[1][atTx:]) > binary.NativeEndian.Uint64(heads[0][atTx:]) {
		return heads[1]
	}
	return heads[0]
}

func (f *forger) head(at int) uint64 { return binary.NativeEndian.Uint64(f.present()[at:]) }

// setHead changes a number of the present state's head, and its sum.
func (f *forger) setHead(at int, n uint64) {
	head := f.present()
	binary.NativeEndian.PutUint64(head[at:], n)
	seal(head)
}

func seal(head []byte) {
	sum := fnv.New64a()
	_, _ = sum.Write(head[16:atSum])
	binary.NativeEndian.PutUint64(head[atSum:], sum.Sum64())
}

// An item is an element of a page; of a branch, the value is the page's number.
type item struct {
	key, value []byte
	isBucket   bool
}

// items are those of a page's leaves.
func (f *forger) items(id uint64) (all []item) {
	page := f.page(id)
	if binary.NativeEndian.Uint16(page[8:]) == forgedBranch {
		for i := range int(binary.NativeEndian.Uint16(page[10:])) {
			all = append(all, f.items(binary.NativeEndian.Uint64(page[16*(i+1)+8:]))...)
		}
		return all
	}
	for i := range int(binary.NativeEndian.Uint16(page[10:])) {
		at := page[16*(i+1):]
		word := func(n int) int { return int(binary.NativeEndian.Uint32(at[4*n:])) }
		key := word(1)
		value := key + word(2)
		all = append(all, item{bytes.Clone(at[key:value]), bytes.Clone(at[value : value+word(3)]), word(0) == 1})
	}
	return all
}

// leafOf writes items as a leaf has them.
func (f *forger) leafOf(id uint64, all []item) []byte {
	page, bytesOf := make([]byte, 16*(len(all)+1)), []byte(nil)
	for i, it := range all {
		at := page[16*(i+1):]
		if it.isBucket {
			at[0] = 1
		}
		binary.NativeEndian.PutUint32(at[4:], uint32(len(page)+len(bytesOf)-16*(i+1)))
		binary.NativeEndian.PutUint32(at[8:], uint32(len(it.key)))
		binary.NativeEndian.PutUint32(at[12:], uint32(len(it.value)))
		bytesOf = slices.Concat(bytesOf, it.key, it.value)
	}
	page = slices.Concat(page, bytesOf)
	f.pageHead(page, id, forgedLeaf, len(all))
	return page
}

func (f *forger) branchOf(id uint64, key []byte, to uint64) []byte {
	page := slices.Concat(make([]byte, 32), key)
	binary.NativeEndian.PutUint32(page[16:], 16)
	binary.NativeEndian.PutUint32(page[20:], uint32(len(key)))
	binary.NativeEndian.PutUint64(page[24:], to)
	f.pageHead(page, id, forgedBranch, 1)
	return page
}

func (f *forger) pageHead(page []byte, id uint64, kind, count int) {
	binary.NativeEndian.PutUint64(page, id)
	binary.NativeEndian.PutUint16(page[8:], uint16(kind))
	binary.NativeEndian.PutUint16(page[10:], uint16(count))
	binary.NativeEndian.PutUint32(page[12:], uint32((len(page)-1)/f.size))
}

// add puts pages behind those that are in use; what makes them gets the number of
// the first.
func (f *forger) add(makePage func(id uint64) []byte) (id uint64) {
	id = f.head(atHigh)
	page := makePage(id)
	pages := (len(page) + f.size - 1) / f.size
	high := int(id) + pages
	if need := (high + 1) * f.size; need > len(f.data) {
		f.data = append(f.data, make([]byte, need-len(f.data))...)
	}
	clear(f.data[int(id)*f.size : high*f.size])
	copy(f.page(id), page)
	f.setHead(atHigh, uint64(high))
	return id
}

// setBucket gives a bucket another value, in a leaf at the file's end.
func (f *forger) setBucket(name string, value []byte) {
	all := f.items(f.head(atRoot))
	found := false
	for i := range all {
		if string(all[i].key) == name {
			all[i].value, found = value, true
		}
	}
	if !found {
		f.t.Fatalf("there is no bucket %s", name)
	}
	f.setHead(atRoot, f.add(func(id uint64) []byte { return f.leafOf(id, all) }))
}

// bucketAt is the value of a bucket whose pages begin with this one.
func bucketAt(root uint64) []byte {
	return append(binary.NativeEndian.AppendUint64(nil, root), make([]byte, 8)...)
}

// root is a bucket's first page.
func (f *forger) root(name string) uint64 {
	f.t.Helper()
	for _, it := range f.items(f.head(atRoot)) {
		if string(it.key) == name {
			return binary.NativeEndian.Uint64(it.value)
		}
	}
	f.t.Fatalf("there is no bucket %s", name)
	return 0
}

// to writes the file into a folder.
func (f *forger) to(folder string) {
	f.t.Helper()
	must(f.t, os.WriteFile(filepath.Join(folder, queue.FileName), f.data, 0o600))
}

// refused wants the file refused alone, for looking too where looks says so, and put
// aside and made anew where there is a journal.
func (f *forger) refused(folder string, looks bool) {
	f.t.Helper()
	f.to(folder)
	if looks {
		if q, err := queue.Open(folder, queue.Options{ReadOnly: true}); !errors.Is(err, queue.ErrDamaged) {
			f.t.Errorf("for looking: gave %v", err)
			if err == nil {
				must(f.t, q.Close())
			}
		}
	}
	alone := f.t.TempDir()
	f.to(alone)
	if q, err := queue.Open(alone, queue.Options{}); !errors.Is(err, queue.ErrDamaged) || !errors.Is(err, queue.ErrNotQueue) {
		f.t.Errorf("without a journal: gave %v", err)
		if err == nil {
			must(f.t, q.Close())
		}
	}
	q, err := queue.Open(folder, queue.Options{})
	must(f.t, err)
	if r := q.Recovery(); !r.Rebuilt || !errors.Is(r.Why, queue.ErrDamaged) {
		f.t.Errorf("with a journal: %+v", r)
	}
	sound(f.t, q)
	must(f.t, q.Close())
}
