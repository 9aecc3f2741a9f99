package main

import (
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// fake makes a tool of a shell script, which gets the picture as its last
// argument and, when it shall do nothing, "idle" before.
func fake(t *testing.T, script string) *peer {
	t.Helper()
	if _, err := os.Stat("/bin/sh"); err != nil {
		t.Skip("no shell")
	}
	command := filepath.Join(t.TempDir(), "fake")
	if err := os.WriteFile(command, []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	made := tool{
		word: "fake", command: command, says: "fake", version: []string{command, "version"},
		idle: []string{"idle"}, empty: []int{4}, parse: parseZXing,
	}
	return made.peer(t.Context(), t.TempDir())
}

// busy is what a decoder does: it costs some hundredths of a second.
const busy = `i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done
`

func TestPeerReads(t *testing.T) {
	t.Parallel()
	p := fake(t, `[ "$1" = version ] && { echo 1.2; exit; }
[ "$1" = idle ] && exit 4
`+busy+`[ "$(head -c 13 "$1" | tr '\n' ' ')" = "P5 3 2 255 ab" ] || exit 3
echo "$1 Code128 \"X1\""
`)
	g := &image.Gray{Pix: []byte("abc-def-"), Stride: 4, Rect: image.Rect(0, 0, 3, 2)}
	texts, cpu, err := p.read(t.Context(), g)
	if diff := cmp.Diff([]string{"X1"}, texts); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if cpu <= 0 || cpu > 20*time.Second {
		t.Errorf("it took %v", cpu)
	}
	if p.version() != "fake 1.2" || len(p.idled) != 1 {
		t.Errorf("version %q, %d sizes", p.version(), len(p.idled))
	}
}

func TestPeerFails(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		script string
		crash  bool
		want   string
	}{
		"crash":    {`[ "$1" = idle ] && exit 0; kill -9 $$`, true, "crashed"},
		"code":     {"echo out of ink >&2; exit 2", false, "out of ink"},
		"nonsense": {"echo ouch", false, "ouch"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := fake(t, test.script).read(t.Context(), image.NewGray(image.Rect(0, 0, 2, 2)))
			if err == nil || errors.Is(err, errCrash) != test.crash || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, want one with %q", err, test.want)
			}
		})
	}
}

// TestPeerIsAskedAgain where it crashed, which is still said.
func TestPeerIsAskedAgain(t *testing.T) {
	t.Parallel()
	p := fake(t, `[ "$1" = idle ] && exit 0; [ "$1" = safely ] || kill -9 $$; echo "$2 Code128 \"X1\""`)
	p.again = []string{"safely"}
	texts, _, err := p.read(t.Context(), image.NewGray(image.Rect(0, 0, 2, 2)))
	if diff := cmp.Diff([]string{"X1"}, texts); diff != "" || !errors.Is(err, errCrash) {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// TestChooseLeavesOut: a peer that is not there is said, an unknown one refused.
func TestChooseLeavesOut(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	var complaint strings.Builder
	readers, err := choose(t.Context(), []string{"vision", "zbar", "gozxing"}, t.TempDir(), &complaint)
	if err != nil || len(readers) != 2 || !strings.Contains(complaint.String(), "without zbar") {
		t.Errorf("%d readers, %q, %v", len(readers), complaint.String(), err)
	}
	if _, err := choose(t.Context(), []string{"crystal ball"}, t.TempDir(), &complaint); err == nil {
		t.Error("an unknown reader was chosen")
	}
}

// TestPeersOfDebian reads one symbol with what is installed.
func TestPeersOfDebian(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"zbar", "zxing-cpp"} {
		p, err := newPeer(t.Context(), word, t.TempDir())
		if err != nil {
			t.Logf("%s is not here: %v", word, err)
			continue
		}
		texts, _, err := p.read(t.Context(), bars(t, "5CG4071QZ8"))
		if diff := cmp.Diff([]string{"5CG4071QZ8"}, texts); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", fmt.Sprint(p.version()), err, diff)
		}
	}
}
