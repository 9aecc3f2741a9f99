package serial

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

const (
	// stirLooks is how many looks follow a stir: udev may take seconds over a device.
	stirLooks = 5
	// lookAnyway is how often is looked where nothing stirs.
	lookAnyway = 15 * time.Second
)

// A stirring is told by the kernel (inotify) when something in the folders of devices
// comes or goes. What that is, a look finds out. fsnotify, which Fyne has, is told of
// each write to a device too: to /dev/null alone that is thousands a second.
type stirring struct {
	folders []string
	told    *os.File // nil where the kernel does not tell
	left    int      // looks that follow the last stir
}

func (f Finder) stir() *stirring {
	s := &stirring{left: stirLooks}
	for _, folder := range []string{"/dev", "/dev/serial", "/dev/serial/by-id", "/dev/serial/by-path"} {
		s.folders = append(s.folders, filepath.Join(f.Root, folder))
	}
	if fd, err := unix.InotifyInit1(unix.IN_CLOEXEC | unix.IN_NONBLOCK); err == nil {
		s.told = os.NewFile(uintptr(fd), "inotify")
		if !s.follow() {
			s.close()
		}
	}
	return s
}

// follow has the kernel tell of the folders that are there now, and says whether it
// does of the first, where the others would appear. One that is followed already
// stays so.
func (s *stirring) follow() bool {
	const what = unix.IN_CREATE | unix.IN_DELETE | unix.IN_MOVE | unix.IN_ONLYDIR
	raw, err := s.told.SyscallConn()
	if err != nil {
		return false
	}
	first := false
	err = raw.Control(func(fd uintptr) {
		for n, folder := range s.folders {
			_, err := unix.InotifyAddWatch(int(fd), folder, what)
			first = first || n == 0 && err == nil
		}
	})
	return first && err == nil
}

// rest returns when the next look is due, or ctx ends.
func (s *stirring) rest(ctx context.Context) {
	if s.told != nil && !s.follow() {
		s.close() // the folder of devices itself is gone
	}
	switch {
	case s.told == nil:
		idle(ctx, watchEvery)
	case s.left > 0:
		s.left--
		idle(ctx, watchEvery)
	case s.wait(ctx):
		s.left = stirLooks
	}
}

// wait waits for a stir, and is false where none came for long.
func (s *stirring) wait(ctx context.Context) bool {
	if s.told.SetReadDeadline(time.Now().Add(lookAnyway)) != nil {
		s.close()
		return false
	}
	stop := context.AfterFunc(ctx, func() { _ = s.told.SetReadDeadline(time.Unix(1, 0)) })
	defer stop()
	var what [4096]byte // several, each with a name
	n, err := s.told.Read(what[:])
	return n > 0 && err == nil
}

func (s *stirring) close() {
	if s.told != nil {
		_ = s.told.Close() // nothing was written
		s.told = nil
	}
}
