package autopilot_test

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"pkidstation/queue/autopilot"
)

func TestParsePKID(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text string
		want error
	}{
		"a PKID":            {"3305123456781", nil},
		"leading zeros":     {"0000000000001", nil},
		"all but the last":  {"7777777777770", nil},
		"all equal":         {"7777777777777", autopilot.ErrPKIDAllEqual},
		"all zeros":         {"0000000000000", autopilot.ErrPKIDAllEqual},
		"empty":             {"", autopilot.ErrPKIDShape},
		"one too few":       {"330512345678", autopilot.ErrPKIDShape},
		"one too many":      {"33051234567810", autopilot.ErrPKIDShape},
		"a letter":          {"330512345678O", autopilot.ErrPKIDShape},
		"a sign":            {"-305123456781", autopilot.ErrPKIDShape},
		"a space":           {"3305 23456781", autopilot.ErrPKIDShape},
		"a control":         {"330512345678\x1d", autopilot.ErrPKIDShape},
		"digits of Arabic":  {strings.Repeat("٣", 13), autopilot.ErrPKIDShape},
		"13 bytes of these": {strings.Repeat("٣", 6) + "3", autopilot.ErrPKIDShape},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := autopilot.ParsePKID(test.text)
			if !errors.Is(err, test.want) {
				t.Fatalf("ParsePKID(%q): %v, want %v", test.text, err, test.want)
			}
			if want := autopilot.PKID(test.text); err == nil && got != want {
				t.Errorf("got %q, want the text as it is, %q", got, want)
			}
			if err != nil && got != "" {
				t.Errorf("refused, and yet gave %q", got)
			}
		})
	}
}

// TestRefusalsNameNoDigits: what is refused may be a product key.
func TestRefusalsNameNoDigits(t *testing.T) {
	t.Parallel()
	const secret = "ABCDE-FGHIJ-KLMNO-PQRST-UVWXY"
	if _, err := autopilot.ParsePKID(secret); err == nil || strings.Contains(err.Error(), "ABCDE") {
		t.Errorf("the refusal of a product key is %v", err)
	}
}

func TestMasked(t *testing.T) {
	t.Parallel()
	for pkid, want := range map[autopilot.PKID]string{
		"3305123456781": "…6781",
		"6781":          "…6781",
		"678":           "",
		"":              "",
	} {
		if got := pkid.Masked(); got != want {
			t.Errorf("%q masked is %q, want %q", pkid, got, want)
		}
	}
}

func TestPKIDIsMaskedInLogs(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]func(*bytes.Buffer) slog.Handler{
		"text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
		"JSON": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
	} {
		var log bytes.Buffer
		slog.New(handler(&log)).Info("captured", "pkid", autopilot.PKID("3305123456781"))
		if text := log.String(); strings.Contains(text, "33051") || !strings.Contains(text, "…6781") {
			t.Errorf("as %s, the log says %s", name, text)
		}
	}
}

// FuzzParsePKID wants whatever passes to be 13 digits, untouched.
func FuzzParsePKID(f *testing.F) {
	for _, seed := range []string{"3305123456781", "7777777777777", "", "330512345678O", "\x00", "٣٣٣٣٣٣3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := autopilot.ParsePKID(text)
		if err != nil {
			return
		}
		if string(got) != text || len(text) != autopilot.PKIDLength || strings.Trim(text, "0123456789") != "" {
			t.Errorf("ParsePKID(%q) gave %q", text, got)
		}
	})
}
