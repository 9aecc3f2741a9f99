package vision

import (
	"encoding/binary"
	"math/bits"

	"github.com/makiuchi-d/gozxing"
)

// A black is a frame in black and white: gozxing's matrix for its readers, and
// the same pixels as words for quick looks of our own. A set bit is black.
type black struct {
	*gozxing.BitMatrix

	words  []uint32
	stride int // words a row.
}

func newBlack(wide, high int) *black {
	stride := (wide + 31) / 32
	return &black{words: make([]uint32, stride*high), stride: stride}
}

// row is a row's words.
func (b *black) row(y int) []uint32 { return b.words[y*b.stride : (y+1)*b.stride] }

// done hands the words to gozxing's type; nil where it takes no such size.
func (b *black) done(wide, high int) *black {
	matrix, err := gozxing.NewBitMatrix(wide, high)
	if err != nil {
		return nil
	}
	line := gozxing.NewBitArray(wide)
	for y := range high {
		copy(line.GetBitArray(), b.row(y))
		matrix.SetRow(y, line)
	}
	b.BitMatrix = matrix
	return b
}

// put sets eight pixels from x on where mask says so.
func put(row []uint32, x int, mask uint32) {
	row[x>>5] |= mask << (x & 31)
	if x&31 > 24 && mask>>(32-x&31) != 0 {
		row[x>>5+1] |= mask >> (32 - x&31)
	}
}

// leastHybrid is how many pixels a side a frame has at least for thresholds of each
// place: below that one must do.
const leastHybrid = 40

// newHybrid puts each pixel in black or white by a threshold of its own place, as
// gozxing's HybridBinarizer does, eight pixels at a time.
func (f *frame) newHybrid(share sharing) *black {
	wide, high := f.width(), f.height()
	if wide < leastHybrid || high < leastHybrid {
		return f.newGlobal()
	}
	t := f.tones()
	b := newBlack(wide, high)
	t.inStrips(share, func(by int) {
		limits := make([]uint64, t.wide)
		t.thresholds(by, limits)
		y0 := min(by*block, high-block)
		for y := y0; y < y0+block; y++ {
			pix, row := f.Pix[y*f.Stride:][:wide], b.row(y)
			for bx, limit := range limits {
				x := min(bx*block, wide-block)
				put(row, x, gather(notAbove(binary.LittleEndian.Uint64(pix[x:]), limit)))
			}
		}
	})
	return b.done(wide, high)
}

// newGlobal puts each pixel in black or white by one threshold, as gozxing's
// GlobalHistogramBinarizer does; nil where the frame has no two tones.
func (f *frame) newGlobal() *black {
	const sampled = 5
	wide, high := f.width(), f.height()
	var h histogram
	for part := 1; part < sampled; part++ {
		h.add(f.Pix[high*part/sampled*f.Stride:][wide/sampled : wide*4/sampled])
	}
	limit, ok := h.valley()
	if !ok {
		return nil
	}
	b := newBlack(wide, high)
	if limit > 0 {
		all := uint64(limit-1) * everyByte
		for y := range high {
			blacken(b.row(y), f.Pix[y*f.Stride:][:wide], all)
		}
	}
	return b.done(wide, high)
}

// blacken sets what is at most a limit.
func blacken(row []uint32, pix []byte, limit uint64) {
	x := 0
	for ; x+block <= len(pix); x += block {
		put(row, x, gather(notAbove(binary.LittleEndian.Uint64(pix[x:]), limit)))
	}
	for ; x < len(pix); x++ {
		if pix[x] <= byte(limit) { //nolint:gosec // each of its bytes is the limit
			row[x>>5] |= 1 << (x & 31)
		}
	}
}

const (
	everyByte = 0x0101010101010101
	highBits  = 0x80 * everyByte
)

// notAbove has the high bit of each byte set where v's is at most limit's.
func notAbove(v, limit uint64) uint64 {
	low := (limit | highBits) - (v &^ highBits)
	return (^v&limit | ^(v^limit)&low) & highBits
}

// gather makes eight bits of the high bits of eight bytes.
func gather(high uint64) uint32 {
	return uint32((high >> 7) * 0x0102040810204080 >> 56)
}

// wholeBytes has all bits of a byte set where its high bit is.
func wholeBytes(high uint64) uint64 { return high<<1 - high>>7 }

// A histogram counts tones, eight of grey to each.
type histogram [32]int

func (h *histogram) add(pix []byte) {
	for _, v := range pix {
		h[v>>3]++
	}
}

// valley is the grey between the two tones that most of a picture is of, nearer
// to the lighter one; false where there are no two.
func (h *histogram) valley() (limit int, ok bool) {
	first, most := 0, 0
	for x, n := range h {
		if n > most {
			first, most = x, n
		}
	}
	second, score := 0, 0
	for x, n := range h {
		if s := n * (x - first) * (x - first); s > score {
			second, score = x, s
		}
	}
	if first > second {
		first, second = second, first
	}
	if second-first <= len(h)/16 {
		return 0, false
	}
	best, lowest := second-1, -1
	for x := second - 1; x > first; x-- {
		if s := (x - first) * (x - first) * (second - x) * (most - h[x]); s > lowest {
			best, lowest = x, s
		}
	}
	return best << 3, true
}

// changes are the places where a row changes colour, the first to black; their
// number is even.
func changes(row []uint32, wide int, out []int) []int {
	last := uint32(0)
	for i, w := range row {
		for d := w ^ (w<<1 | last); d != 0; d &= d - 1 {
			out = append(out, i*32+bits.TrailingZeros32(d))
		}
		last = w >> 31
	}
	if len(out)%2 == 1 {
		out = append(out, wide)
	}
	return out
}
