package ui_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"pkidstation/assets"
	"pkidstation/ui"
	"pkidstation/ui/uitest"
	"pkidstation/ui/words"
)

// A trier stands in for the trial's port.
type trier struct {
	calls []string
	on    func(ui.Tried)
}

func (r *trier) Begin(on func(ui.Tried)) { r.calls, r.on = append(r.calls, "begin"), on }

func (r *trier) End() { r.calls = append(r.calls, "end") }

func newTrialBench(t *testing.T, options ui.Options) (*bench, *trier) {
	t.Helper()
	r := &trier{}
	options.Trial = r
	return newBench(t, options), r
}

// good, french and secret are findings of three kinds; longest is one of which
// every text is as long as can be.
func good() words.Finding {
	return words.Finding{
		Grade: "good", Raw: "]C03305123456781<CR>", AIM: "]C0", Symbology: "code128", Terminator: "cr", Keys: 16,
		Average: 12 * time.Millisecond, Longest: 17 * time.Millisecond, Kind: "pkid", Text: "3305123456781",
	}
}

func french() words.Finding {
	f := good()
	f.Grade, f.Raw, f.Layout, f.AIM, f.Symbology, f.Advice = "change", `""à(&é"'(-è_&<CR>`, "fr", "", "", []string{"layout-repaired", "no-aim"}
	f.Doubt = true
	return f
}

func secret() words.Finding {
	return words.Finding{Grade: "withheld", Kind: "secret", Terminator: "cr", Keys: 29, Text: "VK7JG", Advice: []string{"secret"}}
}

func longest() words.Finding {
	return words.Finding{
		Grade: "change", Raw: strings.Repeat("<ETX>", 15) + "…<CR>", AIM: "]d1", Symbology: "datamatrix", Terminator: "crlf", Keys: 4096,
		Average: 1234 * time.Millisecond, Longest: 4321 * time.Millisecond, Layout: "fr-bepo", Unsure: true, Kind: "serial",
		Text: strings.Repeat("W5", 11), Doubt: true,
	}
}

func allAdvice(t *testing.T) []string {
	t.Helper()
	var all []string
	for id := range trialTexts(t, "en") {
		if word, ok := strings.CutPrefix(id, "trial.advice."); ok {
			all = append(all, word)
		}
	}
	slices.Sort(all)
	return all
}

