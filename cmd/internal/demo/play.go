package demo

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"pkidstation/assets"
	"pkidstation/queue"
	"pkidstation/queue/upload"
)

// A Teller is told what happens, as it happens.
type Teller interface {
	// Picture: this sample is held before the camera.
	Picture(s assets.Sample)
	// Verdict: this is what became of one code on it.
	Verdict(v queue.Verdict)
	// Line: the line to Partner Center dropped or healed.
	Line(up bool)
	// Settled: this is where all entries stand at the end.
	Settled(entries []queue.Entry)
}

// ErrScript is that it did not go as scripted.
var ErrScript = errors.New("the demo did not go as it should")

// The line drops before sample dropAt and heals before the last healBefore.
const (
	dropAt     = 2
	healBefore = 2
)

// limit is how long the whole demo may take.
const limit = 25 * time.Second

// Play plays the script once and fails with ErrScript if anything came out
// otherwise.
func (d *Demo) Play(ctx context.Context, tell Teller) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	stop := d.run(ctx)
	err := d.pictures(ctx, tell)
	stop()
	if err != nil {
		return err
	}
	if err := d.Station.Close(ctx); err != nil {
		return err
	}
	if _, err := d.Uploader.UntilSettled(ctx); err != nil {
		return fmt.Errorf("registering: %w", err)
	}
	var entries []queue.Entry
	for e, err := range d.Queue.List(ctx, queue.Filter{}) {
		if err != nil {
			return err
		}
		entries = append(entries, e)
	}
	tell.Settled(entries)
	return d.judge(entries)
}

// run has the uploader work in the background until stop.
func (d *Demo) run(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { _ = d.Uploader.Run(ctx) }) // it ends because it is stopped
	return func() { cancel(); running.Wait() }
}

// pictures shows every sample to the camera; in the middle the line drops.
func (d *Demo) pictures(ctx context.Context, tell Teller) error {
	samples := assets.Samples()
	for i, s := range samples {
		switch i {
		case dropAt:
			if err := d.await(ctx, upload.OnlineYes); err != nil {
				return err
			}
			d.Server.SetOutage(true)
			tell.Line(false)
		case len(samples) - healBefore:
			if err := d.await(ctx, upload.OnlineNo); err != nil {
				return err
			}
			d.Server.SetOutage(false)
			tell.Line(true)
		}
		if err := d.picture(ctx, uint64(i)+1, s, tell); err != nil {
			return err
		}
	}
	return nil
}

func (d *Demo) picture(ctx context.Context, number uint64, s assets.Sample, tell Teller) error {
	tell.Picture(s)
	_, scans, err := Look(ctx, number, s)
	if err != nil {
		return err
	}
	for _, scan := range scans {
		given, err := d.Station.Take(ctx, scan)
		if err != nil {
			return err
		}
		for _, v := range given {
			tell.Verdict(v)
		}
	}
	return nil
}

// await waits until the uploader has noticed how the line is.
func (d *Demo) await(ctx context.Context, online upload.Online) error {
	changed, stop := d.Uploader.Watch()
	defer stop()
	for d.Uploader.Status().Online != online {
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("%w: the line never was %s", ErrScript, online)
		}
	}
	return nil
}

// judge holds the end against the script: each sample's device registered
// once, the refused one refused, nothing else, and the simulated Microsoft's
// own ledger saying the same.
func (d *Demo) judge(entries []queue.Entry) error {
	want := map[string]queue.State{}
	for _, s := range assets.Samples() {
		switch {
		case s.PKID == "":
		case s.Code != "":
			want[s.PKID] = queue.Rejected
		default:
			want[s.PKID] = queue.Registered
		}
	}
	registered := 0
	for _, e := range entries {
		if want[string(e.PKID)] != e.State {
			return fmt.Errorf("%w: %s is %s", ErrScript, e.PKID.Masked(), e.State)
		}
		if e.State == queue.Registered {
			registered++
		}
	}
	if len(entries) != len(want) || registered != len(d.Server.Ledger()) {
		return fmt.Errorf("%w: %d entries of %d, %d registered here and %d at Microsoft", ErrScript,
			len(entries), len(want), registered, len(d.Server.Ledger()))
	}
	return nil
}
