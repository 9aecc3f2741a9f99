package journal

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A source is the text of a segment, from an offset on, plain or unpacked.
type source struct {
	io.Reader
	file  File
	size  int64 // of the file
	wrong bool  // what was packed cannot be unpacked further
}

func (s *source) close() { _ = s.file.Close() } // nothing was written

// open opens a segment for reading from an offset of its text on.
func (j *Journal) open(seg segment, from int64) (*source, error) {
	f, err := j.disk.OpenFile(filepath.Join(j.folder, seg.name()), os.O_RDONLY, 0)
	if errors.Is(err, fs.ErrNotExist) && seg.plain {
		return j.open(segment{first: seg.first, packed: true}, from) // packed since it was listed
	}
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	s := &source{file: f, size: info.Size()}
	if seg.plain {
		s.Reader = io.NewSectionReader(f, from, max(0, maxSegment-from))
		return s, nil
	}
	if err := s.unpack(from); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return s, nil
}

// chunk is how much to read at once: no more than a short file has.
func (s *source) chunk() int { return int(min(chunk, max(s.size, page))) }

func (s *source) unpack(from int64) error {
	packed := &unpacking{source: s}
	s.Reader = io.LimitReader(packed, max(0, maxSegment-from))
	var err error
	packed.Reader, err = gzip.NewReader(bufio.NewReaderSize(io.NewSectionReader(s.file, 0, maxSegment), s.chunk()))
	if packed.spoilt(err) {
		packed.Reader = nil
		return nil
	}
	if err == nil {
		_, err = io.CopyN(io.Discard, packed, from)
	}
	if errors.Is(err, io.EOF) {
		return nil // shorter than it was: the walk will find nothing more
	}
	return err
}

// An unpacking ends where the packed bytes are damaged, and notes it.
type unpacking struct {
	*gzip.Reader
	source *source
}

func (u *unpacking) Read(b []byte) (int, error) {
	if u.source.wrong {
		return 0, io.EOF
	}
	n, err := u.Reader.Read(b)
	if u.spoilt(err) {
		err = io.EOF
	}
	return n, err
}

// spoilt tells whether err is one of the packed bytes and not of the disk.
func (u *unpacking) spoilt(err error) bool {
	_, corrupt := errors.AsType[flate.CorruptInputError](err)
	u.source.wrong = u.source.wrong || corrupt || errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) ||
		errors.Is(err, io.ErrUnexpectedEOF) || u.Reader == nil && errors.Is(err, io.EOF)
	return u.source.wrong
}
