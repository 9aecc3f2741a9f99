package sheet_test

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/cmd/internal/sheet"
	"pkidstation/scanner"
	"pkidstation/scanner/camera"
	"pkidstation/scanner/vision"
	"pkidstation/ui/words"
)

// needs skips where the tools are missing, unless they are required, as make
// test does.
func needs(t *testing.T, tools ...string) {
	t.Helper()
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err == nil {
			continue
		}
		if os.Getenv("PKIDSTATION_REQUIRE_WINDOW") != "" {
			t.Fatalf("%s is missing", tool)
		}
		t.Skipf("%s is missing: make test installs it (poppler-utils)", tool)
	}
}

// written is the PDF of a sheet, in a folder of its own.
func written(t *testing.T, o sheet.Options) string {
	t.Helper()
	pdf, err := sheet.PDF(o)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "sheet.pdf")
	if err := sheet.WriteFile(path, pdf, false); err != nil {
		t.Fatal(err)
	}
	return path
}

// run runs a tool of poppler's and gives what it says.
func run(t *testing.T, tool string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), tool, args...)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil || complaints.Len() > 0 {
		t.Fatalf("%s: %v: %s", tool, err, &complaints)
	}
	return string(out)
}

// printed are the pages of a PDF as a printer with so many dots to the inch
// sees them, in grey.
func printed(t *testing.T, path string, dpi int) []*image.Gray {
	t.Helper()
	name := filepath.Join(filepath.Dir(path), fmt.Sprint(dpi))
	run(t, "pdftoppm", "-gray", "-r", fmt.Sprint(dpi), path, name)
	files, err := filepath.Glob(name + "-*.pgm")
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(files)
	var all []*image.Gray
	for _, file := range files {
		picture, err := camera.ReadPicture(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, picture.(*image.Gray)) // a PGM is grey
	}
	return all
}

// part is what lies in a box of a printed page.
func part(page *image.Gray, b sheet.Box, dpi int) image.Image {
	dots := func(mm float64) int { return int(mm / 25.4 * float64(dpi)) }
	return page.SubImage(image.Rect(dots(b.X), dots(b.Y), dots(b.X+b.W)+1, dots(b.Y+b.H)+1))
}

// TestPrintedCodesAreRead prints every sheet and reads it with the project's own
// eyes: each code, with what is around it, is read as what it is, and so is the
// whole page of A4; nothing else is read.
func TestPrintedCodesAreRead(t *testing.T) {
	t.Parallel()
	needs(t, "pdftoppm")
	eachSheet(t, func(t *testing.T, o sheet.Options) {
		t.Helper()
		const dpi, around = 300, 2
		path, all := written(t, o), pages(t, o)
		pictures := printed(t, path, dpi)
		if len(pictures) != len(all) {
			t.Fatalf("%d pages were printed, not %d", len(pictures), len(all))
		}
		for n, p := range all {
			var want []string
			for _, s := range p.Symbols {
				want = append(want, s.Text)
				seen := part(pictures[n], sheet.Box{X: s.X - around, Y: s.Y - around, W: s.W + 2*around, H: s.H + 2*around}, dpi)
				if diff := cmp.Diff([]string{s.Text}, read(t, seen)); diff != "" {
					t.Errorf("code (-want +got):\n%s", diff)
				}
			}
			if o.Paper != sheet.A4 {
				continue // it is the same again, and takes seconds
			}
			got := read(t, pictures[n])
			slices.Sort(want)
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("page %d (-want +got):\n%s", n+1, diff)
			}
		}
	})
}

// read are the texts of the codes on a picture. All must be Code 128.
func read(t *testing.T, img image.Image) []string {
	t.Helper()
	var texts []string
	for _, c := range vision.DecodeContext(t.Context(), img) {
		if c.Symbology != scanner.Code128 {
			t.Errorf("%q is a %s", c.Text, c.Symbology)
		}
		texts = append(texts, c.Text)
	}
	return texts
}

// TestOnePage: the commands are on one page, and badges come behind it.
func TestOnePage(t *testing.T) {
	t.Parallel()
	needs(t, "pdfinfo")
	for badges, want := range map[string]string{"": "Pages:           1\n", "Marie Ali": "Pages:           2\n"} {
		for _, language := range words.Languages() {
			o := options(t, language.Tag, sheet.A4, strings.Fields(badges)...)
			said := run(t, "pdfinfo", written(t, o))
			if !strings.Contains(said, want) || !strings.Contains(said, "(A4)") {
				t.Errorf("%s: %s", language.Tag, said)
			}
		}
	}
}

// TestLettersArePrinted: the PDF's text is what was meant, accents included, in
// fonts that it brings along.
func TestLettersArePrinted(t *testing.T) {
	t.Parallel()
	needs(t, "pdftotext", "pdffonts")
	eachSheet(t, func(t *testing.T, o sheet.Options) {
		t.Helper()
		path := written(t, o)
		said := strings.ReplaceAll(run(t, "pdftotext", "-layout", path, "-"), "\u00a0", " ")
		for _, p := range pages(t, o) {
			for _, text := range p.Texts {
				if want := strings.ReplaceAll(text.Text, "\u00a0", " "); !text.Turned && !strings.Contains(said, want) {
					t.Errorf("%q was not printed:\n%s", want, said)
				}
			}
		}
		fonts := strings.Split(strings.TrimSpace(run(t, "pdffonts", path)), "\n")[2:]
		if len(fonts) != 2 || strings.Count(strings.Join(fonts, "\n"), "Identity-H       yes") != 2 {
			t.Errorf("fonts: %q", fonts)
		}
	})
}
