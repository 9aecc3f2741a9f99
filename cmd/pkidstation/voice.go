package main

import (
	"context"
	"log/slog"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/speaker"
	"pkidstation/ui/tone"
)

// speak gives the station a voice.
func (k *desk) speak(as config.Sound, log *slog.Logger) {
	k.voice = tone.New(speaker.New(tone.Rate), float64(as.Volume)/100)
	k.jobs = append(k.jobs, k.voice.Run, func(ctx context.Context) {
		changed, stop := k.voice.Watch()
		defer stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-changed:
			}
			if err := k.voice.Fault(); err != nil {
				log.Warn("no sound can be heard", "error", err)
			} else {
				log.Info("sounds can be heard again")
			}
		}
	})
}
