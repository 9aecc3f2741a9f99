package queue

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// keyStation is the station's record among the settings.
const keyStation = "station"

// A StationRecord says which station the queue is: an id that it keeps, and that a
// restored one does not take over. What the station is called may change.
type StationRecord struct {
	ID    string    `json:"id"`
	Name  string    `json:"name,omitempty"`
	Since time.Time `json:"since"`
	// From is the id of the station whose backup this one was restored from, and
	// BackedUpAt when that was made; empty where it was not.
	From       string    `json:"from,omitempty"`
	BackedUpAt time.Time `json:"backed_up_at,omitzero"`
}

// Identify gives the station's record. Where there is none it is made.
func (q *Queue) Identify(ctx context.Context) (StationRecord, error) {
	var s StationRecord
	known := false
	err := q.read(ctx, func(tx *transaction) (err error) {
		s, known, err = stationOf(tx)
		return err
	})
	if err != nil || known && (s.Name == q.station && !s.Since.IsZero() || q.opts.ReadOnly) {
		return s, err
	}
	err = q.write(ctx, func(tx *transaction) (err error) {
		if s, known, err = stationOf(tx); err != nil {
			return err
		}
		if !known {
			s.ID = uuid.NewString()
		}
		if s.Since.IsZero() {
			s.Since = q.now()
		}
		s.Name = q.station
		return put(tx, bucketSetting, []byte(keyStation), s)
	})
	return s, err
}

// stationID gives the station's id, and makes it where there is none yet.
func stationID(tx *transaction) (string, error) {
	s, known, err := stationOf(tx)
	if err == nil && !known {
		s.ID = uuid.NewString()
		err = put(tx, bucketSetting, []byte(keyStation), s)
	}
	return s.ID, err
}

func stationOf(tx *transaction) (s StationRecord, known bool, err error) {
	b := in(tx, bucketSetting)
	if b == nil { // an earlier file, opened for looking only
		return s, false, nil
	}
	data := b.Get([]byte(keyStation))
	if data == nil {
		return s, false, nil
	}
	if s, err = decode[StationRecord](data); err != nil {
		return s, false, corruptError(bucketSetting, []byte(keyStation), err)
	}
	return s, true, nil
}
