package camera

import (
	"bufio"
	"errors"
	"fmt"
	"image"
	"io"
)

// A pgm is the header of a Netpbm grey picture.
type pgm struct {
	plain         bool // P2: numbers in text. P5: bytes.
	width, height int
	white         int
}

var errPGM = errors.New("bad PGM")

// decodePGMConfig reads the header of a PGM.
func decodePGMConfig(r io.Reader) (image.Config, error) {
	p, err := readPGM(bufio.NewReader(r))
	return image.Config{Width: p.width, Height: p.height}, err
}

// decodePGM reads the first picture of a PGM. It is strict: a value above the
// header's white, a missing pixel or a size over MaxPixels is an error.
func decodePGM(r io.Reader) (image.Image, error) {
	b := bufio.NewReader(r)
	p, err := readPGM(b)
	if err != nil {
		return nil, err
	}
	if err := fits(p.width, p.height, MaxPixels); err != nil {
		return nil, err
	}
	img := image.NewGray(image.Rect(0, 0, p.width, p.height))
	next := p.reader(b)
	for y := range p.height {
		row := img.Pix[y*img.Stride : (y+1)*img.Stride]
		for x := range row {
			v, err := next()
			if err != nil {
				return nil, fmt.Errorf("%w: pixel %d,%d: %w", errPGM, x, y, err)
			}
			if v > p.white {
				return nil, fmt.Errorf("%w: pixel %d,%d is lighter than white", errPGM, x, y)
			}
			row[x] = byte(v * 255 / p.white) //nolint:gosec // v is at most white.
		}
	}
	return img, nil
}

// reader gives the pixels one after the other.
func (p pgm) reader(b *bufio.Reader) func() (int, error) {
	switch {
	case p.plain:
		return func() (int, error) { return pgmNumber(b) }
	case p.white > 0xff:
		return func() (int, error) {
			high, _ := b.ReadByte() // where it fails, the next one does.
			low, err := b.ReadByte()
			return int(high)<<8 | int(low), err
		}
	default:
		return func() (int, error) {
			v, err := b.ReadByte()
			return int(v), err
		}
	}
}

// readPGM reads magic, width, height and white, and the one blank after them.
func readPGM(b *bufio.Reader) (pgm, error) {
	magic := make([]byte, len("P5"))
	if _, err := io.ReadFull(b, magic); err != nil {
		return pgm{}, fmt.Errorf("%w: %w", errPGM, err)
	}
	p := pgm{plain: string(magic) == "P2"}
	if !p.plain && string(magic) != "P5" {
		return pgm{}, fmt.Errorf("%w: it begins with %q", errPGM, magic)
	}
	for _, field := range []*int{&p.width, &p.height, &p.white} {
		n, err := pgmNumber(b)
		if err != nil {
			return pgm{}, fmt.Errorf("%w: header: %w", errPGM, err)
		}
		*field = n
	}
	if p.width == 0 || p.height == 0 || p.white == 0 || p.white > 0xffff {
		return pgm{}, fmt.Errorf("%w: %d × %d with white %d", errPGM, p.width, p.height, p.white)
	}
	return p, nil
}

// pgmNumber reads a number after blanks and comments, and the one blank that
// ends it.
func pgmNumber(b *bufio.Reader) (int, error) {
	c, err := pgmDigit(b)
	if err != nil {
		return 0, err
	}
	const most = 1 << 24
	n := 0
	for ; c >= '0' && c <= '9'; c, err = b.ReadByte() {
		if err != nil {
			return n, nil //nolint:nilerr // the input's end ends the last number.
		}
		if n = 10*n + int(c-'0'); n > most {
			return 0, errors.New("a number too large")
		}
	}
	if err == nil && !pgmBlank(c) {
		return 0, fmt.Errorf("byte %q in a number", c)
	}
	return n, nil
}

// pgmDigit skips to the first digit of a number.
func pgmDigit(b *bufio.Reader) (byte, error) {
	for comment := false; ; {
		c, err := b.ReadByte()
		switch {
		case err != nil:
			return 0, io.ErrUnexpectedEOF
		case c == '\n':
			comment = false
		case comment || pgmBlank(c):
		case c == '#':
			comment = true
		case c >= '0' && c <= '9':
			return c, nil
		default:
			return 0, fmt.Errorf("byte %q where a number belongs", c)
		}
	}
}

func pgmBlank(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }
