package trial_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner"
	"pkidstation/scanner/command"
	"pkidstation/scanner/label"
	"pkidstation/scanner/trial"
)

const (
	pkid   = "3305123456781"
	serial = "5CG1234XYZ"
	key    = "VK7JG-NPHTM-C97JM-9MPGT-3V66T"
	gtin   = "05901234123457"
)

// typed is a scan as a keyboard wedge gives it when all is well: an AIM
// identifier in front, a key every 12 ms, and Enter.
func typed(text string) scanner.Scan {
	aim, text, symbology := scanner.SplitAIM(text)
	keys := utf8.RuneCountInString(aim + text)
	return scanner.Scan{
		Text: text, AIM: aim, Symbology: symbology, Source: "wedge",
		Trace: scanner.Trace{
			Raw: aim + text + "\r", Terminator: "\r", Keys: keys,
			Took: time.Duration(keys-1) * 12 * time.Millisecond, Longest: 17 * time.Millisecond,
		},
	}
}

// paced is a scan whose keys are so far apart, and that stops once for longer.
func paced(apart, stop time.Duration) scanner.Scan {
	scan := typed("]C0" + pkid)
	scan.Trace.Longest = max(apart, stop)
	scan.Trace.Took = apart*time.Duration(scan.Trace.Keys-2) + scan.Trace.Longest
	return scan
}

func with(scan scanner.Scan, change func(*scanner.Scan)) scanner.Scan {
	change(&scan)
	return scan
}

func ended(scan scanner.Scan, raw, terminator string) scanner.Scan {
	scan.Trace.Raw, scan.Trace.Terminator = raw, terminator
	return scan
}

func look(scan scanner.Scan) trial.Finding { return trial.Look(scan, label.Classify(scan)) }

