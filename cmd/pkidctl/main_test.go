package main_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// asPkidctl runs the test binary as pkidctl with its own data folder.
func asPkidctl(t *testing.T, data string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "pkidctl", args...)
	// Settings of whoever runs the tests are not the program's.
	environ := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "PKIDSTATION_") })
	cmd.Env = slices.Concat(environ, []string{"PKIDSTATION_DATA=" + data, "LANG=C"})
	cmd.Stderr = t.Output()
	return cmd
}

type verdictLine struct {
	Verdict string `json:"verdict"`
	ID      string `json:"id"`
	PKID    string `json:"pkid"`
}

// TestKilledAtAnyLine kills a scanning process with SIGKILL after a random
// verdict, again and again on the same folder: whatever it had called accepted
// is in the list afterwards, once.
func TestKilledAtAnyLine(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	rng := rand.New(rand.NewPCG(7, 7))
	accepted := map[string]string{} // id → PKID
	next := 0
	for range 6 {
		scanAndKill(t, data, rng.IntN(8), &next, accepted)
		listed := listIDs(t, data)
		for id, pkid := range accepted {
			if listed[id] != pkid {
				t.Fatalf("%s (%s) was accepted and is gone", id, pkid)
			}
		}
		if len(listed) > next {
			t.Fatalf("%d entries of %d codes", len(listed), next)
		}
	}
	if len(accepted) < 6 {
		t.Errorf("only %d codes were accepted: the test tests little", len(accepted))
	}
	if out, err := asPkidctl(t, data, "check").Output(); err != nil {
		t.Errorf("check: %v: %s", err, out)
	}
}

// scanAndKill feeds codes and kills the process after so many verdicts, while
// the next code is on its way.
func scanAndKill(t *testing.T, data string, after int, next *int, accepted map[string]string) {
	t.Helper()
	cmd := asPkidctl(t, data, "scan", "--json", "--customer", "contoso.example", "--stdin")
	cmd.Stderr = nil
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	verdicts := bufio.NewScanner(out)
	for range after + 1 {
		*next++
		if _, err := fmt.Fprintf(in, "]C033051%08d\n", *next); err != nil {
			t.Fatal(err)
		}
		if !verdicts.Scan() {
			t.Fatalf("no verdict: %v", verdicts.Err())
		}
		note(t, verdicts.Bytes(), accepted)
	}
	*next++
	_, _ = fmt.Fprintf(in, "]C033051%08d\n", *next) // it is killed anyway
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for verdicts.Scan() { // what it still said before it died
		note(t, verdicts.Bytes(), accepted)
	}
	_ = cmd.Wait() // killed
}

func note(t *testing.T, line []byte, accepted map[string]string) {
	t.Helper()
	var v verdictLine
	if err := json.Unmarshal(line, &v); err != nil {
		t.Fatalf("%q is no JSON: %v", line, err)
	}
	if v.Verdict != "accepted" {
		t.Fatalf("%s was %s", v.PKID, v.Verdict)
	}
	accepted[v.ID] = v.PKID
}

func listIDs(t *testing.T, data string) map[string]string {
	t.Helper()
	text, err := asPkidctl(t, data, "queue", "list", "--json").Output()
	if err != nil {
		t.Fatalf("listing: %v", err)
	}
	listed := map[string]string{}
	dec := json.NewDecoder(bytes.NewReader(text))
	for {
		var e verdictLine
		if err := dec.Decode(&e); errors.Is(err, io.EOF) {
			return listed
		} else if err != nil {
			t.Fatal(err)
		}
		if listed[e.ID] != "" {
			t.Fatalf("%s is listed twice", e.ID)
		}
		listed[e.ID] = e.PKID
	}
}

func wantFile(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Errorf("%s has %q (%v)", path, got, err)
	}
}
