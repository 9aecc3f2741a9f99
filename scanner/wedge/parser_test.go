package wedge_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"pkidstation/scanner"
	"pkidstation/scanner/wedge"
)

const pkid = "3305123456781"

// A typist makes strokes, each a pace after the one before.
type typist struct {
	at      time.Time
	strokes []wedge.Stroke
}

func typing() *typist { return &typist{at: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)} }

func (y *typist) runes(text string, pace time.Duration) *typist {
	for _, r := range text {
		y.at = y.at.Add(pace)
		y.strokes = append(y.strokes, wedge.Stroke{Rune: r, At: y.at})
	}
	return y
}

func (y *typist) keys(pace time.Duration, names ...string) *typist {
	for _, name := range names {
		y.at = y.at.Add(pace)
		y.strokes = append(y.strokes, wedge.Stroke{Key: name, At: y.at})
	}
	return y
}

// pairs types as a window tells it: each key's name, then its rune.
func (y *typist) pairs(text string, pace time.Duration) *typist {
	for _, r := range text {
		y.keys(pace, string(r)).runes(string(r), 0)
	}
	return y
}

// alt types as ALT-code mode does: four digits on the key pad, then the rune.
func (y *typist) alt(text string, pace time.Duration) *typist {
	for _, r := range text {
		y.keys(pace, "0", string('0'+r/100), string('0'+r/10%10), string('0'+r%10)).runes(string(r), 0)
	}
	return y
}

func (y *typist) pause(length time.Duration) *typist {
	y.at = y.at.Add(length)
	return y
}

