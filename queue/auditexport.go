package queue

import (
	"context"
	"crypto/ed25519"
	"io"

	"pkidstation/queue/audittrail"
)

// An AuditExport says what was exported of the audit, and how it is signed.
type AuditExport struct {
	// Fingerprint is the key's; NewKey says that it was made for this.
	Fingerprint string
	NewKey      bool
	// Lines is how many lines there are, Head and Hash the last one's number and
	// hash, Journal the line of the journal that this was up to.
	Lines, Head uint64
	Hash        string
	Journal     uint64
}

// ExportAudit writes the whole audit, signed; see package audittrail. Where it
// ends is settled first, so that what is added meanwhile is in the next one, and
// no look at the queue is held while w is written to. A chain that is broken is
// not signed: *audittrail.ChainError.
//
// The names of operators are not in it, but for those in lines of earlier
// versions.
func (q *Queue) ExportAudit(ctx context.Context, w io.Writer, act Act) (AuditExport, error) {
	var done AuditExport
	var key ed25519.PrivateKey
	err := q.decide(ctx, act, func(tx *transaction, act Act) (err error) {
		key, done.NewKey, err = q.signingKey(tx, act.By)
		return err
	})
	if err == nil {
		err = q.read(ctx, done.settle)
	}
	if err != nil {
		return done, err
	}
	out, err := audittrail.NewWriter(w, audittrail.Header{
		Station: q.station, Made: q.now(), Head: done.Head, Hash: done.Hash, Journal: done.Journal,
	}, key)
	if err != nil {
		return done, err
	}
	for next := uint64(1); next <= done.Head; {
		var page [][]byte
		if page, next, err = q.auditPage(ctx, next, done.Head); err != nil {
			return done, err
		}
		for _, line := range page {
			if err := out.Line(line); err != nil {
				return done, err
			}
		}
	}
	end, err := out.Close()
	done.Lines, done.Fingerprint = end.Lines, fingerprintOf(key)
	return done, err
}

// settle notes where the audit ends now.
func (e *AuditExport) settle(tx *transaction) error {
	e.Journal = keySeq(in(tx, bucketMeta).Get([]byte(keyApplied)))
	k, v := in(tx, bucketAudit).Cursor().Last()
	if k == nil {
		return nil
	}
	line, err := decode[AuditLine](v)
	if err != nil {
		return corruptError(bucketAudit, k, err)
	}
	e.Head, e.Hash = line.Number, line.Hash
	return nil
}

// maxPage is the most bytes of lines that are held at a time, but for one line.
const maxPage = 1 << 20

// auditPage gives the bytes of some lines, and which is the next.
func (q *Queue) auditPage(ctx context.Context, from, to uint64) (page [][]byte, next uint64, err error) {
	err = q.read(ctx, func(tx *transaction) error {
		c, size := in(tx, bucketAudit).Cursor(), 0
		k, v := c.Seek(seqKey(from))
		for ; k != nil && keySeq(k) <= to && len(page) < pageSize && size < maxPage; k, v = c.Next() {
			line, err := unframe(v)
			if err != nil {
				return corruptError(bucketAudit, k, err)
			}
			size += len(line)
			page = append(page, append([]byte(nil), line...))
		}
		next = to + 1
		if k != nil {
			next = keySeq(k)
		}
		return nil
	})
	return page, next, err
}
