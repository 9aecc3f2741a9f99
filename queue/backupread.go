package queue

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// ErrNotBackup says: the file is no backup of this program, or not a whole one.
var ErrNotBackup = errors.New("the file is no whole backup of this program")

// A backup that is read may be anybody's file. So: a line is at most
// maxBackupLine long; the text is at most backupRatio times as long as the file,
// which no real one comes near and every bomb passes; there are no more records
// than the head says, each once and in order, and each fits its checksum. What is
// taken of it goes into a new folder, and counts when all of it did.
const (
	backupRatio = 300
	backupLeast = 1 << 20
)

// ReadBackupHead says what a file says of itself. Nothing of it is proven.
func ReadBackupHead(file string) (BackupHead, error) {
	r, err := openBackup(file)
	if err != nil {
		return BackupHead{}, err
	}
	return r.head, r.close()
}

// A backupReader reads a backup's lines.
type backupReader struct {
	file *os.File
	zip  *gzip.Reader
	text *bufio.Reader
	head BackupHead

	sum   hash.Hash
	lines int
	left  int64 // bytes of text that may follow
	at    int   // the bucket, in the order of journaled
	key   []byte
	seen  int // records of that bucket
}

func openBackup(file string) (*backupReader, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, fmt.Errorf("reading a backup: %w", err)
	}
	if !info.Mode().IsRegular() { // a pipe would keep us waiting
		return nil, ErrNotBackup
	}
	f, err := os.Open(file) //nolint:gosec // the person's choice
	if err != nil {
		return nil, fmt.Errorf("reading a backup: %w", err)
	}
	r := &backupReader{file: f, sum: sha256.New(), left: max(backupLeast, backupRatio*info.Size())}
	if err := r.begin(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return r, nil
}

func (r *backupReader) begin() (err error) {
	if r.zip, err = gzip.NewReader(bufio.NewReaderSize(r.file, 64<<10)); err != nil {
		return r.spoilt(err)
	}
	r.zip.Multistream(false)
	r.text = bufio.NewReaderSize(r.zip, 64<<10)
	line, err := r.next(maxBackupHead)
	if err != nil {
		return err
	}
	if json.Unmarshal(line, &r.head) != nil || r.head.Kind != "backup" || r.head.Format < 1 || r.head.Schema < 1 {
		return ErrNotBackup
	}
	r.add(line)
	if r.head.Format > backupFormat || r.head.Schema > schemaVersion {
		return fmt.Errorf("a backup of format %d, schema %d: %w", r.head.Format, r.head.Schema, ErrNewer)
	}
	return nil
}

// spoilt tells what is wrong with the file from what is wrong with the disk.
func (r *backupReader) spoilt(err error) error {
	if _, disk := errors.AsType[*os.PathError](err); disk {
		return fmt.Errorf("reading a backup: %w", err)
	}
	return fmt.Errorf("%w: %w", ErrNotBackup, err)
}

// next gives the next line, without its end, until the call after.
func (r *backupReader) next(most int) ([]byte, error) {
	var line []byte
	for {
		part, err := r.text.ReadSlice('\n')
		line = append(line, part...)
		if r.left -= int64(len(part)); r.left < 0 || len(line) > most {
			return nil, fmt.Errorf("%w: it is longer than any", ErrNotBackup)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil:
			return nil, r.spoilt(err)
		}
		return bytes.TrimSuffix(line, []byte("\n")), nil
	}
}

// changes gives the records of the next line, none at the end.
func (r *backupReader) changes() ([]recordChange, error) {
	line, err := r.next(maxBackupLine)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(line, []byte("{")) {
		return nil, r.end(line)
	}
	r.add(line)
	changes, err := readChanges(line)
	if err != nil || len(changes) == 0 {
		return nil, fmt.Errorf("%w: line %d: %w", ErrNotBackup, r.lines, errors.Join(errBadChange, err))
	}
	for _, c := range changes {
		if err := r.accept(c); err != nil {
			return nil, fmt.Errorf("%w: line %d: %w", ErrNotBackup, r.lines, err)
		}
	}
	return changes, nil
}

