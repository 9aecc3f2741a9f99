//go:build unix

package queue_test

import (
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"pkidstation/queue"
)

// TestALookGivesItsLockUp: a process that was just begun has the file too, until it
// runs its own program. Once the look is closed nobody waits for that.
func TestALookGivesItsLockUp(t *testing.T) {
	t.Parallel()
	folder, _ := closedQueue(t, 1)
	path := filepath.Join(folder, queue.FileName)
	q, err := queue.Open(folder, queue.Options{ReadOnly: true})
	must(t, err)
	begun := dupOf(t, path)
	must(t, q.Close())
	f, err := os.Open(path)
	must(t, err)
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		t.Error(err)
	}
	must(t, f.Close())
	for _, fd := range begun {
		must(t, syscall.Close(fd))
	}
}

// dupOf has each of this process's handles on the file once more.
func dupOf(t *testing.T, path string) (begun []int) {
	t.Helper()
	all, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("the process's handles cannot be listed here")
	}
	path, err = filepath.EvalSymlinks(path)
	must(t, err)
	for _, one := range all {
		if to, err := os.Readlink(filepath.Join("/proc/self/fd", one.Name())); err != nil || to != path {
			continue
		}
		n, err := strconv.Atoi(one.Name())
		must(t, err)
		fd, err := syscall.Dup(n)
		must(t, err)
		begun = append(begun, fd)
	}
	if len(begun) == 0 {
		t.Fatal("nobody has the file")
	}
	return begun
}
