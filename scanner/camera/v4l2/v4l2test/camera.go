package v4l2test

import (
	"slices"
	"sync"
	"syscall"
	"time"

	"pkidstation/scanner/camera/v4l2"
)

// What a node can, for Camera.Can.
const (
	Capture   = 0x1
	Metadata  = 0x00800000
	Streaming = 0x04000000
)

// A Camera is one that can be plugged in. What is set of it is set before that.
type Camera struct {
	Card, Bus string
	// ID is udev's name of it, "" for none.
	ID string
	// Can is what its node can; Capture and Streaming if 0.
	Can uint32
	// Modes are what it offers; MJPG 640x480 if empty.
	Modes []v4l2.Mode
	// Fail is what a request fails with at its n-th time, from 1; nil or 0 for not.
	Fail func(r Request, n int) syscall.Errno
	// Bend changes the answer to a request.
	Bend func(r Request, s Struct)
	// Hang, if not nil, holds StreamOn until it is closed.
	Hang chan struct{}
	// Length is how long its buffers are; a frame of four bytes a pixel if 0.
	Length int
	// Each, if set, makes the frame that comes next whenever one is waited for.
	Each func(n int) []byte
	// Every is how long it takes for one of those, as short as it can if 0.
	Every time.Duration

	mu      sync.Mutex
	told    chan struct{} // receives when there may be news for a poll
	gone    bool
	mode    v4l2.Mode
	asked   map[Request]int
	memory  [][]byte
	queued  []uint32
	filled  []fill
	flowing bool
	made    int
	dropped int
}

// A fill is a buffer with a frame in it.
type fill struct{ index, used, flags uint32 }

func (c *Camera) plugged() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gone, c.asked, c.told = false, map[Request]int{}, make(chan struct{}, 1)
	if c.Can == 0 {
		c.Can = Capture | Streaming
	}
	if len(c.Modes) == 0 {
		c.Modes = []v4l2.Mode{{Format: v4l2.MJPG, Width: 640, Height: 480, PerSecond: 30}}
	}
}

func (c *Camera) unplugged() {
	c.mu.Lock()
	c.gone = true
	c.mu.Unlock()
	c.tell()
}

func (c *Camera) tell() {
	select {
	case c.told <- struct{}{}:
	default:
	}
}

// Asked is how often a request came.
func (c *Camera) Asked(r Request) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.asked[r]
}

// Mode is the one that was chosen.
func (c *Camera) Mode() v4l2.Mode {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.mode
}

// Dropped is how many frames there was no buffer for.
func (c *Camera) Dropped() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.dropped
}

// Flowing says whether it streams.
func (c *Camera) Flowing() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.flowing
}

// Send fills buffers with frames, the oldest queued first; a frame without a buffer
// is dropped, as drivers do.
func (c *Camera) Send(frames ...[]byte) {
	c.mu.Lock()
	for _, f := range frames {
		c.fill(f, uint32(len(f)), 0) //nolint:gosec // a test's frame
	}
	c.mu.Unlock()
	c.tell()
}

// SendAs is Send of one frame that says it has so many bytes, with these flags.
func (c *Camera) SendAs(frame []byte, used, flags uint32) {
	c.mu.Lock()
	c.fill(frame, used, flags)
	c.mu.Unlock()
	c.tell()
}

// fill puts a frame into the buffer that waited longest. The lock is held.
func (c *Camera) fill(frame []byte, used, flags uint32) {
	if !c.flowing || len(c.queued) == 0 {
		c.dropped++
		return
	}
	index := c.queued[0]
	c.queued = c.queued[1:]
	copy(c.memory[index], frame)
	c.filled = append(c.filled, fill{index, used, flags})
}

// fails says what a request fails with, and counts it. The lock is held.
func (c *Camera) fails(r Request) syscall.Errno {
	c.asked[r]++
	if c.gone {
		return syscall.ENODEV
	}
	if c.Fail != nil {
		return c.Fail(r, c.asked[r])
	}
	return 0
}

// formats are its formats, each once.
func (c *Camera) formats() []v4l2.FourCC {
	var all []v4l2.FourCC
	for _, m := range c.Modes {
		if !slices.Contains(all, m.Format) {
			all = append(all, m.Format)
		}
	}
	return all
}
