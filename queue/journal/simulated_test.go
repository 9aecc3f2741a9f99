package journal_test

import (
	"bytes"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"pkidstation/queue/journal"
)

// A verb is what is done to a simulated disk.
type verb string

const (
	create     verb = "create"
	mkdir      verb = "mkdir"
	writeAt    verb = "write"
	syncFile   verb = "sync"
	failSync   verb = "sync that loses" // as Linux does: it forgets what it could not write
	rename     verb = "rename"
	remove     verb = "remove"
	syncFolder verb = "sync folder"
	note       verb = "note" // the test's own: what it was told
	look       verb = "look" // changes nothing
)

// An action is one step of a trace.
type action struct {
	verb     verb
	name, to string
	node     int
	at       int64
	data     []byte
	told     int
}

// sector is what a disk writes whole.
const sector = 512

// folderNode stands for a folder among the nodes, gone for none.
const (
	folderNode = -1
	gone       = -2
)

type (
	// A node is a file: what is read from it, what is on the platter, and what
	// was written since.
	node struct {
		seen, safe []byte
		loose      []action
	}
	// A naming is one change of a folder, all or nothing.
	naming map[string]int
	// A world is the state of a simulated disk.
	world struct {
		nodes      []*node
		seen, safe naming
		loose      []naming
	}
)

func newWorld() *world { return &world{seen: naming{}, safe: naming{}} }

func (w *world) rename(n naming) {
	w.seen.take(n)
	w.loose = append(w.loose, n)
}

func (n naming) take(change naming) {
	for name, node := range change {
		if node == gone {
			delete(n, name)
			continue
		}
		n[name] = node
	}
}

func (w *world) apply(a action) {
	switch a.verb {
	case create:
		w.nodes = append(w.nodes, &node{})
		w.rename(naming{a.name: len(w.nodes) - 1})
	case mkdir:
		w.rename(naming{a.name: folderNode})
	case rename:
		w.rename(naming{a.to: w.seen[a.name], a.name: gone})
	case remove:
		w.rename(naming{a.name: gone})
	case writeAt:
		n := w.nodes[a.node]
		n.seen = overwrite(n.seen, a.data, a.at)
		n.loose = append(n.loose, a)
	case syncFile:
		n := w.nodes[a.node]
		for _, a := range n.loose {
			n.safe = overwrite(n.safe, a.data, a.at)
		}
		n.loose = nil
	case failSync:
		w.nodes[a.node].loose = nil
	case syncFolder:
		w.loose = slices.DeleteFunc(w.loose, func(n naming) bool {
			for name := range n {
				if filepath.Dir(name) != a.name {
					return false
				}
			}
			w.safe.take(n)
			return true
		})
	case note, look:
	}
}

func overwrite(b, data []byte, at int64) []byte {
	if missing := int(at) + len(data) - len(b); missing > 0 {
		b = append(b, make([]byte, missing)...)
	}
	copy(b[at:], data)
	return b
}

// crash gives what a power cut leaves: of what was not synced each sector and
// each name is kept or lost.
func (w *world) crash(r *rand.Rand) *world {
	odds := []float64{0, 0.5, 0.9, 1}
	return w.cut(r, odds[r.IntN(len(odds))], odds[r.IntN(len(odds))])
}

// least is what is left at the worst: nothing but what was synced.
func (w *world) least() *world { return w.cut(rand.New(rand.NewPCG(0, 0)), 0, 0) }

// cut keeps sectors and names with these odds.
func (w *world) cut(r *rand.Rand, kept, named float64) *world {
	after := newWorld()
	for _, n := range w.nodes {
		b := bytes.Clone(n.safe)
		for _, a := range n.loose {
			for data, at := a.data, a.at; len(data) > 0; {
				length := min(sector-at%sector, int64(len(data)))
				if r.Float64() < kept {
					b = overwrite(b, data[:length], at)
				}
				data, at = data[length:], at+length
			}
		}
		after.nodes = append(after.nodes, &node{seen: b, safe: bytes.Clone(b)})
	}
	after.safe.take(w.safe)
	for _, n := range w.loose {
		if r.Float64() < named {
			after.safe.take(n)
		}
	}
	for name := range after.safe {
		if folder := filepath.Dir(name); folder != base {
			if _, ok := after.safe[folder]; !ok {
				delete(after.safe, name)
			}
		}
	}
	after.seen = maps.Clone(after.safe)
	return after
}

// base is the folder that is there before the journal.
const base = "data"

// A simulated disk is a journal.FS that keeps a trace and can be made to fail.
type simulated struct {
	mu    sync.Mutex
	world *world
	trace []action
	// fault is asked before each action; nil never fails.
	fault func(a action) *fault
	// before is called before each action, and may act itself; nil does nothing.
	before func(a action)
	// forgetful never syncs.
	forgetful bool
}

// A fault is how an action fails.
type fault struct {
	err   error
	done  bool // it is done nevertheless
	half  bool // half of a write is done
	loses bool // a sync forgets what it could not write
	flips bool // a write writes something else, and says nothing
}

