package imports_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	module = "pkidstation"
	fyne   = "fyne.io/"
	tags   = "migrated_fynedo"
)

// layers gives every package its place. An import points strictly downward.
var layers = map[string]int{
	"scanner":         0,
	"scanner/command": 0,
	"scanner/code128": 0,
	"queue/autopilot": 0,
	// How makers write themselves: names, and no device.
	"queue/autopilot/makers": 0,
	"queue/watch":            0,
	"queue/journal":          0,
	"queue/audittrail":       0,
	// It reads files of rows, devices' and customers', and knows neither.
	"queue/manifest/table": 0,
	"assets":               0,

	"scanner/serial":                1,
	"scanner/wedge":                 1,
	"scanner/line":                  1,
	"scanner/scannertest":           1,
	"scanner/vision":                1,
	"scanner/label":                 1,
	"scanner/trial":                 2, // looks at what label said
	"queue":                         1,
	"queue/partnercenter":           1,
	"queue/autopilot/autopilottest": 1,
	"queue/manifest":                1, // a list of devices, before anything is queued

	"assets/internal/boxes":       2,
	"assets/internal/drawsamples": 3,
	"assets/internal/licences":    3,

	"scanner/sight":                         0, // how well a camera sees; its tests read, too
	"scanner/camera/v4l2":                   0, // the kernel's cameras, and no scan
	"scanner/camera/v4l2/v4l2test":          1,
	"scanner/camera":                        2, // plays pictures through vision
	"queue/upload":                          2,
	"queue/export":                          2,
	"queue/morning":                         2, // looks at the queue for ui and commands alike
	"queue/queuetest":                       2,
	"queue/partnercenter/partnercentertest": 2,
	"queue/partnercenter/signin":            2,

	"queue/export/report": 3, // makes its files as export does
	"queue/export/leave":  4, // its lists are report's tables

	"ui/words":   3,
	"ui/listing": 3, // which entries a screen shows, and no screen
	"ui/widget":  3,
	"ui/tone":    3, // what a verdict sounds like, and no device

	"ui/tone/tonetest": 4,
	"ui":               4,
	"ui/uitest":        5, // the window in all its states

	"cmd/internal/replace":  4, // writes files, and knows none
	"cmd/internal/textures": 4, // is there before Fyne
	"cmd/internal/care":     5,
	"cmd/internal/daily":    5, // the morning into a folder
	"cmd/internal/speaker":  5,
	"cmd/internal/config":   5,
	"cmd/internal/station":  5,
	"cmd/internal/imports":  5,
	"cmd/internal/keyring":  5,
	"cmd/internal/logs":     5,
	"cmd/internal/typed":    5,
	"cmd/internal/report":   5,
	// It reads frames with other readers, too, and no command imports it.
	"cmd/internal/visionbench": 5,
	"cmd/internal/sheet":       5,
	"cmd/internal/explain":     5,
	"cmd/internal/uplink":      6,
	"cmd/internal/directory":   6, // refuses what typed refuses
	"cmd/internal/lists":       5,
	"cmd/internal/demo":        7,
	// What is sent to whoever helps: it looks at all that a station has.
	"cmd/internal/diagnostics": 7,
	"cmd/internal/vocabulary":  8, // names every error the others give

	"cmd/pkidctl":     9,
	"cmd/pkidstation": 9,
	"cmd/gallery":     9,
}

// drawing are the packages that may link Fyne.
var drawing = []string{"ui", "ui/widget", "ui/uitest", "cmd/gallery", "cmd/pkidstation"}

// apart are pairs of which the first never imports the second, tests included.
var apart = [][2]string{
	{"scanner", "queue"},
	{"queue", "scanner"},
	{"scanner", "ui"},
	{"queue", "ui"},
	{"scanner", "cmd"},
	{"queue", "cmd"},
	{"ui", "cmd"},
	{"assets", "cmd"},
}

