package queue_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"pkidstation/queue"
)

// audited fills a queue with an audit of all sorts; what is done last leaves no
// trace but its lines.
func audited(t *testing.T, folder, station string) *queue.Queue {
	t.Helper()
	q, err := queue.Open(folder, queue.Options{Station: station, Segment: 64 << 10})
	must(t, err)
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso}, "Ana")
	must(t, err)
	var ids []string
	for n := range 12 {
		v, err := q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: pkid(n), By: []string{"Ana", "Bob"}[n%2]})
		must(t, err)
		ids = append(ids, v.Entry.ID)
	}
	must(t, q.Hold(t.Context(), ids[:4], queue.Act{By: "Léa", Reason: "wet boxes"}))
	must(t, q.Release(t.Context(), ids[:2], queue.Act{By: "Léa", Reason: "dry again"}))
	must(t, q.Discard(t.Context(), ids[3:5], queue.Act{By: "Léa", Reason: "torn <label>"}))
	for n := range 4 {
		must(t, q.Learn(t.Context(), queue.LearnRule, fmt.Sprint("rule ", n), "x", queue.Act{By: "Léa"}))
	}
	_, err = q.CloseReception(t.Context(), r.ID, "Ana")
	must(t, err)
	return q
}

// A tampered is the audit of a queue's file in the hands of somebody who knows how
// it is made.
type tampered struct {
	t     *testing.T
	rng   *rand.Rand
	tx    *bbolt.Tx
	audit *bbolt.Bucket
	other map[uint64]queue.AuditLine // of another station
}

func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

func (x *tampered) last() uint64 {
	k, _ := x.audit.Cursor().Last()
	return binary.BigEndian.Uint64(k)
}

func (x *tampered) any() uint64 { return 1 + x.rng.Uint64N(x.last()) }

func (x *tampered) line(n uint64) queue.AuditLine {
	l, err := queue.DecodeRecord[queue.AuditLine](x.audit.Get(number(n)))
	must(x.t, err)
	return l
}

// put keeps a line with the right checksum.
func (x *tampered) put(key uint64, l queue.AuditLine) {
	data, err := queue.EncodeRecord(l)
	must(x.t, err)
	must(x.t, x.audit.Put(number(key), data))
}

func (x *tampered) sealed(l queue.AuditLine) queue.AuditLine {
	l, err := queue.SealLine(l)
	must(x.t, err)
	return l
}

// rechain gives all lines from n on the right number, hash and predecessor.
func (x *tampered) rechain(n uint64) {
	before := ""
	if n > 1 {
		before = x.line(n - 1).Hash
	}
	for ; x.audit.Get(number(n)) != nil; n++ {
		l := x.line(n)
		l.Number, l.Before = n, before
		l = x.sealed(l)
		x.put(n, l)
		before = l.Hash
	}
}

// falsify changes what a line says.
func (x *tampered) falsify(l queue.AuditLine) queue.AuditLine {
	switch x.rng.IntN(5) {
	case 0:
		l.Operator = l.Operator%3 + 1
	case 1:
		l.Note += "."
	case 2:
		l.At = l.At.Add(1)
	case 3:
		l.Station += "x"
	default:
		l.Reason += "x"
	}
	return l
}

// cut takes lines off the end, and out of the history.
func (x *tampered) cut() {
	from := x.last() - x.rng.Uint64N(3)
	history := x.tx.Bucket([]byte("history"))
	for n := x.last(); n >= from; n-- {
		must(x.t, x.audit.Delete(number(n)))
		c := history.Cursor()
		for k, _ := c.First(); k != nil; k, _ = c.Next() {
			if bytes.HasSuffix(k, number(n)) {
				must(x.t, c.Delete())
			}
		}
	}
}

// remove takes one out and closes the gap, as if it had never been.
func (x *tampered) remove() {
	n := x.any()
	for ; n < x.last(); n++ {
		x.put(n, x.line(n+1))
	}
	must(x.t, x.audit.Delete(number(n)))
	x.rechain(1)
}

// flip turns one bit of one record.
func (x *tampered) flip() {
	n := x.any()
	data := bytes.Clone(x.audit.Get(number(n)))
	data[x.rng.IntN(len(data))] ^= 1 << x.rng.IntN(8)
	must(x.t, x.audit.Put(number(n), data))
}

// reframe writes a record so that it means the same.
func (x *tampered) reframe() {
	n := x.any()
	data := string(x.audit.Get(number(n)))
	_, value, _ := strings.Cut(data, `"value":`)
	for _, to := range []string{`{"v":1,"value":` + value, strings.Replace(data, `"sum"`, `"Sum"`, 1), data + " ", strings.Replace(data, `{"v":2`, `{"x":0,"v":2`, 1)} {
		if x.rng.IntN(3) == 0 || to[len(to)-1] == ' ' {
			must(x.t, x.audit.Put(number(n), []byte(to)))
		}
	}
}

