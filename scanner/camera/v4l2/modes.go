package v4l2

import "unsafe"

// What is asked for at most, whatever a driver goes on to tell.
const (
	maxFormats   = 32
	maxSizes     = 64
	maxIntervals = 64
	maxSide      = 1 << 14
)

// modes asks a device for all that it can do in formats that are read here.
func (d *Device) modes() []Mode {
	var all []Mode
	for n := range uint32(maxFormats) {
		f := description{index: n, kind: bufferTypeCapture}
		if d.ask(askFormat, unsafe.Pointer(&f)) != nil {
			break
		}
		all = append(all, d.sizes(f.format)...)
	}
	return all
}

// sizes are the modes of one format. A camera that does not tell its sizes takes
// any, and gives the next one.
func (d *Device) sizes(f FourCC) []Mode {
	var all []Mode
	for n := range uint32(maxSizes) {
		s := size{index: n, format: f}
		if d.ask(askSize, unsafe.Pointer(&s)) != nil {
			break
		}
		width, height := s.limits[0], s.limits[1]
		if s.kind != discrete {
			width = nearest(bestWidth, s.limits[0], s.limits[1], s.limits[2])
			height = nearest(bestHeight, s.limits[3], s.limits[4], s.limits[5])
		}
		if width == 0 || height == 0 || width > maxSide || height > maxSide {
			continue
		}
		all = append(all, Mode{f, int(width), int(height), d.perSecond(f, width, height)})
		if s.kind != discrete {
			break // it would be told for ever
		}
	}
	if len(all) == 0 {
		all = []Mode{{Format: f, Width: bestWidth, Height: bestHeight}}
	}
	return all
}

// nearest is the largest allowed side that is at most wanted, else the least one.
func nearest(wanted, least, most, step uint32) uint32 {
	side := min(wanted, most)
	if side <= least {
		return least
	}
	return side - (side-least)%max(step, 1)
}

// perSecond is the highest rate of a size, 0 where it is not told.
func (d *Device) perSecond(f FourCC, width, height uint32) float64 {
	best := 0.0
	for n := range uint32(maxIntervals) {
		v := interval{index: n, format: f, width: width, height: height}
		if d.ask(askInterval, unsafe.Pointer(&v)) != nil {
			break
		}
		if v.limits[0] > 0 { // of a range, the least interval comes first
			best = max(best, float64(v.limits[1])/float64(v.limits[0]))
		}
		if v.kind != discrete {
			break
		}
	}
	return best
}
