package daily

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/morning"
	"pkidstation/ui/words"
)

// A desk has reports written in no time; a synctest's clock begins at midnight UTC of
// 1 January 2000.
type desk struct {
	Options

	hangs chan struct{}

	mu     sync.Mutex
	wrote  []string // when, as "01 07:00"
	fails  error
	looked int
}

// fail has it fail from now on, or no more.
func (d *desk) fail(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fails = err
}

// counts are when it was written, and how often it was looked at.
func (d *desk) counts() (wrote []string, looked int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.wrote), d.looked
}

func newDesk(t *testing.T, at string) *desk {
	t.Helper()
	d := &desk{}
	d.Options = Options{Folder: t.TempDir(), At: at, Station: "Quai 2 / Nord", ID: "1a2b3c4d"}
	d.Look = func(context.Context) (morning.Morning, error) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.looked++
		return morning.Morning{At: time.Now()}, nil
	}
	d.Words = func(context.Context) (*words.Words, error) { return words.New("fr") }
	d.write = func(path string, _ morning.Morning, _ *words.Words) error {
		if d.hangs != nil {
			<-d.hangs
		}
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.fails != nil {
			return d.fails
		}
		d.wrote = append(d.wrote, time.Now().UTC().Format("02 15:04"))
		return os.Chtimes(touched(path+".xlsx"), time.Now(), time.Now())
	}
	return d
}

func touched(path string) string {
	_ = os.WriteFile(path, nil, 0o600) // Chtimes says what went wrong
	return path
}

// runs lets a reporter run for so long.
func (d *desk) runs(t *testing.T, how time.Duration) *Reporter {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r := New(d.Options)
	done := make(chan struct{})
	go func() { defer close(done); r.Run(ctx) }()
	time.Sleep(how)
	synctest.Wait()
	cancel()
	<-done
	return r
}

// TestOnceADay, at its time.
func TestOnceADay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		now := time.Now()
		d := newDesk(t, now.Add(7*time.Hour).Format("15:04"))
		r := d.runs(t, 55*time.Hour)
		if len(d.wrote) != 3 || r.State().Err != nil || !strings.HasPrefix(r.State().Name, "pkidstation-quai-2---nord-1a2b-") {
			t.Errorf("written %v, %+v", d.wrote, r.State())
		}
		for n := range d.wrote {
			if want := now.Add(time.Duration(7+24*n) * time.Hour).UTC().Format("02 15:04"); d.wrote[n] != want {
				t.Errorf("written %v, want %s", d.wrote, want)
			}
		}
	})
}

// TestALateStartWritesItThen, and another start the same day does not.
func TestALateStartWritesItThen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		now := time.Now()
		midnight := time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, now.Location())
		time.Sleep(midnight.Add(9 * time.Hour).Sub(now))
		d := newDesk(t, "07:00")
		for range 10 {
			d.runs(t, 10*time.Minute)
		}
		if len(d.wrote) != 1 {
			t.Errorf("written %v", d.wrote)
		}
		if r := d.runs(t, time.Minute); r.State().At.IsZero() || r.State().Name == "" {
			t.Errorf("a later start knows nothing of it: %+v", r.State())
		}
	})
}

// TestWhatAPersonHadWrittenBeforeIsNotTodays: the report at seven is of seven.
func TestWhatAPersonHadWrittenBeforeIsNotTodays(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, time.Now().Add(2*time.Hour).Format("15:04"))
		if _, err := New(d.Options).Write(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.runs(t, 3*time.Hour)
		if len(d.wrote) != 2 {
			t.Errorf("written %v", d.wrote)
		}
	})
}

// TestAFailureIsTriedAgain and told, and stops nothing.
func TestAFailureIsTriedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, time.Now().Format("15:04"))
		d.fail(os.ErrPermission)
		time.AfterFunc(35*time.Minute, func() { d.fail(nil) })
		r := New(d.Options)
		changed, stop := r.Watch()
		defer stop()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go r.Run(ctx)
		time.Sleep(20*time.Minute + time.Second)
		if _, looked := d.counts(); !errors.Is(r.State().Err, os.ErrPermission) || looked != 3 {
			t.Errorf("%+v, tried %d times", r.State(), looked)
		}
		<-changed
		time.Sleep(40 * time.Minute)
		if wrote, looked := d.counts(); len(wrote) != 1 || r.State().Err != nil || looked != 5 {
			t.Errorf("written %v, %+v, tried %d times", wrote, r.State(), looked)
		}
	})
}

