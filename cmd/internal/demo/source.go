package demo

import (
	"context"
	"image"
	"iter"
	"time"

	"pkidstation/assets"
	"pkidstation/cmd/internal/station"
	"pkidstation/scanner"
)

// Source is the demo's camera for a window: it holds one sample after the
// other before the station, slow enough to watch, drops the line in the middle
// and heals it, and closes the reception at the end.
func (d *Demo) Source(show func(station.Picture)) scanner.Source {
	return &source{demo: d, show: show}
}

type source struct {
	demo *Demo
	show func(station.Picture)
}

func (s *source) Name() string { return SourceName }

// pace is how long each sample is held before the camera.
const pace = 2500 * time.Millisecond

func (s *source) Scans(ctx context.Context) iter.Seq2[scanner.Scan, error] {
	return func(yield func(scanner.Scan, error) bool) {
		tick := time.NewTicker(pace)
		defer tick.Stop()
		samples := assets.Samples()
		for i, sample := range samples {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			s.line(i, len(samples))
			picture, scans, err := Look(ctx, uint64(i)+1, sample)
			if err != nil {
				yield(scanner.Scan{}, err)
				return
			}
			s.show(station.Picture{Image: picture, Corners: corners(scans)})
			for _, scan := range scans {
				if !yield(scan, nil) {
					return
				}
			}
		}
		s.end(ctx, tick)
	}
}

// line drops the line to Partner Center in the middle, and heals it.
func (s *source) line(i, of int) {
	switch i {
	case dropAt:
		s.demo.Server.SetOutage(true)
	case of - healBefore:
		s.demo.Server.SetOutage(false)
	}
}

// end closes the reception, so that the rest is registered too.
func (s *source) end(ctx context.Context, tick *time.Ticker) {
	select {
	case <-ctx.Done():
	case <-tick.C:
		_ = s.demo.Station.Close(ctx) // it goes out after a while all the same
	}
}

func corners(scans []scanner.Scan) [][4]image.Point {
	all := make([][4]image.Point, 0, len(scans))
	for _, scan := range scans {
		all = append(all, scan.Corners)
	}
	return all
}
