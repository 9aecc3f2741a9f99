package words_test

import (
	"errors"
	"fmt"
	"regexp"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui/words"
)

func speak(t *testing.T, language string) *words.Words {
	t.Helper()
	w, err := words.New(language)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// speakAll gives the words of every language.
func speakAll(t *testing.T) []*words.Words {
	t.Helper()
	var all []*words.Words
	for _, l := range words.Languages() {
		all = append(all, speak(t, l.Tag))
	}
	return all
}

// whole fails for a text that misses a word or a value.
func whole(t *testing.T, what, text string) {
	t.Helper()
	if text == "" || regexp.MustCompile(`\[[a-z]+\.|<no value>|%!|<nil>`).MatchString(text) {
		t.Errorf("%s: not a whole text: %q", what, text)
	}
}

func TestNewFindsTheLanguage(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"": "en", "en": "en", "en-GB": "en", "fr": "fr", "fr-CA": "fr", "FR": "fr", "fr_FR.UTF-8": "fr",
		"fr_BE@euro": "fr", "fr_FR:en": "fr", "C": "en", "C.UTF-8": "en", "POSIX": "en",
		"de_DE.UTF-8": "en", "zh": "en", "\x00\xff": "en", "fr-\x00": "en",
	} {
		if got := speak(t, name).Language(); got != want {
			t.Errorf("New(%q) speaks %q, want %q", name, got, want)
		}
	}
}

func TestSayShowsAMissingID(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		for _, got := range []string{w.Say("no.such"), w.Count("no.such", 3), w.Say("no.such", "odd")} {
			if got != "[no.such]" {
				t.Errorf("got %q", got)
			}
		}
	}
}

func TestSayTakesPairsAndMaps(t *testing.T) {
	t.Parallel()
	w := speak(t, "en")
	for _, got := range []string{
		w.Say("verdict.text", "Text", "7 {{.Text}}"),
		w.Say("verdict.text", map[string]any{"Text": "7 {{.Text}}"}),
		w.Say("verdict.text", map[string]any{"Text": "8"}, "Text", "7 {{.Text}}"),
	} {
		if got != "Text read: 7 {{.Text}}" {
			t.Errorf("got %q", got)
		}
	}
}

func TestCountHasThePluralsOfTheLanguage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		language string
		n        int
		want     string
	}{
		{"en", 0, "0 devices wait."},
		{"en", 1, "1 device waits."},
		{"en", 2, "2 devices wait."},
		{"en", 1234, "1,234 devices wait."},
		{"fr", 0, "0 appareil en attente."},
		{"fr", 1, "1 appareil en attente."},
		{"fr", 2, "2 appareils en attente."},
		{"fr", 12345, "12\u202f345 appareils en attente."},
		{"fr", 1000000, "1\u202f000\u202f000 appareils en attente."},
	} {
		if got := speak(t, c.language).Count("wait.station", c.n); got != c.want {
			t.Errorf("%s %d: got %q, want %q", c.language, c.n, got, c.want)
		}
	}
}

func TestWithKnowsAnErrorFromElsewhere(t *testing.T) {
	t.Parallel()
	plain := speak(t, "fr")
	lost, busy := errors.New("lost"), errors.New("busy")
	more := plain.With(lost, "error.scanner.lost").With(busy, "error.scanner.busy")
	wrapped := fmt.Errorf("reading: %w", lost)
	if got, want := more.Error(wrapped), plain.Say("error.scanner.lost"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	full, third := errors.New("full"), more.With(errors.New("third"), "error.stopped") // with room for one more
	branch := third.With(full, "error.disk-full")
	third.With(errors.New("fifth"), "error.timeout")
	if got, want := branch.Error(full), plain.Say("error.disk-full"); got != want {
		t.Errorf("another With took its place: got %q, want %q", got, want)
	}
	if got := plain.Error(wrapped); got == more.Error(wrapped) {
		t.Errorf("With changed what it was called on: %q", got)
	}
}

func TestNamingCallsCustomersByName(t *testing.T) {
	t.Parallel()
	w := speak(t, "en").Naming(func(id autopilot.TenantID) string {
		if id == "t1" {
			return "Contoso\n"
		}
		return ""
	})
	v := queue.Verdict{
		Word: queue.OnHold, Reason: queue.OtherCustomer,
		Entry: queue.Entry{Device: autopilot.Device{PKID: "3305123456781"}, Customer: "t1", Order: "BL-7"},
		Other: queue.Entry{Customer: "t2", GroupTag: "FR-01"},
	}
	want := `PKID 3305123456781 is already here for t2, group tag FR-01. This reception is for Contoso\n, order BL-7.`
	if got := w.Verdict(v).What; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
