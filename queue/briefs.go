package queue

import (
	"bytes"
	"context"
	"iter"
	"math"
	"time"

	"pkidstation/queue/autopilot"
)

// A Brief is what a list of very many entries needs of each: what it is, for whom, and
// where it stands. Who captured it, what was read of it and where it was sent the
// entry itself has.
type Brief struct {
	Seq    uint64
	ID     string
	Number int

	autopilot.Device

	Customer   autopilot.TenantID
	GroupTag   autopilot.GroupTag
	Order      string
	State      State
	Reason     Reason
	Sent       bool
	Code       autopilot.Code
	CapturedAt time.Time
	// ByTuple says that RetryByTuple would take it.
	ByTuple bool
	// ByList says what of it is known from a list alone.
	ByList ByList
}

// Brief is the entry's.
func (e Entry) Brief() Brief {
	return Brief{
		Seq: e.Seq, ID: e.ID, Number: e.Number, Device: e.Device, Customer: e.Customer, GroupTag: e.GroupTag, Order: e.Order,
		State: e.State, Reason: e.Reason, Sent: e.Sent, Code: e.Code, CapturedAt: e.CapturedAt, ByTuple: e.CanGoByTuple(),
		ByList: e.ByList,
	}
}

// Briefs is List in brief: a hundred thousand of them are read in a fraction of the
// time, and nothing of the rest is kept. Of one state alone only its own are looked at.
func (q *Queue) Briefs(ctx context.Context, f Filter) iter.Seq2[Brief, error] {
	return func(yield func(Brief, error) bool) {
		given, at, page := 0, uint64(0), make([]Brief, 0, pageSize)
		for {
			var next uint64
			var err error
			page, next, err = q.briefPage(ctx, f, at, page[:0])
			if err != nil {
				yield(Brief{}, err)
				return
			}
			for _, b := range page {
				if given++; !yield(b, nil) || given == f.Limit {
					return
				}
			}
			if next == 0 {
				return
			}
			at = next
		}
	}
}

// briefPage is page, in brief.
func (q *Queue) briefPage(ctx context.Context, f Filter, at uint64, page []Brief) (_ []Brief, next uint64, err error) {
	err = q.read(ctx, func(tx *transaction) error {
		page, next = page[:0], 0
		least, err := firstOfReception(tx, f.Reception)
		if err != nil {
			return err
		}
		looked := 0
		if !f.Newest {
			at = max(at, least)
		}
		for seq, data := range sequences(tx, f, at) {
			if seq < least {
				return nil // newest first: what follows was there before the reception
			}
			if looked++; looked > pageSize {
				next = seq
				return nil
			}
			b, err := briefOf(seq, data, f)
			if err != nil {
				return corruptError(bucketEntry, seqKey(seq), err)
			}
			if b.Seq != 0 {
				page = append(page, b)
			}
		}
		return nil
	})
	return page, next, err
}

// sequences are the entries that may be wanted from a sequence on, with their records.
func sequences(tx *transaction, f Filter, at uint64) iter.Seq2[uint64, []byte] {
	if len(f.States) != 1 {
		return ordered(tx, bucketEntry, nil, f.Newest, at)
	}
	return func(yield func(uint64, []byte) bool) {
		entries := in(tx, bucketEntry)
		for seq := range ordered(tx, bucketState, wordPrefix(string(f.States[0])), f.Newest, at) {
			if data := entries.Get(seqKey(seq)); data != nil && !yield(seq, data) {
				return
			}
		}
	}
}

