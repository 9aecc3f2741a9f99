package journal_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"testing"

	"pkidstation/queue/journal"
)

// sealed gives lines that begin with '!' the checksum of what follows it, so that
// a fuzzer gets past it.
func sealed(text string) []byte {
	lines := bytes.SplitAfter([]byte(text), []byte("\n"))
	for n, line := range lines {
		if rest, ok := bytes.CutPrefix(line, []byte("!")); ok {
			sum := crc32.Checksum(bytes.TrimSuffix(rest, []byte("\n")), crc32.MakeTable(crc32.Castagnoli))
			lines[n] = fmt.Appendf(nil, "%08x %s", sum, rest)
		}
	}
	return bytes.Join(lines, nil)
}

// bomb writes so many NULs and a text, packed, and closes.
func bomb(f io.WriteCloser, size int64, text []byte) error {
	z, err := gzip.NewWriterLevel(f, gzip.BestSpeed)
	if err != nil {
		return err
	}
	block := make([]byte, 1<<20)
	for range size >> 20 {
		if _, err := z.Write(block); err != nil {
			return err
		}
	}
	_, err = z.Write(text)
	return errors.Join(err, z.Close(), f.Close())
}

// FuzzOpen: whatever stands in the segments, a journal is opened, a line
// appended, and that line and all that were read before are read.
func FuzzOpen(f *testing.F) {
	golden, err := os.ReadFile("testdata/v1/000000000001.log")
	if err != nil {
		f.Fatal(err)
	}
	const line = "!00000000 1 2026-11-28T15:04:23.126Z event {}\n"
	f.Add(golden, []byte{}, false)
	f.Add(golden[:100], golden[100:], false)
	f.Add([]byte(line+line), []byte("\x00\n!ffffffff 9 2026-11-28T15:04:23.126Z event {}"), true)
	f.Add([]byte(line+"\n\n\n\n\n\n\n\n!00000000 2 2026-11-28T15:04:23.126Z e \n"), bytes.Repeat([]byte("\n"), 5000), false)
	f.Add([]byte("!00000000 4611686018427387904 9999-12-31T15:04:23.126Z event {}\n"), []byte("\x1f\x8b\x08"), true)
	f.Fuzz(func(t *testing.T, first, second []byte, packed bool) {
		disk := &simulated{world: newWorld()}
		disk.world.apply(action{verb: mkdir, name: folder})
		for n, text := range [][]byte{first, second} {
			name := fmt.Sprintf("%012d.log", 1+n*3)
			if n == 1 && packed {
				name += ".gz"
			}
			disk.world.apply(action{verb: create, name: filepath.Join(folder, name)})
			disk.world.apply(action{verb: writeAt, node: n, data: sealed(string(text))})
		}
		opts := journal.Options{FS: disk, SegmentSize: small}
		j, _ := mustOpen(t, folder, opts)
		before, _ := read(t, j, 0)
		l, err := j.Append("event", []byte("{}"))
		if errors.Is(err, journal.ErrRefused) {
			return // no number is left
		}
		if err = errors.Join(err, j.Sync()); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			after, _ := read(t, j, 0)
			if n := len(after) - 1; n != len(before) || after[n].Seq != l.Seq || after[n].Sum != l.Sum || j.Last() != l.Seq {
				t.Fatalf("%d lines before, %d after appending %+v:\n%q\n%q", len(before), n+1, l, disk.world.nodes[0].seen, disk.world.nodes[1].seen)
			}
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}
			j, _ = mustOpen(t, folder, opts)
		}
	})
}
