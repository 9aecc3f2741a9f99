package queue_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/journal"
)

// powerDisk is a disk that keeps what was synced, and loses its power after so
// many acts.
type powerDisk struct {
	mu     sync.Mutex
	left   int // acts until then; below 0 none is lost
	synced map[string][]byte
	// lazy does not sync what it is asked to: the control.
	lazy bool
}

var errPower = errors.New("no power")

// act counts one, and says whether there is power for it.
func (d *powerDisk) act() error {
	if d.left == 0 {
		return errPower
	}
	d.left--
	return nil
}

func (d *powerDisk) OpenFile(name string, flag int, perm fs.FileMode) (journal.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if flag&os.O_CREATE != 0 {
		if err := d.act(); err != nil {
			return nil, err
		}
	}
	f, err := os.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	return &powerFile{f, d}, nil
}

func (d *powerDisk) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (d *powerDisk) Mkdir(name string, perm fs.FileMode) error  { return os.Mkdir(name, perm) }

func (d *powerDisk) Rename(from, to string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.act(); err != nil {
		return err
	}
	d.synced[to] = d.synced[from]
	delete(d.synced, from)
	return os.Rename(from, to)
}

func (d *powerDisk) Remove(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.act(); err != nil {
		return err
	}
	delete(d.synced, name)
	return os.Remove(name)
}

func (d *powerDisk) SyncFolder(string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.act()
}

type powerFile struct {
	*os.File

	disk *powerDisk
}

func (f *powerFile) WriteAt(b []byte, at int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.disk.act(); err != nil {
		return 0, err
	}
	return f.File.WriteAt(b, at)
}

func (f *powerFile) Sync() error { return f.Datasync() }

func (f *powerFile) Datasync() error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	err := f.disk.act()
	if err == nil && !f.disk.lazy {
		f.disk.synced[f.Name()], err = os.ReadFile(f.Name())
	}
	return err
}

// afterCut is the folder as the cut left it: of the journal what was synced.
// index says that queue.db is there as it was written; else the journal is alone.
func (d *powerDisk) afterCut(t *testing.T, folder string, index bool) string {
	t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	to := t.TempDir()
	must(t, os.Mkdir(filepath.Join(to, journal.FolderName), 0o700))
	names, err := os.ReadDir(filepath.Join(folder, journal.FolderName))
	must(t, err)
	for _, name := range names {
		data, known := d.synced[filepath.Join(folder, journal.FolderName, name.Name())]
		if !known { // of before, or never synced
			if data, err = os.ReadFile(filepath.Join(folder, journal.FolderName, name.Name())); err != nil {
				t.Fatal(err)
			}
		}
		must(t, os.WriteFile(filepath.Join(to, journal.FolderName, name.Name()), data, 0o600))
	}
	if index {
		data, err := os.ReadFile(filepath.Join(folder, queue.FileName))
		must(t, err)
		must(t, os.WriteFile(filepath.Join(to, queue.FileName), data, 0o600))
	}
	return to
}

// cutWhileCompacting cuts the power after so many acts of the journal's disk, and
// says whether the compaction came to its end before. what has what was told.
func cutWhileCompacting(t *testing.T, c *cut, acts int, lazy bool) (disk *powerDisk, done bool) {
	t.Helper()
	disk = &powerDisk{left: -1, synced: map[string][]byte{}, lazy: lazy}
	q, err := queue.Open(c.folder, queue.WithDisk(queue.Options{Station: "dock 1", Segment: 16 << 10}, disk))
	must(t, err)
	defer queue.Abandon(q)
	open, err := q.OpenReceptions(t.Context())
	must(t, err)
	disk.mu.Lock()
	disk.left = acts
	if lazy { // what is there now is all that stays
		for _, name := range journalFiles(t, c.folder) {
			disk.synced[name], err = os.ReadFile(name)
			must(t, err)
		}
	}
	disk.mu.Unlock()
	for more := true; more; c.n++ {
		id := fmt.Sprintf("event-%06d", c.n)
		if v, err := q.Capture(t.Context(), queue.Capture{ID: id, Reception: open[0].ID, PKID: pkid(c.n), By: "Ana"}); err != nil || v.Word != queue.Accepted {
			c.n++
			return disk, false
		}
		c.told[id] = true
		if more, err = q.Compact(t.Context()); err != nil {
			c.n++
			return disk, false
		}
	}
	return disk, true
}

