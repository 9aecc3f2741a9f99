package v4l2

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
)

// A FourCC is the four letters by which a pixel format is known.
type FourCC uint32

// The formats that are read.
const (
	MJPG FourCC = 'M' | 'J'<<8 | 'P'<<16 | 'G'<<24
	JPEG FourCC = 'J' | 'P'<<8 | 'E'<<16 | 'G'<<24
	YUYV FourCC = 'Y' | 'U'<<8 | 'Y'<<16 | 'V'<<24
	UYVY FourCC = 'U' | 'Y'<<8 | 'V'<<16 | 'Y'<<24
	GREY FourCC = 'G' | 'R'<<8 | 'E'<<16 | 'Y'<<24
	NV12 FourCC = 'N' | 'V'<<8 | '1'<<16 | '2'<<24
	YU12 FourCC = 'Y' | 'U'<<8 | '1'<<16 | '2'<<24
)

// String is the four letters, "?" for what is none.
func (f FourCC) String() string {
	letters := binary.LittleEndian.AppendUint32(nil, uint32(f))
	for n, c := range letters {
		if c < ' ' || c > '~' {
			letters[n] = '?'
		}
	}
	return string(letters)
}

// Compressed says that a frame is a JPEG.
func (f FourCC) Compressed() bool { return f == MJPG || f == JPEG }

// known says whether frames of the format are read here; those that need no
// decoding come first.
func known() []FourCC { return []FourCC{GREY, NV12, YU12, YUYV, UYVY, MJPG, JPEG} }

// A Mode is one way in which a camera gives pictures.
type Mode struct {
	Format        FourCC
	Width, Height int
	// PerSecond is the most frames that come in a second, 0 where it is not told.
	PerSecond float64
}

// String is such as "MJPG 1920x1080 30/s".
func (m Mode) String() string {
	text := fmt.Sprintf("%s %dx%d", m.Format, m.Width, m.Height)
	if m.PerSecond > 0 {
		text += fmt.Sprintf(" %.3g/s", m.PerSecond)
	}
	return text
}

const (
	bestWidth, bestHeight = 1920, 1080
	// enough is how many frames a second are wanted.
	enough = 10
)

// Best is the mode to read barcodes in; false where there is none.
func Best(modes []Mode) (Mode, bool) {
	usable := slices.DeleteFunc(slices.Clone(modes), func(m Mode) bool {
		return !slices.Contains(known(), m.Format) || m.Width < 1 || m.Height < 1
	})
	if len(usable) == 0 {
		return Mode{}, false
	}
	return slices.MaxFunc(usable, func(a, b Mode) int {
		return cmp.Or(
			compareTruth(a.fits(), b.fits()),
			compareTruth(a.quick(), b.quick()),
			a.sized()*cmp.Compare(a.Width*a.Height, b.Width*b.Height),
			-cmp.Compare(slices.Index(known(), a.Format), slices.Index(known(), b.Format)),
			cmp.Compare(a.PerSecond, b.PerSecond),
		)
	}), true
}

func compareTruth(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	default:
		return -1
	}
}

func (m Mode) fits() bool { return m.Width <= bestWidth && m.Height <= bestHeight }

func (m Mode) quick() bool { return m.PerSecond == 0 || m.PerSecond >= enough }

// sized says whether the larger is the better, 1, or the worse, -1: what is too large
// should at least be as small as it can.
func (m Mode) sized() int {
	if m.fits() {
		return 1
	}
	return -1
}
