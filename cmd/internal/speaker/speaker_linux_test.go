package speaker_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"pkidstation/cmd/internal/speaker"
	"pkidstation/queue"
	"pkidstation/ui/tone"
	"pkidstation/ui/tone/tonetest"
)

// TestMain is the test, or in its child a station that says a verdict: a process has
// one speaker, and ALSA reads its settings once.
func TestMain(m *testing.M) {
	if os.Getenv("PKIDSTATION_TEST_SPEAKER") == "" {
		os.Exit(m.Run())
	}
	s := speaker.New(tone.Rate)
	for range 2 {
		if err := s.Play(tone.Of(queue.Accepted).Samples(1)); err != nil {
			fmt.Println(err)
			if errors.Is(err, speaker.ErrSilent) {
				os.Exit(3)
			}
			os.Exit(4)
		}
	}
	_, _ = io.Copy(io.Discard, os.Stdin) // until the test has heard it
}

// station is a child whose sound system has this device.
func station(t *testing.T, device string) *exec.Cmd {
	t.Helper()
	file := filepath.Join(t.TempDir(), "alsa.conf")
	if err := os.WriteFile(file, []byte(device), 0o600); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), "PKIDSTATION_TEST_SPEAKER=1", "ALSA_CONFIG_PATH="+file)
	return cmd
}

// TestHeard: what ALSA gets is the tone.
func TestHeard(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "heard")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := station(t, fmt.Sprintf("pcm.!default { type file slave.pcm { type null } file %q format raw }\n", pipe))
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()         //nolint:errcheck // it is killed
	defer cmd.Process.Kill() //nolint:errcheck // as above
	defer stdin.Close()      //nolint:errcheck // as above
	heard, err := os.Open(pipe)
	if err != nil {
		t.Fatal(err)
	}
	defer heard.Close() //nolint:errcheck // it was only read
	piece := make([]byte, 4*tone.Rate/20)
	deadline := time.Now().Add(time.Minute)
	for time.Now().Before(deadline) {
		if _, err := io.ReadFull(heard, piece); err != nil {
			t.Fatal(err)
		}
		if here, beside := tonetest.Power(tonetest.Float32(piece), 1319), tonetest.Power(tonetest.Float32(piece), 1500); here > .05 && here > 20*beside {
			return
		}
	}
	t.Error("the tone was not heard")
}

// TestNoSoundDevice is said, and ends nothing.
func TestNoSoundDevice(t *testing.T) {
	t.Parallel()
	cmd := station(t, "pcm.!default { type hw card 27 }\n")
	out, err := cmd.Output()
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok || exit.ExitCode() != 3 || !strings.Contains(string(out), speaker.ErrSilent.Error()) {
		t.Errorf("%v: %s", err, out)
	}
}
