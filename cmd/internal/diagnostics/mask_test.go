package diagnostics_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"pkidstation/cmd/internal/diagnostics"
)

const (
	pkid   = "3305123456781"
	tenant = "5f1cf4a4-9d3e-4b6a-8c21-0e7d9b1aa1b2"
	sha    = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
	// Each is made up, and long enough to be one.
	jwt    = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl"
	opaque = "0AXoAk3pQ9mB7rT2vX5yZ8cD1fG4hJ6lN0qS3uW9eR7tY2iO5pA8sD"
)

// station are the values that a station would say are its own.
func station() []string {
	return []string{"5CG4071QZ8", "PF-3ZK/81Q", "Société Dupont & Fils", "Ana", "marie.dupont", "ab", ""}
}

// TestMask has each kind of thing that must not leave, as logs have it.
func TestMask(t *testing.T) {
	t.Parallel()
	m := diagnostics.NewMasker(station())
	for name, test := range map[string]struct{ text, want string }{
		"a PKID":                  {`taken ` + pkid + `.`, `taken ‹…6781›.`},
		"in groups":               {`3305 1234 5678 1`, `‹…›`},
		"in escapes":              {`"330512345\u00367\u00381"`, `"‹…›"`},
		"in escapes of escapes":   {`330512345\\u00367\\u00381`, `‹…›`},
		"digits beside one":       {`at 9 3305123456781`, `at ‹…6781›`},
		"an escape at its head":   {`\u0033305123456781`, `‹…›`},
		"a time":                  {`2026-11-29T20:56:05.123456789Z`, `2026-11-29T20:56:05.123456789Z`},
		"an SSCC":                 {`00340123450000000018`, `‹…0018›`},
		"a tenant":                {`customer ` + tenant, `customer ‹5f1c…a1b2›`},
		"a tenant after a number": {`2026 ` + tenant, `2026 ‹5f1c…a1b2›`},
		"a bearer token":          {`Authorization: Bearer abc.def-ghi`, `Authorization: ‹…›`},
		"a bearer in a word":      {`sent bearer abc.def`, `sent bearer ‹…›`},
		"a JWT":                   {`got ` + jwt + ` back`, `got ‹…› back`},
		"a token of a field":      {`{"refresh_token":"abc\"def","n":1}`, `{"refresh_token":"‹…›","n":1}`},
		"JSON in JSON":            {`{"body":"{\"access_token\":\"abc\",\"n\":1}"}`, `{"body":"{\"access_token\":‹…›,\"n\":1}"}`},
		"a PIN":                   {`pin=4711 tried`, `pin=‹…› tried`},
		"what is no word":         {`got ` + opaque, `got ‹…›`},
		"a hash":                  {`chain ` + sha, `chain ‹…0a08›`},
		"mail":                    {`from marie.dupont@contoso.example.fr now`, `from ‹…› now`},
		"a module's version":      {`fyne.io/fyne/v2@v2.8.1/app.go:12`, `fyne.io/fyne/v2@v2.8.1/app.go:12`},
		"a URL":                   {`http://admin:p@ss@10.0.0.7:8080/video?key=abc#x`, `http://‹…›@10.0.0.7:8080/video?‹…›`},
		"a URL in a URL":          {`http://a@b/http://c@d`, `http://‹…›@b/http://‹…›@d`},
		"a home":                  {`/home/marie/x C:\Users\Marie\y C:\\Users\\Marie`, `/home/‹…›/x C:\Users\‹…›\y C:\\Users\\‹…›`},
		"a serial's field":        {`"serial":"XYZ12345","source":"serial:/dev/ttyACM0"`, `"serial":"‹…›","source":"serial:/dev/ttyACM0"`},
		"a serial of ours":        {`box 5cg4071qz8, PF-3ZK/81Q`, `box ‹…›, ‹…›`},
		"a part of a word":        {`Anaconda 5CG4071QZ81 Ana`, `Anaconda 5CG4071QZ81 ‹…›`},
		"a customer":              {`for Société Dupont & Fils`, `for ‹…›`},
		"a customer in JSON":      {`"name":"Société Dupont \u0026 Fils"`, `"name":"‹…›"`},
		"words":                   {`a box was not closed: the order is open; token expired`, `a box was not closed: the order is open; token expired`},
		"a stack":                 {"main.(*desk).work(0xc0001234, {0x1f2, 0x3})\n\t/src/cmd/pkidstation/desk.go:269 +0x1d", "main.(*desk).work(0xc0001234, {0x1f2, 0x3})\n\t/src/cmd/pkidstation/desk.go:269 +0x1d"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := m.Mask(test.text); got != test.want {
				t.Errorf("Mask(%q)\n  = %q,\nwant %q", test.text, got, test.want)
			}
			check(t, m, test.text)
		})
	}
}

var (
	run     = regexp.MustCompile(`\p{Nd}{13}`)
	escaped = regexp.MustCompile(`\\+u003([0-9])`)
)

// check holds what is true of whatever is masked.
func check(t *testing.T, m *diagnostics.Masker, text string) {
	t.Helper()
	got := m.Mask(text)
	if run.MatchString(got) || run.MatchString(escaped.ReplaceAllString(got, "$1")) {
		t.Errorf("13 digits in a row are left of %q: %q", text, got)
	}
	for _, never := range []string{pkid, tenant, sha, jwt, opaque} {
		if strings.Contains(got, never) {
			t.Errorf("%q is left of %q: %q", never, text, got)
		}
	}
	if again := m.Mask(got); again != got {
		t.Errorf("masking %q twice is not masking once:\n%q\n%q", text, got, again)
	}
	if len(got) > 3*len(text) {
		t.Errorf("%d bytes became %d", len(text), len(got))
	}
	if utf8.ValidString(text) && !utf8.ValidString(got) {
		t.Errorf("%q became %q, which is no UTF-8", text, got)
	}
}

func FuzzMask(f *testing.F) {
	for _, seed := range []string{
		pkid, `"text":"33051\u0032 3456781"`, `\u0033\u00330512345678`, "3305-1234-5678-1", "٣٣٠٥١٢٣٤٥٦٧٨١",
		`{"token":"` + jwt + `"}`, "Bearer " + opaque, sha, tenant + pkid, "5CG4071QZ8" + pkid, "AnaAna Ana", "PF-3ZK/81Q" + pkid,
		"http://u:p@h/?a=" + pkid, "://a/://b@c?://d", `"by":"` + pkid, "‹" + pkid + "›", `C:\Users\a@b.fr`, "/home/‹…›", "token==x", "000AA00000000000A0A0AA000A0AA000AA00-0000000000000", "://@", "pin:pin:pin:1",
		`\"token\":\"a\"`, "\xff\xfe3305123456781\xff",
	} {
		f.Add(seed)
	}
	m := diagnostics.NewMasker(station())
	f.Fuzz(func(t *testing.T, text string) { check(t, m, text) })
}

// TestMaskTakesLongTexts has texts that look like the beginning of something all the
// way: what went back over them would not end.
func TestMaskTakesLongTexts(t *testing.T) {
	t.Parallel()
	m := diagnostics.NewMasker(station())
	for _, piece := range []string{"1 ", "a", "token=", "://a", `\u003`, "a@", `"serial":"`, `\`, "5f1cf4a4-9d3e-", "?", "eyJ"} {
		text := strings.Repeat(piece, 20_000/len(piece))
		if got := m.Mask(text); len(got) > 3*len(text) {
			t.Errorf("%q repeated became %d bytes of %d", piece, len(got), len(text))
		}
	}
}
