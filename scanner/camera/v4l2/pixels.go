package v4l2

import (
	"fmt"
	"image"
)

// row is how many bytes a line has at least; of a compressed format none is known.
func (m Mode) row() int {
	switch m.Format { //nolint:exhaustive // the others have none of that
	case YUYV, UYVY:
		return 4 * half(m.Width) // two pixels share their colour
	case GREY, NV12, YU12:
		return m.Width
	default:
		return 0
	}
}

// least is how many bytes a frame has at least, its last line without padding.
func (m Mode) least(stride int) int {
	luma := (m.Height-1)*stride + m.row()
	switch m.Format { //nolint:exhaustive // the others have none of that
	case NV12: // as many lines of colour, two bytes for two pixels
		return m.Height*stride + (half(m.Height)-1)*stride + 2*half(m.Width)
	case YU12:
		return m.Height*stride + (2*half(m.Height)-1)*half(stride) + half(m.Width)
	default:
		return luma
	}
}

func half(n int) int { return (n + 1) / 2 }

// Image copies a frame that is not compressed. It fails for one that is, and for
// one that is shorter than its size.
func (f Frame) Image() (image.Image, error) {
	if f.Format.Compressed() || f.Width < 1 || f.Height < 1 || f.Stride < f.row() || len(f.Data) < f.least(f.Stride) {
		return nil, fmt.Errorf("%w: a frame of %d bytes as %s", ErrBroken, len(f.Data), f.Mode)
	}
	area := image.Rect(0, 0, f.Width, f.Height)
	switch f.Format { //nolint:exhaustive // a JPEG is read elsewhere
	case GREY:
		img := image.NewGray(area)
		f.lines(img.Pix, img.Stride, f.Data, f.Stride, f.Height)
		return img, nil
	case YUYV:
		return f.packed(area, 0), nil
	case UYVY:
		return f.packed(area, 1), nil
	case NV12, YU12:
		return f.planar(area), nil
	default:
		return nil, fmt.Errorf("%w: a frame as %s", ErrUseless, f.Mode)
	}
}

func (Frame) lines(to []byte, toStride int, from []byte, fromStride, count int) {
	for y := range count {
		copy(to[y*toStride:(y+1)*toStride], from[y*fromStride:])
	}
}

// packed parts four bytes into two pixels; first is where the luma of the first is.
func (f Frame) packed(area image.Rectangle, first int) *image.YCbCr {
	img := image.NewYCbCr(area, image.YCbCrSubsampleRatio422)
	for y := range f.Height {
		from := f.Data[y*f.Stride:]
		luma, cb, cr := img.Y[y*img.YStride:][:f.Width], img.Cb[y*img.CStride:], img.Cr[y*img.CStride:]
		for x := range half(f.Width) {
			p := from[4*x : 4*x+4 : 4*x+4]
			luma[2*x] = p[first]
			if 2*x+1 < f.Width {
				luma[2*x+1] = p[first+2]
			}
			cb[x], cr[x] = p[1-first], p[3-first]
		}
	}
	return img
}

// planar takes luma and colour from planes of their own: one of both colours in
// turns, or one of each with lines of half the length.
func (f Frame) planar(area image.Rectangle) *image.YCbCr {
	img := image.NewYCbCr(area, image.YCbCrSubsampleRatio420)
	f.lines(img.Y, img.YStride, f.Data, f.Stride, f.Height)
	colour := f.Data[f.Height*f.Stride:]
	if f.Format == YU12 {
		stride := half(f.Stride)
		f.lines(img.Cb, img.CStride, colour, stride, half(f.Height))
		f.lines(img.Cr, img.CStride, colour[half(f.Height)*stride:], stride, half(f.Height))
		return img
	}
	for y := range half(f.Height) {
		from := colour[y*f.Stride:]
		for x := range half(f.Width) {
			img.Cb[y*img.CStride+x], img.Cr[y*img.CStride+x] = from[2*x], from[2*x+1]
		}
	}
	return img
}
