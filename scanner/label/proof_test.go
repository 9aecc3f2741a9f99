package label_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

func TestProves(t *testing.T) {
	t.Parallel()
	const acer = "NXABCDE0010234A5B71601" // year 0, week 23, number 4A5B7 = 304567, plant 16
	for name, c := range map[string]struct {
		read, serial string
		want         bool
	}{
		"express code of the tag":           {base36("AB12CD3"), "AB12CD3", true},
		"of the tag in small letters":       {base36("AB12CD3"), "ab12cd3", true},
		"of another tag":                    {base36("AB12CD3"), "AB12CD4", false},
		"the tag, when the code came first": {"AB12CD3", base36("AB12CD3"), true},
		"another tag":                       {"AB12CD4", base36("AB12CD3"), false},
		"SNID":                              {"02330456716", acer, true},
		"SNID with a plant of three digits": {"023304567205", acer, true},
		"SNID behind its caption":           {"SNID: 02330456716", acer, true},
		"SNID of another plant":             {"02330456766", acer, false},
		"SNID of another number":            {"02330456816", acer, false},
		"SNID of another week":              {"02430456716", acer, false},
		"the serial, when the SNID is kept": {acer, "02330456716", true},
		"a PKID proves nothing":             {"3305123456781", "AB12CD3", false},
		"nothing":                           {"", "", false},
		"a serial and itself":               {"AB12CD3", "AB12CD3", false},
		"a code of six characters":          {"2176782335", "ZZZZZZ", false},
	} {
		if got := label.Proves(label.Classify(scanner.Scan{Text: c.read}), c.serial); got != c.want {
			t.Errorf("%s: %q proves %q: %t", name, c.read, c.serial, got)
		}
	}
}

// TestProvesItsOwnAlone makes tags and their codes: each proves its own tag and
// none of the others.
func TestProvesItsOwnAlone(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(36, 10))
	var tags []string
	for range 60 {
		var tag strings.Builder
		tag.WriteByte("123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[random.IntN(35)])
		for range 6 {
			tag.WriteByte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[random.IntN(36)])
		}
		tags = append(tags, tag.String())
	}
	for i, tag := range tags {
		code := label.Classify(scanner.Scan{Text: base36(tag), AIM: "]C0"})
		if code.Kind != label.Other || code.Reason != label.ExpressCode || code.Stands != tag {
			t.Errorf("%s: %+v", tag, code)
		}
		for j, other := range tags {
			if got := label.Proves(code, other); got != (i == j) {
				t.Errorf("%s proves %s: %t", code.Text, other, got)
			}
		}
	}
}

// TestUnsure: letters that a keyboard layout may have swapped leave no code
// sure; digits are.
func TestUnsure(t *testing.T) {
	t.Parallel()
	open := 0
	for _, r := range reads(t) {
		sure, unsure := label.Classify(r.scan), r.scan
		unsure.Unsure = true
		got := label.Classify(unsure)
		letters := strings.ContainsFunc(sure.Text+sure.Model, func(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' })
		want := sure
		if letters && slices.Contains([]label.Kind{label.Serial, label.Model, label.Part, label.Order, label.MAC}, sure.Kind) {
			open++
			want.Confidence, want.Reason = label.Ambiguous, label.LayoutOpen
		}
		if got != want {
			t.Errorf("%q: %+v, unsure %+v", r.scan.Text, sure, got)
		}
	}
	if open == 0 {
		t.Error("nothing was left open")
	}
}

// TestUnsureSecret: a product key whose letters an AZERTY or QWERTZ layout
// swapped is one nevertheless.
func TestUnsureSecret(t *testing.T) {
	t.Parallel()
	const key = "BCDFG-HJKMN-PQRTV-WXY23-46789"
	for _, swaps := range []*strings.Replacer{
		strings.NewReplacer("Q", "A", "W", "Z", "M", ","), strings.NewReplacer("Q", "A", "W", "Z", "M", "?"),
		strings.NewReplacer("Y", "Z"), strings.NewReplacer("Y", "Z", "-", "'"),
	} {
		for _, text := range []string{swaps.Replace(key), strings.ToLower(swaps.Replace(key)), swaps.Replace(strings.ReplaceAll(key, "-", ""))} {
			if got := label.Classify(scanner.Scan{Text: text, Unsure: true}); got.Kind != label.Secret || got.Text != "" {
				t.Errorf("%q: %+v", text, got)
			}
		}
	}
}

// TestHardwareHash: Windows' hardware hash is called by its name, cut or not,
// and nothing of it is kept.
func TestHardwareHash(t *testing.T) {
	t.Parallel()
	hash := "T0" + strings.Repeat("GAEAAAAHAAAACgD3AUpaRwAACgDzAUpa+hIzNDU2Nzg5/", 100)
	want := label.Code{Kind: label.Other, Confidence: label.Certain, Reason: label.HardwareHash}
	for name, s := range map[string]scanner.Scan{
		"whole": {Text: hash, Symbology: scanner.QR}, "cut": {Text: hash[:scanner.MaxText], Cut: true}, "padded": {Text: hash[:400] + "=="},
		"with a key in it by chance": {Text: hash[:300] + "BCDFGHJKMNPQRTVWXY2346789"},
	} {
		if got := label.Classify(s); got != want {
			t.Errorf("%s: %+v", name, got)
		}
	}
	for name, text := range map[string]string{"short": hash[:60], "another beginning": "X" + hash[:300], "with blanks": hash[:300] + " A"} {
		if got := label.Classify(scanner.Scan{Text: text}); got.Reason == label.HardwareHash {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