func (r *backupReader) add(line []byte) {
	r.lines++
	r.sum.Write(line)
	r.sum.Write([]byte("\n"))
}

// accept refuses what is no record or out of its order.
func (r *backupReader) accept(c recordChange) error {
	if _, err := decode[json.RawMessage](c.value); err != nil {
		return err
	}
	at := slices.Index(journaled(), c.bucket)
	switch {
	case at < r.at, at == r.at && r.key != nil && bytes.Compare(c.key, r.key) <= 0:
		return fmt.Errorf("a %s out of its order", c.bucket)
	case at > r.at:
		r.at, r.seen = at, 0
	}
	r.key = c.key
	if r.seen++; r.seen > r.head.Records[c.bucket] {
		return fmt.Errorf("more %s records than it says", c.bucket)
	}
	return nil
}

// end proves that all was read that was written.
func (r *backupReader) end(line []byte) error {
	var end backupEnd
	err := json.Unmarshal(line, &end)
	if err != nil || end.Lines != r.lines || end.Sum != hex.EncodeToString(r.sum.Sum(nil)) {
		return fmt.Errorf("%w: its end does not fit", ErrNotBackup)
	}
	if n, err := io.Copy(io.Discard, io.LimitReader(r.text, 1)); n > 0 || err != nil { // gzip's own sum is read here
		return fmt.Errorf("%w: something follows its end: %w", ErrNotBackup, err)
	}
	return nil
}

func (r *backupReader) close() error { return errors.Join(r.zip.Close(), r.file.Close()) }

// unpackBackup makes an index of a backup in a folder that has none, and says what
// is in it.
func unpackBackup(ctx context.Context, file, folder string) (BackupHead, error) {
	r, err := openBackup(file)
	if err != nil {
		return BackupHead{}, err
	}
	defer r.close() //nolint:errcheck // nothing was written
	fresh, err := freshIndex(folder)
	if err != nil {
		return BackupHead{}, err
	}
	db, err := openToChange(fresh, mapAtOnce())
	if err != nil {
		return BackupHead{}, err
	}
	db.NoSync = true
	b := &books{folder: folder, db: db}
	got := r.head
	err = r.fill(ctx, b)
	if err == nil {
		err = guarded(func() error {
			return lookAt(db, func(tx *transaction) error {
				got.Wrong = len(checked(tx))
				return got.count(tx)
			})
		})
	}
	if err == nil {
		err = db.Sync()
	}
	if err := errors.Join(err, guarded(db.Close)); err != nil {
		return BackupHead{}, err
	}
	if !got.alike(r.head) {
		return BackupHead{}, fmt.Errorf("%w: it has not what it says", ErrNotBackup)
	}
	return got, os.Rename(fresh, filepath.Join(folder, FileName))
}

// fill applies all records.
func (r *backupReader) fill(ctx context.Context, b *books) error {
	for {
		var all []recordChange
		ended := false
		for size := 0; len(all) < inOneCommit && size < maxBackupLine; {
			some, err := r.changes()
			if err != nil {
				return err
			}
			if ended = len(some) == 0; ended {
				break
			}
			for _, c := range some {
				size += len(c.value)
			}
			all = append(all, some...)
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := b.takeOver(all, true); err != nil {
			return r.unfit(err)
		}
		if ended {
			return nil
		}
	}
}

// unfit is a record that the index does not take: the file's fault, unless the
// disk says otherwise.
func (r *backupReader) unfit(err error) error {
	if _, disk := errors.AsType[*os.PathError](err); disk {
		return err
	}
	if errors.Is(err, ErrDamaged) {
		return fmt.Errorf("%w: %w", ErrNotBackup, err)
	}
	return err
}
