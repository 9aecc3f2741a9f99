package leave_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/export/leave"
)

// needs skips where a tool is missing, unless it is required, as make test does.
func needs(t *testing.T, tool string) {
	t.Helper()
	if _, err := exec.LookPath(tool); err == nil {
		return
	}
	if os.Getenv("PKIDSTATION_REQUIRE_WINDOW") != "" {
		t.Fatalf("%s is missing", tool)
	}
	t.Skipf("%s is missing: make test installs it (poppler-utils)", tool)
}

// streams are what a PDF draws, a page each.
func streams(t *testing.T, pdf []byte) (pages []string) {
	t.Helper()
	for _, part := range bytes.Split(pdf, []byte("\nstream\n"))[1:] {
		packed, _, _ := bytes.Cut(part, []byte("\nendstream"))
		r, err := zlib.NewReader(bytes.NewReader(packed))
		if err != nil {
			continue // fonts' maps are not packed
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(text, []byte(" Tj ")) {
			pages = append(pages, string(text))
		}
	}
	return pages
}

// drawn are the texts that a stream draws.
func drawn(t *testing.T, stream string) []string {
	t.Helper()
	var all []string
	for _, m := range regexp.MustCompile(`(?s)Td \(((?:\\.|[^\\)])*)\) Tj`).FindAllStringSubmatch(stream, -1) {
		raw := strings.NewReplacer(`\\`, `\`, `\(`, "(", `\)`, ")", `\r`, "\r", `\n`, "\n").Replace(m[1])
		units := make([]uint16, len(raw)/2)
		if err := binary.Read(strings.NewReader(raw), binary.BigEndian, units); err != nil {
			t.Fatal(err)
		}
		all = append(all, string(utf16.Decode(units)))
	}
	return all
}

// TestPrinted: the PDF has the pages and texts of the layout, on paper of its
// size, and nothing that could act.
func TestPrinted(t *testing.T) {
	t.Parallel()
	eachPaper(t, func(t *testing.T, o leave.Order, opts leave.Options) {
		t.Helper()
		made, layout := pdf(t, o, opts), pages(t, o, opts)
		drawings := streams(t, made)
		if len(drawings) != len(layout) {
			t.Fatalf("%d pages were printed, not %d", len(drawings), len(layout))
		}
		for n, p := range layout {
			var want []string
			for _, text := range p.Texts {
				want = append(want, text.Text)
			}
			if diff := cmp.Diff(want, drawn(t, drawings[n])); diff != "" {
				t.Errorf("page %d (-want +got):\n%s", n+1, diff)
			}
			if fills := strings.Count(drawings[n], " re f"); fills != len(p.Fills) {
				t.Errorf("page %d has %d fills, want %d", n+1, fills, len(p.Fills))
			}
		}
		size := map[leave.Paper]string{leave.A4: "[0 0 595.28 841.89]", leave.Label: "[0 0 288.00 432.00]"}[opts.Paper]
		if !bytes.Contains(made, []byte("/MediaBox "+size)) || !bytes.HasPrefix(made, []byte("%PDF-")) {
			t.Errorf("it is not on %s", size)
		}
		bare := regexp.MustCompile(`(?s)\nstream\n.*?\nendstream`).ReplaceAll(made, nil)
		for _, acts := range []string{"/JavaScript", "/JS", "/URI", "/Launch", "/AA", "/Filespec", "/AcroForm", "/Annot"} {
			if bytes.Contains(bare, []byte(acts)) {
				t.Errorf("it has %s", acts)
			}
		}
	})
}

// TestReadBack: another program reads the same words.
func TestReadBack(t *testing.T) {
	t.Parallel()
	needs(t, "pdftotext")
	for _, language := range languages() {
		for _, paper := range []leave.Paper{leave.A4, leave.Label} {
			opts := options(t, language, paper)
			path := filepath.Join(t.TempDir(), "order.pdf")
			if err := os.WriteFile(path, pdf(t, typical(language), opts), 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", path, "-").CombinedOutput()
			text := strings.ReplaceAll(string(out), "\u00a0", " ")
			words := strings.Join(strings.Fields(text), " ")
			for _, want := range []string{
				opts.Words.Say("leave.may-not"), "192 ", "BL-2026-1042", "Contoso & Cie, Établissements", "5CG0000040", "0000000012385", string(contoso),
				opts.Words.Say("leave.not-scanned"),
			} {
				if err != nil || !strings.Contains(words, want) {
					t.Errorf("%s %s: %v, no %q:\n%s", language, paper, err, want, text)
				}
			}
		}
	}
}

// TestSamePaperSameFile: what is printed depends on the order and the options
// alone, also with several at once.
func TestSamePaperSameFile(t *testing.T) {
	t.Parallel()
	o, opts := typical("fr"), options(t, "fr", leave.A4)
	first := pdf(t, o, opts)
	var running sync.WaitGroup
	for range 4 {
		running.Go(func() {
			var again bytes.Buffer
			if err := leave.Write(&again, o, opts); err != nil || !bytes.Equal(first, again.Bytes()) {
				t.Errorf("another file (%v)", err)
			}
		})
	}
	running.Wait()
	const most = 100 << 10
	if len(first) > most {
		t.Errorf("%d bytes", len(first))
	}
}

// TestOrderIsLeftAlone: who gives an order has it as it was.
func TestOrderIsLeftAlone(t *testing.T) {
	t.Parallel()
	o, same := typical("en"), typical("en")
	pdf(t, o, options(t, "en", leave.Label))
	if _, err := leave.RegisteredPages(o, options(t, "en", leave.A4)); err != nil {
		t.Fatal(err)
	}
	if _, err := leave.Contents(o); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(same, o); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWithoutATime(t *testing.T) {
	t.Parallel()
	opts := options(t, "en", leave.A4)
	opts.Made = time.Time{}
	if text := said(pages(t, registered(1), opts)[0]); !regexp.MustCompile(`Made on 20\d\d-\d\d-\d\d \d\d:\d\d`).MatchString(text) {
		t.Errorf("a word without its time:\n%s", text)
	}
}

func TestFullDisk(t *testing.T) {
	t.Parallel()
	if err := leave.Write(&full{}, registered(3), options(t, "en", leave.A4)); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Error(err)
	}
}

func TestParsePaper(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]leave.Paper{"a4": leave.A4, "A4": leave.A4, "4x6": leave.Label, "4X6": leave.Label} {
		if got, err := leave.ParsePaper(name); err != nil || got != want {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
	for _, name := range []string{"", "a5", "a4 ", "label"} {
		if got, err := leave.ParsePaper(name); err == nil || got != "" {
			t.Errorf("%q: %s, %v", name, got, err)
		}
	}
}