// ordered are the sequences that a bucket has behind a prefix, from one on that may be
// gone by now (0: from the end that the order begins at), with what is there.
func ordered(tx *transaction, bucket string, prefix []byte, newest bool, at uint64) iter.Seq2[uint64, []byte] {
	return func(yield func(uint64, []byte) bool) {
		c := in(tx, bucket).Cursor()
		step := c.Next
		if newest {
			step = c.Prev
		}
		if newest && at == 0 {
			at = math.MaxUint64
		}
		key := append(bytes.Clone(prefix), seqKey(at)...)
		k, v := c.Seek(key)
		switch {
		case newest && k == nil:
			k, v = c.Last()
		case newest && !bytes.Equal(k, key):
			k, v = c.Prev()
		}
		for k != nil && bytes.HasPrefix(k, prefix) && yield(keySeq(k), v) {
			k, v = step()
		}
	}
}

// briefOf is the brief of a record, or none where the filter does not want it.
func briefOf(seq uint64, data []byte, f Filter) (Brief, error) {
	var r briefRecord
	if err := decodeTo(data, &r); err != nil {
		return Brief{}, err
	}
	if r.Seq != seq {
		return Brief{}, errElsewhere
	}
	if !f.wants(Entry{ID: r.ID, Reception: r.Reception, Device: r.Device, Customer: r.Customer, Order: r.Order, State: r.State}) {
		return Brief{}, nil
	}
	b := Brief{
		Seq: seq, ID: r.ID, Number: r.Number, Device: r.Device, Customer: r.Customer, GroupTag: r.GroupTag, Order: r.Order,
		State: r.State, Reason: r.Reason, Sent: r.Sent, Code: r.Code, CapturedAt: r.CapturedAt, ByList: r.ByList,
	}
	if r.State == Rejected { // few are, and it depends on how it was read
		e, err := decode[Entry](data)
		if err != nil {
			return b, err
		}
		b.ByTuple = e.CanGoByTuple()
	}
	return b, nil
}

// A briefRecord is an entry's record of which only what a brief needs is read. It has
// every key of an entry, in its order.
type briefRecord struct {
	ID        string `json:"id"`
	Seq       uint64 `json:"seq"`
	Reception string `json:"reception"`
	Number    int    `json:"number"`

	autopilot.Device

	Part           passed             `json:"part"`
	Customer       autopilot.TenantID `json:"customer,omitempty"`
	GroupTag       autopilot.GroupTag `json:"group_tag,omitempty"`
	Order          string             `json:"order,omitempty"`
	Pallet         passed             `json:"pallet"`
	State          State              `json:"state"`
	Reason         Reason             `json:"reason,omitempty"`
	Hold           passed             `json:"hold"`
	Unconfirmed    passed             `json:"unconfirmed"`
	Done           passed             `json:"done"`
	Other          passed             `json:"other"`
	Listed         passed             `json:"listed,omitzero"`
	ByList         ByList             `json:"by_list,omitempty"`
	Plan           passed             `json:"plan"`
	Batch          passed             `json:"batch"`
	TrackingID     passed             `json:"tracking_id"`
	Sent           bool               `json:"sent,omitempty"`
	Restored       passed             `json:"restored"`
	DeviceID       passed             `json:"device_id"`
	Code           autopilot.Code     `json:"code,omitempty"`
	Answer         passed             `json:"answer"`
	RetryAt        passed             `json:"retry_at,omitzero"`
	Tries          passed             `json:"tries"`
	TriesCode      passed             `json:"tries_code"`
	ByTuple        passed             `json:"by_tuple"`
	Profile        passed             `json:"profile,omitzero"`
	From           passed             `json:"from"`
	Way            passed             `json:"way"`
	WentBy         passed             `json:"went_by"`
	CapturedAt     time.Time          `json:"captured_at"`
	ChangedAt      passed             `json:"changed_at"`
	Operator       passed             `json:"operator"`
	OperatorNumber passed             `json:"operator_number"`
	Station        passed             `json:"station"`
	Source         passed             `json:"source"`
	Reads          passed             `json:"reads"`
}

// passed is a value of a record that is passed over, whatever it is.
type passed struct{}

// UnmarshalJSON implements json.Unmarshaler.
func (*passed) UnmarshalJSON([]byte) error { return nil }
