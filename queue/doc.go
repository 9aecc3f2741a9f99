// Package queue is the durable truth of one station: what was read of each
// box, for whom, and where its registration stands. It is kept in one bbolt
// file, knows no network, no screen and no scanner.
//
// # States
//
// An entry is one box. It moves only along these ways; every other way is
// refused with a *WayError:
//
//	capture ──► held ◄──────── hold ────────┐
//	   │         │ │                        │
//	   │      release └─► moved, discarded  │
//	   │         ▼                          │
//	   └──────► ready ──────────────────────┘
//	             │ │ └──► exported ──► registered | rejected   (by hand)
//	             │ └────► moved, discarded
//	             ▼ ▲
//	          planned ──(known not sent)──► ready
//	             ▼
//	         submitted ──► registered ──► removing ──► removed
//	             └───────► rejected ──► ready (retry), discarded
//
// planned, submitted and what follows are the uploader's alone, but for what a
// person begins: a removal, a retry, and the confirmation of what the web site
// took. A removed box that goes to another customer is a new entry, which names
// the old one (From). Some refusals are tried again by the uploader: RetryAt. An entry that
// is discarded, removed or moved no longer stands for its PKID, which is then
// accepted anew. Of the entries of one PKID at most one is past held; when two
// collide, the first is held too while it is still ready.
//
// # Verdicts
//
// Every read that reaches the queue gets one verdict, given only after the
// commit: Accepted, Attached, Seen or OnHold. A second read of a PKID is Seen
// only within the same work (customer, group tag, order); known for other work
// it makes a held entry that names the other one.
//
// # Guarantees
//
//   - One transaction per capture: entry, PKID, serial and state index,
//     history and audit line are all on disk or none is.
//   - A call that writes returns after bbolt's commit (two fdatasync). If the
//     commit itself fails the outcome is unknown: *CommitError. The same write
//     with the same event UUID is then looked up and never doubled.
//   - Entries are ordered by sequence; the clock orders nothing.
//   - Each audit line carries the hash of the one before; Check finds a
//     changed or missing one.
//   - Reading holds no transaction while the caller looks at what it got.
//
// # What a crash leaves
//
//   - While the file is made: a queue.db.*.new that the next start sweeps away.
//   - Before a commit's meta page is synced: the state before; the verdict was
//     not given. After: the state after.
//   - After Plan and before the request: a planned plan with Attempt 0, known
//     not sent.
//   - After Attempt: a planned plan with Attempt > 0. It may have been taken;
//     package upload reconciles before it sends anything again.
//   - After Submitted: a submitted plan; its job is asked for again.
//   - After Remove: an open removal with Attempt 0, known not asked for. After
//     AttemptRemoval: the request may have been taken. Asking again does no harm,
//     and the entry is removed only when the device is seen to be gone.
//   - While a profile is given: wanted or sent. Giving it twice does no harm.
//
// One process at a time has the file; a second one gets an *InUseError that
// names the first. A file that is no queue is refused and left as it is.
//
// Not yet here: recovery of damaged files, a journal beside the database, and
// who may do what.
package queue
