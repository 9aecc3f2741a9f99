package care

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"pkidstation/queue"
)

// The times of the daily backup.
const (
	every    = 24 * time.Hour
	again    = time.Hour       // after a failure
	old      = 48 * time.Hour  // a backup that a person should know of
	Patience = time.Minute     // with the second place
	pause    = 2 * time.Minute // without a scan, before a backup
	mostPut  = time.Hour       // that one waits for that
	lookRoom = 30 * time.Second
)

// Options say what a Keeper keeps.
type Options struct {
	// Folder is the data folder, Station its station's id, Keep how many backups
	// are kept (0 for 7), and Second another folder off this PC, or empty.
	Folder, Station string
	Keep            int
	Second          string
	// Room looks how much room there is, as Queue.RoomLeft does; nil for not.
	Room func() error
	// Spare is what captures must have left while a backup is made.
	Spare queue.Room
	// Wait is how long after the start the first backup may be made: the first scans
	// of a day have the machine for themselves.
	Wait time.Duration
	// Resting is how long nobody at the dock has scanned anything: a backup, which
	// takes a processor for a while, waits for a pause of theirs, but no longer than an
	// hour. Nil for no dock to wait for.
	Resting func() time.Duration
	// Tell is told what a person should know, each when it begins, but for what is
	// Calm.
	Tell func(ctx context.Context, err error)
	Log  *slog.Logger

	// make and copy are for tests: how a backup is made, and copied.
	make func(ctx context.Context, folder, file string) error
	copy func(file, folder string) error
}

// A Keeper makes the backups of a station while it runs.
type Keeper struct {
	opts Options

	mu     sync.Mutex
	looked bool // whether a backup is due
	told   map[string]bool
	last   time.Time // by the machine's own clock
	put    time.Time // since when a backup that is due waits for a pause, zero for none
	failed error
	second error
	// copying is closed when the copy under way ends; nil for none.
	copying chan struct{}
	owed    string // what the second place does not have yet
}

// New makes a Keeper; Run has it work.
func New(opts Options) *Keeper {
	if opts.Keep == 0 {
		opts.Keep = 7
	}
	if opts.Tell == nil {
		opts.Tell = func(context.Context, error) {}
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.make == nil {
		opts.make = func(ctx context.Context, folder, file string) error {
			_, err := queue.MakeBackup(ctx, folder, file, queue.BackupOptions{Room: opts.Spare})
			return err
		}
	}
	if opts.copy == nil {
		opts.copy = copyTo
	}
	return &Keeper{opts: opts, told: map[string]bool{}}
}

// Run works until ctx ends. A copy that is stuck in the system it leaves behind.
func (k *Keeper) Run(ctx context.Context) {
	next := time.NewTimer(k.opts.Wait)
	room := time.NewTicker(lookRoom)
	defer next.Stop()
	defer room.Stop()
	k.tell(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case <-next.C:
			next.Reset(k.turn(ctx))
			k.tell(ctx)
		case <-room.C:
			k.tell(ctx)
		}
	}
}

// turn makes a backup if one is due, and says when to look again.
func (k *Keeper) turn(ctx context.Context) time.Duration {
	wait := k.due()
	if wait <= 0 {
		if pause := k.busy(); pause > 0 {
			return pause
		}
		file, err := k.backUp(ctx)
		if ctx.Err() != nil {
			return again
		}
		k.mu.Lock()
		if k.failed = err; err == nil {
			k.last, k.owed = time.Now(), file
		}
		k.mu.Unlock()
		if wait = every; err != nil {
			wait = again
			k.opts.Log.WarnContext(ctx, "the backup failed", "error", err)
		}
	}
	k.looked = true
	if k.carry(ctx) {
		return wait
	}
	return min(wait, again)
}

// busy is how long the dock must still be left alone before a backup is made, 0 where
// that may begin.
func (k *Keeper) busy() time.Duration {
	if k.opts.Resting == nil {
		return 0
	}
	now := time.Now()
	if k.put.IsZero() {
		k.put = now
	}
	left := pause - k.opts.Resting()
	if left <= 0 || now.Sub(k.put) >= mostPut {
		k.put = time.Time{}
		return 0
	}
	return left
}

// due is how long until the next backup.
func (k *Keeper) due() time.Duration {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.last.IsZero() {
		return every - time.Since(k.last)
	}
	all, err := list(k.folder(), k.opts.Station)
	if err != nil || len(all) == 0 {
		return 0
	}
	now := time.Now() // one within a day of it, whichever way the clock went since
	near := slices.IndexFunc(all, func(b kept) bool { return now.Sub(b.at).Abs() < every })
	if near < 0 {
		return 0
	}
	if k.owed == "" && k.opts.Second != "" {
		k.owed = filepath.Join(k.folder(), all[len(all)-1].name)
	}
	return min(every, all[near].at.Add(every).Sub(now))
}

