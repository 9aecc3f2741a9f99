package ui_test

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui"
)

// A vast queue has as many held entries as it is said to.
type vast struct {
	*station

	size int
}

func (v vast) entry(seq uint64) queue.Entry {
	e := entry()
	e.ID, e.Seq, e.Number, e.State = fmt.Sprintf("01a22920-1d00-76e8-802b-%012x", seq), seq, int(seq)%480, queue.Held
	e.Customer, e.GroupTag, e.Order = contoso, "LYON-3", fmt.Sprintf("BL-%d", seq/480)
	e.PKID, e.Serial = autopilot.PKID(fmt.Sprintf("33051%08d", seq)), fmt.Sprintf("5CG%07d", seq)
	return e
}

func (v vast) Briefs(context.Context, ui.Wanted) iter.Seq2[queue.Brief, error] {
	return func(yield func(queue.Brief, error) bool) {
		for seq := uint64(v.size); seq > 0 && yield(v.entry(seq).Brief(), nil); {
			seq--
		}
	}
}

func (v vast) At(_ context.Context, seqs []uint64) (found []queue.Entry, err error) {
	for _, seq := range seqs {
		found = append(found, v.entry(seq))
	}
	return found, nil
}

func (v vast) Withheld(context.Context, queue.Action, []string) ([]queue.Withheld, error) {
	return nil, nil
}

func (v vast) Counts(context.Context) (queue.Counts, error) { return queue.Counts{Held: v.size}, nil }

// onVast is a window that shows the queue of so many.
func onVast(b *testing.B, size int) *ui.Window {
	b.Helper()
	s := &station{}
	options := ui.Options{
		Log: slog.New(slog.DiscardHandler), Intake: s, Reception: s, Entries: vast{s, size}, Review: review{s}, Uploads: s, Scanners: s,
	}
	fyne.SetCurrentApp(oneApp())
	c := &clock{now: time.Date(2026, 11, 23, 15, 0, 0, 0, time.Local)}
	w, err := ui.NewStill(oneApp(), options, c)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(w.FyneWindow().Close)
	w.FyneWindow().Resize(fyne.NewSize(1280, 800))
	w.Load()
	w.VisitQueue()
	w.Pick(size / 2)
	return w
}

// BenchmarkOnFynesGoroutine are the calls that the review screen makes there, of 100,000
// entries beside the same of 1,000: none should come near the 16 ms of a frame.
func BenchmarkOnFynesGoroutine(b *testing.B) {
	few, lots := onVast(b, 1000), onVast(b, 100_000)
	for name, call := range map[string]func(w *ui.Window, size, n int){
		"listed":   func(w *ui.Window, _, _ int) { w.Relist() },
		"refresh":  func(w *ui.Window, _, _ int) { w.Refresh() },
		"chips":    func(w *ui.Window, _, _ int) { w.Chips() },
		"tick":     func(w *ui.Window, size, n int) { w.Tick(size/2 + n%20) },
		"tick-all": func(w *ui.Window, _, _ int) { w.TickAll() },
		"range":    func(w *ui.Window, size, n int) { w.TickTo(n % 2 * (size - 1)) },
		"step":     func(w *ui.Window, size, n int) { w.Step(n * 37 % size) },
		"page":     func(w *ui.Window, size, n int) { w.Step(n * 7919 % size) },
		"search":   func(w *ui.Window, _, n int) { w.SearchField().TypedRune('0' + rune(n%10)) },
		"release":  func(w *ui.Window, _, _ int) { w.BeginRelease(); w.Leave() },
	} {
		b.Run(name, func(b *testing.B) {
			const runs = 10
			for _, w := range []*ui.Window{few, lots} {
				for len(w.Ticked()) > 0 { // each begins with nothing selected
					w.TickAll()
				}
			}
			begun := time.Now()
			for n := range runs {
				call(few, 1000, n)
			}
			one := time.Since(begun) / runs
			n := 0
			for b.Loop() {
				call(lots, 100_000, n)
				n++
			}
			took := b.Elapsed() / time.Duration(b.N)
			b.ReportMetric(float64(took)/float64(one), "x-of-1000")
			b.ReportMetric(took.Seconds()*1000, "ms")
		})
	}
}
