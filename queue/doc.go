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
// person begins: a removal, a retry, the confirmation of what the web site took,
// and giving up what nobody will ever hear of (submitted → rejected). A removed box that goes to another customer is a new entry, which names
// the old one (From). Some refusals are tried again by the uploader: RetryAt. An entry that
// is discarded, removed or moved no longer stands for its PKID, which is then
// accepted anew. Of the entries of one PKID at most one is past held; when two
// collide, the first is held too while it is still ready.
//
// A removal that Microsoft does not do for the uploader may be taken over by a
// person (TakeOnSite): the entry stays removing, the uploader leaves it alone, and
// it is removed when a person says that it is gone (RemovedOnSite).
//
// # Verdicts
//
// Every read that reaches the queue gets one verdict, given only after the
// commit: Accepted, Attached, Seen or OnHold. A second read of a PKID is Seen
// only within the same work (customer, group tag, order); known for other work
// it makes a held entry that names the other one. What is read while nobody knows
// whether the customer is still the right one is held as Unconfirmed, after all else
// that holds it, and judged again by ConfirmCustomer.
//
// # Lists
//
// What a supplier announces (Announce) registers nothing. It is held against each
// box of its order: at the capture, when a serial joins the box, and, for boxes that
// are here already, when the list comes. The lists have against a box
//
//   - that its order's list does not have it: NotAnnounced;
//   - that it is announced for another customer or order: OtherCustomer;
//   - that its PKID is announced with another serial, or its serial with another
//     PKID: Conflict.
//
// Listed says what the list has. A PKID that the list has is a PKID, whatever its
// digits could be else; one that cannot be read is found by the serial on the box.
// Reconcile reckons anew each time, from what is announced and what is here; nothing
// of it is kept that could be out of date. Its MayLeave is true only when all that is
// due is registered. RegisterAnnounced makes entries without a scan, by a
// supervisor's word, marked for good.
//
//	list ──► taken in (one change: all of it that does not clash, or nothing)
//	           └──► dropped, by a person or in its time
//
// # Guarantees
//
//   - One change, one line in the journal: the entry, its reception and its audit
//     line are all on disk or none is. The indexes are made of them.
//   - A call that writes returns after the journal's line is on the disk (one
//     fdatasync) and in queue.db, which is written without waiting for the disk.
//     From the journal alone queue.db can be made anew, and is where it cannot be
//     read.
//   - If the disk fails in the middle, the books are opened again and looked into.
//     What is kept is told as kept. Else it is a *CommitError: the same write with
//     the same event UUID is looked up and never doubled.
//   - Each record has a checksum that is held against it at every read. What does
//     not fit is an ErrDamaged, and the index is made anew.
//   - What queue.db says of its own pages is held against the file before bbolt
//     follows it, with bounds on all that it may ask for: how they hang together and
//     which are free at every opening, what is in them where nobody knows how they
//     were left. bbolt trusts its pages, and reads some in goroutines that nothing
//     guards. See noRings, fit and walk.
//   - Entries are ordered by sequence; the clock orders nothing.
//   - Each audit line carries the hash of the one before; Check finds a
//     changed or missing one, CheckJournal also an end that was cut off and a
//     chain that was reckoned anew. ExportAudit signs it; see audittrail.
//   - Records and the audit hold operators' numbers; the names are in a table of
//     their own, and can be erased.
//   - Reading holds no transaction while the caller looks at what it got.
//
// # Who may
//
// While a station has no supervisor anybody may do anything. Once it has one,
// releasing, assigning, discarding, sending again, giving up, removing, exporting
// and settings take a Pass, which Unlock gives for a supervisor's PIN and idleness
// ends; the transaction of the change asks for it (allowed), and writes it down by
// the supervisor. Reading, boxes, receptions and holding take nothing, and neither
// does undoing or answering for what one captured under one's own name. What the
// machine does by itself takes nothing and gets nothing but answers
// (MergeCustomers). Each PIN is counted on the disk before it is looked at. The PIN
// guards against slips and colleagues, not against whoever owns the files.
//
// The review policy says what is captured as held: what is in doubt, all (ForReview),
// or only what cannot be sent as it is.
//
// # What a crash leaves
//
//   - While the file is made: a queue.db.*.new that the next start sweeps away.
//   - While a line of the journal is written: all of it or none; what is left of
//     it is put aside. The verdict was not given.
//   - After the line is synced: the change is kept. If the process was killed,
//     the next start applies what queue.db has not. If the power was cut, what is
//     in queue.db since its last checkpoint may be anything: it is taken back to
//     that, and what the journal has since is applied anew. See books.
//   - While queue.db is made anew: a *.new; the damaged one is renamed first, the
//     new one second, and between the two the next start makes it again.
//   - After Plan and before the request: a planned plan with Attempt 0, known
//     not sent.
//   - After Attempt: a planned plan with Attempt > 0. It may have been taken;
//     package upload reconciles before it sends anything again.
//   - After Submitted: a submitted plan; its job is asked for again.
//   - After Remove: an open removal with Attempt 0, known not asked for. After
//     AttemptRemoval: the request may have been taken. Asking again does no harm,
//     and the entry is removed only when the device is seen to be gone. While that
//     attempt has no answer, TakeOnSite is refused. After TakeOnSite: a removal
//     that only a person ends.
//   - While a profile is given: wanted or sent. Giving it twice does no harm.
//
// One process at a time has the lock of queue.lock; a second one gets an
// *InUseError that names the first. A file that is no queue is refused and left as
// it is where there is no journal, and put aside under a dated name where there
// is. A file of an earlier version is copied before it is changed.
//
// What goes to another station is moved here before there is a file of it, and is
// taken in there once; see Handover.
//
// A backup is made from the journal, beside whoever has the queue; what is
// restored from one is another station, which looks up what was open in it before
// it sends: see backup.go and restoring.go.
package queue
