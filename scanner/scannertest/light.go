package scannertest

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"math"
	"math/rand/v2"
)

// light is what lamps and the print's contrast make of the film. A lamp that
// is mirrored stands near at, which is on the label.
func (s Scene) light(film *plane, at image.Point, r *rand.Rand) {
	sin, cos := math.Sincos(between(r, 0, 2*math.Pi))
	half := math.Hypot(float64(film.width), float64(film.height)) / 2
	const middle = maxGrey / 2
	for y := range film.height {
		row := film.row(y)
		across := s.Lamp * (sin*(float64(y)-float64(film.height)/2) - cos*float64(film.width)/2) / half
		step := float32(s.Lamp * cos / half)
		by := float32(1 + across)
		for x, v := range row {
			row[x] = (middle + (v-middle)*float32(s.Contrast)) * by
			by += step
		}
	}
	if s.Glare > 0 {
		reach := between(r, 20, 34) * s.Module
		at = at.Add(image.Pt(int(about(r, 0, 30*s.Module)), int(about(r, 0, 20*s.Module))))
		film.glare(at, reach, s.Glare*maxGrey)
	}
}

// glare adds a mirrored lamp: a blob that falls off within reach pixels.
func (p *plane) glare(at image.Point, reach, bright float64) {
	const far = 3
	fall := make([]float32, p.width) // of x alone
	for x := range fall {
		d := float64(x-at.X) / reach
		fall[x] = float32(math.Exp(-d * d / 2))
	}
	for y := max(0, at.Y-int(far*reach)); y < min(p.height, at.Y+int(far*reach)); y++ {
		d := float64(y-at.Y) / reach
		here := float32(bright * math.Exp(-d*d/2))
		row := p.row(y)
		for x, f := range fall {
			row[x] += here * f
		}
	}
}

// compressed is a picture after it went through a JPEG.
func compressed(g *image.Gray, quality int) *image.Gray {
	if quality == 0 {
		return g
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, g, &jpeg.Options{Quality: quality}); err != nil {
		panic(fmt.Sprintf("a picture in memory: %v", err))
	}
	img, err := jpeg.Decode(&b)
	if err != nil {
		panic(fmt.Sprintf("our own JPEG: %v", err))
	}
	out := image.NewGray(g.Rect)
	draw.Draw(out, out.Rect, img, image.Point{}, draw.Src)
	return out
}
