package v4l2test

import (
	"slices"
	"syscall"

	"pkidstation/scanner/camera/v4l2"
)

const (
	// offsetBits make a buffer's number an offset, as videobuf2 does.
	offsetBits = 12
	hereOnly   = 0x80000000
	divisor    = 1000
)

type camState int

const (
	camEmpty camState = iota
	camReady
	camGone
)

// state is what a poll finds. A camera that makes its own frames makes the next one
// then, if there is a buffer for it.
func (c *Camera) state() camState {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.gone && c.Each != nil && len(c.filled) == 0 && len(c.queued) > 0 && c.flowing {
		c.made++
		frame := c.Each(c.made)
		c.fill(frame, uint32(len(frame)), 0) //nolint:gosec // a test's frame
	}
	switch {
	case c.gone:
		return camGone
	case len(c.filled) > 0:
		return camReady
	default:
		return camEmpty
	}
}

// answer fills in a structure. The lock is held.
func (c *Camera) answer(r Request, s Struct) syscall.Errno {
	switch r { //nolint:exhaustive // Open and Map are none
	case QueryCapability:
		s.text(capabilityCard, 32, c.Card)
		s.text(capabilityBus, 32, c.Bus)
		s.Put(capabilityAll, Capture|Streaming|hereOnly)
		s.Put(capabilityHere, c.Can)
	case EnumFormats:
		all := c.formats()
		if s.Uint32(formatIndex) >= uint32(len(all)) { //nolint:gosec // a few
			return syscall.EINVAL
		}
		s.Put(formatFour, uint32(all[s.Uint32(formatIndex)]))
	case EnumSizes:
		return c.size(s)
	case EnumIntervals:
		return c.interval(s)
	case SetFormat:
		c.choose(s)
	case SetRate:
	case RequestBuffers:
		c.share(s)
	case QueryBuffer:
		n := s.Uint32(BufferIndex)
		if int(n) >= len(c.memory) {
			return syscall.EINVAL
		}
		s.Put(bufferOffset, n<<offsetBits)
		s.Put(BufferLength, uint32(len(c.memory[n]))) //nolint:gosec // as the test said
	case Queue:
		return c.queue(s)
	case Dequeue:
		return c.dequeue(s)
	case StreamOn:
		c.flowing = true
	case StreamOff:
		c.flowing, c.filled, c.queued = false, nil, nil
	default:
		return syscall.ENOTTY
	}
	return 0
}

// size is the index-th size of a format.
func (c *Camera) size(s Struct) syscall.Errno {
	index := s.Uint32(sizeIndex)
	for _, m := range c.Modes {
		if uint32(m.Format) != s.Uint32(sizeFour) {
			continue
		}
		if index == 0 {
			s.Put(sizeKind, 1)
			s.Put(sizeWidth, uint32(m.Width))   //nolint:gosec // a test's
			s.Put(sizeHeight, uint32(m.Height)) //nolint:gosec // a test's
			return 0
		}
		index--
	}
	return syscall.EINVAL
}

// interval is the one of a mode, where it has any.
func (c *Camera) interval(s Struct) syscall.Errno {
	n := slices.IndexFunc(c.Modes, func(m v4l2.Mode) bool {
		return uint32(m.Format) == s.Uint32(intervalFour) && uint32(m.Width) == s.Uint32(intervalWidth) && uint32(m.Height) == s.Uint32(intervalHeight) //nolint:gosec // a test's
	})
	if n < 0 || s.Uint32(intervalIndex) > 0 || c.Modes[n].PerSecond == 0 {
		return syscall.EINVAL
	}
	s.Put(intervalKind, 1)
	s.Put(intervalSeconds, divisor)
	s.Put(intervalDivisor, uint32(c.Modes[n].PerSecond*divisor))
	return 0
}

// choose takes the mode that was asked for, or the first.
func (c *Camera) choose(s Struct) {
	c.mode = c.Modes[0]
	for _, m := range c.Modes {
		if uint32(m.Format) == s.Uint32(PixelsFormat) && uint32(m.Width) == s.Uint32(PixelsWidth) && uint32(m.Height) == s.Uint32(PixelsHeight) { //nolint:gosec // a test's
			c.mode = m
		}
	}
	stride := map[v4l2.FourCC]int{v4l2.YUYV: 2, v4l2.UYVY: 2, v4l2.GREY: 1, v4l2.NV12: 1, v4l2.YU12: 1}[c.mode.Format] * c.mode.Width
	s.Put(PixelsWidth, uint32(c.mode.Width))   //nolint:gosec // a test's
	s.Put(PixelsHeight, uint32(c.mode.Height)) //nolint:gosec // a test's
	s.Put(PixelsFormat, uint32(c.mode.Format))
	s.Put(PixelsStride, uint32(stride))     //nolint:gosec // a test's
	s.Put(PixelsLength, uint32(c.length())) //nolint:gosec // a test's
}

func (c *Camera) length() int {
	if c.Length > 0 {
		return c.Length
	}
	const most = 4
	return most * c.mode.Width * c.mode.Height
}

func (c *Camera) share(s Struct) {
	c.memory, c.queued, c.filled = nil, nil, nil
	for range s.Uint32(BuffersCount) {
		c.memory = append(c.memory, make([]byte, c.length()))
	}
}

func (c *Camera) queue(s Struct) syscall.Errno {
	n := s.Uint32(BufferIndex)
	if int(n) >= len(c.memory) || slices.Contains(c.queued, n) || slices.ContainsFunc(c.filled, func(f fill) bool { return f.index == n }) {
		return syscall.EINVAL
	}
	c.queued = append(c.queued, n)
	return 0
}

func (c *Camera) dequeue(s Struct) syscall.Errno {
	if len(c.filled) == 0 {
		return syscall.EAGAIN
	}
	f := c.filled[0]
	c.filled = c.filled[1:]
	s.Put(BufferIndex, f.index)
	s.Put(BufferUsed, f.used)
	s.Put(BufferFlags, f.flags)
	s.Put(bufferMemory, 1)
	return 0
}
