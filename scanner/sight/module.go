package sight

import (
	"image"
	"math"
)

// Module is how wide the narrowest bars of a code are on a picture, in pixels, from
// its corners as a reader gives them; 0 where that cannot be told.
func Module(img image.Image, corners [4]image.Point) float64 {
	g := gridOf(img)
	low := img.Bounds().Min
	var all []float64
	for _, share := range []float64{0.3, 0.5, 0.7} {
		from := between(corners[0], corners[3], share)
		to := between(corners[1], corners[2], share)
		if m := g.module(from[0]-float64(low.X), from[1]-float64(low.Y), to[0]-float64(low.X), to[1]-float64(low.Y)); m > 0 {
			all = append(all, m)
		}
	}
	return quantile(all, 0.5)
}

func between(a, b image.Point, share float64) [2]float64 {
	return [2]float64{float64(a.X) + share*float64(b.X-a.X), float64(a.Y) + share*float64(b.Y-a.Y)}
}

// module is the lower quartile of how long it stays dark or light along a way: of a
// linear code nearly half of the bars are one module wide.
func (g grid) module(x, y, toX, toY float64) float64 {
	const fine, longestWay, fewest = 4, 1 << 14, 8 // samples a pixel
	length := math.Hypot(toX-x, toY-y)
	if length < fewest || length > longestWay {
		return 0
	}
	profile := make([]float64, int(length*fine))
	for n := range profile {
		at := float64(n) / float64(len(profile))
		v, in := g.mixed(x+at*(toX-x), y+at*(toY-y))
		if !in {
			return 0
		}
		profile[n] = v
	}
	const tenth, quarter = 0.1, 0.25
	sorted := append([]float64(nil), profile...)
	middle := (quantile(sorted, tenth) + quantile(sorted, 1-tenth)) / 2
	var runs []float64
	last := -1
	for n := 1; n < len(profile); n++ {
		if (profile[n-1] < middle) == (profile[n] < middle) {
			continue
		}
		if last >= 0 {
			runs = append(runs, float64(n-last)/fine)
		}
		last = n
	}
	if len(runs) < fewest {
		return 0
	}
	return quantile(runs, quarter)
}

// mixed is the light between four pixels; false beyond the picture.
func (g grid) mixed(x, y float64) (float64, bool) {
	left, top := int(math.Floor(x)), int(math.Floor(y))
	if left < 0 || top < 0 || left+1 >= g.width || top+1 >= g.height {
		return 0, false
	}
	dx, dy := x-float64(left), y-float64(top)
	upper := float64(g.at(left, top))*(1-dx) + float64(g.at(left+1, top))*dx
	lower := float64(g.at(left, top+1))*(1-dx) + float64(g.at(left+1, top+1))*dx
	return upper*(1-dy) + lower*dy, true
}
