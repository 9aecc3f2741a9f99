package queue_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pkidstation/queue"
)

// open opens a queue in a folder of its own and proves it sound afterwards.
func open(t *testing.T) *queue.Queue {
	t.Helper()
	return openIn(t, t.TempDir())
}

func openIn(t *testing.T, folder string) *queue.Queue {
	t.Helper()
	return openWith(t, folder, queue.Options{})
}

// openWith is openIn with options of the test's own.
func openWith(t *testing.T, folder string, opts queue.Options) *queue.Queue {
	t.Helper()
	opts.Station, opts.Program = "dock 1", "test"
	q, err := queue.Open(folder, opts)
	if err != nil {
		t.Fatalf("opening: %v", err)
	}
	t.Cleanup(func() {
		sound(t, q)
		if err := q.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return q
}

func sound(t *testing.T, q *queue.Queue) {
	t.Helper()
	wrong, err := q.Check(t.Context())
	if t.Context().Err() != nil {
		wrong, err = q.Check(contextOfCleanup())
	}
	if err != nil {
		t.Errorf("checking: %v", err)
	}
	for _, w := range wrong {
		t.Errorf("check: %s", w)
	}
}

func TestOpenMakesTheFileWhole(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	// A crash in an earlier creation leaves a torn file under the other name.
	if err := os.WriteFile(filepath.Join(folder, "queue.db.new"), []byte("torn"), 0o600); err != nil {
		t.Fatal(err)
	}
	openIn(t, folder)
	if _, err := os.Stat(filepath.Join(folder, "queue.db.new")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the torn file is still there: %v", err)
	}
}

func TestOpenTwiceSaysWhoHasIt(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	openIn(t, folder)
	began := time.Now()
	_, err := queue.Open(folder, queue.Options{})
	inUse, ok := errors.AsType[*queue.InUseError](err)
	if !ok {
		t.Fatalf("second open gave %v", err)
	}
	if inUse.Owner.PID != os.Getpid() || inUse.Owner.Program != "test" {
		t.Errorf("it names %+v", inUse.Owner)
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("it took %v to say so", took)
	}
}

func TestOpenRefusesWhatIsNoQueue(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"text": "Device Serial Number,Windows Product ID\r\n", "empty": "", "zeros": strings.Repeat("\x00", 1<<17),
		"magic only": strings.Repeat("\x00", 16) + "\xed\xda\x0c\xed" + strings.Repeat("\x00", 100),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			path := filepath.Join(folder, queue.FileName)
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := queue.Open(folder, queue.Options{})
			if !errors.Is(err, queue.ErrNotQueue) {
				t.Errorf("gave %v", err)
			}
			if left, err := os.ReadFile(path); err != nil || string(left) != content {
				t.Errorf("the file was touched (%v)", err)
			}
		})
	}
}

func TestOpenRefusesAFolderThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("root may write anywhere; the command's tests mount a read-only file system")
	}
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o500); err != nil { // a read-only folder is the point
		t.Fatal(err)
	}
	if _, err := queue.Open(folder, queue.Options{}); !errors.Is(err, queue.ErrNotWritable) {
		t.Errorf("gave %v", err)
	}
}
