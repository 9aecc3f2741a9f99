package queue

import (
	"context"

	"go.etcd.io/bbolt"
)

// Exported writes that entries are in a file for the web site: ready →
// exported. All or none.
func (q *Queue) Exported(ctx context.Context, ids []string, batch string, act Act) error {
	return q.each(ctx, ids, func(_ *bbolt.Tx, e Entry) (Entry, AuditLine, error) {
		after, line, err := move(e, Ready, Exported, "", act, ActionExport)
		after.Batch = batch
		return after, line, err
	})
}
