package main

import (
	"context"
	"iter"
	"log/slog"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/station"
	"pkidstation/queue"
	"pkidstation/scanner/serial"
	"pkidstation/scanner/wedge"
	"pkidstation/ui"
)

// Main is main, for tests that run the program as a process of its own.
func Main() { main() }

// Desk is the station behind the window, for tests without one.
type Desk struct{ *desk }

// OpenDesk is deskOf.
func OpenDesk(ctx context.Context, folder string, cfg config.Config, log *slog.Logger) (Desk, error) {
	d, err := deskOf(ctx, folder, cfg, log)
	return Desk{d}, err
}

// Queue is what it keeps in.
func (d Desk) Queue() *queue.Queue { return d.queue }

// Ports are what the window gets.
func (d Desk) Ports() (ui.Intake, ui.Reception, ui.Entries, ui.Review, ui.Uploads) {
	return intake(d), reception(d), entries(d), review(d), d.uploads
}

// Trial is what the window tries scanners with.
func (d Desk) Trial() ui.Trial { return newTrying(d.desk, slog.New(slog.DiscardHandler)) }

// Returns is what the window looks boxes up with.
func (d Desk) Returns() ui.Returns { return newReturning(d.desk) }

// Asked is what the window is asked.
func (d Desk) Asked() ui.Asked { return reception(d) }

// Key types a key, as the window does.
func (d Desk) Key(stroke wedge.Stroke) { d.wedge.Key(stroke) }

// IsDemo says whether nothing real is touched.
func (d Desk) IsDemo() bool { return d.demo }

// Work runs sources and jobs until ctx ends.
func (d Desk) Work(ctx context.Context) { d.work(ctx) }

// Close gives the queue back.
func (d Desk) Close() error { return d.close() }

// Scanners are the serial scanners, with these changes of what is plugged in.
func (d Desk) Scanners(changes <-chan serial.Change) ui.Scanners {
	d.scanners.watch = func(ctx context.Context) iter.Seq[serial.Change] {
		return func(yield func(serial.Change) bool) {
			for {
				select {
				case <-ctx.Done():
					return
				case c := <-changes:
					if !yield(c) {
						return
					}
				}
			}
		}
	}
	return d.scanners
}

// EventOf is eventOf.
func EventOf(e station.Event) ui.Event { return eventOf(e) }

// SignIn is the window's sign-in, with this browser.
func (d Desk) SignIn(open func(address string) error) ui.SignIn {
	if open != nil {
		d.signing.open = open
	}
	return d.signing
}

// Office are the ports of a supervisor's work with Partner Center.
func (d Desk) Office() ui.Options {
	var options ui.Options
	d.equip(&options)
	return options
}

// Guard is who unlocked it.
func (d Desk) Guard() *guard { return d.guard }
