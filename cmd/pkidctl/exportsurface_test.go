package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSurfaceByAnyName: a Surface is one however its maker is spelled, and a virtual
// machine of the same maker is none.
func TestSurfaceByAnyName(t *testing.T) {
	t.Parallel()
	data := withTuples(t, made{"012345678957", "Surface", "Surface Laptop"}, made{"012345678964", "microsoft corporation", "Surface Go"}, made{"VM1", "Microsoft Corporation", "Virtual Machine"})
	out := filepath.Join(t.TempDir(), "pack")
	runIt(t, data, "", nil, "export", "surface", "--customer", oneCustomer, "--domain", "contoso.com", "--out", out).
		want(t, 0, "2 serial numbers", "in two ways")
	wantFile(t, filepath.Join(out, "serials.csv"), "012345678957\r\n012345678964\r\n")
	for language, want := range map[string]string{"en": "The other way", "fr": "L'autre façon"} {
		text, err := os.ReadFile(filepath.Join(out, "checklist-"+language+".txt"))
		if err != nil || !strings.Contains(string(text), want) || !strings.Contains(string(text), "Microsoft Corporation") {
			t.Errorf("%s, %v", text, err)
		}
	}
}
