package journal

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"
)

// FolderName is the journal's folder in the data folder.
const FolderName = "journal"

// Options say how a journal is opened.
type Options struct {
	// SegmentSize is the length of a segment in bytes; 0 means 8 MiB. It is kept
	// between 1 KiB and 64 MiB. A longer line gets a segment of its own length.
	SegmentSize int64
	// ReadOnly opens for looking only, also beside a process that appends.
	ReadOnly bool
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// FS is the file system; nil means the disk.
	FS FS
}

func (o Options) complete() Options {
	if o.SegmentSize == 0 {
		o.SegmentSize = 8 << 20
	}
	o.SegmentSize = min(max(o.SegmentSize, 1<<10), maxSegment/2)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.FS == nil {
		o.FS = disk{}
	}
	return o
}

// A Journal is an open journal. Its methods may be called from several
// goroutines; one process at a time may have it open for appending, which the
// owner of the data folder sees to.
type Journal struct {
	folder string
	opts   Options
	disk   FS

	upkeep sync.Mutex // packing and retiring; taken before mu
	mu     sync.Mutex // all that follows
	tail   Line
	file   File   // the current segment; nil when looking only
	first  uint64 // its name
	size   int64  // its length
	end    int64  // behind its last line
	synced bool
	broken error
	buf    []byte
	spare  *spare
}

// A spare is the next segment, made ready while the current one is filled.
type spare struct {
	size int64
	done chan struct{} // closed when err says how it went
	err  error
}

// Tail is the last line, appended or found when the journal was opened, without its
// body: Lines has that. Its Seq is 0 in a journal that never had one.
func (j *Journal) Tail() Line {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.tail
}

// Last is the number of the last line, 0 if there never was one.
func (j *Journal) Last() uint64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.tail.Seq
}

// Size is what the segments take on the disk, in bytes.
func (j *Journal) Size() (int64, error) {
	l, err := list(j.disk, j.folder)
	size := int64(0)
	for _, file := range l.files {
		if info, err := file.Info(); err == nil { // else it was packed or removed meanwhile
			size += info.Size()
		}
	}
	return size, err
}

// Close syncs what was appended and lets the files go. A broken journal it only
// lets go.
func (j *Journal) Close() error {
	j.upkeep.Lock()
	defer j.upkeep.Unlock()
	j.mu.Lock()
	defer j.mu.Unlock()
	var err error
	if s := j.spare; s != nil {
		<-s.done
		if j.spare = nil; s.err == nil && j.broken == nil {
			err = j.discard(spareName)
		}
	}
	if j.broken == nil {
		err = errors.Join(err, j.sync())
	}
	if j.file != nil {
		err = errors.Join(err, j.file.Close())
	}
	j.file, j.broken = nil, ErrClosed
	return err
}

// usable says why nothing can be written, if so.
func (j *Journal) usable() error {
	if j.opts.ReadOnly {
		return ErrReadOnly
	}
	return j.broken
}

// fail breaks the journal.
func (j *Journal) fail(doing string, err error) error {
	if j.broken == nil {
		j.broken = fmt.Errorf("%w: %s: %w", ErrBroken, doing, err)
	}
	return j.broken
}

func (j *Journal) path(name string) string { return filepath.Join(j.folder, name) }
