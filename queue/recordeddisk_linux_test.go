package queue_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A step is one thing that a recorded child did to its folder, or said.
type step struct {
	call     string
	name, to string // in the folder
	data     []byte
	at       int64
	// began and ended are the places in the record: a sync keeps what ended
	// before it began.
	began, ended int
}

// record runs a steady child and gives all that it did in its folder.
func record(t *testing.T, folder string, s steady) []step {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	trace := filepath.Join(t.TempDir(), "trace")
	cmd := s.command(ctx, folder, "strace", "-f", "--seccomp-bpf", "-qq", "-y", "-xx", "-s", "2000000", "-o", trace,
		"-e", "signal=none", "-e", "trace=openat,mkdirat,linkat,renameat,renameat2,unlinkat,pwrite64,write,ftruncate,fallocate,fdatasync,fsync")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	f, err := os.Open(trace)
	must(t, err)
	defer f.Close() //nolint:errcheck // only read
	r := recording{folder: folder, open: map[string]call{}}
	for lines := bufio.NewReaderSize(f, 1<<20); ; {
		line, err := lines.ReadString('\n')
		if err != nil {
			break
		}
		if err := r.take(strings.TrimSuffix(line, "\n")); err != nil {
			t.Fatal(err)
		}
	}
	return r.steps
}

// A recording makes steps of what strace wrote.
type recording struct {
	folder string
	open   map[string]call // by thread: calls under way
	line   int
	steps  []step
}

type call struct {
	text  string
	began int
}

func (r *recording) take(line string) error {
	r.line++
	thread, text, _ := strings.Cut(line, " ")
	text = strings.TrimSpace(text)
	began := r.line
	if rest, cut := strings.CutSuffix(text, " <unfinished ...>"); cut {
		r.open[thread] = call{rest, began}
		return nil
	}
	if strings.HasPrefix(text, "<... ") {
		_, rest, _ := strings.Cut(text, " resumed>")
		text, began = r.open[thread].text+rest, r.open[thread].began
	}
	name, args, whole := strings.Cut(text, "(")
	end := strings.LastIndex(args, ") ")
	if !whole || end < 0 || strings.Contains(args[end:], "= -1 ") || strings.Contains(args[end:], "= ?") {
		return nil
	}
	args = args[:end]
	s := step{call: name, began: began, ended: r.line}
	if err := s.read(args); err != nil {
		return fmt.Errorf("line %d: %w", r.line, err)
	}
	if s.call == "note" {
		r.steps = append(r.steps, s)
		return nil
	}
	var ours bool
	if s.name, ours = r.inside(s.name); ours {
		s.to, _ = r.inside(s.to)
		r.steps = append(r.steps, s)
	}
	return nil
}

func (r *recording) inside(path string) (string, bool) {
	if path == r.folder {
		return ".", true
	}
	return strings.CutPrefix(path, r.folder+"/")
}

// read reads the arguments of a call.
func (s *step) read(args string) error {
	texts, rest := texts(args)
	switch s.call {
	case "openat", "mkdirat", "unlinkat":
		s.name = string(texts[0])
		if s.call == "openat" && !strings.Contains(args, "O_CREAT") {
			s.name = ""
		}
	case "linkat", "renameat", "renameat2":
		s.name, s.to, s.call = string(texts[0]), string(texts[1]), strings.TrimSuffix(s.call, "2")
	case "fdatasync", "fsync":
		s.name, s.call = pathOf(args), "sync"
	case "ftruncate":
		s.name = pathOf(args)
		_, err := fmt.Sscan(rest[strings.LastIndex(rest, ", ")+2:], &s.at)
		return err
	case "pwrite64":
		s.name, s.data = pathOf(args), texts[0]
		_, err := fmt.Sscan(rest[strings.LastIndex(rest, ", ")+2:], &s.at)
		return err
	case "write":
		s.name, s.data, s.at = pathOf(args), texts[0], -1
		if strings.HasPrefix(args, "1<") {
			s.call = "note"
		}
	default:
		return fmt.Errorf("%s is not reckoned with", s.call)
	}
	return nil
}

// texts are the quoted arguments of a call, and what follows the last.
func texts(args string) (all [][]byte, rest string) {
	for rest = args; ; {
		_, from, found := strings.Cut(rest, `"`)
		if !found {
			return all, rest
		}
		text, after, _ := strings.Cut(from, `"`)
		data, err := hex.DecodeString(strings.ReplaceAll(text, `\x`, ""))
		if err != nil {
			return all, rest
		}
		all, rest = append(all, data), after
	}
}

// pathOf is the path of the call's file.
func pathOf(args string) string {
	_, from, _ := strings.Cut(args, "<")
	path, _, _ := strings.Cut(from, ">")
	data, err := hex.DecodeString(strings.ReplaceAll(path, `\x`, ""))
	if err != nil {
		return ""
	}
	return string(data)
}

// A recorded disk is what a folder has, and what of it is sure.
type recordedDisk struct {
	seen, safe map[string]*recordedFile
	loose      []step // changes of names that no sync of their folder followed
	moved      []*recordedFile
	forgetful  bool
}

