package sheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"

	"pkidstation/cmd/internal/sheet"
	"pkidstation/scanner/code128"
	"pkidstation/scanner/command"
	"pkidstation/ui/words"
)

// longest is the name of a badge that needs the most room: no two digits in a
// row, which Code 128 would shorten, and no narrow letter.
const longest = "WWWWWWWWWWWWWWWWWWWWWWWW"

func options(t *testing.T, language string, paper sheet.Paper, badges ...string) sheet.Options {
	t.Helper()
	w, err := words.New(language)
	if err != nil {
		t.Fatal(err)
	}
	return sheet.Options{
		Words: w, Paper: paper, Badges: badges, Version: "v0.0.0-20261125084400-fe9a5db12345+dirty",
		Made: time.Date(2026, time.November, 25, 8, 0, 0, 0, time.UTC),
	}
}

func pages(t *testing.T, o sheet.Options) []sheet.Page {
	t.Helper()
	all, err := sheet.Pages(o)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// eachSheet runs a test on every sheet that can be printed, badges included.
func eachSheet(t *testing.T, test func(*testing.T, sheet.Options)) {
	t.Helper()
	for _, language := range words.Languages() {
		for _, paper := range []sheet.Paper{sheet.A4, sheet.Letter} {
			t.Run(language.Tag+" "+string(paper), func(t *testing.T) {
				t.Parallel()
				test(t, options(t, language.Tag, paper, "Marie", longest))
			})
		}
	}
}

// TestEveryCommandIsOnThePage: in the order of the sheet, with its words, and
// none besides.
func TestEveryCommandIsOnThePage(t *testing.T) {
	t.Parallel()
	eachSheet(t, func(t *testing.T, o sheet.Options) {
		t.Helper()
		page := pages(t, o)[0]
		var want, got []string
		for _, word := range command.Words() {
			id := "sheet." + strings.ToLower(string(word))
			if word == command.Badge {
				continue // TestBadges
			}
			want = append(want, command.Command{Word: word}.Text())
			for _, text := range []string{o.Words.Say(id + ".name"), o.Words.Say(id + ".does"), o.Words.Say("sheet.note")} {
				if !slices.ContainsFunc(page.Texts, func(t sheet.Text) bool { return t.Text == text }) {
					t.Errorf("%q is not on the page", text)
				}
			}
		}
		for _, s := range page.Symbols {
			got = append(got, s.Text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// TestNothingIsDecidedAtTheDock: releasing, discarding and removing are for a
// person before a screen.
func TestNothingIsDecidedAtTheDock(t *testing.T) {
	t.Parallel()
	for _, s := range pages(t, options(t, "en", sheet.A4))[0].Symbols {
		for _, word := range []string{"RELEASE", "DISCARD", "REMOVE", "RETRY", "BADGE"} {
			if strings.Contains(s.Text, word) {
				t.Errorf("%s is on the sheet", s.Text)
			}
		}
	}
}

// TestSymbolsCanBeRead holds their measures.
func TestSymbolsCanBeRead(t *testing.T) {
	t.Parallel()
	eachSheet(t, func(t *testing.T, o sheet.Options) {
		t.Helper()
		for _, p := range pages(t, o) {
			for _, s := range p.Symbols {
				bars := s.Bars()
				quiet := min(bars.X-s.X, s.X+s.W-bars.X-bars.W)
				if s.Module < 0.33 || bars.H < 12 || quiet < code128.QuietZone*s.Module-1e-9 {
					t.Errorf("%s: module %.3f, height %.1f, quiet zone %.2f", s.Text, s.Module, bars.H, quiet)
				}
				if want, err := code128.Modules(s.Text); err != nil || !slices.Equal(s.Modules, want) {
					t.Errorf("%s has other bars (%v)", s.Text, err)
				}
			}
		}
	})
}

// TestNoTextIsCut measures every text with the font itself: it fits its place,
// every letter exists, and what is said of a command can be read at arm's
// length.
func TestNoTextIsCut(t *testing.T) {
	t.Parallel()
	eachSheet(t, func(t *testing.T, o sheet.Options) {
		t.Helper()
		for _, p := range pages(t, o) {
			for _, text := range p.Texts {
				fits(t, text)
			}
		}
	})
}

func fits(t *testing.T, text sheet.Text) {
	t.Helper()
	const point = 25.4 / 72
	width, room, height := measure(t, text), text.W, text.H
	if text.Turned {
		room, height = text.H, text.W
	}
	if width > room+0.01 || text.Size*point > height+0.01 || strings.HasPrefix(text.Text, "[") {
		t.Errorf("%q is %.1f mm wide and %.1f high, room is %.1f × %.1f", text.Text, width, text.Size*point, room, height)
	}
}

// measure is how wide a text is, in millimetres. Every letter must be there.
func measure(t *testing.T, text sheet.Text) float64 {
	t.Helper()
	file := goregular.TTF
	if text.Bold {
		file = gobold.TTF
	}
	f, err := opentype.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range text.Text {
		if i, err := f.GlyphIndex(&sfnt.Buffer{}, r); err != nil || i == 0 {
			t.Errorf("%q: there is no letter %q (%v)", text.Text, r, err)
		}
	}
	const fine = 1000 // as large, and made smaller after: nothing is rounded
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: fine, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	const point, parts = 25.4 / 72, 64
	return float64(font.MeasureString(face, text.Text)) / parts / fine * text.Size * point
}

// TestNothingOverlaps: no text lies on another, on bars or on their quiet zones,
// and all is inside the cut line with room to cut amiss.
func TestNothingOverlaps(t *testing.T) {
	t.Parallel()
	eachSheet(t, func(t *testing.T, o sheet.Options) {
		t.Helper()
		const amiss = 5
		paper := o.Paper.Size()
		for n, p := range pages(t, o) {
			var names []string
			var boxes []sheet.Box
			for _, text := range p.Texts {
				names, boxes = append(names, text.Text), append(boxes, text.Box)
			}
			for _, s := range p.Symbols {
				names, boxes = append(names, s.Text), append(boxes, s.Box)
			}
			within := paper
			if n == 0 {
				within = p.Cuts[0]
			}
			for i, b := range boxes {
				if b.X < within.X+amiss || b.Y < within.Y+amiss || b.X+b.W > within.X+within.W-amiss || b.Y+b.H > within.Y+within.H-amiss {
					t.Errorf("%q is at the edge: %v", names[i], b)
				}
				for j := range i {
					if overlap(b, boxes[j]) {
						t.Errorf("%q %v lies on %q %v", names[i], b, names[j], boxes[j])
					}
				}
			}
		}
	})
}

func overlap(a, b sheet.Box) bool {
	const hair = 1e-9
	return a.X+a.W > b.X+hair && b.X+b.W > a.X+hair && a.Y+a.H > b.Y+hair && b.Y+b.H > a.Y+hair
}

// TestCaptionsAreBig: a capital of 3.9 mm is read at a metre and more.
func TestCaptionsAreBig(t *testing.T) {
	t.Parallel()
	eachSheet(t, func(t *testing.T, o sheet.Options) {
		t.Helper()
		for _, text := range pages(t, o)[0].Texts {
			for _, word := range command.Words() {
				least := 15.0
				if word == command.Calibrate { // once a scanner, not all day
					least = 12
				}
				if text.Text == o.Words.Say("sheet."+strings.ToLower(string(word))+".name") && (text.Size < least || !text.Bold) {
					t.Errorf("%q has %.1f points", text.Text, text.Size)
				}
			}
		}
	})
}

// TestNoLineThroughTwoCodes tries every tilt up to 60°: a laser's line that runs
// through a symbol from its first bar to its last runs through no other so.
func TestNoLineThroughTwoCodes(t *testing.T) {
	t.Parallel()
	eachSheet(t, func(t *testing.T, o sheet.Options) {
		t.Helper()
		symbols := pages(t, o)[0].Symbols
		for i, a := range symbols {
			for _, b := range symbols[:i] {
				for tilt := -60.0; tilt <= 60; tilt += 0.05 {
					slope := math.Tan(tilt * math.Pi / 180)
					if lowA, highA, ok := through(a.Bars(), slope); ok {
						if lowB, highB, ok := through(b.Bars(), slope); ok && lowA <= highB && lowB <= highA {
							t.Fatalf("a line tilted by %.1f° reads %s and %s", tilt, a.Text, b.Text)
						}
					}
				}
			}
		}
	})
}

// TestNeighboursAreApart: who aims at a code with a wide beam has white between
// it and the next, and much white in the same column.
func TestNeighboursAreApart(t *testing.T) {
	t.Parallel()
	eachSheet(t, func(t *testing.T, o sheet.Options) {
		t.Helper()
		symbols := pages(t, o)[0].Symbols
		for i, s := range symbols {
			for _, other := range symbols[:i] {
				a, b := s.Bars(), other.Bars()
				beside := min(a.X+a.W, b.X+b.W) - max(a.X, b.X)
				apart := max(a.Y-b.Y-b.H, b.Y-a.Y-a.H)
				if least := 4.0; apart < least || beside > 5 && apart < 3*least {
					t.Errorf("%s is %.1f mm from %s", s.Text, apart, other.Text)
				}
			}
		}
	})
}

// through gives where the lines of a slope that run through a box from side to
// side cross x = 0.
func through(b sheet.Box, slope float64) (low, high float64, ok bool) {
	left, right := -slope*b.X, -slope*(b.X+b.W)
	low = b.Y + max(left, right)
	high = b.Y + b.H + min(left, right)
	return low, high, low <= high
}

// TestSameSheetSameFile: what is printed depends on the options alone, also with
// several at once.
func TestSameSheetSameFile(t *testing.T) {
	t.Parallel()
	o := options(t, "fr", sheet.A4, "Marie")
	first, err := sheet.PDF(o)
	if err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	for range 4 {
		running.Go(func() {
			if again, err := sheet.PDF(o); err != nil || !bytes.Equal(first, again) {
				t.Errorf("another file (%v)", err)
			}
		})
	}
	running.Wait()
	const most = 100 << 10
	if len(first) > most {
		t.Errorf("%d bytes", len(first))
	}
	o.Version = "v2"
	if other, err := sheet.PDF(o); err != nil || bytes.Equal(first, other) {
		t.Errorf("the version is not on it (%v)", err)
	}
}

func TestBadges(t *testing.T) {
	t.Parallel()
	var names []string
	for i := range 15 {
		names = append(names, fmt.Sprintf("%-9sx%d.%s", "Marie", i, strings.Repeat("n", i%10)))
	}
	all := pages(t, options(t, "fr", sheet.A4, names...))
	var got []string
	for _, p := range all[1:] {
		for _, s := range p.Symbols {
			c, ok := command.Parse(s.Text)
			if !ok || c.Word != command.Badge {
				t.Errorf("%q is among the badges", s.Text)
			}
			got = append(got, c.Argument)
		}
		if len(p.Cuts) != len(p.Symbols) {
			t.Errorf("%d cards to cut have %d codes", len(p.Cuts), len(p.Symbols))
		}
	}
	if diff := cmp.Diff(names, got); diff != "" || len(all) != 4 {
		t.Errorf("%d pages (-want +got):\n%s", len(all), diff)
	}
}

// TestEveryBadgeCanBeRead: digits among letters make the encoder change its
// code set, which takes room too.
func TestEveryBadgeCanBeRead(t *testing.T) {
	t.Parallel()
	for _, piece := range []string{"W", "1", "12a", "1234a", "12345a", "1234 ", "123456a", "aB", ". -_"} {
		name := strings.TrimSpace(strings.Repeat(piece, command.MaxName)[:command.MaxName-1]) + "x"
		for _, paper := range []sheet.Paper{sheet.A4, sheet.Letter} {
			if s := pages(t, options(t, "en", paper, name))[1].Symbols[0]; s.Module < 0.33 || s.Bars().H < 12 {
				t.Errorf("%q has modules of %.3f mm", name, s.Module)
			}
		}
	}
}

func TestBadgeNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Marie", "J. Dupont", "a-b_c 1", longest} {
		if err := sheet.CheckBadge(name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, name := range []string{"", " Marie", "Léa", "a%b", "a\nb", longest + "W", "<b>"} {
		if err := sheet.CheckBadge(name); !errors.Is(err, sheet.ErrBadge) {
			t.Errorf("%q: %v", name, err)
		}
		if _, err := sheet.PDF(options(t, "en", sheet.A4, "Marie", name)); !errors.Is(err, sheet.ErrBadge) {
			t.Errorf("%q was printed: %v", name, err)
		}
	}
}

func TestParsePaper(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]sheet.Paper{"a4": sheet.A4, "A4": sheet.A4, "Letter": sheet.Letter} {
		if got, err := sheet.ParsePaper(name); err != nil || got != want {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
	for _, name := range []string{"", "a5", "a4 "} {
		if got, err := sheet.ParsePaper(name); !errors.Is(err, sheet.ErrPaper) {
			t.Errorf("%q: %s, %v", name, got, err)
		}
	}
}
