package daily

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
	"unicode"

	"golang.org/x/sync/singleflight"

	"pkidstation/queue/export/report"
	"pkidstation/queue/morning"
	"pkidstation/queue/watch"
	"pkidstation/ui/words"
)

const (
	every = time.Minute
	// again is how long after a failure it is tried again.
	again = 10 * time.Minute
	// Patience is how long the folder may take.
	Patience = 2 * time.Minute
)

// ErrSilent is that the folder does not answer.
var ErrSilent = errors.New("the folder for the daily report does not answer")

// ErrNoFolder is that no folder is named.
var ErrNoFolder = errors.New("no folder is named for the daily report")

// Options say what a Reporter writes.
type Options struct {
	// Folder is where reports land, "" for nowhere; At is from when on, "07:00".
	Folder, At string
	// Station is the station's name, ID its id: two stations of one name share a folder.
	Station, ID string
	// Look looks at the station, Words speaks the station's language.
	Look  func(ctx context.Context) (morning.Morning, error)
	Words func(ctx context.Context) (*words.Words, error)
	Log   *slog.Logger

	// write and stat are for tests: how a report gets into the folder, and when one in it
	// was written.
	write func(path string, m morning.Morning, spoken *words.Words) error
	stat  func(path string) time.Time
}

// A State is what became of the report.
type State struct {
	// Name is the last one's without its ending, At when it was written, zero for not
	// since the start.
	Name string
	At   time.Time
	// Err is why the last try failed.
	Err error
}

// A Reporter writes a station's reports.
type Reporter struct {
	opts     Options
	watchers watch.Watchers
	asking   singleflight.Group // what the folder has

	mu    sync.Mutex
	state State
	retry time.Time
	// under is the call under way, nil for none.
	under *call
}

// A call writes a report. It may be stuck for ever: then nobody waits for it.
type call struct {
	done chan struct{}
	err  error
}

// New makes a Reporter; Run has it work.
func New(opts Options) *Reporter {
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.write == nil {
		opts.write = writeBoth
	}
	if opts.stat == nil {
		opts.stat = writtenAt
	}
	return &Reporter{opts: opts}
}

// State is what became of the report. It never waits.
func (r *Reporter) State() State {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.state
}

// Watch gives a channel that receives after State changed.
func (r *Reporter) Watch() (changed <-chan struct{}, stop func()) { return r.watchers.Watch() }

// Run writes a report a day, until ctx ends.
func (r *Reporter) Run(ctx context.Context) {
	if r.opts.Folder == "" {
		return
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if r.due(ctx, time.Now()) {
			if _, err := r.Write(ctx); err != nil && ctx.Err() == nil {
				r.opts.Log.WarnContext(ctx, "the daily report could not be written", "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Time is today's time of day for the report, "07:00", on the day of now.
func Time(at string, now time.Time) (time.Time, error) {
	clock, err := time.Parse("15:04", at)
	if err != nil {
		return time.Time{}, fmt.Errorf("the time of the daily report: %w", err)
	}
	return time.Date(now.Year(), now.Month(), now.Day(), clock.Hour(), clock.Minute(), 0, 0, now.Location()), nil
}

// due says whether today's report is missing, and it is time for it.
func (r *Reporter) due(ctx context.Context, now time.Time) bool {
	at, err := Time(r.opts.At, now)
	r.mu.Lock()
	wait := now.Before(r.retry) && r.retry.Sub(now) <= again      // a clock that was set back makes it no longer
	done := r.state.Name == r.name(now) && !r.state.At.Before(at) // its day may be one that a wrong clock had
	r.mu.Unlock()
	if err != nil || now.Before(at) || wait || done {
		return false
	}
	written := r.there(ctx, now)
	if written.Before(at) {
		return true
	}
	r.set(State{Name: r.name(now), At: written}) // by an earlier start
	return false
}

// there says when the report in the folder was written that is today's, zero for none.
// A folder that does not answer has none, and one question: each holds a thread for as
// long as the system is stuck with it.
func (r *Reporter) there(ctx context.Context, now time.Time) time.Time {
	path := filepath.Join(r.opts.Folder, r.name(now)+".xlsx") // the one that is written last
	found := r.asking.DoChan("", func() (any, error) { return r.opts.stat(path), nil })
	patience := time.NewTimer(Patience)
	defer patience.Stop()
	select {
	case f := <-found:
		written, _ := f.Val.(time.Time)
		return written
	case <-patience.C:
	case <-ctx.Done():
	}
	return time.Time{}
}

// writtenAt is when a file was written, zero for none.
func writtenAt(path string) time.Time {
	info, err := os.Stat(path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// name is the name of a day's report: pkidstation-quai-2-1a2b-2026-11-24.
func (r *Reporter) name(day time.Time) string {
	const most = 40
	keep := strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return '-'
	}, r.opts.Station)
	letters := []rune(strings.Trim(keep, "-"))
	parts := []string{"pkidstation", string(letters[:min(len(letters), most)]), r.opts.ID[:min(len(r.opts.ID), 4)], day.Format(time.DateOnly)}
	return strings.Join(without(parts, ""), "-")
}

func without(parts []string, what string) (rest []string) {
	for _, p := range parts {
		if p != what {
			rest = append(rest, p)
		}
	}
	return rest
}

// Write writes the report of now in the place of today's.
func (r *Reporter) Write(ctx context.Context) (State, error) {
	if r.opts.Folder == "" {
		return State{}, ErrNoFolder
	}
	now := time.Now()
	err := r.look(ctx, now)
	if ctx.Err() != nil {
		return r.State(), ctx.Err()
	}
	s := r.State()
	if s.Err = err; err == nil {
		s = State{Name: r.name(now), At: now}
	}
	r.set(s)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.retry = now.Add(again)
	return s, err
}

func (r *Reporter) set(s State) {
	r.mu.Lock()
	r.state = s
	r.mu.Unlock()
	r.watchers.Tell()
}

// look looks at the station and has it written, by the one call that may be under way.
func (r *Reporter) look(ctx context.Context, now time.Time) error {
	m, err := r.opts.Look(ctx)
	if err != nil {
		return err
	}
	spoken, err := r.opts.Words(ctx)
	if err != nil {
		return err
	}
	patience := time.NewTimer(Patience)
	defer patience.Stop()
	for {
		c, mine := r.begin(filepath.Join(r.opts.Folder, r.name(now)), m, spoken)
		select {
		case <-c.done:
		case <-patience.C:
			return ErrSilent
		case <-ctx.Done():
			return ctx.Err()
		}
		if mine {
			return c.err
		}
	}
}

// begin begins to write, or gives the call that is under way.
func (r *Reporter) begin(path string, m morning.Morning, spoken *words.Words) (c *call, mine bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.under != nil {
		return r.under, false
	}
	c = &call{done: make(chan struct{})}
	r.under = c
	go func() {
		c.err = r.opts.write(path, m, spoken)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.under = nil
		close(c.done)
	}()
	return c, true
}

// writeBoth writes the page, and then the workbook: where that is, both are.
func writeBoth(path string, m morning.Morning, spoken *words.Words) error {
	for _, format := range []report.Format{report.HTML, report.XLSX} {
		if err := WriteFile(path+"."+string(format), m, spoken); err != nil {
			return err
		}
	}
	return nil
}
