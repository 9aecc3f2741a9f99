package queue

import "context"

// The actions of settings.
const (
	ActionSettings Action = "settings" // what the station is told was changed
)

// ChangeSettings has settings changed that the queue does not keep, station.toml's,
// by a supervisor: change is called once it is known that they may, and is written
// down with the note, which says what is changed and holds no secret. Where change
// fails nothing is written down. It must not call the queue.
func (q *Queue) ChangeSettings(ctx context.Context, note string, act Act, change func() error) error {
	return q.decide(ctx, act, func(tx *transaction, act Act) error {
		if err := change(); err != nil {
			return err
		}
		return q.audit(tx, 0, AuditLine{By: act.By, Action: ActionSettings, Note: joinWords(valid(note), act.Reason)})
	})
}
