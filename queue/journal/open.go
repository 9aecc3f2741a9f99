package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A Report says what Open found and did.
type Report struct {
	// Created says that there was no journal.
	Created bool
	// Torn is a write that a crash interrupted; nil if there was none.
	Torn *Torn
	// Damage are places in the last segments where lines are missing. Nothing is
	// done about them. Lines finds those of all segments.
	Damage []DamageError
	// Foreign are names that a segment could have, of what is none: folders,
	// links, files out of the order. Those that stood in the way were renamed.
	Foreign []string
	// Swept are the names of unfinished files that were removed.
	Swept []string
}

// A Torn is the rest of one or more lines whose Sync never returned nil.
type Torn struct {
	Segment string // the file in which it was
	Offset  int64  // where it began
	Length  int64  // in bytes
	Seq     uint64 // the line it would have been
	// Aside is the file in the journal's folder to which it was moved. It is
	// empty where the journal was opened for looking only: another process may
	// be appending just this line.
	Aside string
}

// Open opens the journal in a folder, and makes the folder if there is none. It
// finds the end of the last line that is whole, moves what is torn behind it
// aside, and returns when all that Lines will give is durable. With
// Options.ReadOnly it changes nothing.
func Open(folder string, opts Options) (*Journal, Report, error) {
	o := opening{Journal: &Journal{folder: folder, opts: opts.complete(), synced: true}}
	o.disk = o.opts.FS
	if err := o.open(); err != nil {
		if o.file != nil {
			err = errors.Join(err, o.file.Close())
		}
		return nil, o.report, fmt.Errorf("opening the journal in %s: %w", folder, err)
	}
	return o.Journal, o.report, nil
}

// An opening is what Open knows on its way.
type opening struct {
	*Journal
	report  Report
	seg     segment // the one that holds the last line, or could hold the next
	found   found   // what it holds
	strange []segment
}

func (o *opening) open() error {
	if !o.opts.ReadOnly {
		if err := o.folders(); err != nil {
			return err
		}
	}
	l, err := list(o.disk, o.folder)
	if err != nil {
		return err
	}
	o.report.Foreign = l.foreign
	if err := o.findEnd(l.segments); err != nil {
		return err
	}
	if o.opts.ReadOnly {
		o.look()
		return nil
	}
	if err := o.clear(l); err != nil {
		return err
	}
	if err := o.take(); err != nil {
		return err
	}
	o.provide()
	return nil
}

// folders makes the folder, and its name durable.
func (o *opening) folders() error {
	err := o.disk.Mkdir(o.folder, 0o700)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	o.report.Created = err == nil
	return o.disk.SyncFolder(filepath.Dir(o.folder))
}

// findEnd goes back from the last segment to one that has a line. An empty one
// behind it is the current one if its number is the next; others are strange.
func (o *opening) findEnd(segments []segment) error {
	var empty []segment
	var ends []found
	for n := len(segments) - 1; n >= 0 && o.tail.Seq == 0; n-- {
		f, err := o.measure(segments[n])
		if err != nil {
			return err
		}
		if o.tail.Seq > 0 {
			o.seg, o.found = segments[n], f
			break
		}
		empty, ends = append(empty, segments[n]), append(ends, f)
	}
	if o.tail.Seq == 0 && len(empty) > 0 { // the lines before were retired
		o.tail.Seq = empty[len(empty)-1].first - 1
	}
	for n, seg := range empty {
		if seg.first != o.tail.Seq+1 || !ends[n].usable(seg) {
			o.strange = append(o.strange, seg)
			continue
		}
		o.closed() // a segment is whole before the next is begun
		o.seg, o.found = seg, ends[n]
	}
	return nil
}

// usable tells whether lines can be appended to the segment.
func (f found) usable(seg segment) bool { return seg.plain && f.size <= maxSegment }

// closed notes that what is behind the last line of the segment is no torn write.
func (o *opening) closed() {
	if o.found.dirty > 0 {
		o.report.Damage = append(o.report.Damage, DamageError{
			Segment: o.seg.name(), Offset: o.found.end, Seq: o.tail.Seq + 1,
		})
	}
}

