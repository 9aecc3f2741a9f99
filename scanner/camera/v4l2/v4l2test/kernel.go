package v4l2test

import (
	"path/filepath"
	"syscall"
	"time"
	"unsafe"
)

// kernel answers for the machine.
type kernel struct{ m *Machine }

// A file is one descriptor of a camera.
type file struct {
	camera *Camera
	mapped int
}

func (k kernel) Open(path string) (int, error) {
	node, err := filepath.EvalSymlinks(path)
	if err != nil {
		return -1, syscall.ENOENT
	}
	k.m.mu.Lock()
	defer k.m.mu.Unlock()
	c := k.m.cameras[node]
	if c == nil {
		return -1, syscall.ENOTTY
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if code := c.fails(Open); code != 0 {
		return -1, code
	}
	k.m.last++
	k.m.opened++
	k.m.files[k.m.last] = &file{camera: c}
	return k.m.last, nil
}

func (k kernel) file(fd int) (*file, error) {
	k.m.mu.Lock()
	defer k.m.mu.Unlock()
	if f := k.m.files[fd]; f != nil {
		return f, nil
	}
	return nil, syscall.EBADF
}

func (k kernel) Ioctl(fd int, request uintptr, arg unsafe.Pointer) error {
	f, err := k.file(fd)
	if err != nil {
		return err
	}
	r := Request(request)
	if r == StreamOn && f.camera.Hang != nil {
		<-f.camera.Hang
	}
	c := f.camera
	c.mu.Lock()
	defer c.mu.Unlock()
	if code := c.fails(r); code != 0 {
		return code
	}
	s := structOf(r, arg)
	if code := c.answer(r, s); code != 0 {
		return code
	}
	if c.Bend != nil {
		c.Bend(r, s)
	}
	return nil
}

func (k kernel) Map(fd int, offset int64, length int) ([]byte, error) {
	f, err := k.file(fd)
	if err != nil {
		return nil, err
	}
	c := f.camera
	c.mu.Lock()
	defer c.mu.Unlock()
	if code := c.fails(Map); code != 0 {
		return nil, code
	}
	n := int(offset >> offsetBits)
	if n >= len(c.memory) || length > len(c.memory[n]) {
		return nil, syscall.EINVAL
	}
	f.mapped++
	return c.memory[n][:length:length], nil
}

func (k kernel) Unmap(memory []byte) error {
	if len(memory) == 0 {
		return syscall.EINVAL
	}
	return nil
}

// Poll waits for a frame, for the end of the camera, or for the time to be over.
func (k kernel) Poll(fd int, wait time.Duration) (int16, error) {
	f, err := k.file(fd)
	if err != nil {
		return 0, err
	}
	const in, failed, hungUp = 0x1, 0x8, 0x10
	over := time.NewTimer(wait)
	defer over.Stop()
	c := f.camera
	if c.Each != nil && c.Every > 0 {
		c.pace(min(c.Every, wait))
	}
	for {
		switch c.state() {
		case camGone:
			return failed | hungUp, nil
		case camReady:
			return in, nil
		case camEmpty:
		}
		select {
		case <-c.told:
		case <-over.C:
			return 0, nil
		}
	}
}

func (k kernel) Close(fd int) error {
	defer k.m.tellClosed()
	k.m.mu.Lock()
	defer k.m.mu.Unlock()
	f := k.m.files[fd]
	if f == nil {
		return syscall.EBADF
	}
	delete(k.m.files, fd)
	c := f.camera
	c.mu.Lock()
	defer c.mu.Unlock()
	if f.mapped > 0 {
		c.flowing, c.filled, c.queued = false, nil, nil
	}
	return nil
}

// pace waits for the next frame's time, or for the end of the camera.
func (c *Camera) pace(wait time.Duration) {
	next := time.NewTimer(wait)
	defer next.Stop()
	select {
	case <-next.C:
	case <-c.told:
	}
}

func (m *Machine) tellClosed() {
	select {
	case m.closed <- struct{}{}:
	default:
	}
}
