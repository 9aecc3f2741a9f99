package ui_test

import (
	"context"
	"fmt"
	"image/color"
	"log/slog"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/upload"
	"pkidstation/ui"
	"pkidstation/ui/tone"
	"pkidstation/ui/uitest"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// An ear writes down what is heard, and what the tile showed then.
type ear struct {
	heard []queue.Word
	at    chan struct{}
}

func (e *ear) Say(word queue.Word) { e.heard = append(e.heard, word) }

func (e *ear) Test() {}

func (e *ear) Fault() error { return nil }

func (e *ear) Watch() (<-chan struct{}, func()) { return e.at, func() {} }

// TestPrinciple1VerdictPaintedAndSounded: with ten thousand kept, the network dead and
// a call to it under way, a verdict is sounded and painted before any of that answers.
// How fast that is, is measured by `make bench-window` in the real window.
func TestPrinciple1VerdictPaintedAndSounded(t *testing.T) {
	app := newLoop(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	s := &station{open: true, online: upload.OnlineNo}
	for n := range 10_000 {
		e := entry()
		e.ID, e.Number = fmt.Sprintf("e%d", n), n+1
		s.entries = append(s.entries, e)
	}
	listens, c := &ear{}, &clock{now: time.Date(2026, 11, 23, 15, 0, 0, 0, time.Local)}
	answered := make(chan struct{})
	var window *ui.Window
	verdict := numbered(4)
	source := flood{s, []ui.Event{{Verdict: verdict, Source: "wedge"}}, func() {
		fyne.Do(func() {
			defer stop()
			select {
			case <-answered:
				t.Error("the dead network answered")
			default:
			}
			if diff := cmp.Diff([]queue.Word{verdict.Word}, listens.heard); diff != "" {
				t.Errorf("heard (-want +got):\n%s", diff)
			}
			if news := window.Tile().News(); news.Tone != widget.Accept || news.Number != "4" {
				t.Errorf("the tile tells %+v", news)
			}
		})
	}}
	options := ui.Options{
		Intake: source, Reception: s, Entries: s, Review: review{s}, Uploads: s, Sound: listens, Language: "en", Log: slog.New(slog.DiscardHandler),
	}
	var err error
	if window, err = ui.NewMoving(app, options, c); err != nil {
		t.Fatal(err)
	}
	window.AskLong(func(ctx context.Context) error { <-ctx.Done(); close(answered); return ctx.Err() }, func(error) {})
	window.Run(ctx)
}

// TestPrinciple6EveryVerdictDiffers by colour and icon and word and sound, in every
// language and in both looks. How far the colours are apart: TestPrinciple6Palette.
func TestPrinciple6EveryVerdictDiffers(t *testing.T) {
	t.Cleanup(func() { widget.SetDark(false) })
	all := []queue.Word{queue.Accepted, queue.Seen, queue.OnHold, queue.NotTaken}
	for _, language := range languages() {
		spoken, err := words.New(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, look := range []ui.Look{ui.LookLight, ui.LookDark} {
			b := newBench(t, ui.Options{Language: language, Look: look})
			seen := map[string]queue.Word{}
			once := func(what string, word queue.Word) {
				if other, is := seen[what]; is {
					t.Errorf("%s, %s: %s and %s have the same %s", language, look, word, other, what)
				}
				seen[what] = word
			}
			for _, word := range all {
				b.Tell(ui.Event{Verdict: queue.Verdict{Word: word, Entry: entry(), Kind: "pkid", Text: "3305123456781"}})
				news := b.Tile().News()
				once("colour "+fmt.Sprint(news.Tone.Fill()), word)
				once("icon "+string(news.Tone.Icon(color.Black).Content()), word)
				once("word "+news.Word, word)
				once("sound "+fmt.Sprint(tone.Of(word)), word)
				if news.Word != spoken.Verdict(queue.Verdict{Word: word}).Word {
					t.Errorf("%s is called %q", word, news.Word)
				}
			}
		}
	}
}

// TestPrinciple7EveryTapHasAKey on the screens of these tests' benches, whose ports are
// others than uitest's.
func TestPrinciple7EveryTapHasAKey(t *testing.T) {
	b := newBench(t, ui.Options{})
	for name, show := range map[string]func(){"dock": b.VisitDock, "queue": b.VisitQueue, "help": b.OpenHelp, "typed": b.OpenTyped, "reception": b.OpenReception} {
		show()
		uitest.Walk(b.FyneWindow().Content(), func(o fyne.CanvasObject) {
			if tap, is := o.(*widget.Tap); is && tap.Key() == "" {
				t.Errorf("%s: %q has no key", name, tap.Label())
			}
		})
	}
}