// measure walks over a segment and keeps its last line as the journal's.
func (o *opening) measure(seg segment) (found, error) {
	return o.walk(seg, chain{last: seg.first - 1}, func(before chain, l Line, at int64) error {
		if at != before.end {
			o.report.Damage = append(o.report.Damage, DamageError{
				Segment: seg.name(), Offset: before.end, Seq: before.last + 1, Next: l.Seq,
			})
		}
		o.tail = l
		o.tail.Body = nil
		return nil
	})
}

// look reports what a journal that is only looked at has at its end.
func (o *opening) look() {
	if o.found.dirty > 0 {
		o.report.Torn = o.torn()
	}
	for _, seg := range o.strange {
		o.report.Foreign = append(o.report.Foreign, seg.name())
	}
}

func (o *opening) torn() *Torn {
	return &Torn{
		Segment: o.seg.name(), Offset: o.found.end,
		Length: o.found.dirty - o.found.end, Seq: o.tail.Seq + 1,
	}
}

// clear removes what is unfinished, and moves aside what has the name of a
// segment that is yet to come.
func (o *opening) clear(l listing) error {
	for _, name := range l.left {
		if err := o.disk.Remove(o.path(name)); err != nil {
			return err
		}
		o.report.Swept = append(o.report.Swept, name)
	}
	for _, name := range l.foreign {
		if n, ok := numberOf(name, plainEnd); ok && n > o.tail.Seq {
			if err := o.aside(name); err != nil {
				return err
			}
		}
	}
	for _, seg := range o.strange {
		name := seg.name()
		if err := o.aside(name); err != nil {
			return err
		}
		o.report.Foreign = append(o.report.Foreign, name)
	}
	return nil
}

func (o *opening) aside(name string) error {
	return o.disk.Rename(o.path(name), o.path("foreign-"+o.moment()+"-"+name))
}

func (o *opening) moment() string {
	return moment(o.opts.Now()).Format("20060102T150405.000Z")
}

// take makes the segment that was found the current one, or begins another
// behind one that cannot be appended to.
func (o *opening) take() error {
	if !o.found.usable(o.seg) {
		o.closed()
		if err := makeSpare(o.disk, o.folder, o.opts.SegmentSize); err != nil {
			return err
		}
		return o.begin(o.tail.Seq+1, o.opts.SegmentSize)
	}
	file, err := o.disk.OpenFile(o.path(o.seg.name()), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	o.file, o.first, o.size, o.end = file, o.seg.first, o.found.size, o.found.end
	if o.found.dirty > 0 {
		o.report.Torn = o.torn()
		if err := o.keepTorn(); err != nil {
			return err
		}
	}
	return o.settle()
}

// keepTorn copies what is torn into a file of its own, and only then blanks it.
func (o *opening) keepTorn() error {
	t := o.report.Torn
	name := fmt.Sprintf("torn-%s-%012d", o.moment(), t.Seq)
	kept, err := o.disk.OpenFile(o.path(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	for n := 2; errors.Is(err, fs.ErrExist) && n < 100; n++ {
		kept, err = o.disk.OpenFile(o.path(fmt.Sprintf("%s-%d", name, n)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	}
	if err != nil {
		return err
	}
	err = errors.Join(duplicate(kept, 0, o.file, t.Offset, t.Length), kept.Sync(), kept.Close(), o.disk.SyncFolder(o.folder))
	if err != nil {
		return err
	}
	t.Aside = name
	return fill(o.file, t.Offset, t.Offset+t.Length)
}

// settle makes durable what was found. After a sync that failed the system may
// hold bytes that it no longer means to write, so they are written once more.
func (o *opening) settle() error {
	if err := duplicate(o.file, 0, o.file, 0, o.end); err != nil {
		return err
	}
	return errors.Join(o.file.Datasync(), o.disk.SyncFolder(o.folder))
}

// duplicate copies length bytes from one place to another, or onto themselves.
func duplicate(to File, at int64, from File, offset, length int64) error {
	block := make([]byte, min(chunk, max(length, 0)))
	for done := int64(0); done < length; done += int64(len(block)) {
		block = block[:min(chunk, length-done)]
		if _, err := from.ReadAt(block, offset+done); err != nil {
			return err
		}
		if err := write(to, block, at+done); err != nil {
			return err
		}
	}
	return nil
}
