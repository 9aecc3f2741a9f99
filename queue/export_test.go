package queue

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"reflect"

	"github.com/google/uuid"

	"pkidstation/queue/journal"
)

// Encode and Decode are the record format, for its golden.
func Encode(e Entry) ([]byte, error) { return encode(e) }

// Decode reads what Encode wrote.
func Decode(data []byte) (Entry, error) { return decode[Entry](data) }

// EncodeRecord and DecodeRecord are the format of every kind of record.
func EncodeRecord[T any](value T) ([]byte, error) { return encode(value) }

// DecodeRecord reads what EncodeRecord wrote.
func DecodeRecord[T any](data []byte) (T, error) { return decode[T](data) }

// Pack and Unpack are how queue.db has a record.
func Pack(data []byte) []byte { return pack(data) }

// Unpack gives what Pack was given.
func Unpack(short []byte) ([]byte, error) { return unpack(short) }

// Place gives a fresh file its name.
func Place(fresh, path string) error { return place(fresh, path) }

// WithSyncHook has f called before and after queue.db is synced for a checkpoint.
func WithSyncHook(o Options, f func(done bool)) Options {
	o.onSync = f
	return o
}

// WithDisk has the journal on another file system.
func WithDisk(o Options, disk journal.FS) Options {
	o.disk = disk
	return o
}

// WithSmallSteps has a checkpoint after so few changes, and queue.db grow by so few
// bytes, that a short run has many of both.
func WithSmallSteps(o Options) Options {
	o.every, o.growBy = 16, 64<<10
	return o
}

// WithMap has so many bytes of queue.db mapped at once.
func WithMap(o Options, bytes int) Options {
	o.mapped = bytes
	return o
}

// WithReserve has a change reckoned to take so many pages beside its records.
func WithReserve(o Options, pages int) Options {
	o.reserve = pages
	return o
}

// Mapped is how much of queue.db is mapped at least.
func Mapped(q *Queue) int64 {
	q.using.RLock()
	defer q.using.RUnlock()
	return q.books.mapped
}

// Abandon lets a queue's files go as a process does that is killed.
func Abandon(q *Queue) {
	q.writing.Lock()
	defer q.writing.Unlock()
	q.using.Lock()
	defer q.using.Unlock()
	_, _ = q.books.letGo(), q.unlock()
	q.books, q.closed = nil, true
}

// SealHandover is the file of a handover that says body.
func SealHandover(body []byte) []byte {
	var plain bytes.Buffer
	if json.Compact(&plain, body) != nil {
		return nil
	}
	return Handover{Body: plain.Bytes(), Sum: sumOfBody(plain.Bytes())}.file()
}

// ReadAndWriteHandover reads a handover's file and writes what was read.
func ReadAndWriteHandover(file []byte) ([]byte, error) {
	b, _, err := parseHandover(file)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(b)
	if err != nil {
		return nil, err
	}
	return SealHandover(body), nil
}

// AsAnother is a handover's file as one that no station knows yet: the handover
// and each of its entries have other IDs.
func AsAnother(file []byte) ([]byte, error) {
	b, _, err := parseHandover(file)
	if err != nil {
		return nil, err
	}
	b.ID = uuid.NewString()
	for i := range b.Entries {
		b.Entries[i].ID = uuid.NewString()
	}
	body, err := json.Marshal(b)
	return SealHandover(body), err
}

// ForgetHandover drops what a station keeps of a handover.
func ForgetHandover(ctx context.Context, q *Queue, id string) error {
	return q.write(ctx, func(tx *transaction) error { return drop(tx, bucketMoved, []byte(id)) })
}

// SealLine gives an audit line its hash, as somebody does who knows how.
func SealLine(l AuditLine) (AuditLine, error) { return l.seal() }

// Unframe gives the bytes of a record's value.
func Unframe(data []byte) ([]byte, error) { return unframe(data) }

// SupervisorRecord and ReviewSetting are what is kept of people and of the policy.
type (
	SupervisorRecord = supervisor
	ReviewSetting    = reviewSetting
)

// HashPIN makes the hash that is kept of a PIN, RightPIN compares one with it.
func HashPIN(pin string) string { return hashPIN(pin).String() }

