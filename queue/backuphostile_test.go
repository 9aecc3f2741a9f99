package queue_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// aBackup is a whole backup's file.
func aBackup(tb testing.TB) []byte {
	tb.Helper()
	folder, file := tb.TempDir(), filepath.Join(tb.TempDir(), "b.gz")
	q := queuetest.OpenIn(tb, folder)
	queuetest.Fill(tb, q, queue.Work{Customer: contoso, GroupTag: "TAG"}, 1, 5)
	if _, err := queue.MakeBackup(tb.Context(), folder, file, queue.BackupOptions{}); err != nil {
		tb.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// restoreOf tries to restore a file into a folder with a queue of its own, and
// fails the test where that queue was touched by a file that was refused.
func restoreOf(t *testing.T, data []byte) error {
	t.Helper()
	folder, file := t.TempDir(), filepath.Join(t.TempDir(), "b.gz")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := queue.Restore(t.Context(), folder, file, queue.RestoreOptions{Station: "x"})
	if err == nil {
		queuetest.OpenIn(t, folder)
		return nil
	}
	left, e := os.ReadDir(folder)
	if e != nil || len(left) != 1 || left[0].Name() != queue.LockName {
		t.Errorf("refused (%v), and the folder has %v, %v", err, left, e)
	}
	return err
}

func wantNoBackup(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, queue.ErrNotBackup) && !errors.Is(err, queue.ErrNewer) {
		t.Errorf("%s: %v", what, err)
	}
}

// TestDamagedBackups: a file that was cut or in which bits were flipped is never
// taken for another than it was.
func TestDamagedBackups(t *testing.T) {
	t.Parallel()
	whole := aBackup(t)
	if err := restoreOf(t, whole); err != nil {
		t.Fatalf("the whole one: %v", err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for n := range 25 {
		cut := rng.IntN(len(whole))
		wantNoBackup(t, fmt.Sprintf("cut at %d of %d", cut, len(whole)), restoreOf(t, whole[:cut]))
		flipped := bytes.Clone(whole)
		at := 10 + rng.IntN(len(whole)-10) // gzip's own head says nothing about the content
		flipped[at] ^= 1 << rng.IntN(8)
		if err := restoreOf(t, flipped); err != nil {
			wantNoBackup(t, fmt.Sprintf("%d: bit flipped in byte %d", n, at), err)
		} else {
			t.Errorf("%d: a bit flipped in byte %d was not seen", n, at)
		}
	}
}

// zipped packs a text as a backup is, with an end that fits it if that is asked.
func zipped(tb testing.TB, end bool, lines ...string) []byte {
	tb.Helper()
	text := strings.Join(lines, "\n") + "\n"
	if end {
		sum := sha256.Sum256([]byte(text))
		text += fmt.Sprintf(`{"lines":%d,"sum":"%s"}`+"\n", len(lines), hex.EncodeToString(sum[:]))
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, text); err != nil {
		tb.Fatal(err)
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// linesOf is the text of a backup, without its end.
func linesOf(tb testing.TB, data []byte) []string {
	tb.Helper()
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		tb.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		tb.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	return lines[:len(lines)-1]
}

// TestHostileBackups: files that were made to do harm are refused, and what
// they ask for is bounded.
func TestHostileBackups(t *testing.T) {
	t.Parallel()
	good := linesOf(t, aBackup(t))
	if err := restoreOf(t, zipped(t, true, good...)); err != nil {
		t.Fatalf("packed again: %v", err)
	}
	var head map[string]any
	if err := json.Unmarshal([]byte(good[0]), &head); err != nil {
		t.Fatal(err)
	}
	with := func(key string, value any) string {
		changed := maps.Clone(head)
		changed[key] = value
		text, err := json.Marshal(changed)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	record := good[1]
	for what, data := range map[string][]byte{
		"empty":               nil,
		"no end":              zipped(t, false, good...),
		"head alone":          zipped(t, true, good[0]),
		"a newer format":      zipped(t, true, append([]string{with("format", 2)}, good[1:]...)...),
		"a newer schema":      zipped(t, true, append([]string{with("schema", 6)}, good[1:]...)...),
		"other counts":        zipped(t, true, append([]string{with("records", map[string]int{"entry": 500, "audit": 500, "reception": 500})}, good[1:]...)...),
		"a record twice":      zipped(t, true, append([]string{with("records", map[string]int{"entry": 500, "audit": 500, "reception": 500}), record, record}, good[2:]...)...),
		"more than it says":   zipped(t, true, append(append([]string{}, good...), `[["audit",999,{"v":1,"value":{}}]]`)...),
		"a bucket of its own": zipped(t, true, append(append([]string{}, good...), `[["../../etc/passwd","x",{"v":1,"value":{}}]]`)...),
		"an index":            zipped(t, true, append(append([]string{}, good...), `[["state","x",{"v":1,"value":{}}]]`)...),
		"a record dropped":    zipped(t, true, append(append([]string{}, good...), `[["setting","x",null]]`)...),
		"an empty line":       zipped(t, true, append(append([]string{}, good...), "")...),
		"a changed record":    zipped(t, true, strings.Replace(strings.Join(good, "\x00"), `"ready"`, `"held"`, 1)),
		"a bomb":              zipped(t, true, append([]string{good[0]}, strings.Repeat(" ", 64<<20))...),
		"a bomb of lines":     zipped(t, true, append([]string{good[0]}, strings.Repeat("\n", 64<<20))...),
		"deep":                zipped(t, true, append([]string{good[0]}, strings.Repeat("[", 1<<20))...),
	} {
		wantNoBackup(t, what, restoreOf(t, data))
	}
}

// TestABombTakesNoMemory: of a line that never ends no more is held than a line may
// be long.
//
//nolint:paralleltest // it counts what the process takes
func TestABombTakesNoMemory(t *testing.T) {
	bomb := zipped(t, true, linesOf(t, aBackup(t))[0], strings.Repeat(" ", 48<<20))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	wantNoBackup(t, "a bomb", restoreOf(t, bomb))
	runtime.ReadMemStats(&after)
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 100 {
		t.Errorf("it took %d MiB", used)
	}
}

// TestNoFileIsNoBackup: what is no file is refused at once.
func TestNoFileIsNoBackup(t *testing.T) {
	t.Parallel()
	if _, err := queue.Restore(t.Context(), t.TempDir(), t.TempDir(), queue.RestoreOptions{}); !errors.Is(err, queue.ErrNotBackup) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := queue.Restore(t.Context(), t.TempDir(), filepath.Join(t.TempDir(), "x"), queue.RestoreOptions{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing: %v", err)
	}
}

// FuzzBackup: whatever a backup says, it is refused or makes a queue that is
// sound.
func FuzzBackup(f *testing.F) {
	good := linesOf(f, aBackup(f))
	f.Add(strings.Join(good, "\n"))
	for n := 0; n < len(good); n += 1 + len(good)/16 {
		f.Add(strings.Join(good[:n+1], "\n"))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<20 {
			t.Skip()
		}
		folder, file := t.TempDir(), filepath.Join(t.TempDir(), "b.gz")
		if err := os.WriteFile(file, zipped(t, true, strings.Split(text, "\n")...), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := queue.Restore(t.Context(), folder, file, queue.RestoreOptions{Station: "x"}); err == nil {
			q, err := queue.Open(folder, queue.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := q.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
