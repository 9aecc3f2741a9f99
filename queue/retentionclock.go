package queue

import (
	"bytes"
	"errors"
	"slices"
	"time"
)

// A RetentionClock is the calendar that Retain goes by: what goes by its age must
// not go by a wrong clock, for what was taken away does not come back.
//
//   - It begins with the day of the audit's last line, and follows the PC's clock,
//     back too, by catchUp at most each dayLong: a PC that was off for two months is
//     caught up with in nine days, and a clock that is five years ahead must stay so
//     for nine months, in which a person sees it.
//   - It is never before this program was made, as the clock of a PC without a
//     battery is. A clock that is behind it takes nothing away.
//   - An entry was settled, and a file handed over, no earlier than on the day on
//     which the calendar first saw that: what was done under the date of an empty
//     battery is not years old when the clock is right again.
type RetentionClock struct {
	// Today is the calendar's day, Turned what the PC's clock said when it was set.
	Today  time.Time `json:"today"`
	Turned time.Time `json:"turned"`
	// Seen are the days with the audit's last line on each, the oldest first.
	Seen []RetentionDay `json:"seen,omitempty"`
	// Handed are the handovers whose files are kept, with the day that saw each.
	Handed map[string]time.Time `json:"handed,omitempty"`
}

// A RetentionDay is a day, and the number of the audit's last line on it.
type RetentionDay struct {
	Day  time.Time `json:"day"`
	Last uint64    `json:"last"`
}

const (
	keyRetentionClock = "retention-clock"

	catchUp = 7 * 24 * time.Hour
	dayLong = 20 * time.Hour
)

// made is a day before this program's first.
func made() time.Time { return time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC) }

// retentionClock is the calendar as it stands with the PC's clock at now, set on
// if that is due.
func retentionClock(tx *transaction, now time.Time) (RetentionClock, error) {
	c, err := get[RetentionClock](tx, bucketSetting, []byte(keyRetentionClock), errNoSetting)
	if errors.Is(err, errNoSetting) {
		c.Today, err = lastWritten(tx)
		if c.Today.After(now) {
			c.Today = now
		}
	}
	if err != nil {
		return c, err
	}
	since := now.Sub(c.Turned)
	if !c.Turned.IsZero() && since >= 0 && since < dayLong {
		return c, nil
	}
	c.Turned, c.Today = now, c.Today.Add(max(-catchUp, min(now.Sub(c.Today), catchUp)))
	if c.Today.Before(made()) {
		c.Today = made()
	}
	last, _ := in(tx, bucketAudit).Cursor().Last()
	if last != nil {
		c.see(keySeq(last))
	}
	return c, c.keep(tx)
}

func (c *RetentionClock) keep(tx *transaction) error {
	return put(tx, bucketSetting, []byte(keyRetentionClock), *c)
}

// see notes the audit's last line of today. Of what is older than any retention
// the newest is enough.
func (c *RetentionClock) see(last uint64) {
	if n := len(c.Seen); n == 0 || c.Seen[n-1].Last < last {
		c.Seen = append(c.Seen, RetentionDay{Day: c.Today, Last: last})
	}
	oldest := c.Today.AddDate(0, 0, -RetentionMost)
	for len(c.Seen) > 1 && c.Seen[1].Day.Before(oldest) {
		c.Seen = c.Seen[1:]
	}
}

// day is the day that counts at a PC's time of now: never later than either.
func (c *RetentionClock) day(now time.Time) time.Time {
	if now.Before(c.Today) {
		return now
	}
	return c.Today
}

// firstSeen is the day on which a line of the audit was there for the first time.
func (c *RetentionClock) firstSeen(line uint64) time.Time {
	n, _ := slices.BinarySearchFunc(c.Seen, line, func(d RetentionDay, line uint64) int {
		if d.Last < line {
			return -1
		}
		return 1
	})
	if n == len(c.Seen) {
		return c.Today // it came after the calendar was last set
	}
	return c.Seen[n].Day
}

// since is when an entry was last changed, as far as that can be believed.
func (c *RetentionClock) since(tx *transaction, e Entry) time.Time {
	prefix := seqKey(e.Seq)
	at := in(tx, bucketHistory).Cursor()
	k, _ := at.Seek(seqKey(e.Seq + 1))
	if k == nil {
		k, _ = at.Last()
	} else {
		k, _ = at.Prev()
	}
	if !bytes.HasPrefix(k, prefix) {
		return e.ChangedAt // nobody knows better
	}
	return later(e.ChangedAt, c.firstSeen(keySeq(k)))
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// lastWritten is when the audit's last line was written.
func lastWritten(tx *transaction) (time.Time, error) {
	k, v := in(tx, bucketAudit).Cursor().Last()
	if k == nil {
		return time.Time{}, nil
	}
	line, err := decode[AuditLine](v)
	if err != nil {
		return time.Time{}, corruptError(bucketAudit, k, err)
	}
	return line.At, nil
}