// RightPIN reads a hash and compares a PIN with it.
func RightPIN(hash, pin string) (bool, error) {
	h, err := parsePINHash(hash)
	return err == nil && h.fits(pin), err
}

// PINHashCosts reads a hash and gives what a comparison costs.
func PINHashCosts(hash string) (written string, memory, passes uint32, lanes uint8, bytes int, err error) {
	h, err := parsePINHash(hash)
	return h.String(), h.memory, h.time, h.lanes, len(h.salt) + len(h.sum), err
}

// KeepSupervisor writes a supervisor's record.
func KeepSupervisor(q *Queue, s SupervisorRecord) error {
	return q.write(context.Background(), func(tx *transaction) error { return put(tx, bucketSupervisor, []byte(s.Name), s) })
}

// KeptSupervisor reads a supervisor's record.
func KeptSupervisor(q *Queue, name string) (s SupervisorRecord, err error) {
	err = q.read(context.Background(), func(tx *transaction) error {
		s, err = supervisorBy(tx, name)
		return err
	})
	return s, err
}

// EachAuditLine shows the whole audit.
func EachAuditLine(q *Queue, look func(AuditLine)) error {
	return q.read(context.Background(), func(tx *transaction) error {
		return in(tx, bucketAudit).ForEach(func(_, v []byte) error {
			l, err := decode[AuditLine](v)
			if err == nil {
				err = nameActors(tx, &l)
			}
			if err == nil {
				look(l)
			}
			return err
		})
	})
}

// CaptureAll captures many PKIDs in one change, for queues that are to be long.
func CaptureAll(ctx context.Context, q *Queue, all []Capture) error {
	return q.write(ctx, func(tx *transaction) error {
		for _, c := range all {
			c.ID = cmp.Or(c.ID, NewID())
			c.Read.Event = c.ID
			if _, err := q.capture(tx, c); err != nil {
				return err
			}
		}
		return nil
	})
}

// Bytes is what each bucket holds, and how many bytes of pages it takes.
func Bytes(ctx context.Context, q *Queue) (map[string][3]int, error) {
	all := map[string][3]int{}
	err := q.read(ctx, func(tx *transaction) error {
		for _, name := range buckets() {
			s := in(tx, name).Stats()
			all[name] = [3]int{s.KeyN, s.LeafInuse + s.BranchInuse, s.LeafAlloc + s.BranchAlloc}
		}
		return nil
	})
	return all, err
}

// FailNextCommit has queue.db be full: the next change that needs a page more cannot
// be committed. It gives whether the books are still those that were.
func FailNextCommit(q *Queue) (stillThose func() bool) {
	q.writing.Lock()
	defer q.writing.Unlock()
	b := q.books
	b.db.MaxSize = 1
	return func() bool {
		q.using.RLock()
		defer q.using.RUnlock()
		return q.books == b
	}
}

// ReadValue reads a record's value, and ReadQuickly says whether that went without
// json.Unmarshal.
func ReadValue(text []byte, to any) error { return readValue(text, to) }

// ReadQuickly is the way that ReadValue tries first.
func ReadQuickly(text []byte, to any) bool { return readQuickly(text, reflect.ValueOf(to).Elem()) }

// ReadReadyQuickly says whether an entry's record is read quickly for the uploader.
func ReadReadyQuickly(text []byte) bool {
	var r readyEntry
	return readQuickly(text, reflect.ValueOf(&r).Elem())
}

// ReadBriefQuickly says whether an entry's record is read quickly in brief.
func ReadBriefQuickly(text []byte) bool {
	var r briefRecord
	return readQuickly(text, reflect.ValueOf(&r).Elem())
}

// TallyGoneThrough is a Tally for which every box is gone through.
func TallyGoneThrough(ctx context.Context, q *Queue, r Reception) (Tally, error) {
	whole, err := q.Reconcile(ctx, r.Order, r.Customer)
	return tallyOf(whole), err
}

// Sweep has look called within a sweep of a queue.
func Sweep(ctx context.Context, q *Queue, look func(next func())) error {
	return q.sweep(ctx, func(_ *transaction, next func()) error {
		look(next)
		return nil
	})
}

// SweepPart is sweepPart.
const SweepPart = sweepPart
