package leave_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/export/leave"
)

// headings are the headings of all pages that begin something, each with how
// many boxes it says it has.
func headings(t *testing.T, o leave.Order, opts leave.Options) []string {
	t.Helper()
	var all []string
	for _, p := range pages(t, o, opts) {
		for i, text := range p.Texts {
			if next := i + 1; next < len(p.Texts) && strings.HasSuffix(strings.TrimSuffix(p.Texts[next].Text, "es"), " box") &&
				!strings.HasSuffix(text.Text, "(continued)") {
				all = append(all, text.Text+": "+p.Texts[next].Text)
			}
		}
	}
	return all
}

// TestHeadings: each pallet has one, and so has what of it was never scanned.
func TestHeadings(t *testing.T) {
	t.Parallel()
	o := all(300)
	for i := range o.Boxes {
		b := &o.Boxes[i]
		switch {
		case i < 3:
			b.Number = 0 // on pallet 1, as the supplier's list says
		case i < 100:
		case i < 299:
			b.Pallet = ""
		default:
			b.Pallet, b.Number = "", 0
		}
	}
	for i := range o.Boxes {
		if o.Boxes[i].Pallet != "" {
			o.Boxes[i].Pallet = "P1"
		}
	}
	want := []string{"Pallet P1: 97 boxes", "Without pallet: 199 boxes", "Not scanned: Pallet P1: 3 boxes", "Not scanned: 1 box"}
	for _, paper := range []leave.Paper{leave.A4, leave.Label} {
		if diff := cmp.Diff(want, headings(t, o, options(t, "en", paper))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", paper, diff)
		}
	}
}

// TestLetters: what cannot be seen is left out, accents join their letters, and
// the narrow space of French numbers is one that the fonts have.
func TestLetters(t *testing.T) {
	t.Parallel()
	o := keep(registered(1), "", 0)
	for text, want := range map[string]string{
		"a\u200bb\u00adc\u2060d\ue000": "abcd",
		"e\u0301":                      "é",
		"1\u202f000":                   "1\u00a0000",
		"a\u3000b\u2003c":              "a b c",
		"\u200bx\u00a0\u200b":          "x",
		"文":                            "?",
	} {
		o.Boxes[0].Device = autopilot.Device{Serial: text}
		if got := said(pages(t, o, options(t, "en", leave.A4))[0]); !strings.Contains(got, "\n"+want+"\n") {
			t.Errorf("%q is not shown as %q:\n%s", text, want, got)
		}
	}
	if got := said(pages(t, registered(2000), options(t, "fr", leave.Label))[0]); !strings.Contains(got, "2\u00a0000 sur 2\u00a0000 inscrits\n") {
		t.Errorf("thousands:\n%s", got)
	}
}