func (k *Keeper) folder() string { return filepath.Join(k.opts.Folder, FolderName) }

func (k *Keeper) backUp(ctx context.Context) (file string, err error) {
	if err := os.MkdirAll(k.folder(), 0o700); err != nil {
		return "", err
	}
	all, err := list(k.folder(), k.opts.Station)
	if err != nil {
		return "", err
	}
	number := 1
	if len(all) > 0 {
		number = all[len(all)-1].number + 1
	}
	file = filepath.Join(k.folder(), nameOf(k.opts.Station, number, time.Now()))
	if err := k.opts.make(ctx, k.opts.Folder, file); err != nil {
		return "", err
	}
	prune(k.folder(), k.opts.Station, k.opts.Keep)
	return file, nil
}

// carry has what is owed copied to the second place, and says whether it is there.
// It waits no longer than Patience.
func (k *Keeper) carry(ctx context.Context) bool {
	k.mu.Lock()
	file := k.owed
	if file == "" || k.opts.Second == "" {
		k.mu.Unlock()
		return true
	}
	if k.copying == nil {
		k.copying = make(chan struct{})
		go k.copyOne(file, k.copying)
	}
	done := k.copying
	k.mu.Unlock()
	patience := time.NewTimer(Patience)
	defer patience.Stop()
	select {
	case <-done:
	case <-patience.C:
		k.mu.Lock()
		defer k.mu.Unlock()
		k.second = &queue.CareError{What: queue.CareSecondSilent, Folder: k.opts.Second}
		return false
	case <-ctx.Done():
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.owed == ""
}

// copyOne may be stuck for ever; then nobody waits for it.
func (k *Keeper) copyOne(file string, done chan struct{}) {
	err := k.opts.copy(file, k.opts.Second)
	if err == nil {
		prune(k.opts.Second, k.opts.Station, k.opts.Keep)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.second = nil; err != nil {
		k.second = &queue.CareError{What: queue.CareSecondFailed, Folder: k.opts.Second, Err: err}
		k.opts.Log.Warn("the backup could not be copied", "error", err)
	} else if k.owed == file {
		k.owed = ""
	}
	k.copying = nil
	close(done)
}

// State is what a person should know now, none for all being well.
func (k *Keeper) State() []error {
	k.mu.Lock()
	defer k.mu.Unlock()
	var all []error
	if k.opts.Room != nil {
		if err := k.opts.Room(); err != nil {
			all = append(all, err)
		}
	}
	if k.failed != nil {
		all = append(all, &queue.CareError{What: queue.CareFailed, Err: k.failed})
	}
	if k.second != nil {
		all = append(all, k.second)
	}
	return append(all, Backups(k.opts.Folder, k.opts.Station, k.opts.Second, time.Now())...)
}

// Backups is what a person should know of the backups that are there: that there
// is none, that the last is old, that there is no second place.
func Backups(folder, station, second string, now time.Time) []error {
	var said []error
	all, err := list(filepath.Join(folder, FolderName), station)
	switch {
	case err != nil:
		said = append(said, &queue.CareError{What: queue.CareFailed, Err: err})
	case len(all) == 0:
		said = append(said, &queue.CareError{What: queue.CareNever})
	default:
		if last := all[len(all)-1].at; now.Sub(last) > old {
			said = append(said, &queue.CareError{What: queue.CareOld, Last: last})
		}
	}
	if second == "" {
		said = append(said, &queue.CareError{What: queue.CareSecondNone})
	}
	return said
}

// tell tells what is new.
func (k *Keeper) tell(ctx context.Context) {
	now := map[string]bool{}
	for _, err := range k.State() {
		if _, room := errors.AsType[*queue.RoomError](err); !room && !k.looked {
			continue // a backup that is old may be made in a minute
		}
		key := kind(err)
		if now[key] = true; !k.told[key] {
			k.opts.Log.WarnContext(ctx, "care", "what", err)
			if !Calm(err) {
				k.opts.Tell(ctx, err)
			}
		}
	}
	k.told = now
}

// Calm says whether something can wait until a person asks: that backups are on
// this PC only, and that there is none yet.
func Calm(err error) bool {
	c, ok := errors.AsType[*queue.CareError](err)
	return ok && (c.What == queue.CareSecondNone || c.What == queue.CareNever)
}

// kind is what makes two the same to a person: not how many bytes are free.
func kind(err error) string {
	if low, ok := errors.AsType[*queue.RoomError](err); ok {
		if low.Refused {
			return "room refused"
		}
		return "room low"
	}
	if c, ok := errors.AsType[*queue.CareError](err); ok {
		return string(c.What)
	}
	return err.Error()
}
