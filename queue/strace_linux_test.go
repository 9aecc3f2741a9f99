package queue_test

import (
	"os"
	"os/exec"
	"testing"
)

// needsStrace skips where there is no strace, or where it may trace nothing, as in
// some containers. Where make test has installed it, it must be there.
func needsStrace(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("strace"); err != nil {
		if os.Getenv("PKIDSTATION_REQUIRE_WINDOW") != "" {
			t.Fatal("strace is missing")
		}
		t.Skip("strace is missing: make test installs it")
	}
	if out, err := exec.CommandContext(t.Context(), "strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=fsync", "true").CombinedOutput(); err != nil {
		t.Skipf("strace may trace nothing here: %v, %s", err, out)
	}
}
