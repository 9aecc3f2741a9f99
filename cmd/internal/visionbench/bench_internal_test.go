package main

import (
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner/code128"
	"pkidstation/scanner/scannertest"
)

// bars is a symbol on white.
func bars(t *testing.T, text string) *image.Gray {
	t.Helper()
	const module, high, quiet = 2, 60, 20
	modules, err := code128.Modules(text)
	if err != nil {
		t.Fatal(err)
	}
	g := image.NewGray(image.Rect(0, 0, len(modules)*module+2*quiet, high+2*quiet))
	for i := range g.Pix {
		g.Pix[i] = 255
	}
	for y := quiet; y < quiet+high; y++ {
		for x := range len(modules) * module {
			if modules[x/module] {
				g.SetGray(quiet+x, y, color.Gray{})
			}
		}
	}
	return g
}

// collection writes a folder of one label, one photograph and one picture of
// nothing.
func collection(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for file, g := range map[string]*image.Gray{
		"labels/one.png":               bars(t, "3305123456781"),
		"photos/code128/1.png":         bars(t, "A1-B2"),
		"photos/falsepositives/01.png": bars(t, "NOTHING"),
	} {
		at := filepath.Join(folder, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			t.Fatal(err)
		}
		f, err := os.Create(at)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(png.Encode(f, g), f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	put(t, filepath.Join(folder, "photos/code128/1.txt"), "A1-B2")
	put(t, filepath.Join(folder, "labels/truth.tsv"),
		"group\tcell\tfile\tsize\tcodes\nblur\t1.5\tone.png\t1x1\tCode128|3305123456781|9|9;UPC-A|118427853663|9|9\n")
	return folder
}

func put(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestRun: a short run of a small folder, from flags to table, chart and
// README.
func TestRun(t *testing.T) {
	t.Parallel()
	readme, chart := filepath.Join(t.TempDir(), "README.md"), filepath.Join(t.TempDir(), "chart.png")
	put(t, readme, "before\n"+opening+"old\n"+closing+"after\n")
	var out, complaint strings.Builder
	args := []string{
		"--seeds", "1", "--frames", "0", "--adversaries", "0", "--readers", "vision,gozxing",
		"--corpus", collection(t), "--picture", chart, "--readme", readme,
	}
	if code := run(t.Context(), args, &out, &complaint); code != 0 {
		t.Fatalf("exit %d: %s", code, complaint.String())
	}
	for _, want := range []string{
		"one run of 3 frames", "- vision: this project",
		"| vision | 50 % | 100 % | 0 % | 0 | 0 | - | - |", "| blur 1.5 | 50 | 50 |",
		"| code128 | 1/1; ", "| falsepositives | 1 wrong of 1; ",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in:\n%s", want, out.String())
		}
	}
	if want := `vision misread 01.png: "NOTHING"`; !strings.Contains(complaint.String(), want) {
		t.Errorf("no %q in %q", want, complaint.String())
	}
	text, err := os.ReadFile(readme)
	if want := "before\n" + opening + out.String() + closing + "after\n"; err != nil || string(text) != want {
		t.Errorf("the README is %q, %v", text, err)
	}
	if g, err := load(chart); err != nil || g.Rect.Dx() != chartWide {
		t.Errorf("the chart: %v", err)
	}
}

func TestRunRefuses(t *testing.T) {
	t.Parallel()
	torn := t.TempDir()
	if err := os.Mkdir(filepath.Join(torn, "labels"), 0o700); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(torn, "labels", "truth.tsv"), "head\nblur\t1\n")
	nothing := []string{"--frames", "0", "--adversaries", "0", "--readers", "vision"}
	for name, args := range map[string][]string{
		"flag": {"--speed"}, "seed": {"--seeds", "one"}, "reader": {"--readers", "eyes"},
		"table": append(nothing, "--corpus", torn), "readme": append(nothing, "--readme", filepath.Join(torn, "none")),
	} {
		var complaint strings.Builder
		if code := run(t.Context(), args, &strings.Builder{}, &complaint); code != 1 || complaint.Len() == 0 {
			t.Errorf("%s: exit %d, %q", name, code, complaint.String())
		}
	}
}

// scripted is a reader that gives what it is told.
type scripted struct {
	texts []string
	cpu   time.Duration
	err   error
}

func (scripted) name() string    { return "scripted" }
func (scripted) version() string { return "0" }
func (s scripted) read(context.Context, *image.Gray) ([]string, time.Duration, error) {
	return s.texts, s.cpu, s.err
}

func TestTally(t *testing.T) {
	t.Parallel()
	label := scannertest.Frame{
		Name: "f", Cell: "blur 1", Image: image.NewGray(image.Rect(0, 0, 4, 720)),
		Codes: []scannertest.Printed{{Kind: scannertest.PKID, Text: "3305123456781"}, {Kind: "UPC", Text: "118427853663"}},
	}
	type counts struct{ Right, PKIDs, Whole, Wrong, WrongPKIDs, WrongOnly int }
	for name, test := range map[string]struct {
		texts []string
		want  counts
	}{
		"all":              {[]string{"0118427853663", "3305123456781"}, counts{2, 1, 1, 0, 0, 0}},
		"nothing":          {nil, counts{}},
		"one, twice wrong": {[]string{"118427853663", "3305123456782", "X", "X"}, counts{1, 0, 0, 2, 1, 0}},
		"wrong":            {[]string{"Y"}, counts{0, 0, 0, 1, 0, 1}},
	} {
		tally := newTally([]reader{scripted{texts: test.texts, cpu: time.Second}})
		if err := tally.read(t.Context(), shot{label, labels}); err != nil {
			t.Fatal(err)
		}
		for _, at := range []place{{labels, ""}, {labels, "blur 1"}, {labels, "720"}} {
			s := tally.scores[at][0]
			got := counts{s.right, s.pkidsRight, s.whole, s.wrong, s.wrongPKIDs, s.wrongOnly}
			if got != test.want || s.codes != 2 || s.pkids != 1 || s.quantile(0.5) != time.Second {
				t.Errorf("%s in %q: %+v, want %+v", name, at.cell, got, test.want)
			}
		}
	}
}

// TestAdversariesAreATableOfWrongTexts of their own, and in no recall.
func TestAdversariesAreATableOfWrongTexts(t *testing.T) {
	t.Parallel()
	tally := newTally([]reader{scripted{texts: []string{"A", "B", "3305123456782"}, cpu: time.Second / 4}})
	f := scannertest.Frame{Cell: "cut", Image: image.NewGray(image.Rect(0, 0, 4, 4)), Codes: []scannertest.Printed{{Text: "A"}}}
	if err := tally.read(t.Context(), shot{f, adversaries}); err != nil {
		t.Fatal(err)
	}
	text := tally.markdown(options{}, time.Now())
	if !strings.Contains(text, "| cut | 2, 1; 250 |") || strings.Contains(text, "codes | PKIDs") {
		t.Errorf("the table is\n%s", text)
	}
}

// TestTallyCountsCrashes and goes on; any other fault ends the run.
func TestTallyCountsCrashes(t *testing.T) {
	t.Parallel()
	f := scannertest.Frame{Image: image.NewGray(image.Rect(0, 0, 4, 4)), Codes: []scannertest.Printed{{Text: "A"}}}
	tally := newTally([]reader{scripted{err: errCrash}})
	if err := tally.read(t.Context(), shot{f, labels}); err != nil || tally.crashes[0] != 1 || tally.scores[place{labels, ""}][0].right != 0 {
		t.Errorf("%v, %d crashes", err, tally.crashes[0])
	}
	if text := tally.markdown(options{}, time.Now()); !strings.Contains(text, "it crashed on 1 frames") {
		t.Errorf("no crash in\n%s", text)
	}
	tally = newTally([]reader{scripted{err: os.ErrPermission}})
	if err := tally.read(t.Context(), shot{f, labels}); !errors.Is(err, os.ErrPermission) {
		t.Errorf("a fault became %v", err)
	}
}

func TestQuantile(t *testing.T) {
	t.Parallel()
	var s score
	if s.quantile(0.5) != 0 {
		t.Error("no time is not 0")
	}
	for i := range 101 {
		s.cpu = append(s.cpu, time.Duration(100-i))
	}
	if m, p := s.quantile(0.5), s.quantile(0.95); m != 50 || p != 95 {
		t.Errorf("median %d, 95 %% %d", m, p)
	}
}

func TestSplice(t *testing.T) {
	t.Parallel()
	got, err := splice("a\n"+opening+"x"+closing+"b", "new\n")
	if diff := cmp.Diff("a\n"+opening+"new\n"+closing+"b", got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	for _, document := range []string{"", opening, closing + opening, opening + closing + closing} {
		if _, err := splice(document, "new"); !errors.Is(err, errMarkers) {
			t.Errorf("%q: %v", document, err)
		}
	}
}
