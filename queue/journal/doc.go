// Package journal is the capture journal: every change of the queue as one line
// of text, on the disk before the verdict is given. It stands beside bbolt's
// queue.db, which is its index, and wins where the two disagree.
//
// # Format
//
// The folder holds segments, such as 000000000001.log, named after the number of
// their first line. A line is
//
//	<checksum> <checksum of the line before> <number> <UTC time> <kind> <body>\n
//	61012719 57219851 2 2026-11-28T15:04:22.125Z capture {"pkid":"…"}
//
// The checksum is the CRC-32C, in eight hex digits, of what follows it and a
// space, without the '\n'. Each line names its predecessor's, over segments too,
// so a stale line or one of another journal never fits behind the last. The
// number counts from 1 without a hole. A line stands directly behind the one
// before it; a segment is '\n' from its last line to its end.
//
// Files beside them: next.new, the next segment on its way; NAME.log.gz, a packed
// segment; NAME.log.gz.new, one on its way; torn-TIME-NUMBER, the rest of a write
// that a crash interrupted; foreign-TIME-NAME, what stood where a segment was due.
//
// # States
//
//	         Open                                 Open
//	(none) ────────► ready ◄────────────────────────────────┐
//	                 │   ▲                                  │
//	            Append   Sync, or a segment begins          │
//	                 ▼   │                                  │
//	               written ──(a write or sync fails)──► broken ──Close──► closed
//	                                                       ▲
//	               ready ──(a segment cannot be begun)─────┘
//
// and a segment:
//
//	next.new ──full of '\n', synced──► ready ──renamed, folder synced──► current
//	   current ──next one begins──► closed ──Pack──► packed
//	                                   └───────Retire──┴──► gone
//
// # Guarantees
//
//   - When Sync has returned nil, every line appended before is durable, with its
//     segment's name. It is one fdatasync: the file has its room and its length
//     before the first line comes, so nothing but bytes changes.
//   - A line is there whole or not at all.
//   - A segment is durable to its last line before the next is begun. Only the
//     last segment ever lacks anything, so Open looks at that one only, and at
//     those before it while they hold no line.
//   - After a failed write or sync the outcome is unknown: ErrBroken, to the end.
//     When the journal is opened again, what is read is what counts. Linux
//     forgets pages that it could not write and goes on to show them, so Open
//     writes the last segment's lines once more and syncs before it returns.
//   - Nothing that could be a line is overwritten. What is torn at the end is
//     copied aside first; a damage with lines behind it is told and left.
//   - No file makes it crash, wait, or hold more than one line: of a file 128 MiB
//     are looked at, of a line 64 MiB are kept, and what is no regular file is
//     not opened.
//   - A reader beside an appending process sees a prefix.
//
// Lines that are appended one after another before one Sync are not one change: a
// crash before it may lose an earlier one and keep a later one. Open then tells a
// damage, and goes on behind it. What belongs together goes into one line.
//
// The checksums find what a disk or a crash does, not what a person does who can
// compute them, and not the loss of the last lines: for that a sum must be kept
// elsewhere.
//
// # What a crash leaves
//
//   - Before the folder is synced into its own folder: perhaps none; it is made
//     again.
//   - While a segment is made ready: next.new, which the next Open removes.
//   - Between its renaming and the sync of the folder: the old name, which is
//     removed, or an empty last segment, which is used. The lines before are
//     durable in the one before.
//   - While a line is written or synced: all of it, none, or torn: put aside.
//   - While Open puts it aside: the torn bytes, perhaps in part blanked, and
//     perhaps a copy; the next Open does it again and keeps both.
//   - While a segment is packed: NAME.log.gz.new, removed by the next Open.
//     After it is renamed: both, with the same text; the plain one is read until
//     the next Pack.
//   - While segments are retired: the oldest are gone, one by one, and no hole.
//
// The owner of the data folder sees to it that one process appends: the journal
// has no lock of its own.
package journal
