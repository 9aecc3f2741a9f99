package ui_test

import (
	"errors"
	"image"
	"image/color"
	"math"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui"
	"pkidstation/ui/uitest"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

func entry() queue.Entry {
	return queue.Entry{
		ID: "x", Number: 37, Device: autopilot.Device{PKID: "3305123456781"}, State: queue.Ready,
		CapturedAt: time.Date(2026, 11, 23, 14, 32, 0, 0, time.Local),
	}
}

// verdicts are one of each word, and those that are hard to show.
func verdicts() []queue.Verdict {
	return []queue.Verdict{
		{Word: queue.Accepted, Entry: entry(), Kind: "pkid", Text: "3305123456781"},
		{Word: queue.Attached, Entry: entry(), Kind: "serial", Text: "5CG1234567"},
		{Word: queue.Seen, Entry: entry(), Kind: "pkid", Text: "3305123456781"},
		{Word: queue.OnHold, Entry: entry(), Kind: "pkid", Text: "3305123456781", Reason: queue.CouldBeGTIN},
		{
			Word: queue.OnHold, Entry: entry(), Other: queue.Entry{Number: 4, Customer: contoso, GroupTag: "LYON-ENTREPOT-3", Order: "BL-2026-00417"},
			Kind: "pkid", Text: "3305123456781", Reason: queue.OtherCustomer,
		},
		{Word: queue.NotTaken, Kind: "other", Text: "ABCD", Reason: queue.UnknownCode},
		{Word: queue.NotTaken, Kind: "secret", Reason: queue.Secret},
		{Word: queue.NotTaken, Kind: "other", Text: strings.Repeat("W", 4096), Reason: queue.TooLong},
		{Word: queue.NotTaken, Kind: "other", Text: "a\x00b\u202ec", Reason: queue.ControlCharacters},
		{Word: queue.Ignored, Kind: "gtin", Text: "4006381333931", Reason: queue.NoIdentity},
	}
}

func TestTileOfEachVerdictInEachLanguage(t *testing.T) {
	tones := map[queue.Word]widget.Tone{
		queue.Accepted: widget.Accept, queue.Attached: widget.Neutral, queue.Seen: widget.Seen,
		queue.OnHold: widget.Hold, queue.NotTaken: widget.Reject, queue.Ignored: widget.Gone,
	}
	for _, language := range languages() {
		b := newBench(t, ui.Options{Language: language})
		spoken, err := words.New(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range verdicts() {
			b.Tell(ui.Event{Verdict: v, Source: "wedge"})
			news, want := b.Tile().News(), spoken.Verdict(v)
			if news.Tone != tones[v.Word] || news.Word != want.Word || news.Next != want.Next || news.What == "" {
				t.Errorf("%s %s %s: tile is %+v, want %+v", language, v.Word, v.Reason, news, want)
			}
			if v.Entry.Number > 0 && news.Number != "37" {
				t.Errorf("%s %s: box %q", language, v.Word, news.Number)
			}
			checkTile(t, b, language+" "+string(v.Word)+" "+string(v.Reason))
		}
	}
}

// checkTile holds that all the tile says is there, whole, and easy to read.
func checkTile(t *testing.T, b *bench, name string) {
	t.Helper()
	tile := b.Tile()
	for _, text := range tile.Texts() {
		if !text.Fits() {
			t.Errorf("%s: %q is cut", name, text.Text())
		}
		if text.Text() != "" && contrast(text.Ink(), tile.News().Tone.Fill()) < 7 {
			t.Errorf("%s: %q has contrast %.1f", name, text.Text(), contrast(text.Ink(), tile.News().Tone.Fill()))
		}
	}
	window := b.FyneWindow().Canvas().Size()
	if share := tile.Size().Width * tile.Size().Height / (window.Width * window.Height); share < 0.5 {
		t.Errorf("%s: the tile fills %.0f %% of the window", name, share*100)
	}
}

func TestTileFillsHalfOfAnyWindow(t *testing.T) {
	for _, size := range []fyne.Size{{Width: 1024, Height: 700}, {Width: 1280, Height: 800}, {Width: 1920, Height: 1080}, {Width: 1280, Height: 1024}} {
		b := newBench(t, ui.Options{Demo: true, Language: "fr"})
		b.FyneWindow().Resize(size)
		b.Tell(ui.Event{Verdict: verdicts()[4]})
		checkTile(t, b, size2(size))
	}
}

func size2(s fyne.Size) string { return image.Pt(int(s.Width), int(s.Height)).String() }

func TestSecretIsNowhere(t *testing.T) {
	b := newBench(t, ui.Options{})
	const secret = "ABCDE-FGHIJ-KLMNP-QRSTU-VWXYZ"
	b.Tell(ui.Event{Verdict: queue.Verdict{Word: queue.NotTaken, Kind: "secret", Reason: queue.Secret, Text: secret}})
	for _, shown := range texts(b) {
		if strings.Contains(shown, secret) {
			t.Errorf("the product key is on screen: %q", shown)
		}
	}
}

func TestTileStaysUntilTheNextScan(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.Tell(ui.Event{Verdict: verdicts()[3]})
	before := b.Tile().News()
	b.clock.pass(time.Hour)
	b.Load()
	b.VisitQueue()
	if b.Strip().Hidden || b.Strip().News().Word != before.Word {
		t.Error("the queue screen does not tell the last verdict")
	}
	b.VisitDock()
	if diff := cmp.Diff(before, b.Tile().News()); diff != "" {
		t.Errorf("the tile changed by itself (-before +after):\n%s", diff)
	}
}

func TestPaletteCanBeRead(t *testing.T) {
	for _, tone := range []widget.Tone{widget.Neutral, widget.Accept, widget.Seen, widget.Hold, widget.Reject, widget.Waiting, widget.Sent} {
		if c := contrast(tone.Ink(), tone.Fill()); c < 7 {
			t.Errorf("tone %d has contrast %.1f", tone, c)
		}
	}
	for n, pair := range ui.Inks() {
		if c := contrast(pair[0], pair[1]); c < 7 {
			t.Errorf("pair %d has contrast %.1f", n, c)
		}
	}
}

func TestCountersAndCaptures(t *testing.T) {
	b := newBench(t, ui.Options{})
	var got []string
	for n := range 5 {
		got = append(got, b.Counter(n))
	}
	if diff := cmp.Diff([]string{"6", "3", "1", "2", "1"}, got); diff != "" {
		t.Errorf("captured, submitted, registered, held, rejected (-want +got):\n%s", diff)
	}
	if n := len(b.Recent()); n != 6 {
		t.Errorf("the list has %d captures, want 6", n)
	}
	if last := b.station.filters[0]; last.Limit != 10 || last.Reception != "r1" {
		t.Errorf("the list was asked for with %+v", last)
	}
}

func TestDemoAndLanguageOnEveryScreen(t *testing.T) {
	b := newBench(t, ui.Options{Demo: true, Language: "en"})
	for _, show := range []func(){b.VisitDock, b.VisitQueue} {
		show()
		shown := strings.Join(texts(b), "\n")
		if !strings.Contains(shown, "DEMO") || !strings.Contains(shown, "Français") {
			t.Errorf("DEMO or the language switch is missing:\n%s", shown)
		}
	}
}

func TestLanguageSwitchKeepsTheSession(t *testing.T) {
	told := ""
	b := newBench(t, ui.Options{Language: "en", OnLanguage: func(l string) { told = l }})
	b.Tell(ui.Event{Verdict: verdicts()[0]})
	b.OpenTyped()
	b.FyneWindow().Canvas().Focus(b.Fields()[0])
	b.hand("33051")
	b.Switch("fr")
	if got := ui.FieldText(b.Fields()[0]); got != "33051" || b.PanelTitle() != "Saisir un PKID" {
		t.Errorf("panel %q has %q", b.PanelTitle(), got)
	}
	if news := b.Tile().News(); news.Word != "Lu" || news.Number != "37" {
		t.Errorf("the tile tells %+v", news)
	}
	if b.FyneWindow().Canvas().Focused() != b.Fields()[0] || told != "fr" {
		t.Errorf("focus lost, or %q told", told)
	}
}

func TestPrinciple9Undo(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.station.entries = b.station.entries[2:] // the newest was never sent
	b.Load()
	b.tap(t, "Undo last scan")
	if diff := cmp.Diff([]string{"undo"}, b.station.calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	if news := b.Tile().News(); news.Word != "Undone" || news.Number != "7" {
		t.Errorf("the tile tells %+v", news)
	}
	b.station.failure = queue.ErrNothingToUndo
	b.clock.pass(time.Second)
	b.shortcut(&fyne.ShortcutUndo{})
	b.clock.pass(time.Second)
	if !strings.Contains(b.Notice(), "Nothing to undo") {
		t.Errorf("the refusal is told as %q", b.Notice())
	}
}

func TestReceptionIsConfirmedOnceThenLocked(t *testing.T) {
	b := newBench(t, ui.Options{})
	b.station.open = false
	b.Load()
	b.tap(t, "Open a reception")
	if b.Confirmable() {
		t.Error("a reception without a customer can be opened")
	}
	b.FyneWindow().Canvas().Focus(b.Fields()[0])
	b.hand("contoso")
	b.command(fyne.KeyDown)
	if b.Confirmable() {
		t.Error("one of two group tags was taken by itself")
	}
	b.tap(t, "LYON-3")
	ui.SetFieldText(b.Fields()[1], "BL-9")
	b.ConfirmPanel()
	if diff := cmp.Diff([]string{"open " + string(contoso) + " LYON-3 BL-9"}, b.station.calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	shown := strings.Join(texts(b), "\n")
	for _, want := range []string{"Contoso Logistique", "LYON-3", "BL-9", "Close the reception"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not on the dock:\n%s", want, shown)
		}
	}
}

func TestFaultIsToldInWords(t *testing.T) {
	b := newBench(t, ui.Options{Language: "fr"})
	b.Tell(ui.Event{Source: "serial:/dev/ttyACM0", Err: errors.New("read: input/output error")})
	if !strings.Contains(b.Notice(), "problème") {
		t.Errorf("the fault is told as %q", b.Notice())
	}
}

func TestPreview(t *testing.T) {
	b := newBench(t, ui.Options{})
	picture := image.NewGray(image.Rect(0, 0, 64, 36))
	b.Tell(ui.Event{Preview: &ui.Preview{Image: picture, Regions: []ui.Region{{Word: queue.Accepted}}}})
	found := false
	uitest.Walk(b.FyneWindow().Content(), func(o fyne.CanvasObject) {
		if p, ok := o.(*widget.Preview); ok && p.Size().Height > 60 {
			found = true
		}
	})
	if !found {
		t.Error("the camera's picture is not on the dock")
	}
}

// tap presses the button with a label.
func (b *bench) tap(t *testing.T, label string) {
	t.Helper()
	var tap *widget.Tap
	uitest.Walk(b.FyneWindow().Content(), func(o fyne.CanvasObject) {
		if o, ok := o.(*widget.Tap); ok && strings.HasPrefix(o.Label(), label) {
			tap = o
		}
	})
	if tap == nil {
		t.Fatalf("there is no button %q among %q", label, texts(b))
	}
	test.Tap(tap)
}

// contrast is WCAG's contrast ratio.
func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
