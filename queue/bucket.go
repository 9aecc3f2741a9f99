package queue

import (
	"encoding/binary"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"pkidstation/queue/autopilot"
)

// The buckets. Every index is written in the transaction of the record it
// points at; check proves that they agree.
const (
	bucketMeta      = "meta"      // schema → number
	bucketEntry     = "entry"     // seq → record
	bucketID        = "id"        // entry ID → seq
	bucketPKID      = "pkid"      // PKID, also one in a hash, seq → nothing
	bucketSerial    = "serial"    // serial, also one in a hash, 0, seq → nothing
	bucketState     = "state"     // state, 0, seq → nothing
	bucketReception = "reception" // reception ID → record
	bucketWork      = "work"      // open reception's work → reception ID
	bucketPlan      = "plan"      // plan number → record
	bucketPlanOpen  = "plan-open" // plan number → nothing
	bucketCustomer  = "customer"  // tenant id → record
	bucketAudit     = "audit"     // line number → line
	bucketHistory   = "history"   // entry seq, line number → nothing
	bucketLearnt    = "learnt"    // subject, 0, key → record
	bucketPause     = "pause"     // "customer " and tenant id → record
	bucketRemoval   = "removal"   // removal number → record
	bucketTakeBack  = "take-back" // number of an open removal → nothing
	bucketRetry     = "retry"     // time, seq of a rejected entry → nothing
	bucketProfile   = "profile"   // profile state, 0, seq → nothing
	bucketMark      = "mark"      // reason of a registered entry, 0, seq → nothing

	bucketOperator   = "operator"   // operator number → record
	bucketSupervisor = "supervisor" // supervisor's name → record
	bucketSetting    = "setting"    // key → record
	bucketMoved      = "moved"      // handover id → record

	bucketOperatorName = "operator-name" // SHA-256 of an operator's name → operator number

	bucketAnnouncement    = "announcement"     // number of a list → record
	bucketAnnounced       = "announced"        // number of a block → record
	bucketAnnouncedPKID   = "announced-pkid"   // PKID, block → place in it
	bucketAnnouncedSerial = "announced-serial" // serial in capitals, 0, block → places in it
	bucketAnnouncedOrder  = "announced-order"  // order, 0, customer, 0, block → 1, or 2 where a PKID is missing
	bucketOrder           = "order"            // order, 0, reception ID → nothing
)

// schemaVersion is the version of the layout of buckets written now. Version 2
// has bucketLearnt, version 3 what follows it; see migrate. Version 4 has the
// people, the settings and the handovers, and a journal beside the file, which a
// program that knows nothing of it must not leave behind. Version 5 has the lists
// of suppliers.
const schemaVersion = 5

func buckets() []string {
	return []string{
		bucketMeta, bucketEntry, bucketID, bucketPKID, bucketSerial, bucketState, bucketReception,
		bucketWork, bucketPlan, bucketPlanOpen, bucketCustomer, bucketAudit, bucketHistory, bucketLearnt,
		bucketPause, bucketRemoval, bucketTakeBack, bucketRetry, bucketProfile, bucketMark,
		bucketOperator, bucketSupervisor, bucketSetting, bucketMoved, bucketOperatorName,
		bucketAnnouncement, bucketAnnounced, bucketAnnouncedPKID, bucketAnnouncedSerial, bucketAnnouncedOrder, bucketOrder,
	}
}

// bucketsOf are those that a file of an earlier schema has.
func bucketsOf(schema int) []string {
	all := buckets()
	last := all[len(all)-1]
	switch schema {
	case 1:
		last = bucketHistory
	case 2:
		last = bucketLearnt
	case 3:
		last = bucketMark
	case 4:
		last = bucketOperatorName
	}
	return all[:slices.Index(all, last)+1]
}

// present is the value of index keys; bbolt has trouble with empty values.
func present() []byte { return []byte{1} }

func seqKey(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }

func keySeq(key []byte) uint64 {
	if len(key) < 8 {
		return 0
	}
	return binary.BigEndian.Uint64(key[len(key)-8:])
}

func pkidKey(pkid autopilot.PKID, seq uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte(pkid), seq)
}

func wordPrefix(word string) []byte { return append([]byte(word), 0) }

func wordKey(word string, seq uint64) []byte {
	return binary.BigEndian.AppendUint64(wordPrefix(word), seq)
}

// timeKey orders by time: of before 1970 there is nothing.
func timeKey(at time.Time, seq uint64) []byte {
	return pairKey(uint64(max(at.UnixMilli(), 0)), seq)
}

func pairKey(a, b uint64) []byte {
	return binary.BigEndian.AppendUint64(seqKey(a), b)
}

func workKey(w Work) []byte {
	return []byte(string(w.Customer) + "\x00" + string(w.GroupTag) + "\x00" + w.Order)
}

// in is a bucket of the transaction; Open made sure that all exist.
func in(tx *transaction, name string) *bbolt.Bucket {
	if !tx.Writable() {
		return tx.looksAt(name)
	}
	b := tx.Bucket([]byte(name))
	if b != nil && grows(name) {
		b.FillPercent = 0.95
	}
	return b
}

// grows says whether new keys of the bucket come behind all others, so that a
// page that is full stays so and needs no room.
func grows(bucket string) bool {
	switch bucket {
	case bucketEntry, bucketAudit, bucketHistory, bucketPlan, bucketRemoval, bucketAnnounced:
		return true
	default:
		return false
	}
}
