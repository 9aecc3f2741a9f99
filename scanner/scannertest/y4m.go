package scannertest

import (
	"bufio"
	"fmt"
	"image"
	"image/color"
	"io"
)

// WriteY4M writes pictures of one size as a video in grey (C420jpeg) with so
// many frames a second. A picture of another size is an error.
func WriteY4M(w io.Writer, rate int, frames ...image.Image) error {
	if len(frames) == 0 {
		return nil
	}
	size := frames[0].Bounds().Size()
	b := bufio.NewWriter(w)
	_, _ = fmt.Fprintf(b, "YUV4MPEG2 W%d H%d F%d:1 Ip A1:1 C420jpeg\n", size.X, size.Y, rate) // Flush tells.
	for i, f := range frames {
		if f.Bounds().Size() != size {
			return fmt.Errorf("frame %d is %v, the first is %v", i+1, f.Bounds().Size(), size)
		}
		_, _ = b.WriteString("FRAME\n") // Flush tells.
		writeFrame(b, f)
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing a video: %w", err)
	}
	return nil
}

// writeFrame writes the luma of a picture and no colour.
func writeFrame(b *bufio.Writer, f image.Image) {
	r := f.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			g, _ := color.GrayModel.Convert(f.At(x, y)).(color.Gray)
			_ = b.WriteByte(g.Y) // Flush tells.
		}
	}
	for range 2 * ((r.Dx() + 1) / 2) * ((r.Dy() + 1) / 2) {
		const none = 128
		_ = b.WriteByte(none) // Flush tells.
	}
}
