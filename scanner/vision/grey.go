package vision

import (
	"image"
	"image/color"
	"image/draw"
)

const opaque = 0xff

// shared is a picture in grey, at the origin: its own pixels where they are that
// already, one row after the other.
func shared(img image.Image) *image.Gray {
	size := img.Bounds().Size()
	of := func(pix []byte) *image.Gray {
		return &image.Gray{Pix: pix[:size.X*size.Y], Stride: size.X, Rect: image.Rectangle{Max: size}}
	}
	switch src := img.(type) {
	case *image.Gray:
		if src.Stride == size.X && len(src.Pix) >= size.X*size.Y {
			return of(src.Pix)
		}
	case *image.YCbCr:
		if src.YStride == size.X {
			return of(src.Y[src.YOffset(src.Rect.Min.X, src.Rect.Min.Y):])
		}
	}
	return grey(img)
}

// grey is a copy of a picture in grey, at the origin, transparency on white.
// The common types are read straight from their pixels.
func grey(img image.Image) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy()))
	switch src := img.(type) {
	case *image.Gray:
		copyRows(out, src.Pix, src.Stride)
	case *image.YCbCr:
		copyRows(out, src.Y[src.YOffset(src.Rect.Min.X, src.Rect.Min.Y):], src.YStride)
	case *image.Paletted:
		greyPaletted(out, src)
	case *image.NRGBA:
		greyNRGBA(out, src)
	case *image.RGBA:
		greyRGBA(out, src)
	default:
		flat := image.NewRGBA(out.Rect)
		draw.Draw(flat, flat.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(flat, flat.Rect, img, img.Bounds().Min, draw.Over)
		greyRGBA(out, flat)
	}
	return out
}

func copyRows(out *image.Gray, pix []byte, stride int) {
	for y := range out.Rect.Dy() {
		copy(out.Pix[y*out.Stride:(y+1)*out.Stride], pix[y*stride:])
	}
}

func greyPaletted(out *image.Gray, src *image.Paletted) {
	var table [256]byte
	for i, c := range src.Palette[:min(len(src.Palette), len(table))] {
		n, _ := color.NRGBAModel.Convert(c).(color.NRGBA)
		table[i] = onWhite(luma(n.R, n.G, n.B), n.A)
	}
	for y := range out.Rect.Dy() {
		row := src.Pix[y*src.Stride:]
		for x := range out.Stride {
			out.Pix[y*out.Stride+x] = table[row[x]]
		}
	}
}

func greyNRGBA(out *image.Gray, src *image.NRGBA) {
	for y := range out.Rect.Dy() {
		row := src.Pix[y*src.Stride:]
		for x := range out.Stride {
			p := row[4*x : 4*x+4 : 4*x+4]
			out.Pix[y*out.Stride+x] = onWhite(luma(p[0], p[1], p[2]), p[3])
		}
	}
}

// greyRGBA adds the white that shows through: its colours are premultiplied.
func greyRGBA(out *image.Gray, src *image.RGBA) {
	for y := range out.Rect.Dy() {
		row := src.Pix[y*src.Stride:]
		for x := range out.Stride {
			p := row[4*x : 4*x+4 : 4*x+4]
			out.Pix[y*out.Stride+x] = byte(min(int(luma(p[0], p[1], p[2]))+opaque-int(p[3]), opaque)) //nolint:gosec // at most 255.
		}
	}
}

// luma weighs green double, as gozxing does: its thresholds were set on that.
func luma(r, g, b byte) byte {
	return byte((int(r) + 2*int(g) + int(b)) / 4) //nolint:gosec // at most 255.
}

func onWhite(v, alpha byte) byte {
	if alpha == opaque {
		return v
	}
	return byte((int(v)*int(alpha) + opaque*(opaque-int(alpha))) / opaque) //nolint:gosec // at most 255.
}

// shrink averages blocks of n by n pixels.
func shrink(src *image.Gray, n int) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, max(src.Rect.Dx()/n, 1), max(src.Rect.Dy()/n, 1)))
	if src.Rect.Dx() < n || src.Rect.Dy() < n {
		return src
	}
	if n == 2 {
		halve(out, src)
		return out
	}
	sums := make([]int, out.Stride)
	for y := range out.Rect.Dy() {
		clear(sums)
		for dy := range n {
			row := src.Pix[(y*n+dy)*src.Stride:]
			for x := range sums {
				for _, v := range row[x*n : (x+1)*n] {
					sums[x] += int(v)
				}
			}
		}
		for x, sum := range sums {
			out.Pix[y*out.Stride+x] = byte(sum / (n * n)) //nolint:gosec // a mean of bytes.
		}
	}
	return out
}

// halve is shrink by two.
func halve(out, src *image.Gray) {
	for y := range out.Rect.Dy() {
		to := out.Pix[y*out.Stride:][:out.Stride]
		up, down := src.Pix[2*y*src.Stride:][:2*len(to)], src.Pix[(2*y+1)*src.Stride:][:2*len(to)]
		for x := range to {
			to[x] = byte((int(up[2*x]) + int(up[2*x+1]) + int(down[2*x]) + int(down[2*x+1])) / 4) //nolint:gosec // a mean of bytes.
		}
	}
}

// turn is the picture a quarter turn counter-clockwise, tile by tile: a column
// at a time would miss every cache.
func turn(src *image.Gray) *image.Gray {
	const tile = 16
	w, h := src.Rect.Dx(), src.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, h, w))
	for top := 0; top < h; top += tile {
		for left := 0; left < w; left += tile {
			for x := left; x < min(left+tile, w); x++ {
				row := out.Pix[(w-1-x)*out.Stride:][:h]
				for y := top; y < min(top+tile, h); y++ {
					row[y] = src.Pix[y*src.Stride+x]
				}
			}
		}
	}
	return out
}

func invert(src *image.Gray) *image.Gray {
	out := image.NewGray(src.Rect)
	for i, v := range src.Pix {
		out.Pix[i] = opaque - v
	}
	return out
}

// pad puts a white margin around: a symbol cut close has no quiet zone left.
func pad(src *image.Gray, margin int) *image.Gray {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, w+2*margin, h+2*margin))
	for i := range out.Pix {
		out.Pix[i] = opaque
	}
	for y := range h {
		copy(out.Pix[(y+margin)*out.Stride+margin:], src.Pix[y*src.Stride:y*src.Stride+w])
	}
	return out
}
