package camera

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"iter"
	"os"
	"strconv"
	"strings"
	"time"
)

const (
	y4mMagic = "YUV4MPEG2"
	// y4mLine is the longest header line that is read.
	y4mLine = 4096
)

// A y4m is a video in the YUV4MPEG2 format, of which the luma is taken.
type y4m struct {
	width, height int
	chroma        int           // bytes of a frame after its luma.
	interval      time.Duration // between frames.
}

// playY4M gives a video's frames with the video's own time.
func playY4M(file string) func(context.Context) iter.Seq2[shot, error] {
	return func(ctx context.Context) iter.Seq2[shot, error] {
		return func(yield func(shot, error) bool) {
			f, err := os.Open(file) //nolint:gosec // the file that the user named.
			if err != nil {
				yield(shot{}, fileError(file, err))
				return
			}
			defer f.Close() //nolint:errcheck // it was only read.
			for s, err := range frames(patientReader{ctx, f}) {
				if err != nil {
					yield(shot{}, fileError(file, err))
					return
				}
				if !yield(s, nil) {
					return
				}
			}
		}
	}
}

// frames reads a whole video.
func frames(r io.Reader) iter.Seq2[shot, error] {
	return func(yield func(shot, error) bool) {
		b := bufio.NewReaderSize(r, y4mLine)
		v, err := readY4M(b)
		for at := time.Duration(0); err == nil; at += v.interval {
			var luma *image.Gray
			if luma, err = v.frame(b); err == nil && !yield(shot{image: luma, time: at}, nil) {
				return
			}
		}
		if !errors.Is(err, io.EOF) {
			yield(shot{}, err)
		}
	}
}

// readY4M reads the header line.
func readY4M(b *bufio.Reader) (y4m, error) {
	line, err := b.ReadSlice('\n')
	if err != nil {
		return y4m{}, fmt.Errorf("%w: no Y4M header", ErrUnreadable)
	}
	field := strings.Fields(string(line))
	if len(field) == 0 || field[0] != y4mMagic {
		return y4m{}, fmt.Errorf("%w: no Y4M header", ErrUnreadable)
	}
	v, colour := y4m{interval: time.Second / 25}, "420"
	for _, f := range field[1:] {
		switch f[0] {
		case 'W':
			v.width, err = strconv.Atoi(f[1:])
		case 'H':
			v.height, err = strconv.Atoi(f[1:])
		case 'F':
			v.interval = y4mInterval(f[1:], v.interval)
		case 'C':
			colour = f[1:]
		}
		if err != nil {
			return y4m{}, fmt.Errorf("%w: Y4M header field %.20q", ErrUnreadable, f)
		}
	}
	if err := fits(v.width, v.height, MaxPixels); err != nil {
		return y4m{}, err
	}
	v.chroma, err = y4mChroma(colour, v.width, v.height)
	return v, err
}

// y4mInterval is the time between frames of a rate such as 30000:1001; the
// usual one where the rate makes no sense.
func y4mInterval(rate string, usual time.Duration) time.Duration {
	over, under, _ := strings.Cut(rate, ":")
	n, err := strconv.ParseUint(over, 10, 31)
	d, err2 := strconv.ParseUint(under, 10, 31)
	if err != nil || err2 != nil || n == 0 || d == 0 || d > 1000*n {
		return usual
	}
	return time.Duration(float64(time.Second) * float64(d) / float64(n))
}

// y4mChroma is how many bytes follow the luma. Only 8 bits a sample are known.
func y4mChroma(colour string, width, height int) (int, error) {
	half := func(n int) int { return (n + 1) / 2 }
	switch colour {
	case "420", "420jpeg", "420mpeg2", "420paldv":
		return 2 * half(width) * half(height), nil
	case "411":
		return 2 * ((width + 3) / 4) * height, nil
	case "422":
		return 2 * half(width) * height, nil
	case "444":
		return 2 * width * height, nil
	case "444alpha":
		return 3 * width * height, nil
	case "mono":
		return 0, nil
	default:
		return 0, fmt.Errorf("%w: Y4M colours %.20q", ErrUnreadable, colour)
	}
}

// frame reads one frame; io.EOF only where the video ends before it.
func (v y4m) frame(b *bufio.Reader) (*image.Gray, error) {
	line, err := b.ReadSlice('\n')
	if len(line) == 0 && errors.Is(err, io.EOF) {
		return nil, io.EOF
	}
	if err != nil || !strings.HasPrefix(string(line), "FRAME") {
		return nil, broken("no frame where one belongs", err)
	}
	luma := image.NewGray(image.Rect(0, 0, v.width, v.height))
	if _, err := io.ReadFull(b, luma.Pix); err != nil {
		return nil, broken("it ends within a frame", err)
	}
	if n, err := io.CopyN(io.Discard, b, int64(v.chroma)); n < int64(v.chroma) {
		return nil, broken("it ends within a frame", err)
	}
	return luma, nil
}

// broken is ErrBroken with what else was wrong than the end.
func broken(what string, err error) error {
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: %s", ErrBroken, what)
	}
	return fmt.Errorf("%w: %s: %w", ErrBroken, what, err)
}