// TestADeadFolderHoldsUpNothing: it gets one call, and the end waits for none.
func TestADeadFolderHoldsUpNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, time.Now().Format("15:04"))
		d.hangs = make(chan struct{})
		var calls atomic.Int64
		write := d.write
		d.write = func(path string, m morning.Morning, w *words.Words) error {
			calls.Add(1)
			return write(path, m, w)
		}
		r := d.runs(t, time.Hour)
		if !errors.Is(r.State().Err, ErrSilent) || calls.Load() != 1 {
			t.Errorf("%+v after %d calls", r.State(), calls.Load())
		}
		close(d.hangs)
	})
}

// TestADeadFolderIsAskedOnce what it has, however long it hangs: each question holds a
// thread of the system.
func TestADeadFolderIsAskedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, time.Now().Format("15:04"))
		d.hangs = make(chan struct{})
		var asked atomic.Int64
		d.stat = func(string) time.Time {
			asked.Add(1)
			<-d.hangs
			return time.Time{}
		}
		d.runs(t, 3*time.Hour)
		if asked.Load() != 1 {
			t.Errorf("it was asked %d times", asked.Load())
		}
		close(d.hangs)
	})
}

// TestAClockThatWasWrong: what was written on a day that has not come is not today's.
func TestAClockThatWasWrong(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.Local)
	d := newDesk(t, "07:00")
	r := New(d.Options)
	ahead := now.AddDate(1, 0, 0)
	r.set(State{Name: r.name(ahead), At: ahead})
	if !r.due(t.Context(), now) {
		t.Error("today's report waits for next year")
	}
	r.set(State{Name: r.name(now), At: now})
	if r.due(t.Context(), now.Add(time.Hour)) {
		t.Error("today's report is written again")
	}
}

// TestTwoAtOnce: whoever asks while a report is written gets one of their own after it.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, "07:00")
		d.hangs = make(chan struct{})
		r := New(d.Options)
		done := make(chan error, 2)
		for range 2 {
			go func() {
				_, err := r.Write(t.Context())
				done <- err
			}()
		}
		synctest.Wait()
		close(d.hangs)
		if err := errors.Join(<-done, <-done); err != nil || len(d.wrote) != 2 {
			t.Errorf("written %v, %v", d.wrote, err)
		}
	})
}

// TestNothingWithoutAFolder: it is off.
func TestNothingWithoutAFolder(t *testing.T) {
	t.Parallel()
	r := New(Options{At: "07:00"})
	r.Run(t.Context()) // ends at once
	if _, err := r.Write(t.Context()); !errors.Is(err, ErrNoFolder) {
		t.Errorf("%v", err)
	}
}

// TestReport: both files are there, whole, in French, and nothing of a label is obeyed;
// the second takes the place of the first.
func TestReport(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	m := morning.Morning{
		Station: "=Quai 2", At: time.Date(2026, 11, 24, 8, 0, 0, 0, time.Local), Hours: []morning.Hour{{Captured: 3}},
		Failures: []morning.Failure{{Code: autopilot.CodeOtherTenant, Count: 1234}},
		Orders:   morning.Orders{Staying: []morning.Order{{Order: "=cmd|'/c calc'!A0", Due: 2}}},
		Refused:  morning.Refused{Count: 1, Entries: []queue.Entry{{State: queue.Rejected, Code: autopilot.CodeOtherTenant, Number: 17, Pallet: "3"}}},
	}
	r := New(Options{
		Folder: folder, At: "07:00", Station: "Quai 2", ID: "1a2b",
		Look:  func(context.Context) (morning.Morning, error) { return m, nil },
		Words: func(context.Context) (*words.Words, error) { return words.New("fr") },
	})
	for range 2 {
		if _, err := r.Write(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	base := "pkidstation-quai-2-1a2b-" + time.Now().Format(time.DateOnly)
	var names []string
	entries, err := os.ReadDir(folder)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if diff := cmp.Diff([]string{base + ".html", base + ".xlsx"}, names); diff != "" || err != nil {
		t.Fatalf("%v %s", err, diff)
	}
	page, err := os.ReadFile(filepath.Join(folder, base+".html"))
	for _, want := range []string{"Rapport du matin", "Palette 3, carton 17", "Ne pas expédier", "1\u202f234", "24/11/2026"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("%v: the page has no %q", err, want)
		}
	}
	book, err := excelize.OpenFile(filepath.Join(folder, base+".xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close() //nolint:errcheck // it was read
	text, _ := book.GetCellValue("Points", "C2")
	if formula, _ := book.GetCellFormula("Points", "C2"); formula != "" || !strings.Contains(text, "=cmd|") {
		t.Errorf("%q with the formula %q", text, formula)
	}
}
