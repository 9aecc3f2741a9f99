package ui

import (
	"context"
	"time"

	"pkidstation/queue/morning"
)

// Morning is how the station stands, for a supervisor; nil where nobody looks.
type Morning interface {
	// Look looks at all of it, and stops when ctx ends. It may take seconds.
	Look(ctx context.Context) (morning.Morning, error)
	// Daily is what became of the daily report. It never waits.
	Daily() DailyReport
	// WriteDaily writes the report of now in the place of today's, or fails with what
	// the folder does.
	WriteDaily(ctx context.Context) (DailyReport, error)
	// Watch gives a channel that receives (coalesced) after Daily changed.
	Watch() (changed <-chan struct{}, stop func())
}

// A DailyReport is the report that lands in a folder once a day.
type DailyReport struct {
	// Folder is where it lands, "" where none is written; At the time of day.
	Folder, At string
	// Name is the last one's, without its ending, and WrittenAt when it was written, zero
	// for never.
	Name      string
	WrittenAt time.Time
	// Err is why the last try failed, nil where it did not.
	Err error
}