// listed is what the go command says of one package.
type listed struct {
	ImportPath   string
	Standard     bool
	Imports      []string
	TestImports  []string
	XTestImports []string
	Deps         []string
	CgoFiles     []string
	Error        *struct{ Err string }
}

// room is the package's path within the module, and whether it is of the module.
func room(path string) (string, bool) {
	path, _, _ = strings.Cut(path, " ") // "p [p.test]"
	return strings.CutPrefix(path, module+"/")
}

// under tells whether a room is top or lies in it.
func under(room, top string) bool {
	return room == top || strings.HasPrefix(room, top+"/")
}

// list asks the go command about packages. Its own errors about a package, such
// as an import cycle, are in the answer.
func list(t *testing.T, env []string, args ...string) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"list", "-e", "-json", "-tags", tags}, args...)...)
	cmd.Dir = root(t)
	cmd.Env = append(os.Environ(), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &stderr)
	}
	return parse(t, out)
}

func parse(t *testing.T, out []byte) []listed {
	t.Helper()
	var packages []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return packages
		}
		if err != nil {
			t.Fatalf("go list wrote no JSON: %v", err)
		}
		packages = append(packages, p)
	}
}

// root is the module's folder.
func root(t *testing.T) string {
	t.Helper()
	folder, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// violations names everything in packages that points the wrong way.
func violations(packages []listed) []string {
	var wrong []string
	for _, p := range packages {
		name, ok := room(p.ImportPath)
		if !ok {
			continue
		}
		if p.Error != nil {
			wrong = append(wrong, fmt.Sprintf("%s: %s", name, p.Error.Err))
		}
		wrong = append(wrong, upward(name, p)...)
		wrong = append(wrong, sideways(name, p)...)
		wrong = append(wrong, outside(name, p)...)
	}
	return wrong
}

func upward(name string, p listed) []string {
	layer, known := layers[name]
	if !known {
		return []string{name + " has no layer: give it its place in imports_test.go"}
	}
	var wrong []string
	for _, path := range p.Imports {
		if to, ok := room(path); ok && layers[to] >= layer {
			wrong = append(wrong, fmt.Sprintf("%s (layer %d) imports %s (layer %d): arrows point downward", name, layer, to, layers[to]))
		}
	}
	return wrong
}

func sideways(name string, p listed) []string {
	var wrong []string
	for _, path := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
		to, ok := room(path)
		if !ok {
			continue
		}
		for _, pair := range apart {
			if under(name, pair[0]) && under(to, pair[1]) {
				wrong = append(wrong, fmt.Sprintf("%s imports %s: %s knows no %s", name, to, pair[0], pair[1]))
			}
		}
	}
	return wrong
}

func outside(name string, p listed) []string {
	var wrong []string
	for _, path := range p.Deps {
		if strings.HasPrefix(path, fyne) && !slices.Contains(drawing, name) {
			wrong = append(wrong, fmt.Sprintf("%s links %s: only ui draws", name, path))
			break
		}
	}
	for _, path := range p.Imports {
		if first, _, _ := strings.Cut(path, "/"); name == "queue/autopilot" && strings.Contains(first, ".") {
			wrong = append(wrong, fmt.Sprintf("%s imports %s: it needs only the standard library", name, path))
		}
	}
	return wrong
}

// TestArrows holds the layout.
func TestArrows(t *testing.T) {
	t.Parallel()
	readSources(t)
	packages := list(t, nil, "./...")
	if len(packages) < 10 {
		t.Fatalf("go list knows %d packages only", len(packages))
	}
	for _, wrong := range violations(packages) {
		t.Error(wrong)
	}
}

// TestLayersAreReal keeps the literal from naming what is not there.
func TestLayersAreReal(t *testing.T) {
	t.Parallel()
	for name := range layers {
		if sources, _ := filepath.Glob(filepath.Join(root(t), filepath.FromSlash(name), "*.go")); len(sources) == 0 {
			t.Errorf("%s has a layer and no Go files", name)
		}
	}
}

