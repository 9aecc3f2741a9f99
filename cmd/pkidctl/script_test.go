package main_test

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	pkidctl "pkidstation/cmd/pkidctl"
)

// TestMain builds nothing: testscript runs the test binary again as pkidctl,
// so that the real main runs as a real process, under -race too.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"pkidctl": pkidctl.Main, "browser": visit})
}

// visit opens an address as a browser does, and goes where it is sent.
func visit() {
	answer, err := http.Get(os.Args[1])
	if err != nil {
		os.Exit(1)
	}
	_ = answer.Body.Close() // nobody reads it
}

// TestScripts runs each file of testdata/script as a person or script would
// type it.
func TestScripts(t *testing.T) {
	t.Parallel()
	samples, err := filepath.Abs("../../assets/samples")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("PKIDSTATION_DATA", filepath.Join(env.WorkDir, "data"))
			env.Setenv("LANG", "C")
			env.Setenv("SAMPLES", samples)
			env.Setenv("GORACE", os.Getenv("GORACE")) // as the tests themselves
			return nil
		},
		Condition: func(cond string) (bool, error) {
			return cond == "root" && os.Geteuid() == 0 && runtime.GOOS == "linux", nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"lines": lines, "readonly": readOnly},
	})
}

// lines N FILE: the file has that many lines.
func lines(ts *testscript.TestScript, _ bool, args []string) {
	if n := strings.Count(ts.ReadFile(args[1]), "\n"); args[0] != strconv.Itoa(n) {
		ts.Fatalf("%s has %d lines, not %s", args[1], n, args[0])
	}
}

// readOnly FOLDER mounts a file system there that nobody may write.
func readOnly(ts *testscript.TestScript, _ bool, args []string) {
	folder := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(folder, 0o750))
	out, err := exec.Command("mount", "-t", "tmpfs", "-o", "ro,size=64k", "tmpfs", folder).CombinedOutput()
	if err != nil {
		ts.Fatalf("mounting: %v: %s", err, bytes.TrimSpace(out))
	}
	ts.Defer(func() { _ = exec.Command("umount", folder).Run() })
}
