package queue

import (
	"bytes"
	"context"
	"fmt"
	"time"
)

// A Subject is what something learnt is about.
type Subject string

// What a station learns in the course of its work, or is taught.
const (
	// LearnGTIN: the key is 13 digits that are an article number, no PKID.
	LearnGTIN Subject = "gtin"
	// LearnLayout: the key is empty, the value the host's keyboard layout.
	LearnLayout Subject = "layout"
	// LearnScanner: the key is the stable name of a serial scanner to use.
	LearnScanner Subject = "scanner"
	// LearnRule: the key is a label rule as station.toml has it.
	LearnRule Subject = "rule"
	// LearnProfile: the key is a supplier, the value what the columns of their lists
	// are, as package manifest has it.
	LearnProfile Subject = "list-profile"
	// LearnSetup: the key is empty, the value how far the first setting up is.
	LearnSetup Subject = "setup"
)

// Learnt is one thing that this station learnt.
type Learnt struct {
	Subject Subject `json:"subject"`
	Key     string  `json:"key,omitempty"`
	Value   string  `json:"value,omitempty"`
	By      string  `json:"by,omitempty"`
	// ByNumber is the operator's number: on the disk it stands for the name.
	ByNumber uint64 `json:"by_number,omitempty"`

	At time.Time `json:"at"`
}

func learntKey(about Subject, key string) []byte { return append(wordPrefix(string(about)), key...) }

// Learn keeps something, in place of what was kept of the same key. Learning
// the same again writes nothing. What a label means is taught by a supervisor
// (LearnRule), and so is what a supplier's columns are (LearnProfile); the rest is found out at the dock.
func (q *Queue) Learn(ctx context.Context, about Subject, key, value string, act Act) error {
	key, value = valid(key), valid(value)
	if known, ok, err := q.Learnt(ctx, about, key); err != nil || ok && known.Value == value {
		return err
	}
	return q.teach(ctx, about, act, func(tx *transaction, act Act) error {
		l := Learnt{Subject: about, Key: key, Value: value, By: valid(act.By), At: q.now()}
		if err := put(tx, bucketLearnt, learntKey(about, key), l); err != nil {
			return err
		}
		return q.audit(tx, 0, AuditLine{By: act.By, Action: ActionLearn, Note: noteOf(about, key, value)})
	})
}

// teach runs a change of what is learnt about a subject.
func (q *Queue) teach(ctx context.Context, about Subject, act Act, change func(*transaction, Act) error) error {
	if about == LearnRule || about == LearnProfile {
		return q.decide(ctx, act, change)
	}
	return q.write(ctx, func(tx *transaction) error { return change(tx, act) })
}

// noteOf is what was learnt as the audit has it.
func noteOf(about Subject, key, value string) string {
	note := string(about) + " " + masked(about, key)
	if about == LearnProfile {
		return note // its value is long, and is kept
	}
	return note + " " + value
}

// masked is a key as the audit names it: 13 digits may be a PKID after all.
func masked(about Subject, key string) string {
	const shown = 4
	if about == LearnGTIN && len(key) > shown {
		return "…" + key[len(key)-shown:]
	}
	return key
}

// Forget drops what was learnt of a key; nothing is no error. That a scanner is read
// from no more is a supervisor's to say: at the dock one that is plugged in is taken,
// and none is lost.
func (q *Queue) Forget(ctx context.Context, about Subject, key string, act Act) error {
	if _, ok, err := q.Learnt(ctx, about, key); err != nil || !ok {
		return err
	}
	change := func(tx *transaction, act Act) error {
		if err := drop(tx, bucketLearnt, learntKey(about, key)); err != nil {
			return fmt.Errorf("forgetting a %s: %w", about, err)
		}
		return q.audit(tx, 0, AuditLine{By: act.By, Action: ActionForget, Note: string(about) + " " + masked(about, key)})
	}
	if about == LearnScanner {
		return q.decide(ctx, act, change)
	}
	return q.teach(ctx, about, act, change)
}

// Learnt gives what was learnt of a key, and whether anything was.
func (q *Queue) Learnt(ctx context.Context, about Subject, key string) (l Learnt, ok bool, err error) {
	err = q.read(ctx, func(tx *transaction) error {
		b := in(tx, bucketLearnt)
		if b == nil { // an earlier file, opened for looking only
			return nil
		}
		data := b.Get(learntKey(about, key))
		if ok = data != nil; !ok {
			return nil
		}
		if l, err = decode[Learnt](data); err == nil {
			err = nameActors(tx, &l)
		}
		return err
	})
	return l, ok, err
}

// AllLearnt gives all that was learnt about a subject, by key.
func (q *Queue) AllLearnt(ctx context.Context, about Subject) (all []Learnt, err error) {
	err = q.read(ctx, func(tx *transaction) error {
		b, prefix := in(tx, bucketLearnt), wordPrefix(string(about))
		if b == nil {
			return nil
		}
		c := b.Cursor()
		for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
			l, err := decode[Learnt](v)
			if err != nil {
				return corruptError(bucketLearnt, k, err)
			}
			if err := nameActors(tx, &l); err != nil {
				return err
			}
			all = append(all, l)
		}
		return nil
	})
	return all, err
}