// tamperings are what can be done to the bucket.
func tamperings() map[string]func(*tampered) {
	return map[string]func(*tampered){
		"delete":  func(x *tampered) { must(x.t, x.audit.Delete(number(x.any()))) },
		"change":  func(x *tampered) { n := x.any(); x.put(n, x.falsify(x.line(n))) },
		"rehash":  func(x *tampered) { n := x.any(); x.put(n, x.sealed(x.falsify(x.line(n)))) },
		"rechain": func(x *tampered) { n := x.any(); x.put(n, x.falsify(x.line(n))); x.rechain(n) },
		"renumber": func(x *tampered) {
			n := x.any()
			l := x.line(n)
			l.Number += 1 + x.rng.Uint64N(3)
			x.put(n, x.sealed(l))
		},
		"swap": func(x *tampered) {
			n := 1 + x.rng.Uint64N(x.last()-1)
			a, b := x.line(n), x.line(n+1)
			x.put(n, b)
			x.put(n+1, a)
			if x.rng.IntN(2) == 0 {
				x.rechain(n)
			}
		},
		"cut":    (*tampered).cut,
		"remove": (*tampered).remove,
		"append": func(x *tampered) {
			l := x.falsify(x.line(x.last()))
			l.Entry, l.From, l.To, l.Number, l.Before = "", "", "", x.last()+1, l.Hash
			x.put(l.Number, x.sealed(l))
		},
		"duplicate": func(x *tampered) { x.put(x.last()+1, x.line(x.any())) },
		"flip":      (*tampered).flip,
		"reframe":   (*tampered).reframe,
		"another's": func(x *tampered) {
			for n, l := range x.other {
				x.put(n, l)
			}
		},
		"a line of another's": func(x *tampered) { n := x.any(); x.put(n, x.other[n]) },
	}
}

// A victim is a queue's folder whose file is put back after each tampering.
type victim struct {
	folder string
	sound  []byte
	other  map[uint64]queue.AuditLine
}

func newVictim(t *testing.T) victim {
	t.Helper()
	v := victim{folder: t.TempDir(), other: map[uint64]queue.AuditLine{}}
	must(t, audited(t, v.folder, "dock 1").Close())
	another := t.TempDir()
	must(t, audited(t, another, "dock 2").Close())
	x := v.open(t, another)
	must(t, x.View(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("audit")).ForEach(func(k, data []byte) error {
			l, err := queue.DecodeRecord[queue.AuditLine](data)
			v.other[binary.BigEndian.Uint64(k)] = l
			return err
		})
	}))
	must(t, x.Close())
	var err error
	v.sound, err = os.ReadFile(filepath.Join(v.folder, queue.FileName))
	must(t, err)
	return v
}

func (v victim) open(t *testing.T, folder string) *bbolt.DB {
	t.Helper()
	db, err := bbolt.Open(filepath.Join(folder, queue.FileName), 0o600, &bbolt.Options{NoSync: true})
	must(t, err)
	return db
}

// suffer tampers with the file and says what finds it: the look at the index alone,
// and with the journal beside. changed says whether anything is another at all.
func (v victim) suffer(t *testing.T, rng *rand.Rand, tamper func(*tampered)) (alone, anchored, changed bool) {
	t.Helper()
	must(t, os.WriteFile(filepath.Join(v.folder, queue.FileName), v.sound, 0o600))
	db := v.open(t, v.folder)
	must(t, db.Update(func(tx *bbolt.Tx) error {
		audit := tx.Bucket([]byte("audit"))
		before := map[string]string{}
		note := func(m map[string]string) error {
			return audit.ForEach(func(k, data []byte) error { m[string(k)] = string(data); return nil })
		}
		must(t, note(before))
		tamper(&tampered{t: t, rng: rng, tx: tx, audit: audit, other: v.other})
		after := map[string]string{}
		must(t, note(after))
		changed = !maps.Equal(before, after)
		return nil
	}))
	must(t, db.Close())
	q, err := queue.Open(v.folder, queue.Options{ReadOnly: true})
	must(t, err)
	wrong, err := q.Check(t.Context())
	must(t, err)
	journal, _, err := q.CheckJournal(t.Context())
	must(t, err)
	must(t, q.Close())
	return len(wrong) > 0, len(wrong)+len(journal) > 0, changed
}

// TestTamperingWithTheStoresAuditIsFound: whatever is done to the audit in
// queue.db is found. The look at queue.db alone is the control: it misses what
// somebody does who knows how.
func TestTamperingWithTheStoresAuditIsFound(t *testing.T) {
	t.Parallel()
	total := 140
	if torture() {
		total = 10_000
	}
	all := tamperings()
	names := slices.Sorted(maps.Keys(all))
	v := newVictim(t)
	if alone, anchored, changed := v.suffer(t, rand.New(rand.NewPCG(0, 0)), func(*tampered) {}); alone || anchored || changed {
		t.Fatal("something is found where nothing was done")
	}
	missed := map[string]int{}
	for seed := range total {
		name := names[seed%len(names)]
		alone, anchored, changed := v.suffer(t, rand.New(rand.NewPCG(11, uint64(seed))), all[name])
		if changed && !anchored {
			t.Errorf("seed %d, %s: not found", seed, name)
		}
		if changed && !alone {
			missed[name]++
		}
	}
	for _, name := range []string{"rechain", "cut", "append"} {
		if missed[name] == 0 {
			t.Errorf("the control finds every %s too: what is the journal for", name)
		}
	}
	t.Logf("%d tamperings; without the journal %v would have been missed", total, missed)
}
