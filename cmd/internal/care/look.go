package care

import (
	"context"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sync/singleflight"

	"pkidstation/queue"
	"pkidstation/queue/morning"
)

// glance is how long a folder off this PC may take to say what is in it.
const glance = 5 * time.Second

// Look is how a station's data are kept, for the morning. wrong is what a person should
// know already; a second place that does not answer is told with it.
func Look(ctx context.Context, folder, station, second string, wrong []error) morning.Care {
	c := morning.Care{Elsewhere: second != "", Wrong: slices.Clone(wrong)}
	c.Backup, _ = last(ctx, filepath.Join(folder, FolderName), station) // what cannot be listed is told in wrong
	if second != "" {
		var err error
		if c.Copy, err = last(ctx, second, station); err != nil && ctx.Err() == nil && !slices.ContainsFunc(wrong, ofSecond) {
			c.Wrong = append(c.Wrong, &queue.CareError{What: queue.CareSecondSilent, Folder: second, Err: err})
		}
	}
	if free, err := queue.FreeBytes(folder); err == nil {
		c.Free = free
	}
	return c
}

// ofSecond says whether it is the second place that is told of.
func ofSecond(err error) bool {
	return slices.Contains([]string{string(queue.CareSecondFailed), string(queue.CareSecondSilent)}, kind(err))
}

// listing are the folders that are being listed. One that does not answer is asked once,
// whoever looks how often: each question holds a thread of the system.
var listing singleflight.Group //nolint:gochecknoglobals // the system is one, too

// last is when the newest backup in a folder was made, zero for none. One that does not
// answer is waited for no longer than a glance.
func last(ctx context.Context, folder, station string) (time.Time, error) {
	return lastOf(ctx, folder, func() (at time.Time, err error) {
		all, err := list(folder, station)
		if len(all) > 0 {
			at = all[len(all)-1].at
		}
		return at, err
	})
}

func lastOf(ctx context.Context, folder string, newest func() (time.Time, error)) (time.Time, error) {
	ctx, cancel := context.WithTimeout(ctx, glance)
	defer cancel()
	select {
	case f := <-listing.DoChan(folder, func() (any, error) { return newest() }):
		at, _ := f.Val.(time.Time)
		return at, f.Err
	case <-ctx.Done():
		return time.Time{}, ctx.Err()
	}
}