func TestParser(t *testing.T) {
	t.Parallel()
	const fast, slow = 12 * time.Millisecond, 150 * time.Millisecond
	long := strings.Repeat("7", scanner.MaxText)
	tests := map[string]struct {
		typed *typist
		want  []wedge.Burst
	}{
		"nothing":            {typing(), nil},
		"Return":             {typing().runes(pkid, fast).keys(fast, "Return"), machine(pkid)},
		"Enter":              {typing().runes(pkid, fast).keys(fast, "Enter"), machine(pkid)},
		"key pad's Enter":    {typing().runes(pkid, fast).keys(fast, "KP_Enter"), machine(pkid)},
		"Tab":                {typing().runes(pkid, fast).keys(fast, "Tab"), machine(pkid)},
		"CR and LF as runes": {typing().runes(pkid+"\r\n", fast), machine(pkid)},
		"two terminators":    {typing().runes(pkid, fast).keys(fast, "Return", "Tab", "Return"), machine(pkid)},
		"no terminator":      {typing().runes(pkid, fast), machine(pkid)},
		"late terminator":    {typing().runes(pkid, fast).pause(slow).keys(slow, "Return"), machine(pkid)},
		"names and runes":    {typing().pairs("1122334455667", fast).keys(fast, "Return"), machine("1122334455667")},
		"doubled digits":     {typing().runes("1122334455667", 0).keys(0, "Return"), machine("1122334455667")},
		"a name lost": {
			typing().keys(0, "1").runes("1", 0).runes("1", 0).pairs("22334455667", 0).keys(0, "Return"), machine("1122334455667"),
		},
		"one time for all":      {typing().runes(pkid, 0), machine(pkid)},
		"batches of a frame":    {typing().runes(pkid[:7], 0).pause(17*time.Millisecond).runes(pkid[7:], 0), machine(pkid)},
		"a stall":               {typing().runes(pkid[:7], fast).pause(200*time.Millisecond).runes(pkid[7:], 0), machine(pkid)},
		"space inside":          {typing().pairs("AB 12 CD", fast).keys(fast, "Return"), machine("AB 12 CD")},
		"capitals by Shift":     {typing().keys(0, "LeftShift").runes("5CG", fast).keys(0, "LeftShift").runes("1234XYZ", fast), machine("5CG1234XYZ")},
		"AIM stays":             {typing().runes("]C0"+pkid, fast), machine("]C0" + pkid)},
		"back to back":          {typing().runes(pkid+"\n5CG1234XYZ\n", fast), machine(pkid, "5CG1234XYZ")},
		"back to back, idle":    {typing().runes(pkid, fast).pause(301*time.Millisecond).runes(pkid, fast), machine(pkid, pkid)},
		"group separators":      {typing().runes("[)>\x1e06\x1dS123\x1e\x04", fast), machine("[)>\x1e06\x1dS123\x1e\x04")},
		"typed by hand":         {typing().runes(pkid, slow).keys(slow, "Return"), human(pkid)},
		"a hand's word":         {typing().runes("ok", fast).keys(fast, "Return"), human("ok")},
		"five are few":          {typing().runes("12345", fast).keys(fast, "Return"), few("12345")},
		"an order of four":      {typing().runes("BL-7", fast).keys(fast, "Return"), few("BL-7")},
		"few, no terminator":    {typing().runes("BL-7", fast), human("BL-7")},
		"few, a late key":       {typing().runes("BL-7", fast).keys(slow, "Return"), human("BL-7")},
		"few, by a hand":        {typing().runes("BL-7", 80*time.Millisecond).keys(0, "Return"), human("BL-7")},
		"few, and all the same": {typing().runes("aaaa", fast).keys(fast, "Return"), human("aaaa")},
		"few on a French host": {
			typing().runes("QT&", fast).keys(fast, "Return"), []wedge.Burst{{Text: "AT1", Few: true, Layout: "fr"}},
		},
		"few, in a text field": {typing().runes("1234", fast).inField().keys(fast, "Return"), []wedge.Burst{{Text: "1234", Field: true}}},
		"six are enough":       {typing().runes("123456", fast).keys(fast, "Return"), machine("123456")},
		"50 ms are a machine":  {typing().runes(pkid, 50*time.Millisecond), machine(pkid)},
		"51 ms are a hand":     {typing().runes(pkid, 51*time.Millisecond), human(pkid)},
		"hand, then scan": {
			typing().runes("abc", slow).pause(301*time.Millisecond).runes(pkid, fast).keys(fast, "Return"),
			append(human("abc"), machine(pkid)...),
		},
		"a letter held down": {typing().runes("aaaaaaaaaaaa", 30*time.Millisecond), human("aaaaaaaaaaaa")},
		"equal digits":       {typing().runes("0000000000000", fast), machine("0000000000000")},
		"NumLock off":        {typing().keys(fast, strings.Split("1122334455667", "")...).keys(fast, "KP_Enter"), machine("1122334455667")},
		"NumLock off, letters": {
			typing().pairs("ABCDEFG", fast).keys(fast, strings.Split("12345678", "")...),
			[]wedge.Burst{{Text: "ABCDEFG", Machine: true, Cut: true}},
		},
		"NumLock off, few letters": {
			typing().pairs("C", fast).keys(fast, strings.Split("12345678", "")...),
			[]wedge.Burst{{Text: "C", Machine: true, Cut: true}},
		},
		"Alt and code":       {typing().alt("5CG"+pkid, time.Millisecond), machine("5CG" + pkid)},
		"as long as is kept": {typing().runes(long, time.Millisecond), machine(long)},
		"longer":             {typing().runes(long+"88", time.Millisecond), []wedge.Burst{{Text: long, Machine: true, Cut: true}}},
		"French host": {
			typing().runes("\"\"à(&é\"'(-è_&", fast).keys(fast, "Return"),
			[]wedge.Burst{{Text: pkid, Machine: true, Layout: "fr"}},
		},
		"French host, Caps Lock": {typing().runes("&É\"'(-È_ÇÀ", fast), []wedge.Burst{{Text: "1234567890", Machine: true, Layout: "fr"}}},
		"Belgian host":           {typing().runes("&é\"'(§è!çà", fast), []wedge.Burst{{Text: "1234567890", Machine: true, Layout: "be"}}},
		"French host, letters": {
			typing().runes("(CG&é\"'", fast),
			[]wedge.Burst{{Text: "5CG1234", Machine: true, Layout: "fr"}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := parse(test.typed)
			if diff := cmp.Diff(test.want, got, cmpopts.IgnoreFields(wedge.Burst{}, "Ended", "Trace", "Unsure")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// inField has what was typed so far typed in a text field.
func (y *typist) inField() *typist {
	for i := range y.strokes {
		y.strokes[i].Field = true
	}
	return y
}

func few(text string) []wedge.Burst { return []wedge.Burst{{Text: text, Few: true}} }

func TestIdle(t *testing.T) {
	t.Parallel()
	parser := wedge.NewParser(wedge.Options{Idle: time.Second})
	if idle := parser.Idle(); !idle.IsZero() {
		t.Errorf("nothing pending, idle = %v", idle)
	}
	typed := typing().runes(pkid, time.Millisecond)
	for _, stroke := range typed.strokes {
		parser.Feed(stroke)
	}
	over := typed.at.Add(time.Second)
	if idle := parser.Idle(); !idle.Equal(over) {
		t.Errorf("idle = %v, want a second after the last stroke", idle)
	}
	if early := parser.Flush(over.Add(-1)); early != nil {
		t.Errorf("a nanosecond early gave %v", early)
	}
	got := parser.Flush(over)
	want := []wedge.Burst{{
		Text: pkid, Machine: true, Ended: typed.at,
		Trace: scanner.Trace{Raw: pkid, Keys: 13, Took: 12 * time.Millisecond, Longest: time.Millisecond},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if again := parser.Flush(over.Add(time.Hour)); again != nil || !parser.Idle().IsZero() {
		t.Errorf("a burst was given twice: %v", again)
	}
}

// TestTrace: how a read came is kept beside what it means.
func TestTrace(t *testing.T) {
	t.Parallel()
	const fast = 12 * time.Millisecond
	tests := map[string]struct {
		typed *typist
		want  scanner.Trace
	}{
		"French host": {
			typing().runes(`""à(&é"'(-è_&`, fast).keys(fast, "KP_Enter"),
			scanner.Trace{Raw: `""à(&é"'(-è_&` + "\r", Terminator: "\r", Keys: 13, Took: 12 * fast, Longest: fast},
		},
		"a pause": {
			typing().runes(pkid[:7], fast).pause(100*time.Millisecond).runes(pkid[7:], fast).keys(0, "Tab"),
			scanner.Trace{Raw: pkid + "\t", Terminator: "\t", Keys: 13, Took: 12*fast + 100*time.Millisecond, Longest: fast + 100*time.Millisecond},
		},
		"line feed": {
			typing().runes("]C0"+pkid+"\n", 0),
			scanner.Trace{Raw: "]C0" + pkid + "\n", Terminator: "\n", Keys: 16},
		},
		"silence, NumLock off": {
			typing().keys(fast, strings.Split(pkid, "")...),
			scanner.Trace{Raw: pkid, Keys: 13, Took: 12 * fast, Longest: fast},
		},
		"too long for it": {
			typing().runes(strings.Repeat("é", 128)+"\r", time.Millisecond),
			scanner.Trace{
				Raw: strings.Repeat("é", 127) + "\r", Terminator: "\r", Keys: 128, Took: 127 * time.Millisecond, Longest: time.Millisecond,
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, parse(test.typed)[0].Trace); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzParser(f *testing.F) {
	f.Add([]byte("\x0c3\x0c3\x0c0\x0c5\x0c1\x0c2\x0c\r"))
	f.Add([]byte("\x00&\x00\xe9\xff\"\x80A"))
	f.Fuzz(func(t *testing.T, script []byte) {
		typed, runes := typing(), 0
		for ; len(script) > 1; script = script[2:] {
			pace, char := time.Duration(script[0]&0x7f)*4*time.Millisecond, script[1]
			switch {
			case script[0] < 0x80:
				typed.runes(string(rune(char)), pace)
				if !strings.ContainsRune("\x00\r\n\t", rune(char)) {
					runes++
				}
			case char < 0x80:
				typed.keys(pace, string(rune('0'+char%10)))
			case char == 0x80:
				typed.keys(-pace, "Left") // a clock that went back
			default:
				typed.keys(pace, "Return")
			}
		}
		var kept int
		for _, burst := range parse(typed) {
			if burst.Text == "" || len(burst.Text) > scanner.MaxText || !utf8.ValidString(burst.Text) || strings.ContainsAny(burst.Text, "\r\n\t") {
				t.Errorf("burst %+v", burst)
			}
			kept += utf8.RuneCountInString(burst.Text)
			if burst.Cut {
				kept += len(typed.strokes)
			}
		}
		if kept < runes {
			t.Errorf("%d of %d runes kept, and nothing marked", kept, runes)
		}
	})
}

func machine(texts ...string) []wedge.Burst { return bursts(true, texts) }

func human(texts ...string) []wedge.Burst { return bursts(false, texts) }

func bursts(machine bool, texts []string) []wedge.Burst {
	all := make([]wedge.Burst, 0, len(texts))
	for _, text := range texts {
		all = append(all, wedge.Burst{Text: text, Machine: machine})
	}
	return all
}

// parse feeds all that was typed, and then a long silence.
func parse(typed *typist) []wedge.Burst {
	parser := wedge.NewParser(wedge.Options{})
	var all []wedge.Burst
	for _, stroke := range typed.strokes {
		all = append(all, parser.Feed(stroke)...)
	}
	return append(all, parser.Flush(typed.at.Add(time.Minute))...)
}
