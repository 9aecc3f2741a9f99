// Package v4l2test is a made-up machine with made-up cameras, for tests of what
// streams from local cameras. It stands at the kernel's boundary: what is under test
// opens nodes, asks the ioctls of linux/videodev2.h and sees buffers, as it would of
// a real driver. It knows the structures by the header's offsets alone, so that it
// does not believe the types that it tests.
//
// A Camera does as a good driver does until it is told otherwise: Fail has any
// request fail, Bend changes any answer, and Send gives frames that are no good.
package v4l2test

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"pkidstation/scanner/camera/v4l2"
)

// A Machine is a kernel and what it shows below /dev and /sys.
type Machine struct {
	root string

	mu      sync.Mutex
	cameras map[string]*Camera // by node
	files   map[int]*file
	last    int
	opened  int
	closed  chan struct{} // receives when one was closed
}

// New makes a machine without cameras.
func New(tb testing.TB) *Machine {
	tb.Helper()
	m := &Machine{root: tb.TempDir(), cameras: map[string]*Camera{}, files: map[int]*file{}, last: 2, closed: make(chan struct{}, 1)}
	tb.Cleanup(func() {
		if n := m.Open(); n > 0 {
			tb.Errorf("%d cameras were left open", n)
		}
	})
	return m
}

// System is where to look for cameras and open them.
func (m *Machine) System() v4l2.System { return v4l2.System{Root: m.root, Kernel: kernel{m}} }

// Node is the path of the n-th node.
func (m *Machine) Node(n int) string { return filepath.Join(m.root, "dev", fmt.Sprintf("video%d", n)) }

// ByID is the path of a camera's lasting name.
func (m *Machine) ByID(id string) string { return filepath.Join(m.root, "dev/v4l/by-id", id) }

// Plug plugs a camera in: its node, what the kernel says of it, and udev's link where
// it has an id.
func (m *Machine) Plug(tb testing.TB, n int, c *Camera) {
	tb.Helper()
	c.plugged()
	m.mu.Lock()
	m.cameras[m.Node(n)] = c
	m.mu.Unlock()
	write(tb, m.Node(n), "")
	write(tb, filepath.Join(m.root, "sys/class/video4linux", filepath.Base(m.Node(n)), "name"), c.Card+"\n")
	if c.ID == "" {
		return
	}
	if err := os.MkdirAll(filepath.Dir(m.ByID(c.ID)), 0o700); err != nil {
		tb.Fatal(err)
	}
	if err := os.Symlink(filepath.Join("../..", filepath.Base(m.Node(n))), m.ByID(c.ID)); err != nil {
		tb.Fatal(err)
	}
}

// Unplug takes the camera of a node away; who streams from it is told.
func (m *Machine) Unplug(tb testing.TB, n int) {
	tb.Helper()
	m.mu.Lock()
	c := m.cameras[m.Node(n)]
	delete(m.cameras, m.Node(n))
	m.mu.Unlock()
	if c == nil {
		tb.Fatalf("there is no camera %d", n)
	}
	c.unplugged()
	for _, path := range []string{m.Node(n), filepath.Join(m.root, "sys/class/video4linux", filepath.Base(m.Node(n))), m.ByID(c.ID)} {
		if path == m.ByID("") {
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			tb.Fatal(err)
		}
	}
}

// Open is how many descriptors are open, Opened how many ever were.
func (m *Machine) Open() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.files)
}

// AwaitClosed waits until every camera was given back.
func (m *Machine) AwaitClosed(tb testing.TB) {
	tb.Helper()
	for m.Open() > 0 {
		select {
		case <-m.closed:
		case <-tb.Context().Done():
			return
		}
	}
}

// Opened is how often a camera was opened.
func (m *Machine) Opened() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.opened
}

func write(tb testing.TB, path, text string) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
}
