package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/upload"
	"pkidstation/ui"
)

// uploading shows an uploader to the window.
type uploading struct{ *upload.Uploader }

// uploadsFrom is how long after the start the uploader begins. It reads all that is
// ready first, which of 100,000 devices takes as long as the start itself, and who
// stands at the dock waits for the first box.
const uploadsFrom = time.Second

// runner is the uploader as a job.
func runner(u *upload.Uploader, log *slog.Logger) func(context.Context) {
	return func(ctx context.Context) {
		select {
		case <-ctx.Done():
			return
		case <-time.After(uploadsFrom):
		}
		if err := u.Run(ctx); err != nil && !errors.Is(err, context.Canceled) {
			log.Error("the uploader stopped", "error", err)
		}
	}
}

// standing is a status that never changes by itself.
type standing struct{ status upload.Status }

func (s standing) Status() upload.Status { return s.status }

func (s standing) Watch() (changed <-chan struct{}, stop func()) { return nil, func() {} }

// byHand: the station registers by CSV, and tells how many are ready for a file.
type byHand struct{ *queue.Queue }

func (p byHand) Status() upload.Status {
	counts, _ := p.Counts(context.Background()) // the window reads them itself, and tells why it cannot
	return upload.Status{Online: upload.OnlineNever, Counts: counts}
}

// signedOut: nobody signed in.
func signedOut() ui.Uploads {
	return standing{upload.Status{Online: upload.OnlineUnknown, Waits: []upload.Wait{{Reason: queue.SignIn}}}}
}
