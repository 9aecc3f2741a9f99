package queue

import (
	"context"
	"iter"
	"time"
)

// Lately gives the lines of the audit from a moment on, the newest first, and nobody
// is named in them. Lines are in the order in which they were written, and a clock
// may be set back: it ends where a whole page is of before that moment.
func (q *Queue) Lately(ctx context.Context, since time.Time) iter.Seq2[AuditLine, error] {
	return func(yield func(AuditLine, error) bool) {
		for from := uint64(0); ; {
			page, next, err := q.auditBack(ctx, from)
			if err != nil {
				yield(AuditLine{}, err)
				return
			}
			late := 0
			for _, l := range page {
				if l.At.Before(since) {
					continue
				}
				if late++; !yield(l, nil) {
					return
				}
			}
			if next == 0 || late == 0 {
				return
			}
			from = next
		}
	}
}

// auditBack is a page of the audit backwards from a line, 0 for the last one, and
// where to go on, 0 for nowhere.
func (q *Queue) auditBack(ctx context.Context, from uint64) (page []AuditLine, next uint64, err error) {
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	err = q.read(ctx, func(tx *transaction) error {
		page, next = nil, 0
		c := in(tx, bucketAudit).Cursor()
		for k, v := start(c, true, from); k != nil; k, v = c.Prev() {
			if len(page) == pageSize {
				next = keySeq(k)
				return nil
			}
			l, err := decode[AuditLine](v)
			if err != nil {
				return corruptError(bucketAudit, k, err)
			}
			l.By, l.Operator, l.Of, l.OfNumber = "", 0, "", 0
			page = append(page, l)
		}
		return nil
	})
	return page, next, err
}