// TestPlantedImportIsFound plants one forbidden thing after another through an
// overlay and wants each to be named.
func TestPlantedImportIsFound(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ room, source, want string }{
		"upward": {
			"queue/export", `package export; import _ "pkidstation/ui/words"`,
			"queue/export (layer 2) imports ui/words (layer 3)",
		},
		"same layer": {
			"queue/export", `package export; import _ "pkidstation/queue/upload"`,
			"queue/export (layer 2) imports queue/upload (layer 2)",
		},
		"scanner to queue": {
			"scanner/label", `package label; import _ "pkidstation/queue/autopilot"`,
			"scanner knows no queue",
		},
		"queue's test to scanner": {
			"queue", `package queue_test; import _ "pkidstation/scanner"`,
			"queue knows no scanner",
		},
		"fyne below ui": {
			"queue", `package queue; import _ "fyne.io/fyne/v2"`,
			"queue links fyne.io/",
		},
		"fyne in pkidctl, by way of others": {
			"queue", `package queue; import _ "fyne.io/fyne/v2"`,
			"cmd/pkidctl links fyne.io/",
		},
		"library in autopilot": {
			"queue/autopilot", `package autopilot; import _ "github.com/google/uuid"`,
			"queue/autopilot imports github.com/google/uuid",
		},
		"cycle": {
			"scanner", `package scanner; import _ "pkidstation/scanner/line"`,
			"import cycle not allowed",
		},
		"new room": {
			"queue/attic", `package attic`,
			"queue/attic has no layer",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			overlay := plant(t, test.room, test.source)
			wrong := violations(list(t, nil, "-overlay", overlay, "./..."))
			if !slices.ContainsFunc(wrong, func(w string) bool { return strings.Contains(w, test.want) }) {
				t.Errorf("planted %q, want a violation with %q, got %q", test.source, test.want, wrong)
			}
		})
	}
}

// plant gives an overlay in which the room has one more file.
func plant(t *testing.T, room, source string) (overlay string) {
	t.Helper()
	name := "planted.go"
	if strings.Contains(source, "_test;") {
		name = "planted_test.go"
	}
	planted := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(planted, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	at := filepath.Join(root(t), filepath.FromSlash(room), name)
	text, err := json.Marshal(map[string]map[string]string{"Replace": {at: planted}})
	if err != nil {
		t.Fatal(err)
	}
	overlay = filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(overlay, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return overlay
}

// TestPkidctlNeedsNoCgo follows pkidctl's imports on each system it is built for:
// all of them exist without cgo, and with cgo nothing but the standard library
// would use it.
func TestPkidctlNeedsNoCgo(t *testing.T) {
	t.Parallel()
	for _, target := range []string{"linux/amd64", "linux/arm64", "windows/amd64", "windows/arm64"} {
		system, machine, _ := strings.Cut(target, "/")
		for _, cgo := range []string{"0", "1"} {
			t.Run(target+" cgo "+cgo, func(t *testing.T) {
				t.Parallel()
				env := []string{"GOOS=" + system, "GOARCH=" + machine, "CGO_ENABLED=" + cgo}
				for _, p := range list(t, env, "-deps", "./cmd/pkidctl") {
					if p.Error != nil {
						t.Errorf("%s: %s", p.ImportPath, p.Error.Err)
					}
					if len(p.CgoFiles) > 0 && !p.Standard {
						t.Errorf("%s uses cgo: %v", p.ImportPath, p.CgoFiles)
					}
				}
			})
		}
	}
}

// readSources looks at every Go file of the module, so that go test does not answer
// from its cache when one has changed: it cannot see what the go command reads.
func readSources(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir(root(t), func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // another test's file, gone again
			return nil
		case err != nil:
			return err
		case entry.IsDir() && len(entry.Name()) > 1 && entry.Name()[0] == '.':
			return fs.SkipDir
		case filepath.Ext(path) == ".go":
			_, _ = os.Stat(path)
		}
		return nil
	})
	if err != nil {
		t.Fatalf("reading the sources: %v", err)
	}
}
