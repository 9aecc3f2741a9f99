package leave_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/export/leave"
)

// eachPaper runs a test on papers of every language and size, of orders that may
// leave, that stay, of many boxes and of hostile texts.
func eachPaper(t *testing.T, test func(t *testing.T, o leave.Order, opts leave.Options)) {
	t.Helper()
	for _, language := range languages() {
		nothing, unlisted := leave.Order{}, typical(language)
		unlisted.Announced += 12
		for name, o := range map[string]leave.Order{
			"may": registered(200), "stay": typical(language), "many": all(2000), "hostile": hostile(), "nothing": nothing, "unlisted": unlisted,
		} {
			for _, paper := range []leave.Paper{leave.A4, leave.Label} {
				t.Run(strings.Join([]string{language, name, string(paper)}, " "), func(t *testing.T) {
					t.Parallel()
					test(t, o, options(t, language, paper))
				})
			}
		}
	}
}

// TestLayout measures every text: it fits its place, its letters exist, nothing
// lies on anything else, and all is inside the paper's margin.
func TestLayout(t *testing.T) {
	t.Parallel()
	eachPaper(t, func(t *testing.T, o leave.Order, opts leave.Options) {
		t.Helper()
		for _, p := range pages(t, o, opts) {
			measured(t, p, opts.Paper)
		}
	})
}

func TestListLayout(t *testing.T) {
	t.Parallel()
	for _, language := range languages() {
		for name, o := range map[string]leave.Order{"all": registered(2000), "some": typical(language), "hostile": hostile(), "none": {}} {
			got, err := leave.RegisteredPages(o, options(t, language, leave.A4))
			if err != nil {
				t.Fatal(name, err)
			}
			for _, p := range got {
				measured(t, p, leave.A4)
			}
		}
	}
}

// TestWordIsBig: on A4 it is read at two metres from every page; on a label it is
// as large there as it can be.
func TestWordIsBig(t *testing.T) {
	t.Parallel()
	eachPaper(t, func(t *testing.T, o leave.Order, opts leave.Options) {
		t.Helper()
		s, err := leave.Judge(o)
		if err != nil {
			t.Fatal(err)
		}
		id := map[bool]string{true: "leave.may", false: "leave.may-not"}[s.MayLeave()]
		for n, p := range pages(t, o, opts) {
			least := 15.0
			switch {
			case opts.Paper == leave.Label && n == 0:
				least = 12
			case opts.Paper == leave.Label:
				least = 7
			}
			if got := strings.Join(largest(p), " "); got != opts.Words.Say(id) {
				t.Errorf("page %d says %q", n+1, got)
			}
			for _, text := range p.Texts {
				if text.Bold && text.Align == leave.Centre && (capitals(t, text) < least || text.White == s.MayLeave()) {
					t.Errorf("page %d: %q is %.1f mm high, white %t", n+1, text.Text, capitals(t, text), text.White)
				}
			}
		}
	})
}

// TestHeadAndFoot: every page says whose it is, N of M, and which page it is.
func TestHeadAndFoot(t *testing.T) {
	t.Parallel()
	for _, language := range languages() {
		for _, paper := range []leave.Paper{leave.A4, leave.Label} {
			opts := options(t, language, paper)
			o := all(300)
			got := pages(t, o, opts)
			for n, p := range got {
				text := said(p)
				for _, want := range []string{
					o.Order, opts.Words.Say("leave.page", "Page", n+1, "Of", len(got)), opts.Words.Count("leave.counted", 0, "Announced", "300"),
					"29", "14:05", "Quai 3",
				} {
					if !strings.Contains(text, want) {
						t.Errorf("%s %s: page %d has no %q:\n%s", language, paper, n+1, want, text)
					}
				}
			}
			for _, want := range []string{string(contoso), "FR-LAPTOP-STD"} {
				if !strings.Contains(said(got[0]), want) {
					t.Errorf("%s %s: no %q", language, paper, want)
				}
			}
		}
	}
}

// said are a page's texts, one a line.
func said(p leave.Page) string {
	var b strings.Builder
	for _, text := range p.Texts {
		b.WriteString(text.Text + "\n")
	}
	return b.String()
}

// TestEveryBoxIsOnce: two thousand boxes stand on the pages in order, each below
// its pallet's heading, which begins every page and ends none.
func TestEveryBoxIsOnce(t *testing.T) {
	t.Parallel()
	for _, paper := range []leave.Paper{leave.A4, leave.Label} {
		o := miss(all(2000), 1998, 1999)
		o.Announced++
		var want, got []string
		for i, b := range o.Boxes {
			number := fmt.Sprint(b.Number)
			if b.Number == 0 {
				number = "–"
			}
			pkid := string(b.PKID)
			want = append(want, strings.Join([]string{fmt.Sprint("Pallet ", b.Pallet), number, b.Serial, pkid[:9], pkid[9:]}, " "))
			if i >= 1998 {
				want[i] = strings.Replace(want[i], "Pallet ", "Not scanned", 1)
			}
		}
		for n, p := range pages(t, o, options(t, "en", paper)) {
			rows, ended := table(p)
			got = append(got, rows...)
			if ended {
				t.Errorf("%s: page %d ends in a heading", paper, n+1)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", paper, diff)
		}
	}
}

// table are the boxes of a page, each with the heading it stands under, and
// whether the page ends with a heading.
func table(p leave.Page) (rows []string, ended bool) {
	heading := "no heading"
	for i, text := range p.Texts {
		switch called := strings.TrimSuffix(text.Text, " (continued)"); {
		case text.Bold && (strings.HasPrefix(called, "Pallet ") || called == "Not scanned"):
			heading, ended = called, true
		case text.Bold && text.Align == leave.Right && i+3 < len(p.Texts) && strings.HasPrefix(p.Texts[i+1].Text, "5CG"):
			row := []string{heading}
			for _, part := range p.Texts[i : i+4] {
				row = append(row, part.Text)
			}
			rows, ended = append(rows, strings.Join(row, " ")), false
		}
	}
	return rows, ended
}

// TestWhy: what was said of a box is on the paper, and where nothing was said
// there is something.
func TestWhy(t *testing.T) {
	t.Parallel()
	o := miss(keep(keep(registered(9), "Not for Contoso.", 1), "", 2), 3)
	o.Announced += 2
	for _, paper := range []leave.Paper{leave.A4, leave.Label} {
		text := ""
		for _, p := range pages(t, o, options(t, "en", paper)) {
			text += strings.ReplaceAll(said(p), "\n", " ")
		}
		for _, want := range []string{
			"Not for Contoso.", "Not registered.", "Announced, never scanned here.", "5 devices keep this order here.",
			"Not scanned: 2 more announced devices, which are on no list.",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q:\n%s", paper, want, text)
			}
		}
	}
}