// do does an action, or fails as told. It says how many bytes were written.
func (s *simulated) do(a action) (int, error) {
	if s.before != nil {
		s.before(a)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	written, failed := len(a.data), error(nil)
	if s.fault != nil {
		if f := s.fault(a); f != nil {
			failed = f.err
			switch {
			case f.half && a.verb == writeAt:
				written = len(a.data) / 2
				a.data = a.data[:written]
			case f.loses && a.verb == syncFile:
				a.verb = failSync
			case f.flips && a.verb == writeAt:
				a.data = bytes.Clone(a.data)
				a.data[len(a.data)/2] ^= 1
			case !f.done:
				return 0, failed
			}
		}
	}
	if s.forgetful && (a.verb == syncFile || a.verb == syncFolder) {
		a.verb = look
	}
	a.data = bytes.Clone(a.data)
	s.world.apply(a)
	s.trace = append(s.trace, a)
	return written, failed
}

// fail makes actions fail from now on as f says; nil ends it.
func (s *simulated) fail(f func(a action) *fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = f
}

// tell puts a note into the trace.
func (s *simulated) tell(what string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trace = append(s.trace, action{verb: note, name: what, told: n})
}

// node gives the node of a name.
func (s *simulated) node(name string) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, ok := s.world.seen[name]
	if !ok {
		return gone, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return n, nil
}

func (s *simulated) OpenFile(name string, flag int, _ fs.FileMode) (journal.File, error) {
	n, err := s.node(name)
	switch {
	case err == nil && flag&os.O_EXCL != 0:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrExist}
	case err != nil && flag&os.O_CREATE == 0:
		return nil, err
	case err == nil:
		_, err = s.do(action{verb: look, name: name})
		return &simulatedFile{s, n, name}, err
	}
	if _, err := s.do(action{verb: create, name: name}); err != nil {
		return nil, err
	}
	n, err = s.node(name)
	return &simulatedFile{s, n, name}, err
}

func (s *simulated) ReadDir(folder string) ([]fs.DirEntry, error) {
	if _, err := s.do(action{verb: look, name: folder}); err != nil {
		return nil, err
	}
	if _, err := s.node(folder); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var entries []fs.DirEntry
	for _, name := range slices.Sorted(maps.Keys(s.world.seen)) {
		if filepath.Dir(name) == folder {
			size := len(s.world.nodes[s.world.seen[name]].seen)
			entries = append(entries, fs.FileInfoToDirEntry(info{filepath.Base(name), int64(size)}))
		}
	}
	return entries, nil
}

func (s *simulated) Mkdir(name string, _ fs.FileMode) error {
	if _, err := s.node(name); err == nil {
		return fs.ErrExist
	}
	_, err := s.do(action{verb: mkdir, name: name})
	return err
}

func (s *simulated) Rename(from, to string) error {
	if _, err := s.node(from); err != nil {
		return err
	}
	_, err := s.do(action{verb: rename, name: from, to: to})
	return err
}

func (s *simulated) Remove(name string) error {
	if _, err := s.node(name); err != nil {
		return err
	}
	_, err := s.do(action{verb: remove, name: name})
	return err
}

func (s *simulated) SyncFolder(name string) error {
	_, err := s.do(action{verb: syncFolder, name: name})
	return err
}

type simulatedFile struct {
	disk *simulated
	node int
	name string
}

func (f *simulatedFile) ReadAt(b []byte, at int64) (int, error) {
	if _, err := f.disk.do(action{verb: look, name: f.name}); err != nil {
		return 0, err
	}
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	seen := f.disk.world.nodes[f.node].seen
	if at >= int64(len(seen)) {
		return 0, io.EOF
	}
	n := copy(b, seen[at:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (f *simulatedFile) WriteAt(b []byte, at int64) (int, error) {
	return f.disk.do(action{verb: writeAt, name: f.name, node: f.node, at: at, data: b})
}

func (f *simulatedFile) Sync() error {
	_, err := f.disk.do(action{verb: syncFile, name: f.name, node: f.node})
	return err
}

func (f *simulatedFile) Datasync() error { return f.Sync() }

func (f *simulatedFile) Close() error {
	_, err := f.disk.do(action{verb: look, name: f.name})
	return err
}

func (f *simulatedFile) Stat() (fs.FileInfo, error) {
	_, err := f.disk.do(action{verb: look, name: f.name})
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	return info{filepath.Base(f.name), int64(len(f.disk.world.nodes[f.node].seen))}, err
}

// info says what there is to say of a simulated file.
type info struct {
	name string
	size int64
}

func (i info) Name() string     { return i.name }
func (i info) Size() int64      { return i.size }
func (info) Mode() fs.FileMode  { return 0o600 }
func (info) ModTime() time.Time { return time.Time{} }
func (info) IsDir() bool        { return false }
func (info) Sys() any           { return nil }
