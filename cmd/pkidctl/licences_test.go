package main_test

import (
	"strings"
	"testing"

	"pkidstation/assets"
)

// TestLicences prints each licence with the whole of its text, as people and as
// scripts read it.
func TestLicences(t *testing.T) {
	t.Parallel()
	all := assets.Licences()
	got := runIt(t, t.TempDir(), "", nil, "licences")
	for _, l := range all {
		if !strings.Contains(got.out, l.Name) || !strings.Contains(got.out, strings.TrimRight(l.Text, "\n")) {
			t.Errorf("%s is not printed whole", l.Name)
		}
	}
	lines := objects(t, runIt(t, t.TempDir(), "", nil, "licences", "--json").out)
	if got.code != 0 || len(lines) != len(all) {
		t.Errorf("exit %d, %d lines for %d licences", got.code, len(lines), len(all))
	}
	lines[0].wantKeys(t, "name version part kind text")
}
