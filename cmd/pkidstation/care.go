package main

import (
	"context"
	"log/slog"
	"os"
	"time"

	"pkidstation/cmd/internal/care"
	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/station"
)

// settled is when the station has been running long enough for its backup.
const settled = time.Minute

// takeCare has the backups made and the disk watched beside the work, and looks for
// other data folders: in a goroutine of its own, for they may be anything.
func (k *desk) takeCare(ctx context.Context, folder string, cfg config.Config, log *slog.Logger) error {
	me, err := k.queue.Identify(ctx)
	if err != nil {
		return err
	}
	tell := func(ctx context.Context, err error) { k.desk.Report(ctx, station.Event{Err: err}) }
	keeper := care.New(care.Options{
		Folder: folder, Station: me.ID, Keep: cfg.Backup.Keep, Second: cfg.Backup.Second, Room: k.queue.RoomLeft, Spare: cfg.Disk.Room(), Log: log, Tell: tell,
		Wait: settled, Resting: k.queue.Resting,
	})
	k.keeper = keeper
	k.wakeUp(folder, me.ID, cfg, log)
	k.jobs = append(k.jobs, keeper.Run, func(ctx context.Context) {
		for _, other := range care.Elsewhere(ctx, config.Others(folder, os.Environ())) {
			log.WarnContext(ctx, "another data folder", "found", other, "why", other.Err)
			tell(ctx, other)
		}
	})
	return nil
}
