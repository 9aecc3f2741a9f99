package explain

import (
	"image"
	"image/color"
	"image/draw"
	"slices"

	"pkidstation/scanner/vision"
)

// The colours of outlines and marks; their widths tell them apart, too.
var (
	believed = color.RGBA{0x1b, 0x9e, 0x3d, 0xff} //nolint:gochecknoglobals // colours.
	rejected = color.RGBA{0xf0, 0x80, 0x00, 0xff} //nolint:gochecknoglobals // colours.
	lookedAt = color.RGBA{0x3a, 0x7b, 0xd5, 0xff} //nolint:gochecknoglobals // colours.
	mismatch = color.RGBA{0xd8, 0x1b, 0x1b, 0xff} //nolint:gochecknoglobals // colours.
)

// frame draws what was looked at and what became of it on the picture, and blanks
// the places of product keys.
func (p *page) frame(g *image.Gray) image.Image {
	out := image.NewRGBA(g.Rect)
	draw.Draw(out, out.Rect, g, g.Rect.Min, draw.Src)
	scale := float64(g.Rect.Dx()) / float64(max(p.bounds.Dx(), 1))
	on := func(q image.Point) image.Point {
		q = q.Sub(p.bounds.Min)
		return image.Pt(int(float64(q.X)*scale), int(float64(q.Y)*scale))
	}
	for _, layer := range []struct {
		takes  func(vision.Sight) bool
		colour color.RGBA
		wide   int
	}{
		{func(s vision.Sight) bool { return s.Stage == vision.SawBand || s.Stage == vision.SawPatch }, lookedAt, 1},
		{func(s vision.Sight) bool { return s.Verdict != "" && s.Verdict != vision.Believed }, rejected, 2},
		{func(s vision.Sight) bool { return s.Stage == vision.SawCode && s.Verdict == vision.Believed }, believed, 3},
	} {
		for _, s := range p.notes.sights {
			if layer.takes(s) && s.Corners != [4]image.Point{} {
				outline(out, s.Corners, on, layer.colour, layer.wide)
			}
		}
	}
	for _, r := range p.secrets {
		blank := image.Rectangle{Min: on(r.Min), Max: on(r.Max)}
		draw.Draw(out, blank, image.White, image.Point{}, draw.Src)
	}
	return bounded(out)
}

// outline draws the sides of a quad.
func outline(out *image.RGBA, corners [4]image.Point, on func(image.Point) image.Point, c color.RGBA, wide int) {
	for i, a := range corners {
		from, to := on(a), on(corners[(i+1)%len(corners)])
		const farthest = 1 << 14 // a corner beyond is no place on a picture.
		steps := max(abs(to.X-from.X), abs(to.Y-from.Y), 1)
		if steps > farthest {
			continue
		}
		for n := range steps + 1 {
			x, y := from.X+(to.X-from.X)*n/steps, from.Y+(to.Y-from.Y)*n/steps
			draw.Draw(out, image.Rect(x-wide/2, y-wide/2, x-wide/2+wide, y-wide/2+wide), image.NewUniform(c), image.Point{}, draw.Src)
		}
	}
}

func abs(n int) int { return max(n, -n) }

// maxWide is how many pixels wide or high a picture is at most.
const maxWide = 1600

// bounded is a picture, every nth pixel of it where it is too large.
func bounded(img image.Image) image.Image {
	size := img.Bounds().Size()
	n := (max(size.X, size.Y) + maxWide - 1) / maxWide
	if n <= 1 {
		return img
	}
	out := image.NewRGBA(image.Rect(0, 0, size.X/n, max(size.Y/n, 1)))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			out.Set(x, y, img.At(img.Bounds().Min.X+x*n, img.Bounds().Min.Y+y*n))
		}
	}
	return out
}

// extent is the least and the greatest of values.
func extent(values []float32) (least, most float32) {
	if len(values) == 0 {
		return 0, 1
	}
	least, most = slices.Min(values), slices.Max(values)
	return least, max(most, least+1)
}