func journalFiles(t *testing.T, folder string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, journal.FolderName, "*"))
	must(t, err)
	return names
}

// TestPowerCutWhileCompacting cuts the power at every act of a compaction. What
// was told is there, once, of the journal alone and with its index.
func TestPowerCutWhileCompacting(t *testing.T) {
	t.Parallel()
	step := 71
	if torture() {
		step = 1
	}
	before := filled300(t)
	for acts := 0; ; acts += step {
		c := before.again(t)
		disk, done := cutWhileCompacting(t, c, acts, false)
		for _, index := range []bool{false, true} {
			q, err := queue.Open(disk.afterCut(t, c.folder, index), queue.Options{Station: "dock 1"})
			must(t, err)
			c.holdsAllTold(t, q, acts)
			must(t, q.Close())
		}
		if done {
			t.Logf("%d acts", acts)
			return
		}
	}
}

// TestPowerCutWhileCompactingUnsynced is the control: of a disk that does not do
// what it is asked to, something is lost.
func TestPowerCutWhileCompactingUnsynced(t *testing.T) {
	t.Parallel()
	c := filled300(t)
	disk, _ := cutWhileCompacting(t, c, -1, true)
	q, err := queue.Open(disk.afterCut(t, c.folder, false), queue.Options{Station: "dock 1"})
	must(t, err)
	defer q.Close() //nolint:errcheck // looked into only
	for id := range c.told {
		if _, err := q.Entry(t.Context(), id); err != nil {
			return
		}
	}
	t.Error("nothing is lost without a sync: this cannot find what it looks for")
}

// TestCompactedJournal is that the journal gets shorter and says the same.
func TestCompactedJournal(t *testing.T) {
	t.Parallel()
	c := filled300(t)
	first := journalFiles(t, c.folder)[0]
	if _, done := cutWhileCompacting(t, c, -1, false); !done {
		t.Fatal("it does not come to an end")
	}
	if _, err := os.Stat(first); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the first segment is still there: %v", err)
	}
	q, err := queue.Open(c.folder, queue.Options{Station: "dock 1"})
	must(t, err)
	must(t, q.Close())
	must(t, rebuiltAlike(c.folder))
}

func filled300(t *testing.T) *cut {
	t.Helper()
	c := &cut{folder: t.TempDir(), told: map[string]bool{}}
	c.segment = 16 << 10
	c.capturing(t, 300)
	return c
}

// again is a copy to go on from.
func (c *cut) again(t *testing.T) *cut {
	t.Helper()
	told := make(map[string]bool, len(c.told))
	for id := range c.told {
		told[id] = true
	}
	return &cut{folder: copied(t, c.folder), told: told, n: c.n}
}

// holdsAllTold is holds, where one that was not told may be there: its answer was
// cut off.
func (c *cut) holdsAllTold(t *testing.T, q *queue.Queue, acts int) {
	t.Helper()
	sound(t, q)
	kept, untold := map[string]bool{}, 0
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		must(t, err)
		if kept[e.ID] {
			t.Errorf("cut at %d: %s is there twice", acts, e.ID)
		}
		if kept[e.ID] = true; !c.told[e.ID] {
			untold++
		}
	}
	if len(kept) != len(c.told)+untold || untold > 1 {
		t.Fatalf("cut at %d: %d were told, %d are there, %d of them not told", acts, len(c.told), len(kept), untold)
	}
}
