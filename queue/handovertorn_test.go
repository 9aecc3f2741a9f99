package queue_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"pkidstation/queue"
)

// torn does one change at a station and cuts the power while its line of the
// journal is written: some of the line is on the disk, or all, or nothing, and
// nothing of it in queue.db. What the change would have said nobody heard.
func (f *fleet) torn(ctx context.Context, i int, change func() error) error {
	if err := f.crash(i); err != nil {
		return err
	}
	before, err := filesIn(f.folders[i])
	if err != nil {
		return err
	}
	written := slices.Clone(f.files)
	if err := change(); err != nil {
		return err
	}
	f.files = written
	queue.Abandon(f.stations[i])
	after, err := filesIn(f.folders[i])
	if err != nil {
		return err
	}
	if slices.Equal(slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(after))) {
		for name := range after {
			if err := os.WriteFile(filepath.Join(f.folders[i], name), f.cut(name, before[name], after[name]), 0o600); err != nil {
				return err
			}
		}
	}
	if err := f.start(i); err != nil {
		return err
	}
	return f.recall(ctx, i)
}

// cut is a file at the power cut: a journal's has some of what was written last.
func (f *fleet) cut(name string, before, after []byte) []byte {
	if name == queue.FileName || len(before) != len(after) || bytes.Equal(before, after) {
		return before
	}
	first, last := 0, len(after)
	for before[first] == after[first] {
		first++
	}
	for before[last-1] == after[last-1] {
		last--
	}
	upTo := first + f.rng.IntN(last-first+1)
	if f.rng.IntN(3) == 0 {
		upTo = last // all of it
		f.ops["kept"]++
	} else {
		f.ops["torn"]++
	}
	return slices.Concat(after[:upTo], before[upTo:])
}

// recall asks a station what it took in, which nobody heard.
func (f *fleet) recall(ctx context.Context, i int) error {
	all, err := f.stations[i].Handovers(ctx)
	f.read[i] = map[string]bool{}
	for _, h := range all {
		f.read[i][h.ID] = h.Way == queue.HandoverIn
	}
	return err
}

// filesIn are the files of a folder, but for the lock and its owner.
func filesIn(folder string) (map[string][]byte, error) {
	all := map[string][]byte{}
	return all, filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil || name != queue.FileName && filepath.Dir(name) == "." {
			return err
		}
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // packed meanwhile
		}
		all[name] = data
		return err
	})
}
