package vision_test

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"golang.org/x/sync/errgroup"

	"pkidstation/scanner"
	"pkidstation/scanner/vision"
)

// corpus is the folder of real photographs, which lies beside the project.
const corpus = "../../../shared/corpus"

// photoFolders says what a plain loop over gozxing's readers reads in each
// folder (shared/corpus/README.md) and what symbology is in it.
func photoFolders() []photoFolder {
	return []photoFolder{
		{"code128-1", 6, []scanner.Symbology{scanner.Code128}},
		{"code39-1", 4, []scanner.Symbology{scanner.Code39}},
		{"itf-1", 14, []scanner.Symbology{scanner.ITF}},
		{"ean13-1", 32, []scanner.Symbology{scanner.EAN13, scanner.UPCA}},
		{"ean13-3", 55, []scanner.Symbology{scanner.EAN13, scanner.UPCA}},
		{"upca-1", 17, []scanner.Symbology{scanner.UPCA}},
		{"upca-2", 36, []scanner.Symbology{scanner.UPCA}},
		{"qrcode-1", 13, []scanner.Symbology{scanner.QR}},
		{"qrcode-2", 19, []scanner.Symbology{scanner.QR}},
		{"qrcode-3", 33, []scanner.Symbology{scanner.QR}},
		{"datamatrix-1", 22, []scanner.Symbology{scanner.DataMatrix}},
		{"falsepositives", 0, nil},
	}
}

type photoFolder struct {
	name        string
	least       int
	symbologies []scanner.Symbology
}

// A reading is what one picture gave.
type reading struct {
	file  string
	want  string
	codes []vision.Code
	took  time.Duration
}

func (r reading) right() bool {
	return slices.ContainsFunc(r.codes, func(c vision.Code) bool { return c.Text == r.want })
}

// TestDecodeCorpus reads every photograph and counts. Under the race detector
// that would be most of all tests' time for code that starts no goroutine: then
// it reads few itself and has this test run once more without the detector.
func TestDecodeCorpus(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("the corpus of photographs is not beside the project")
	}
	if raceDetector {
		sampleCorpus(t)
		withoutRace(t, t.Name())
		return
	}
	table := tabwriter.NewWriter(t.Output(), 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(table, "folder\tright\tof\tplain gozxing\twrong\tmedian ms\tmax ms\t")
	for _, f := range photoFolders() {
		readings := readEvery(t, filepath.Join(corpus, "photos", f.name), 1)
		right, wrong := f.judge(t, readings)
		slices.SortFunc(readings, func(a, b reading) int { return int(a.took - b.took) })
		_, _ = fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t\n", f.name, right, len(readings), f.least, wrong,
			readings[len(readings)/2].took.Milliseconds(), readings[len(readings)-1].took.Milliseconds())
		if right < f.least {
			t.Errorf("%s: %d pictures read, a plain loop reads %d", f.name, right, f.least)
		}
	}
	if err := table.Flush(); err != nil {
		t.Error(err)
	}
}

// sampleCorpus decodes few of each folder, several at once.
func sampleCorpus(t *testing.T) {
	t.Helper()
	for _, f := range photoFolders() {
		f.judge(t, readEvery(t, filepath.Join(corpus, "photos", f.name), 60))
	}
}

// withoutRace runs a test of this package in a process of its own, built
// without the race detector.
func withoutRace(t *testing.T, test string) {
	t.Helper()
	run := exec.CommandContext(t.Context(), "go", "test", "-count=1", "-v", "-run", "^"+test+"$", ".")
	run.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := run.CombinedOutput()
	t.Logf("%s", out)
	if err != nil || !bytes.Contains(out, []byte("--- PASS: "+test)) {
		t.Errorf("%s without the race detector: %v", test, err)
	}
}

// judge counts the pictures read, and those that gave anything else.
func (f photoFolder) judge(t *testing.T, readings []reading) (right, wrong int) {
	t.Helper()
	for _, r := range readings {
		if r.right() && len(f.symbologies) > 0 {
			right++
		}
		for _, c := range r.codes {
			if !slices.Contains(f.symbologies, c.Symbology) {
				t.Errorf("%s: %s %q in a folder of %v", r.file, c.Symbology, c.Text, f.symbologies)
			}
			if c.Text != r.want {
				t.Logf("%s: read %s %q, want %q", r.file, c.Symbology, c.Text, r.want)
				wrong++
			}
		}
	}
	return right, wrong
}

// readEvery decodes every nth picture of a folder, as many at once as there
// are processors.
func readEvery(t *testing.T, folder string, n int) []reading {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.[pj][np]g"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no pictures in %s (%v)", folder, err)
	}
	var chosen []string
	for i := 0; i < len(files); i += n {
		chosen = append(chosen, files[i])
	}
	files = chosen
	readings := make([]reading, len(files))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, file := range files {
		group.Go(func() error {
			img, err := load(file)
			if err != nil {
				return err
			}
			start := time.Now()
			codes := vision.Decode(img)
			readings[i] = reading{filepath.Base(file), truth(file), codes, time.Since(start)}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	return readings
}

// truth is the text that a picture must give; its file ends it with a newline
// or not.
func truth(file string) string {
	stem := strings.TrimSuffix(file, filepath.Ext(file))
	for _, ext := range []string{".txt", ".bin"} {
		if b, err := os.ReadFile(stem + ext); err == nil {
			return string(b)
		}
	}
	return ""
}

func load(file string) (image.Image, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	img, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return img, nil
}