func TestAdviceOfOneScan(t *testing.T) {
	t.Parallel()
	camera := scanner.Scan{Text: pkid, AIM: "]C0", Symbology: scanner.Code128, Source: "camera:0", Frame: 1, Of: 1}
	for name, tt := range map[string]struct {
		scan scanner.Scan
		want []trial.Advice
	}{
		"all is well":                 {typed("]C0" + pkid), nil},
		"a tab ends it":               {ended(typed("]C0"+pkid), "]C0"+pkid+"\t", "\t"), nil},
		"CR LF":                       {ended(typed("]C0"+pkid), "]C0"+pkid+"\r\n", "\r\n"), nil},
		"LF of the read before":       {ended(typed("]C0"+pkid), "\n]C0"+pkid+"\r", "\r"), nil},
		"STX and ETX":                 {ended(typed("]C0"+pkid), "\x02]C0"+pkid+"\x03", "\x03"), nil},
		"a camera":                    {camera, nil},
		"no AIM identifier":           {typed(pkid), []trial.Advice{trial.NoAIM}},
		"no AIM, a serial":            {typed(serial), []trial.Advice{trial.NoAIM}},
		"no terminator":               {ended(typed("]C0"+pkid), "]C0"+pkid, ""), []trial.Advice{trial.NoTerminator}},
		"nobody tells":                {ended(typed("]C0"+pkid), "", ""), nil},
		"French keyboard":             {with(typed("]C0"+pkid), func(s *scanner.Scan) { s.Layout = "fr" }), []trial.Advice{trial.LayoutRepaired}},
		"letters unsure":              {with(typed("]C0"+serial), func(s *scanner.Scan) { s.Unsure = true }), []trial.Advice{trial.LettersUnsure}},
		"repaired and unsure":         {with(typed("]C0"+serial), func(s *scanner.Scan) { s.Layout, s.Unsure = "fr", true }), []trial.Advice{trial.LettersUnsure}},
		"calibration":                 {with(typed("]C0"+command.Calibration), func(s *scanner.Scan) { s.Layout = "fr" }), []trial.Advice{trial.LayoutRepaired, trial.Calibrated}},
		"calibration, not understood": {with(typed("]C0"+command.Calibration), func(s *scanner.Scan) { s.Unsure = true }), []trial.Advice{trial.LettersUnsure}},
		"calibration by a camera":     {with(camera, func(s *scanner.Scan) { s.Text = command.Calibration }), nil},
		"calibration, AIM lost":       {with(typed(command.Calibration), func(s *scanner.Scan) { s.Layout = "us" }), []trial.Advice{trial.Calibrated}},
		"Caps Lock, repaired":         {with(typed("]C0"+serial), func(s *scanner.Scan) { s.Layout = "us" }), []trial.Advice{trial.CapsLock}},
		"Caps Lock":                   {typed("]c0" + pkid), []trial.Advice{trial.CapsLock}},
		"a DataMatrix is none":        {typed("]d1" + pkid), nil},
		"35 ms a key":                 {paced(35*time.Millisecond, 0), nil},
		"36 ms a key":                 {paced(36*time.Millisecond, 0), []trial.Advice{trial.Slow}},
		"one pause":                   {paced(30*time.Millisecond, 250*time.Millisecond), nil},
		"36 ms a key and a pause":     {paced(36*time.Millisecond, 250*time.Millisecond), []trial.Advice{trial.Slow}},
		"two slow keys":               {with(typed("12"), func(s *scanner.Scan) { s.Trace.Took, s.AIM = 40*time.Millisecond, "]C0" }), []trial.Advice{trial.Slow}},
		"STX alone":                   {ended(typed("]C0"+pkid), "\x02]C0"+pkid+"\r", "\r"), []trial.Advice{trial.Prefix}},
		"a prefix before the AIM":     {typed("AB]C0" + pkid), []trial.Advice{trial.Prefix}},
		"a maker's own identifier":    {typed("D" + pkid), []trial.Advice{trial.Prefix, trial.NoAIM}},
		"a control character":         {typed("]C0330\x1b5123456781"), []trial.Advice{trial.ControlCharacters}},
		"a control character first": {
			typed("]C0\x1b" + pkid), []trial.Advice{trial.ControlCharacters},
		},
		"GS1":                 {typed("]C101" + gtin + "21" + serial), nil},
		"GS1 with separators": {typed("]C101" + gtin + "21" + serial + "\x1d241X1"), nil},
		"GS1 that does not come out": {
			typed("]C101" + gtin + "21" + serial + "24112345678901234567890"), []trial.Advice{trial.NoSeparators},
		},
		"GS1 and nobody says so":    {typed("01" + gtin + "21" + serial), []trial.Advice{trial.NoSeparators, trial.NoAIM}},
		"separators spelled out":    {typed("]C101" + gtin + "21" + serial + "<GS>241X1"), []trial.Advice{trial.NoSeparators}},
		"an envelope":               {typed("]d1[)>\x1e06\x1dS" + serial + "\x1e\x04"), nil},
		"an envelope without marks": {typed("]d1[)>06S" + serial), []trial.Advice{trial.NoSeparators}},
		"no read":                   {typed("NOREAD"), []trial.Advice{trial.NoRead}},
		"no read, small":            {typed("<nr>"), []trial.Advice{trial.NoRead}},
		"cut":                       {with(typed("]C0"+serial), func(s *scanner.Scan) { s.Cut = true }), []trial.Advice{trial.Cut}},
		"a product key":             {typed("]C0" + key), []trial.Advice{trial.Secret}},
		"everything wrong": {
			with(ended(typed(serial), serial, ""), func(s *scanner.Scan) { s.Layout, s.Trace.Took = "be", time.Second }),
			[]trial.Advice{trial.LayoutRepaired, trial.NoTerminator, trial.NoAIM, trial.Slow},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, look(tt.scan).Advice); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestLookTellsWhatCame(t *testing.T) {
	t.Parallel()
	got := look(with(typed("]C0"+pkid), func(s *scanner.Scan) { s.Layout = "fr" }))
	want := trial.Finding{
		Raw: "]C0" + pkid + "<CR>", AIM: "]C0", Symbology: scanner.Code128, Terminator: trial.CR, Keys: 16,
		Average: 12 * time.Millisecond, Longest: 17 * time.Millisecond, Layout: "fr", Source: "wedge",
		Code:   label.Code{Kind: label.PKID, Confidence: label.High, Text: pkid},
		Advice: []trial.Advice{trial.LayoutRepaired},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := look(scanner.Scan{Text: pkid, AIM: "]C0"}); got.Raw != "]C0"+pkid || got.Terminator != trial.Untold || got.Average != 0 {
		t.Errorf("without a trace: %+v", got)
	}
	if got := look(with(typed("X"), func(s *scanner.Scan) { s.Trace.Keys = 1 })); got.Average != 0 {
		t.Errorf("one key has no pace: %v", got.Average)
	}
}

func TestTerminators(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]trial.Terminator{
		"": trial.Silence, "\r": trial.CR, "\n": trial.LF, "\r\n": trial.CRLF, "\t": trial.Tab, "\x03": trial.ETX, "\x04": trial.Another,
	} {
		if got := look(ended(typed("]C0"+pkid), pkid+raw, raw)).Terminator; got != want {
			t.Errorf("%q is %s, want %s", raw, got, want)
		}
	}
}

func TestRawIsReadable(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"\x02]C012\x1d3\t\r\n\x03":           "<STX>]C012<GS>3<TAB><CR><LF><ETX>",
		"\x00\x1b[2J\x7f":                    "<NUL><ESC>[2J<DEL>",
		"a\u202eb\xff&é\"":                   "a<U+202E>b<FF>&é\"",
		"[)>\x1e06\x1dS1\x1e\x04":            "[)><RS>06<GS>S1<RS><EOT>",
		strings.Repeat("7", 256):             strings.Repeat("7", 39) + "…" + strings.Repeat("7", 39),
		strings.Repeat("7", 80):              strings.Repeat("7", 80),
		strings.Repeat("7", 90) + "\r\n\x03": strings.Repeat("7", 39) + "…" + strings.Repeat("7", 26) + "<CR><LF><ETX>",
	} {
		got := look(ended(typed("X"), raw, "")).Raw
		if got != want {
			t.Errorf("%q is shown as %q, want %q", raw, got, want)
		}
	}
}

// TestAProductKeyIsNowhere: however it came, in order or garbled by a keyboard.
func TestAProductKeyIsNowhere(t *testing.T) {
	t.Parallel()
	glued := strings.ReplaceAll(key, "-", "")
	for name, scan := range map[string]scanner.Scan{
		"plain":                {Text: key},
		"behind a prefix":      {Text: "KEY " + key, Trace: scanner.Trace{Raw: "KEY " + key + "\r", Terminator: "\r"}},
		"in the raw alone":     {Text: "OTHER", Trace: scanner.Trace{Raw: key + "\rOTHER\r", Terminator: "\r"}},
		"French, not repaired": {Text: "VKèJG)NPHT?)C_èJ?)_?PGT)\"V--T", Unsure: true},
		"glued and unsure":     {Text: strings.ReplaceAll(glued, "M", "?"), Unsure: true},
		"Swiss":                {Text: strings.ReplaceAll(key, "-", "'"), Layout: "ch"},
		"cut":                  {Text: key + strings.Repeat("X", 4000), Cut: true},
	} {
		f := look(scan)
		if f.Raw != "" || f.Code != (label.Code{Kind: label.Secret, Confidence: label.Certain, Reason: label.ProductKey}) || f.Grade() != trial.Withheld {
			t.Errorf("%s: %+v", name, f)
		}
	}
	for _, text := range []string{"00329-00000-00003-AA606", "12345-12345-12345-12345-1234", strings.Repeat("1", 25), strings.Repeat("12345", 5) + "-123"} {
		if f := look(scanner.Scan{Text: text}); f.Grade() == trial.Withheld {
			t.Errorf("%q is taken for a product key", text)
		}
	}
}

func TestAFindingHasNoTextInALog(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("tried", "finding", look(typed("]C0"+pkid)))
	if strings.Contains(log.String(), pkid) || !strings.Contains(log.String(), "kind=pkid") {
		t.Errorf("logged %s", &log)
	}
}

func FuzzLook(f *testing.F) {
	f.Add("]C0"+pkid, "\r", "fr", true, uint8(20))
	f.Add("[)>\x1e06\x1dS1\x1e\x04", "", "", false, uint8(0))
	f.Add(key, "\x03", "ch", true, uint8(25))
	f.Fuzz(func(t *testing.T, text, end, layout string, unsure bool, keys uint8) {
		scan := typed(text)
		scan.Layout, scan.Unsure, scan.Trace.Keys, scan.Trace.Raw, scan.Trace.Terminator = layout, unsure, int(keys), text+end, end
		got := look(scan)
		if n := utf8.RuneCountInString(got.Raw); n > trial.MaxRaw {
			t.Errorf("%q is shown in %d characters", text, n)
		}
		if strings.ContainsFunc(got.Raw, func(r rune) bool { return r < ' ' || r == utf8.RuneError }) && !strings.ContainsRune(text+end, utf8.RuneError) {
			t.Errorf("%q is shown as %q", text, got.Raw)
		}
		if label.HoldsSecret(text) && (got.Raw != "" || got.Code.Text != "") {
			t.Errorf("a product key is shown: %+v", got)
		}
		if report := trial.Judge([]trial.Finding{got}); len(report.Advice) == 0 {
			t.Errorf("%q has no advice", text)
		}
	})
}
