package main

import (
	"image"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/image/draw"

	"pkidstation/scanner/camera"
	"pkidstation/ui"
)

// A monitor is a camera as its pictures come. All but arrives is under its owner's lock.
type monitor struct {
	ui.Camera

	times   []time.Time // of the last pictures
	regions [][4]image.Point
	// live says that pictures are told when they arrive, too.
	live  atomic.Bool
	shown time.Time // only the goroutine that receives looks at it
}

// What is kept of the last pictures, and how they are shown: some fifteen a second, as
// small as a preview is.
const (
	countedFrames = 50
	countedTime   = 10 * time.Second
	shownCodes    = 4
	shownPace     = 60 * time.Millisecond
	shownWidth    = 640
)

// arrives makes a picture that came small enough to be shown; false where one was shown
// a moment ago. One goroutine calls it.
func (m *monitor) arrives(img image.Image, at time.Time) (image.Image, bool) {
	m.live.Store(true)
	if at.Sub(m.shown) < shownPace {
		return nil, false
	}
	m.shown = at
	return shrunk(img), true
}

// count counts a picture that came.
func (m *monitor) count(at time.Time) {
	m.Err, m.RetryAt, m.LastAt = nil, time.Time{}, at
	m.times = slices.DeleteFunc(append(m.times, at), func(t time.Time) bool { return at.Sub(t) > countedTime })
	m.times = m.times[max(len(m.times)-countedFrames, 0):]
	if n := len(m.times); n > 1 {
		m.PerSecond = float64(n-1) / max(m.times[n-1].Sub(m.times[0]), time.Millisecond).Seconds()
	}
}

// take takes a frame that was looked at, with these codes. Of a live camera a later
// picture is shown already, and the codes' outlines go onto that and the next ones.
func (m *monitor) take(f camera.Frame, codes []ui.CameraCode) {
	m.Decoding.Add(f.Took)
	m.regions = nil
	for _, code := range f.Codes {
		m.regions = append(m.regions, scaled(code.Corners, f.Image.Bounds()))
	}
	switch {
	case !m.live.Load():
		m.count(f.At)
		m.show(shrunk(f.Image))
	case m.Preview != nil:
		m.show(m.Preview.Image)
	}
	for _, code := range codes {
		m.saw(code)
	}
}

// show shows a small picture with the codes that were found last.
func (m *monitor) show(small image.Image) {
	m.Preview = &ui.Preview{Image: small}
	for _, corners := range m.regions {
		m.Preview.Regions = append(m.Preview.Regions, ui.Region{Corners: corners})
	}
}

// saw puts a code before those that were seen before it.
func (m *monitor) saw(code ui.CameraCode) {
	others := slices.DeleteFunc(slices.Clone(m.Codes), func(c ui.CameraCode) bool { return c == code })
	m.Codes = append([]ui.CameraCode{code}, others[:min(len(others), shownCodes-1)]...)
}

// copied is how it is now, to be read while the next frame comes.
func (m *monitor) copied() ui.Camera { return m.Camera }

// factor is by how much a picture is made smaller.
func factor(area image.Rectangle) int { return max((area.Dx()+shownWidth-1)/shownWidth, 1) }

// shrunk is a picture at the origin, small enough for a preview: a large one takes the
// screen longer than a frame lasts.
func shrunk(img image.Image) image.Image {
	area := img.Bounds()
	by := factor(area)
	if by == 1 && area.Min == (image.Point{}) {
		return img
	}
	small := image.NewRGBA(image.Rect(0, 0, max(area.Dx()/by, 1), max(area.Dy()/by, 1)))
	draw.NearestNeighbor.Scale(small, small.Rect, img, area, draw.Src, nil)
	return small
}

// scaled is where corners are on the small picture.
func scaled(corners [4]image.Point, area image.Rectangle) [4]image.Point {
	for n, c := range corners {
		corners[n] = c.Sub(area.Min).Div(factor(area))
	}
	return corners
}
