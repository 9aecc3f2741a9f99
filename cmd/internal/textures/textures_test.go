package textures_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	_ "fyne.io/fyne/v2/canvas" // which draws texts, and keeps them

	_ "pkidstation/cmd/internal/textures"
)

const again = "PKIDSTATION_TEST_AGAIN"

// TestBeforeFyne: the variable is set when Fyne reads it, and what a person set stays.
func TestBeforeFyne(t *testing.T) {
	t.Parallel()
	if os.Getenv(again) != "" {
		t.Log("FYNE_CACHE is " + os.Getenv("FYNE_CACHE"))
		return
	}
	run := func(environ ...string) string {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestBeforeFyne$", "-test.v")
		cmd.Env = append([]string{again + "=1", "GODEBUG=inittrace=1"}, environ...)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return string(out)
	}
	out := run()
	ours, fynes := strings.Index(out, "init pkidstation/cmd/internal/textures "), strings.Index(out, "init fyne.io/fyne/v2/internal/cache ")
	if ours < 0 || fynes < ours || !strings.Contains(out, "FYNE_CACHE is 11s") {
		t.Errorf("initialised at %d, and Fyne's cache at %d:\n%s", ours, fynes, out)
	}
	if out := run("FYNE_CACHE=40s"); !strings.Contains(out, "FYNE_CACHE is 40s") {
		t.Errorf("what a person set is gone:\n%s", out)
	}
}
