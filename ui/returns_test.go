package ui_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui"
	"pkidstation/ui/widget"
)

// A looker stands in for the port that looks boxes up.
type looker struct {
	calls []string
	on    func(ui.Returned)
	// now is what is found when it is looked at again, nil for the same.
	now func(ui.Returned) ui.Returned
}

func (r *looker) Again(_ context.Context, before ui.Returned) (ui.Returned, error) {
	if r.now == nil {
		return before, nil
	}
	return r.now(before), nil
}

func (r *looker) Begin(on func(ui.Returned)) { r.calls, r.on = append(r.calls, "begin"), on }

func (r *looker) End() { r.calls = append(r.calls, "end") }

func newReturnBench(t *testing.T, language string) (*bench, *looker) {
	t.Helper()
	r := &looker{}
	b := newBench(t, ui.Options{Language: language, Returns: r})
	b.command(fyne.KeyF8)
	return b, r
}

// came is a box in a state that was looked up.
func came(state queue.State, why queue.Reason) ui.Returned {
	e := entry()
	e.Customer, e.GroupTag, e.Order, e.State, e.Reason, e.DeviceID = contoso, "LYON-ENTREPOT-3", "BL-2026-00417", state, why, "device"
	e.Serial, e.Seq = "5CG1234567", 9
	return ui.Returned{
		Text: "3305123456781", Kind: "pkid", Known: true, Found: []queue.Entry{e},
		RegisteredAt: time.Date(2026, 11, 24, 9, 0, 0, 0, time.Local),
	}
}

func read(kind, text string) ui.Returned {
	return ui.Returned{Kind: kind, Text: text, Known: kind == "serial"}
}

// returnStates are what the screen can show.
func returnStates() map[string]func(b *bench, r *looker) {
	all := map[string]func(b *bench, r *looker){
		"resting": func(*bench, *looker) {},
		"unknown": func(_ *bench, r *looker) { r.on(read("serial", strings.Repeat("W5", 20))) },
		"a MAC":   func(_ *bench, r *looker) { r.on(read("mac", "00155D012345")) },
		"secret":  func(_ *bench, r *looker) { r.on(read("secret", "")) },
		"comes":   func(b *bench, r *looker) { r.on(came(queue.Registered, "")); b.command(fyne.KeyF5) },
		"a MAC under": func(b *bench, r *looker) {
			r.on(came(queue.Registered, ""))
			b.command(fyne.KeyF5)
			r.on(read("mac", "00155D012345"))
		},
		"same": func(b *bench, r *looker) {
			r.on(came(queue.Registered, ""))
			b.command(fyne.KeyF5)
			r.on(read("serial", "5cg1234567"))
		},
		"other": func(b *bench, r *looker) {
			r.on(came(queue.Registered, ""))
			b.command(fyne.KeyF5)
			r.on(read("serial", "5CG7654321"))
		},
		"already there": func(_ *bench, r *looker) {
			r.on(came(queue.Registered, queue.AlreadyThere))
		},
		"twins": func(_ *bench, r *looker) { r.on(twins(came(queue.Registered, ""), otherBox(queue.Registered))) },
		"several": func(_ *bench, r *looker) {
			both := came(queue.Removed, "")
			both.Found = append(both.Found, came(queue.Discarded, "").Found...)
			r.on(both)
		},
	}
	for _, s := range queue.States() {
		all[string(s)] = func(_ *bench, r *looker) { r.on(came(s, "")) }
	}
	return all
}

