package queue

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"time"
)

// A backup is a text, packed with gzip, so that one can read it with what every
// system has, and no name in it can lead out of a folder: it has none.
//
//	{"pkidstation":"backup","format":1,"schema":4,"station":"Dock 3",…,"counts":{"entry":20,…}}
//	[["entry",1,{…}],["entry",2,{…}],…]
//	…
//	{"lines":12,"sum":"SHA-256 of all that is above"}
//
// Between head and end are the records, as the journal has them: bucket by bucket
// in the order of [journaled], by key, each once. A file that was cut has no end.
// Of what the station signs in with, and of station.toml, there is nothing.

// backupFormat is the version of the format written now.
const backupFormat = 1

// A BackupHead is a backup's first line: of which station it is, of when, and what
// it has.
type BackupHead struct {
	Kind      string    `json:"pkidstation"`
	Format    int       `json:"format"`
	Schema    int       `json:"schema"`
	Station   string    `json:"station"`
	StationID string    `json:"station_id"`
	CreatedAt time.Time `json:"created_at"`
	// Line is the last line of the journal that it has.
	Line uint64 `json:"line"`
	// Records are the numbers of records by kind, and States those of entries.
	Records map[string]int `json:"records"`
	States  Counts         `json:"states"`
	// Wrong is how much a check finds wrong with it, as it did with its source.
	Wrong int `json:"wrong"`
}

// A backupEnd is its last line.
type backupEnd struct {
	Lines int    `json:"lines"`
	Sum   string `json:"sum"`
}

// count counts what an index has.
func (h *BackupHead) count(tx *transaction) error {
	h.Kind, h.Format, h.Schema, h.Records = "backup", backupFormat, schemaVersion, map[string]int{}
	for _, bucket := range journaled() {
		n := 0
		if err := in(tx, bucket).ForEach(func(_, _ []byte) error { n++; return nil }); err != nil {
			return fmt.Errorf("counting the %s records: %w", bucket, err)
		}
		h.Records[bucket] = n
	}
	states := map[State]int{}
	err := in(tx, bucketState).ForEach(func(k, _ []byte) error {
		if len(k) > 9 {
			states[State(k[:len(k)-9])]++
		}
		return nil
	})
	h.States = countsOf(states)
	if s, ok, e := stationOf(tx); ok {
		h.Station, h.StationID = s.Name, s.ID
	} else if e != nil {
		err = errors.Join(err, e)
	}
	return err
}

// alike says whether two have the same.
func (h BackupHead) alike(other BackupHead) bool {
	return maps.Equal(h.Records, other.Records) && h.States == other.States && h.Wrong == other.Wrong && h.StationID == other.StationID
}

const (
	// backupLine is how long a line gets, but for one record that is longer;
	// maxBackupLine is how long one may be that is read.
	backupLine    = 256 << 10
	maxBackupLine = 16 << 20
	// maxBackupHead is how long the head may be.
	maxBackupHead = 64 << 10
)

// errTooLong is that a record does not fit into a backup.
var errTooLong = errors.New("a record is too long for a backup")

// A backupWriter writes a backup's lines.
type backupWriter struct {
	out   *bufio.Writer
	zip   *gzip.Writer
	sum   hash.Hash
	lines int
	some  []recordChange
	size  int
}

func newBackupWriter(to io.Writer, head BackupHead) (*backupWriter, error) {
	w := &backupWriter{out: bufio.NewWriterSize(to, 64<<10), sum: sha256.New()}
	w.zip = gzip.NewWriter(w.out)
	text, err := json.Marshal(head)
	if err != nil {
		return nil, fmt.Errorf("writing a backup's head: %w", err)
	}
	return w, w.line(text)
}

func (w *backupWriter) line(text []byte) error {
	if len(text) >= maxBackupLine {
		return errTooLong
	}
	w.lines++
	text = append(text, '\n')
	w.sum.Write(text)
	if _, err := w.zip.Write(text); err != nil {
		return fmt.Errorf("writing a backup: %w", err)
	}
	return nil
}

// add writes a record, which must stay as it is until the look at it ends.
func (w *backupWriter) add(c recordChange) error {
	w.some = append(w.some, c)
	if w.size += len(c.key) + len(c.value) + len(c.bucket); w.size < backupLine {
		return nil
	}
	return w.flush()
}

func (w *backupWriter) flush() error {
	if len(w.some) == 0 {
		return nil
	}
	text, err := encodeChanges(w.some)
	w.some, w.size = w.some[:0], 0
	if err != nil {
		return err
	}
	return w.line(text)
}

// close writes the end.
func (w *backupWriter) close() error {
	if err := w.flush(); err != nil {
		return err
	}
	end, err := json.Marshal(backupEnd{Lines: w.lines, Sum: hex.EncodeToString(w.sum.Sum(nil))})
	if err != nil {
		return fmt.Errorf("writing a backup's end: %w", err)
	}
	return errors.Join(w.line(end), w.zip.Close(), w.out.Flush())
}
