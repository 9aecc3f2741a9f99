package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// TestModelsKeepTheBudgetTheyGave checks the standing on codebases whose place is
// known: tailscale's keeps all of it, supersonic's window has no tests.
func TestModelsKeepTheBudgetTheyGave(t *testing.T) {
	t.Parallel()
	missed := map[string]int{}
	for _, m := range models() {
		missed[m.name] = strings.Count(strings.Join(standing(m), "\n"), "MISSED")
	}
	if n := missed["tailscale-client-go-v2"]; n != 0 {
		t.Errorf("tailscale-client-go-v2 misses %d, want none", n)
	}
	if n := missed["supersonic ui"]; n != 3 {
		t.Errorf("supersonic ui misses %d, want files, tests and documented", n)
	}
}

func TestRunOnThisProject(t *testing.T) {
	t.Parallel()
	var out, complaint bytes.Buffer
	if code := run([]string{"../../.."}, &out, &complaint); code != 0 {
		t.Fatalf("exit %d: %s", code, &complaint)
	}
	for _, want := range []string{"raft-wal", "this project", "median function", "Longest here:"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the report has no %q:\n%s", want, &out)
		}
	}
}

func TestRunFails(t *testing.T) {
	t.Parallel()
	var complaint bytes.Buffer
	if code := run([]string{"testdata/nowhere"}, &bytes.Buffer{}, &complaint); code != 1 || complaint.Len() == 0 {
		t.Errorf("a folder that is not there: exit %d, %q", code, &complaint)
	}
	if code := run([]string{"."}, broken{}, &complaint); code != 1 {
		t.Errorf("an output that fails: exit %d", code)
	}
}

// broken takes nothing.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("full") }
