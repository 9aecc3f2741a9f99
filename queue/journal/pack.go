package journal

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Pack packs every segment but the current one with gzip. Lines reads them as
// before. What a crash or an error leaves undone, the next call does.
func (j *Journal) Pack() error {
	return j.tend("packing", func(closed []segment) error {
		for _, seg := range closed {
			if !seg.plain {
				continue
			}
			if err := j.pack(seg); err != nil {
				return err
			}
		}
		return nil
	})
}

// Retire removes the segments that have only lines before number before. The
// one with the last line stays.
func (j *Journal) Retire(before uint64) error {
	return j.tend("retiring", func(closed []segment) error {
		current, last := j.current()
		if n := len(closed) - 1; n >= 0 && last < current {
			closed = closed[:n] // the current one is empty
		}
		for n, seg := range closed {
			next := current
			if n+1 < len(closed) {
				next = closed[n+1].first
			}
			if next > before {
				return nil
			}
			if err := j.retire(seg); err != nil {
				return err
			}
		}
		return nil
	})
}

// tend hands the closed segments to do, one upkeep at a time. Appending goes on.
func (j *Journal) tend(doing string, do func(closed []segment) error) error {
	j.upkeep.Lock()
	defer j.upkeep.Unlock()
	j.mu.Lock()
	err := j.usable()
	j.mu.Unlock()
	if err != nil {
		return err
	}
	l, err := list(j.disk, j.folder)
	current, _ := j.current()
	closed := l.segments
	for n := len(closed) - 1; n >= 0 && closed[n].first >= current; n-- {
		closed = closed[:n]
	}
	if err == nil {
		err = do(closed)
	}
	if err != nil {
		return fmt.Errorf("%s the journal's segments: %w", doing, err)
	}
	return nil
}

// current is the number of the current segment, and that of the last line.
func (j *Journal) current() (first, last uint64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.first, j.tail.Seq
}

// errForeign says that a file is longer than any segment.
var errForeign = errors.New("this is no segment")

// pack puts a packed copy beside a segment, reads it back, and then removes the
// plain one.
func (j *Journal) pack(seg segment) error {
	plain := seg.number() + plainEnd
	packed := seg.number() + packedEnd
	fresh := packed + unfit
	switch err := j.copyPacked(plain, fresh); {
	case errors.Is(err, errForeign):
		return nil // stays as it is
	case err != nil:
		return errors.Join(err, j.discard(fresh))
	}
	if err := j.disk.Rename(j.path(fresh), j.path(packed)); err != nil {
		return err
	}
	if err := j.disk.SyncFolder(j.folder); err != nil {
		return err
	}
	if err := j.disk.Remove(j.path(plain)); err != nil {
		return err
	}
	return j.disk.SyncFolder(j.folder)
}

func (j *Journal) copyPacked(plain, fresh string) error {
	from, err := j.disk.OpenFile(j.path(plain), os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	defer from.Close() //nolint:errcheck // nothing was written
	if info, err := from.Stat(); err != nil || info.Size() > maxSegment {
		return cmp.Or(err, errForeign)
	}
	if err := j.discard(fresh); err != nil {
		return err
	}
	to, err := j.disk.OpenFile(j.path(fresh), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(squeeze(from, to), to.Close())
}

// squeeze writes from packed into to, syncs it, and compares.
func squeeze(from, to File) error {
	out := bufio.NewWriterSize(io.NewOffsetWriter(to, 0), chunk)
	z := gzip.NewWriter(out)
	n, err := io.Copy(z, io.NewSectionReader(from, 0, maxSegment))
	if err := errors.Join(err, z.Close(), out.Flush(), to.Sync()); err != nil {
		return err
	}
	back, err := gzip.NewReader(io.NewSectionReader(to, 0, 2*maxSegment))
	if err != nil {
		return err
	}
	// gzip keeps a checksum of what it was given.
	if m, err := io.Copy(io.Discard, io.LimitReader(back, n+1)); err != nil || m != n {
		return fmt.Errorf("the packed copy reads otherwise: %d of %d bytes, %w", m, n, err)
	}
	return nil
}

// discard removes a file that may not be there.
func (j *Journal) discard(name string) error {
	if err := j.disk.Remove(j.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// retire removes a segment, for good before the next one is.
func (j *Journal) retire(seg segment) error {
	for name, there := range map[string]bool{seg.number() + plainEnd: seg.plain, seg.number() + packedEnd: seg.packed} {
		if !there {
			continue
		}
		if err := j.discard(name); err != nil {
			return err
		}
	}
	return j.disk.SyncFolder(j.folder)
}
