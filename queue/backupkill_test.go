package queue_test

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// TestKilledBackups: a process that makes a backup beside the owner, who goes on
// capturing, is killed anywhere. It leaves no file of that name, or a whole one,
// and the next backup clears away what it left.
func TestKilledBackups(t *testing.T) {
	t.Parallel()
	folder, out := t.TempDir(), t.TempDir()
	file := filepath.Join(out, "b.gz")
	q := queuetest.OpenIn(t, folder)
	queuetest.Fill(t, q, queue.Work{Customer: contoso, GroupTag: "TAG"}, 1, 60)
	rng := rand.New(rand.NewPCG(3, 4))
	whole, none := 0, 0
	var took time.Duration // by the first, which is left alone
	for n := range 10 {
		begun := time.Now()
		c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
		c.Env = append(os.Environ(), childRole+"=backup "+file, childFolder+"="+folder)
		c.Stderr = t.Output()
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		exited := make(chan struct{})
		go func() { defer close(exited); _ = c.Wait() }()
		queuetest.Fill(t, q, queue.Work{Customer: contoso, GroupTag: "TAG"}, 1000+n*5, 5)
		if n == 0 {
			<-exited
			took = time.Since(begun)
		}
		select {
		case <-time.After(time.Duration(rng.Int64N(int64(took + took/2)))):
		case <-exited:
		}
		_ = c.Process.Kill() // it may have ended by itself
		<-exited
		switch head, err := queue.ReadBackupHead(file); {
		case errors.Is(err, fs.ErrNotExist):
			none++
		case err != nil:
			t.Fatalf("%d: a file of that name that is no backup: %v", n, err)
		default:
			whole++
			r, err := queue.Restore(t.Context(), t.TempDir(), file, queue.RestoreOptions{})
			if err != nil || r.Head.Line != head.Line {
				t.Fatalf("%d: %+v, %v", n, r, err)
			}
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
		}
	}
	if whole == 0 || none == 0 {
		t.Errorf("%d whole, %d none: the test tests little", whole, none)
	}
	if _, err := queue.MakeBackup(t.Context(), folder, file, queue.BackupOptions{}); err != nil {
		t.Error(err)
	}
	nothingLeft(t, folder, out)
}
