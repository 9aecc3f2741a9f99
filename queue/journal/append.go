package journal

import (
	"bytes"
	"fmt"
	"os"
)

// Append writes a line behind the last one. It is durable when the next Sync has
// returned nil. What no line can be is an ErrRefused; any other failure is an
// ErrBroken, and whether the line is there is unknown until the journal is
// opened again.
func (j *Journal) Append(kind string, body []byte) (Line, error) {
	switch {
	case !isKind(kind):
		return Line{}, fmt.Errorf("%w: %q is not a lower-case word", ErrRefused, kind)
	case len(body) > MaxBody:
		return Line{}, fmt.Errorf("%w: %d bytes are too many", ErrRefused, len(body))
	case bytes.IndexByte(body, '\n') >= 0:
		return Line{}, fmt.Errorf("%w: it has a line break", ErrRefused)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.usable(); err != nil {
		return Line{}, err
	}
	if j.tail.Seq >= maxSeq {
		return Line{}, fmt.Errorf("%w: there is no number behind %d", ErrRefused, j.tail.Seq)
	}
	l := Line{Seq: j.tail.Seq + 1, At: moment(j.opts.Now()), Kind: kind, Body: body, Prev: j.tail.Sum}
	j.buf = l.appendTo(j.buf[:0])
	length := int64(len(j.buf))
	if j.end+length > j.size {
		if err := j.turn(l.Seq, length); err != nil {
			return Line{}, j.fail("beginning a segment", err)
		}
	}
	if err := write(j.file, j.buf, j.end); err != nil {
		return Line{}, j.fail("appending a line", err)
	}
	j.end += length
	j.synced = false
	j.tail = l
	j.tail.Body = nil // it is on the disk, and may be long
	if cap(j.buf) > longBody {
		j.buf = nil
	}
	j.provide()
	return l, nil
}

// longBody is from how many bytes on a body's room is not kept for the next.
const longBody = 1 << 20

// Sync returns nil when every line that was appended before is durable. When
// there is none it costs nothing.
func (j *Journal) Sync() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.usable(); err != nil {
		return err
	}
	return j.sync()
}

func (j *Journal) sync() error {
	if j.synced {
		return nil
	}
	if err := j.file.Datasync(); err != nil {
		return j.fail("syncing", err)
	}
	j.synced = true
	return nil
}

// turn begins the segment of line seq, which takes length bytes. The one before
// is durable first: only the last segment ever lacks anything.
func (j *Journal) turn(seq uint64, length int64) error {
	if err := j.sync(); err != nil {
		return err
	}
	err := j.file.Close() // Windows renames over no open file
	j.file = nil
	if err != nil {
		return err
	}
	size := max(j.opts.SegmentSize, (length+page-1)/page*page)
	if err := j.ready(size); err != nil {
		return err
	}
	return j.begin(seq, size)
}

// begin gives the spare its name and makes it the current segment. An empty
// segment of that name, too short for the line, is replaced.
func (j *Journal) begin(seq uint64, size int64) error {
	name := segment{first: seq, plain: true}.name()
	if err := j.disk.Rename(j.path(spareName), j.path(name)); err != nil {
		return err
	}
	if err := j.disk.SyncFolder(j.folder); err != nil {
		return err
	}
	file, err := j.disk.OpenFile(j.path(name), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	j.file, j.first, j.size, j.end = file, seq, size, 0
	return nil
}

// provide makes a spare beside the current segment when that is nearly full.
func (j *Journal) provide() {
	if j.spare != nil || j.end < j.size/4*3 {
		return
	}
	s := &spare{size: j.opts.SegmentSize, done: make(chan struct{})}
	j.spare = s
	go func() {
		defer close(s.done)
		s.err = makeSpare(j.disk, j.folder, s.size)
	}()
}

// ready waits for a spare of this size. One that failed or is too short is made
// again: by now there may be room.
func (j *Journal) ready(size int64) error {
	if s := j.spare; s != nil {
		<-s.done
		j.spare = nil
		if s.err == nil && s.size == size {
			return nil
		}
	}
	return makeSpare(j.disk, j.folder, size)
}
