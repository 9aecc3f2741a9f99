package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pkidstation/queue"
)

// TestRepair: an index that was damaged is made anew, the damaged one is kept, and
// what was captured is there.
func TestRepair(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	run := func(stdin string, args ...string) result { return runIt(t, folder, stdin, nil, args...) }
	run("3305123456781\n3305123456798\n", "scan", "--stdin", "--customer", oneCustomer).want(t, 0)
	path := filepath.Join(folder, queue.FileName)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	clear(data[4*4096 : 40*4096])
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	run("", "repair").want(t, 0, "The queue is sound.", "made anew from the journal")
	if listed := run("", "queue", "list", "--json"); listed.code != 0 || strings.Count(listed.out, "\n") != 2 {
		t.Errorf("%+v", listed)
	}
	run("", "check").want(t, 0)
	if kept, err := filepath.Glob(path + ".damaged-*"); err != nil || len(kept) != 1 {
		t.Errorf("%v, %v", kept, err)
	}
}
