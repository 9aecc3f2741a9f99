package main

import (
	"context"
	"errors"
	"log/slog"

	"pkidstation/queue"
	"pkidstation/queue/upload"
	"pkidstation/ui"
)

// uploading shows an uploader to the window.
type uploading struct{ *upload.Uploader }

// runner is the uploader as a job.
func runner(u *upload.Uploader, log *slog.Logger) func(context.Context) {
	return func(ctx context.Context) {
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