type recordedFile struct {
	folder bool
	length int64 // as it is seen
	safe   []byte
	loose  []step
}

func newRecordedDisk() *recordedDisk {
	return &recordedDisk{seen: map[string]*recordedFile{}, safe: map[string]*recordedFile{}}
}

func (d *recordedDisk) apply(s step) {
	f := d.seen[s.name]
	switch s.call {
	case "openat", "mkdirat":
		if f == nil {
			d.rename(s, &recordedFile{folder: s.call == "mkdirat"})
		}
	case "linkat", "renameat", "unlinkat":
		d.rename(s, f)
	case "pwrite64", "ftruncate", "write":
		if f == nil {
			return // its name is gone
		}
		if s.at < 0 {
			s.at = f.length
		}
		if f.length = max(f.length, s.at+int64(len(s.data))); s.call == "ftruncate" {
			f.length = s.at
		}
		f.loose = append(f.loose, s)
	case "sync":
		if !d.forgetful {
			d.sync(s, f)
		}
	}
}

func (d *recordedDisk) rename(s step, f *recordedFile) {
	d.loose, d.moved = append(d.loose, s), append(d.moved, f)
	take(d.seen, s, f)
}

// take does a change of names.
func take(names map[string]*recordedFile, s step, f *recordedFile) {
	switch s.call {
	case "unlinkat":
		delete(names, s.name)
	case "linkat":
		names[s.to] = f
	case "renameat":
		names[s.to] = f
		delete(names, s.name)
	default:
		names[s.name] = f
	}
}

func (d *recordedDisk) sync(s step, f *recordedFile) {
	if s.name == "." || f != nil && f.folder {
		var loose []step
		var moved []*recordedFile
		for n, change := range d.loose {
			if filepath.Dir(change.name) == s.name && change.ended < s.began {
				take(d.safe, change, d.moved[n])
				continue
			}
			loose, moved = append(loose, change), append(moved, d.moved[n])
		}
		d.loose, d.moved = loose, moved
		return
	}
	if f == nil {
		return
	}
	var loose []step
	for _, w := range f.loose {
		if w.ended < s.began {
			f.safe = w.onto(f.safe)
		} else {
			loose = append(loose, w)
		}
	}
	f.loose = loose
}

// onto is b after the write or the cut.
func (s step) onto(b []byte) []byte {
	need := int(s.at) + len(s.data)
	if s.call == "ftruncate" && need < len(b) {
		return b[:need]
	}
	if need > len(b) {
		b = append(b, make([]byte, need-len(b))...)
	}
	copy(b[s.at:], s.data)
	return b
}

// crash writes into a folder what a power cut may leave: of what was not synced
// each sector and each name is there or not.
func (d *recordedDisk) crash(to string, rng *rand.Rand) error {
	odds := []float64{0, 0.5, 0.9, 1}
	kept, named := odds[rng.IntN(4)], odds[rng.IntN(4)]
	names := map[string]*recordedFile{}
	maps.Copy(names, d.safe)
	for n, change := range d.loose {
		if rng.Float64() < named {
			take(names, change, d.moved[n])
		}
	}
	left := map[*recordedFile][]byte{}
	for name, f := range names {
		if f.folder {
			if err := os.MkdirAll(filepath.Join(to, name), 0o700); err != nil {
				return err
			}
			continue
		}
		if parent := filepath.Dir(name); parent != "." && names[parent] == nil {
			continue
		}
		if _, done := left[f]; !done {
			left[f] = f.crash(kept, rng)
		}
		path := filepath.Join(to, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := writeSparse(path, left[f]); err != nil {
			return err
		}
	}
	return nil
}

// crash is what a power cut leaves of the file.
func (f *recordedFile) crash(kept float64, rng *rand.Rand) []byte {
	const sector = 512
	b := bytes.Clone(f.safe)
	for _, w := range f.loose {
		if w.call == "ftruncate" {
			if rng.Float64() < kept {
				b = w.onto(b)
			}
			continue
		}
		for data, at := w.data, w.at; len(data) > 0; {
			length := min(sector-at%sector, int64(len(data)))
			if rng.Float64() < kept {
				b = step{data: data[:length], at: at}.onto(b)
			}
			data, at = data[length:], at+length
		}
	}
	return b
}

// writeSparse writes a file and leaves out the pages that are empty.
func writeSparse(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // the test reads it
	const page = 4096
	var none [page]byte
	for at := 0; at < len(b); at += page {
		some := b[at:min(at+page, len(b))]
		if bytes.Equal(some, none[:len(some)]) {
			continue
		}
		if _, err := f.WriteAt(some, int64(at)); err != nil {
			return err
		}
	}
	return f.Truncate(int64(len(b)))
}

// hears has a saying hear what a child wrote.
func (s *saying) hears(note []byte) {
	for line := range strings.Lines(string(note)) {
		s.hear(strings.TrimSuffix(line, "\n"))
	}
}

func (s step) String() string { return s.call + " " + s.name + " " + strconv.FormatInt(s.at, 10) }
