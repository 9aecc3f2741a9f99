package main_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestPrinciple10Newcomer: whoever has just cloned the project sees three labels
// registered, and one 808 with what to do about it, with one command, without an
// account and within two minutes; and the README says which command that is.
func TestPrinciple10Newcomer(t *testing.T) {
	t.Parallel()
	began := time.Now()
	r := runIt(t, t.TempDir(), "", []string{"LC_ALL=en_US.UTF-8"}, "demo")
	if r.code != 0 {
		t.Fatalf("exit code %d: %s", r.code, r.errors)
	}
	if took := time.Since(began); took > 2*time.Minute {
		t.Errorf("it took %v", took)
	}
	if n := len(regexp.MustCompile(`(?m)^\d.* Registered\s*$`).FindAllString(r.out, -1)); n != 3 {
		t.Errorf("%d are registered:\n%s", n, r.out)
	}
	if !strings.Contains(r.out, "Registered by another organisation. Set the box aside and tell your supervisor.") {
		t.Errorf("the 808 has no advice:\n%s", r.out)
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), "make run") {
		t.Error("the README does not say how")
	}
}