func TestNothingOfAReturnIsCut(t *testing.T) {
	for name, show := range returnStates() {
		for _, language := range wordiest() {
			b, r := newReturnBench(t, language)
			show(b, r)
			for _, size := range []fyne.Size{{Width: 1280, Height: 800}, {Width: 900, Height: 560}, {Width: 1920, Height: 1080}} {
				b.FyneWindow().Resize(size)
				settle(b)
				checkWhole(t, b, fmt.Sprintf("%s %s %v", name, language, size), 11)
			}
			for _, text := range b.ReturnTile().Texts() {
				if text.Text() != "" && contrast(text.Ink(), b.ReturnTile().News().Tone.Fill()) < 7 {
					t.Errorf("%s %s: %q has too little contrast", name, language, text.Text())
				}
			}
			b.FyneWindow().Resize(fyne.NewSize(1280, 800))
			lengthen(b)
			settle(b)
			checkWhole(t, b, name+" "+language+" longer", 9)
		}
	}
}

func TestReturnsAreReachedAndLeft(t *testing.T) {
	ways := map[string][2]func(*bench){
		"F8 and Escape": {func(b *bench) { b.command(fyne.KeyF8) }, func(b *bench) { b.command(fyne.KeyEscape) }},
		"F8 and F2":     {func(b *bench) { b.command(fyne.KeyF8) }, func(b *bench) { b.command(fyne.KeyF2) }},
		"taps": {
			func(b *bench) { b.command(fyne.KeyF1); b.tap(t, b.Say("returns.title")) },
			func(b *bench) { b.tap(t, b.Say("returns.leave")) },
		},
	}
	for name, way := range ways {
		r := &looker{}
		b := newBench(t, ui.Options{Language: "en", Returns: r, Trial: &trier{}})
		way[0](b)
		if !b.OnReturns() || !b.says(b.Say("returns.band")) || b.Strip().Visible() {
			t.Errorf("%s: the screen is not shown", name)
		}
		way[1](b)
		if b.OnReturns() {
			t.Errorf("%s: the screen is still shown", name)
		}
		if diff := cmp.Diff([]string{"begin", "end"}, r.calls); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	b := newBench(t, ui.Options{Language: "en"})
	b.command(fyne.KeyF8)
	if b.OnReturns() {
		t.Error("it is shown where nobody looks anything up")
	}
}

// From one screen that takes all scans to the other nothing is kept in between.
func TestNothingIsKeptBetweenTheTrialAndReturns(t *testing.T) {
	var order []string
	r, trial := &looker{}, &trier{}
	b := newBench(t, ui.Options{Language: "en", Returns: r, Trial: trial})
	b.command(fyne.KeyF7)
	b.command(fyne.KeyF1)
	b.tap(t, b.Say("returns.title"))
	order = append(append(order, r.calls...), trial.calls...)
	if diff := cmp.Diff([]string{"begin", "begin", "end"}, order); diff != "" || !b.OnReturns() {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestTheMachineIsCompared with the box's serial, and with nothing else.
func TestTheMachineIsCompared(t *testing.T) {
	for name, want := range map[string]struct {
		word string
		tone widget.Tone
	}{
		"same": {"returned.same.word", widget.Accept}, "other": {"returned.other.word", widget.Reject},
		"a MAC under": {"returned.kind.word", widget.Gone}, "comes": {"returns.under", widget.Gone},
	} {
		b, r := newReturnBench(t, "en")
		returnStates()[name](b, r)
		if news := b.ReturnTile().News(); news.Word != b.Say(want.word) || news.Tone != want.tone {
			t.Errorf("%s: the tile is %+v", name, news)
		}
	}
	b, r := newReturnBench(t, "en")
	returnStates()["a MAC under"](b, r)
	r.on(ui.Returned{Kind: "serial", Text: "1S5CG1234567", Or: "5CG1234567", Known: true})
	if news := b.ReturnTile().News(); news.Word != b.Say("returned.same.word") {
		t.Errorf("after the MAC address: %+v", news)
	}
	returnStates()["comes"](b, r)
	other := came(queue.Ready, "")
	other.Found[0].PKID = autopilot.PKID("3305123456798")
	r.on(other)
	if news := b.ReturnTile().News(); news.Read != "3305123456798" {
		t.Errorf("another box's PKID: %+v", news)
	}
	b.command(fyne.KeyF5)
	b.command(fyne.KeyF5)
	if news := b.ReturnTile().News(); news.Read != "3305123456798" {
		t.Errorf("thought better of it: %+v", news)
	}
}

// TestAReturnIsRemoved by the panel that there is for it.
func TestAReturnIsRemoved(t *testing.T) {
	for name, title := range map[string]string{
		"registered": "screens.remove", "removing": "screens.removing", "ready": "", "unknown": "", "resting": "",
	} {
		b, r := newReturnBench(t, "en")
		returnStates()[name](b, r)
		b.command(fyne.KeyF6)
		if (title == "") != (b.PanelTitle() == "") || !strings.Contains(b.PanelTitle(), strings.TrimSuffix(title, title)) {
			t.Errorf("%s: the panel is %q", name, b.PanelTitle())
		}
		if !b.OnReturns() {
			t.Errorf("%s: the screen is left", name)
		}
	}
	b, r := newReturnBench(t, "en")
	returnStates()["already there"](b, r)
	b.command(fyne.KeyF6)
	if b.PanelTitle() != "" || b.Notice() == "" {
		t.Errorf("somebody else's: panel %q, notice %q", b.PanelTitle(), b.Notice())
	}
}

func TestNoScanOperatesReturns(t *testing.T) {
	b, r := newReturnBench(t, "en")
	r.on(came(queue.Registered, ""))
	for _, end := range []string{"\t", "\r", "\n", "\x1b", ""} {
		b.scan("3305112234456" + end)
		b.clock.pass(time.Second)
	}
	if !b.OnReturns() || b.PanelTitle() != "" || fmt.Sprint(r.calls) != "[begin]" {
		t.Errorf("a scan did something: %v", r.calls)
	}
}

func TestLateLooksAreNotShown(t *testing.T) {
	b, r := newReturnBench(t, "en")
	late := r.on
	b.command(fyne.KeyF2)
	b.command(fyne.KeyF8)
	late(came(queue.Registered, ""))
	if !b.says(b.Say("returns.rest")) {
		t.Error("what was under way before is shown")
	}
	r.on(ui.Returned{Err: errors.New("the disk is gone")})
	if b.Notice() == "" || !b.says(b.Say("returns.rest")) {
		t.Error("what could not be looked up is not told")
	}
}

// TestEveryTextOfReceptionAndReturnsIsUsed.
func TestEveryTextOfReceptionAndReturnsIsUsed(t *testing.T) {
	var source strings.Builder
	for _, pattern := range []string{"*.go", "words/*.go", "../cmd/pkidctl/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if text, err := os.ReadFile(file); err == nil && !strings.HasSuffix(file, "_test.go") {
				source.Write(text)
			}
		}
	}
	for _, room := range []string{"reception", "returns"} {
		for id := range translations(t, room, "en") {
			made := strings.HasPrefix(id, "reason.") || strings.HasPrefix(id, "action.") || strings.HasPrefix(id, "did.") ||
				strings.HasPrefix(id, "held.") || strings.HasPrefix(id, "returned.")
			if !made && !strings.Contains(source.String(), `"`+id+`"`) {
				t.Errorf("%s is used nowhere", id)
			}
		}
	}
}

// What was registered a moment ago may be taken back by now.
func TestAReturnSaysHowItStandsNow(t *testing.T) {
	b, r := newReturnBench(t, "en")
	r.on(came(queue.Registered, ""))
	registered := b.ReturnTile().News()
	r.now = func(ui.Returned) ui.Returned { return came(queue.Removed, "") }
	b.Load()
	if now := b.ReturnTile().News(); now == registered || !strings.Contains(now.What, "Removed") {
		t.Errorf("it still says %+v", now)
	}
	r.now = func(before ui.Returned) ui.Returned {
		r.on(came(queue.Held, "")) // another box comes before the answer
		r.now = nil
		return before
	}
	b.Load()
	if now := b.ReturnTile().News(); !strings.Contains(now.What, "never sent") {
		t.Errorf("a late answer is shown: %+v", now)
	}
}
