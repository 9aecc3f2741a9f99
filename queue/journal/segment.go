package journal

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const (
	// maxSegment is how much of a file is looked at: 128 MiB. None of ours is
	// longer, packed or not.
	maxSegment = 128 << 20
	// chunk is how much is read or written at once.
	chunk = 64 << 10
	// page is what disks and file systems write at once.
	page = 4096

	// leastDigits are in a segment's name.
	leastDigits = 12

	plainEnd  = ".log"
	packedEnd = ".log.gz"
	unfit     = ".new" // ends the names of what is not ready
	spareName = "next" + unfit
)

// A segment is a run of lines in a file of its own. After a crash it may be
// there twice, plain and packed, with the same text.
type segment struct {
	first         uint64 // the number of its first line, and its name
	plain, packed bool
}

func (s segment) number() string {
	digits := strconv.FormatUint(s.first, 10)
	return strings.Repeat("0", max(0, leastDigits-len(digits))) + digits
}

// name is that of the file which is read.
func (s segment) name() string {
	if s.plain {
		return s.number() + plainEnd
	}
	return s.number() + packedEnd
}

// numberOf reads the number from a segment's file name.
func numberOf(name, end string) (uint64, bool) {
	digits, ok := strings.CutSuffix(name, end)
	if !ok || len(digits) < leastDigits {
		return 0, false
	}
	n, err := strconv.ParseUint(digits, 10, 64)
	return n, err == nil && 0 < n && n <= maxSeq && segment{first: n}.number() == digits
}

// A listing is what the folder holds.
type listing struct {
	segments []segment     // by number
	foreign  []string      // what has a segment's name and is no file, such as a folder or a link
	left     []string      // what a crash left unready
	files    []fs.DirEntry // of the segments
}

func list(disk FS, folder string) (listing, error) {
	entries, err := disk.ReadDir(folder)
	if err != nil {
		return listing{}, fmt.Errorf("listing the journal: %w", err)
	}
	var l listing
	for _, entry := range entries { // by name: a packed segment follows its plain one
		l.add(entry)
	}
	slices.SortStableFunc(l.segments, func(a, b segment) int { return cmp.Compare(a.first, b.first) })
	return l, nil
}

func (l *listing) add(entry fs.DirEntry) {
	name := entry.Name()
	n, plain := numberOf(name, plainEnd)
	packed := false
	if !plain {
		n, packed = numberOf(name, packedEnd)
	}
	_, unready := numberOf(name, packedEnd+unfit)
	switch {
	case (unready || name == spareName) && entry.Type().IsRegular():
		l.left = append(l.left, name)
	case !plain && !packed:
	case !entry.Type().IsRegular():
		l.foreign = append(l.foreign, name)
	default:
		l.files = append(l.files, entry)
		if last := len(l.segments) - 1; last >= 0 && l.segments[last].first == n {
			l.segments[last].plain = l.segments[last].plain || plain
			l.segments[last].packed = l.segments[last].packed || packed
			return
		}
		l.segments = append(l.segments, segment{first: n, plain: plain, packed: packed})
	}
}

// makeSpare makes a file full of '\n', all of it on the disk, so that to write a
// line into it later changes nothing but its bytes.
func makeSpare(disk FS, folder string, size int64) error {
	path := filepath.Join(folder, spareName)
	if err := disk.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing an unready segment: %w", err)
	}
	f, err := disk.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("making a segment: %w", err)
	}
	err = errors.Join(fill(f, 0, size), f.Sync(), f.Close())
	if err != nil {
		return errors.Join(fmt.Errorf("making a segment: %w", err), disk.Remove(path))
	}
	return nil
}

// fill writes '\n' from one offset up to another.
func fill(f File, from, to int64) error {
	block := bytes.Repeat([]byte("\n"), int(min(chunk, max(0, to-from))))
	for ; from < to; from += chunk {
		if err := write(f, block[:min(int64(len(block)), to-from)], from); err != nil {
			return err
		}
	}
	return nil
}

// write writes all of b, or says why not.
func write(f File, b []byte, at int64) error {
	n, err := f.WriteAt(b, at)
	if err == nil && n < len(b) {
		err = fmt.Errorf("%d of %d bytes written", n, len(b))
	}
	return err
}
