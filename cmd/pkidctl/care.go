package main

import (
	"context"
	"sync"
	"time"

	"pkidstation/cmd/internal/care"
	"pkidstation/cmd/internal/config"
	"pkidstation/queue"
)

// longEnough is how long a command runs before it does what a station does beside
// its work: a script of a hundred short ones is none.
const longEnough = time.Minute

// careBeside looks after the queue and makes the day's backup while a command runs
// for long, and says what a person should know. stop ends it.
func (p *program) careBeside(ctx context.Context, folder string, cfg config.Config, q *queue.Queue) (stop func()) {
	me, err := q.Identify(ctx)
	if err != nil {
		p.log.Warn("the station has no id", "error", err)
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	keeper := care.New(care.Options{
		Folder: folder, Station: me.ID, Keep: cfg.Backup.Keep, Second: cfg.Backup.Second, Room: q.RoomLeft, Spare: cfg.Disk.Room(), Log: p.log.Logger,
		Tell: func(_ context.Context, err error) { p.remark(p.words().Error(err)) },
	})
	var running sync.WaitGroup
	running.Go(func() {
		for _, other := range care.Elsewhere(context.WithoutCancel(ctx), config.Others(folder, p.environ)) { // a moment at most
			p.log.Warn("another data folder", "found", other, "why", other.Err)
			p.remark(p.words().Error(other))
		}
	})
	running.Go(func() {
		wait := time.NewTimer(longEnough)
		defer wait.Stop()
		select {
		case <-ctx.Done():
		case <-wait.C:
			running.Go(func() {
				q.Tend(ctx, func(err error) { p.log.Warn("the queue could not be looked after", "error", err) })
			})
			keeper.Run(ctx)
		}
	})
	return func() { cancel(); running.Wait() }
}

// cares is what a person should know of the station's backups, its disk, and other
// data folders on this PC.
func (p *program) cares(ctx context.Context, folder string, cfg config.Config) []error {
	station := ""
	if q, err := queue.Open(folder, queue.Options{ReadOnly: true}); err == nil {
		if me, err := q.Identify(ctx); err == nil {
			station = me.ID
		}
		_ = q.Close() // it was only looked at
	}
	return care.Found(ctx, care.Place{
		Folder: folder, Station: station, Second: cfg.Backup.Second, Room: cfg.Disk.Room(), Others: config.Others(folder, p.environ),
	})
}
