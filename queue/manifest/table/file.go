package table

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// A File is an opened list. It is for one goroutine.
type File struct {
	// SHA256 is that of the file's bytes.
	SHA256 [sha256.Size]byte
	Format Format
	// Encoding is that of a text, "" for a workbook.
	Encoding Encoding
	// Sheets are a workbook's that a person sees, in their order.
	Sheets []string

	from  *watched
	size  int64
	skip  int64 // the mark at a text's beginning
	parts *workbook
}

// Open reads a file once, to know what it is, and leaves it open to Rows. It
// fails with ErrTooBig, ErrUnpacks, ErrBroken, a *FormatError, what ctx says, or
// what reading gave.
func Open(ctx context.Context, r io.ReaderAt, size int64) (*File, error) {
	if size > MaxFile {
		return nil, ErrTooBig
	}
	f := &File{from: &watched{ctx: ctx, r: r}, size: size}
	head := make([]byte, min(size, sniffed))
	if n, err := f.from.ReadAt(head, 0); err != nil && (!errors.Is(err, io.EOF) || int64(n) < int64(len(head))) {
		return nil, fmt.Errorf("reading the file: %w", err)
	}
	f.Format, f.Encoding, f.skip = sniff(head)
	valid, err := f.sum()
	if err != nil {
		return nil, err
	}
	if f.Format == Text && f.Encoding == "" {
		f.Encoding = UTF8
		if !valid {
			f.Encoding = Windows1252
		}
	}
	if err := f.open(head); err != nil {
		return nil, err
	}
	return f, nil
}

// open makes ready what is read, and refuses the rest by name.
func (f *File) open(head []byte) error {
	format := f.Format
	if format == Text {
		return nil
	}
	if format == Archive {
		return f.unzip(head)
	}
	if format == OldWorkbook {
		format = f.compound()
	}
	return &FormatError{Format: format}
}

// sum reads the whole file for its hash, and says whether it is UTF-8.
func (f *File) sum() (valid bool, err error) {
	hash := sha256.New()
	check := transform.NewWriter(io.Discard, encoding.UTF8Validator)
	valid = f.Format == Text && f.Encoding == ""
	block := make([]byte, 64<<10)
	for at := int64(0); at < f.size; {
		n, err := f.from.ReadAt(block[:min(int64(len(block)), f.size-at)], at)
		if n == 0 && err != nil {
			return false, fmt.Errorf("reading the file: %w", err)
		}
		at += int64(n)
		hash.Write(block[:n])
		if valid {
			_, err := check.Write(block[:n])
			valid = err == nil
		}
	}
	hash.Sum(f.SHA256[:0])
	return valid && check.Close() == nil, nil
}

// Unchanged reads the file once more: ErrChanged says that what Rows gave need
// not be what SHA256 stands for.
func (f *File) Unchanged() error {
	before := f.SHA256
	defer func() { f.SHA256 = before }()
	if _, err := f.sum(); err != nil {
		return err
	}
	if f.SHA256 != before {
		return ErrChanged
	}
	return nil
}

// Rows gives the rows that are not empty: of a text by its separator, of a
// workbook those of the sheet with a name. An error ends them.
func (f *File) Rows(separator rune, sheet string) iter.Seq2[Row, error] {
	f.from.read = 0
	if f.Format == Workbook {
		return f.parts.rows(sheet)
	}
	return f.lines(separator)
}

// Done is how many bytes of the file Rows has read since it was called, and of
// how many; of a workbook those of the sheet, packed.
func (f *File) Done(sheet string) (done, of int64) {
	if f.Format == Workbook {
		of = f.parts.packed(sheet)
		return min(f.from.read, of), of
	}
	return min(f.from.read, f.size), f.size
}

// compound is what a compound file is: with a password, or of the old kind.
func (f *File) compound() Format {
	start := make([]byte, min(f.size, 1<<20))
	n, _ := f.from.ReadAt(start, 0)
	if bytes.Contains(start[:n], []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
		return ProtectedWorkbook
	}
	return OldWorkbook
}

// watched reads a file until nobody wants it any more, counts, and, where it has
// an allowance, gives no more than that.
type watched struct {
	ctx   context.Context // it ends the reads that archive/zip does
	r     io.ReaderAt
	read  int64
	allow int64 // 0 means all
}

func (w *watched) ReadAt(p []byte, at int64) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	if w.allow > 0 && w.read+int64(len(p)) > w.allow {
		return 0, ErrUnpacks
	}
	n, err := w.r.ReadAt(p, at)
	w.read += int64(n)
	return n, err
}
