package sight

import (
	"image"
	"image/draw"
)

// A grid is a picture's light, line by line.
type grid struct {
	pix           []byte
	stride        int
	width, height int
}

// gridOf sees a picture's light where it lies; one that has none of its own is drawn
// in grey, transparency on white.
func gridOf(img image.Image) grid {
	r := img.Bounds()
	g := grid{width: r.Dx(), height: r.Dy()}
	switch src := img.(type) {
	case *image.Gray:
		g.pix, g.stride = src.Pix[src.PixOffset(r.Min.X, r.Min.Y):], src.Stride
	case *image.YCbCr:
		g.pix, g.stride = src.Y[src.YOffset(r.Min.X, r.Min.Y):], src.YStride
	default:
		flat := image.NewGray(image.Rect(0, 0, g.width, g.height))
		draw.Draw(flat, flat.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(flat, flat.Rect, img, r.Min, draw.Over)
		g.pix, g.stride = flat.Pix, flat.Stride
	}
	return g
}

func (g grid) at(x, y int) int { return int(g.pix[y*g.stride+x]) }

// row and column are lines of the grid.
func (g grid) row(y int) line { return line{pix: g.pix[y*g.stride:], step: 1, length: g.width} }

func (g grid) column(x int) line { return line{pix: g.pix[x:], step: g.stride, length: g.height} }

// A line is one row or column.
type line struct {
	pix          []byte
	step, length int
}

func (l line) at(n int) int { return int(l.pix[n*l.step]) }