func trialTexts(t *testing.T, language string) map[string]any {
	t.Helper()
	data, err := assets.Translations.ReadFile("translations/trial." + language + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func (b *bench) says(text string) bool { return slices.Contains(texts(b), text) }

func TestTrialIsReachedAndLeft(t *testing.T) {
	ways := map[string][2]func(*bench){
		"F7 and Escape": {func(b *bench) { b.command(fyne.KeyF7) }, func(b *bench) { b.command(fyne.KeyEscape) }},
		"F7 and F2":     {func(b *bench) { b.command(fyne.KeyF7) }, func(b *bench) { b.command(fyne.KeyF2) }},
		"F7 and F9":     {func(b *bench) { b.command(fyne.KeyF7) }, func(b *bench) { b.command(fyne.KeyF9) }},
		"taps": {
			func(b *bench) { b.command(fyne.KeyF1); b.tap(t, b.Say("trial.title")) },
			func(b *bench) { b.tap(t, b.Say("trial.leave")) },
		},
	}
	for name, way := range ways {
		b, r := newTrialBench(t, ui.Options{Language: "en"})
		way[0](b)
		if !b.OnTrial() || b.PanelTitle() != "" || !b.says(b.Say("trial.band")) {
			t.Errorf("%s: the trial is not shown", name)
		}
		way[1](b)
		if b.OnTrial() || b.says(b.Say("trial.band")) {
			t.Errorf("%s: the trial is still shown", name)
		}
		if diff := cmp.Diff([]string{"begin", "end"}, r.calls); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestWithoutATrialThereIsNoWayToIt(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.command(fyne.KeyF7)
	if b.OnTrial() {
		t.Error("F7 shows it")
	}
	b.command(fyne.KeyF1)
	if b.says(b.Say("trial.title")) {
		t.Error("the help tells of it")
	}
}

func TestTrialShowsWhatWasRead(t *testing.T) {
	for _, language := range languages() {
		b, r := newTrialBench(t, ui.Options{Language: language})
		b.command(fyne.KeyF7)
		if !b.says(b.Say("trial.how")) || !b.says(b.Say("trial.wait")) {
			t.Errorf("%s: nothing says what to do", language)
		}
		spoken, err := words.New(language)
		if err != nil {
			t.Fatal(err)
		}
		r.on(ui.Tried{Findings: []words.Finding{good(), french(), secret()}, Advice: []string{"secret", "layout-repaired", "no-aim"}, Change: true})
		for _, f := range []words.Finding{good(), french(), secret()} {
			for _, fact := range spoken.Facts(f) {
				if !b.says(fact.Name) || !b.says(fact.Value) {
					t.Errorf("%s: %s: %q is not shown", language, fact.Name, fact.Value)
				}
			}
			if !b.says(b.Say("trial.grade." + f.Grade)) {
				t.Errorf("%s: %s is not shown", language, f.Grade)
			}
		}
		for _, word := range []string{"secret", "layout-repaired", "no-aim"} {
			if !b.says(b.Say("trial.advice." + word)) {
				t.Errorf("%s: advice %s is not shown", language, word)
			}
		}
		for _, shown := range texts(b) {
			if strings.Contains(shown, secret().Text) {
				t.Errorf("%s: the product key is shown: %q", language, shown)
			}
		}
		r.on(ui.Tried{Findings: []words.Finding{good()}, Advice: []string{"fine"}})
		if b.says(spoken.Facts(french())[1].Value) || !b.says(b.Say("trial.advice.fine")) || b.says(b.Say("trial.advice.no-aim")) {
			t.Errorf("%s: a trial that started over shows the one before", language)
		}
	}
}

// A scan that was under way when the trial ended or started over is of the old
// one.
func TestLateFindingsAreNotShown(t *testing.T) {
	b, r := newTrialBench(t, ui.Options{Language: "en"})
	b.command(fyne.KeyF7)
	late := r.on
	b.command(fyne.KeyF7)
	late(ui.Tried{Findings: []words.Finding{good()}, Advice: []string{"fine"}})
	if b.says(b.Say("trial.advice.fine")) {
		t.Error("started over, and the old trial is shown")
	}
	late = r.on
	b.command(fyne.KeyEscape)
	late(ui.Tried{Findings: []words.Finding{good()}, Advice: []string{"fine"}})
	b.command(fyne.KeyF7)
	if b.says(b.Say("trial.advice.fine")) || !b.says(b.Say("trial.how")) {
		t.Error("entered anew, and the old trial is shown")
	}
	if diff := cmp.Diff([]string{"begin", "begin", "end", "begin"}, r.calls); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTrialStartsAgainByTap(t *testing.T) {
	b, r := newTrialBench(t, ui.Options{Language: "en"})
	b.command(fyne.KeyF7)
	r.on(ui.Tried{Findings: []words.Finding{good()}, Advice: []string{"fine"}})
	b.tap(t, b.Say("trial.again"))
	if !b.OnTrial() || !b.says(b.Say("trial.how")) || fmt.Sprint(r.calls) != "[begin begin]" {
		t.Errorf("it did not start again: %v", r.calls)
	}
}

// A verdict on the bar would look like one on what is tried.
func TestTrialShowsNoVerdict(t *testing.T) {
	b, _ := newTrialBench(t, ui.Options{})
	b.Tell(ui.Event{Verdict: verdicts()[0]})
	b.command(fyne.KeyF7)
	if b.Strip().Visible() {
		t.Error("the strip is shown")
	}
	b.VisitQueue()
	if !b.Strip().Visible() {
		t.Error("the strip is not shown again")
	}
}

// TestTrialIsNotOperatedByScans: whatever is typed as a scanner types, the trial
// stays as it is, and the scans go to the wedge.
func TestTrialIsNotOperatedByScans(t *testing.T) {
	for _, end := range []string{"\t", "\r", "\n", "\x1b", "\x1c", ""} {
		b, r := newTrialBench(t, ui.Options{Language: "en"})
		b.command(fyne.KeyF7)
		b.station.strokes = nil
		before := b.look()
		b.scan("3305112234456" + end)
		b.clock.pass(time.Second)
		b.scan("SN 12 34 AB" + end)
		b.clock.pass(time.Second)
		if diff := cmp.Diff(before, b.look()); diff != "" || !b.OnTrial() || fmt.Sprint(r.calls) != "[begin]" {
			t.Errorf("end %q: the scan did something, calls %v (-before +after):\n%s", end, r.calls, diff)
		}
		if got := b.scanned(); len(got) != 2 || !strings.HasPrefix(got[0], "3305112234456") || !strings.HasPrefix(got[1], "SN 12 34 AB") {
			t.Errorf("end %q: scans %q", end, got)
		}
		uitest.Walk(b.FyneWindow().Content(), func(o fyne.CanvasObject) {
			if _, focusable := o.(fyne.Focusable); focusable && !ui.Ours(o) {
				t.Errorf("%T can be focused", o)
			}
		})
	}
}

// TestNothingOfATrialIsCut, in a small window and with the longest texts too.
func TestNothingOfATrialIsCut(t *testing.T) {
	three := func(f func() words.Finding) []words.Finding { return []words.Finding{f(), f(), f()} }
	states := map[string]ui.Tried{
		"resting": {},
		"one":     {Findings: []words.Finding{good()}, Advice: []string{"fine"}},
		"usual":   {Findings: []words.Finding{good(), french(), secret()}, Advice: []string{"secret", "layout-repaired", "no-aim"}, Change: true},
		"worst":   {Findings: three(longest), Advice: []string{"cut", "letters-unsure", "no-terminator", "no-aim", "slow"}, Change: true},
		"secrets": {Findings: three(secret), Advice: allAdvice(t)[:6], Change: true},
	}
	sizes := []fyne.Size{{Width: 900, Height: 560}}
	if torture() {
		sizes = append(sizes, fyne.NewSize(1280, 800), fyne.NewSize(1920, 1080))
	}
	for _, language := range wordiest() {
		b, r := newTrialBench(t, ui.Options{Language: language})
		b.command(fyne.KeyF7)
		for _, size := range sizes {
			b.FyneWindow().Resize(size)
			for name, tried := range states {
				r.on(tried)
				settle(b)
				checkWhole(t, b, fmt.Sprintf("%s %s %v", name, language, size), 11)
			}
		}
	}
}

// TestNothingOfATrialIsCutWithLongerTexts: by 40 %, as other languages have them.
func TestNothingOfATrialIsCutWithLongerTexts(t *testing.T) {
	for _, language := range languages() {
		b, r := newTrialBench(t, ui.Options{Demo: true, Language: language})
		b.command(fyne.KeyF7)
		r.on(ui.Tried{Findings: []words.Finding{good(), french(), secret()}, Advice: []string{"secret", "layout-repaired", "no-aim"}, Change: true})
		lengthen(b)
		settle(b)
		checkWhole(t, b, language, 9)
		b, _ = newTrialBench(t, ui.Options{Demo: true, Language: language})
		b.OpenHelp()
		lengthen(b)
		settle(b)
		checkWhole(t, b, "help "+language, 9)
	}
}

func TestTrialKeepsItsCodesInAnotherLanguage(t *testing.T) {
	b, r := newTrialBench(t, ui.Options{Language: "en"})
	b.command(fyne.KeyF7)
	r.on(ui.Tried{Findings: []words.Finding{good()}, Advice: []string{"fine"}})
	b.command(fyne.KeyF12)
	if !b.says(b.Say("trial.advice.fine")) || !b.says(good().Raw) || fmt.Sprint(r.calls) != "[begin]" {
		t.Errorf("in French it shows %q", texts(b))
	}
}

// TestEveryTextOfATrialIsUsed: the ids in the sources, and those made of fixed
// words.
func TestEveryTextOfATrialIsUsed(t *testing.T) {
	var source strings.Builder
	for _, pattern := range []string{"*.go", "words/*.go", "../cmd/pkidctl/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(file, "_test.go") {
				source.Write(text)
			}
		}
	}
	made := regexp.MustCompile(`^trial\.(advice|grade|fact|end|keyboard|symbology)\.`)
	for id := range trialTexts(t, "en") {
		if begin := made.FindString(id); begin == "" && !strings.Contains(source.String(), `"`+id+`"`) ||
			begin != "" && !strings.Contains(source.String(), `"`+begin+`"`) {
			t.Errorf("%s is used nowhere", id)
		}
	}
}
