package vision

import "encoding/binary"

// A tones is what grey is in each block of a frame. The last block of a row or
// a column begins earlier where the frame ends within it.
type tones struct {
	wide, high int
	low, most  []uint8 // the darkest and the lightest pixel.
	point      []int32 // between what is black there and what is white.
}

// flat is the most contrast of a block without print.
const flat = 24

// tones are measured once; the frame has at least one whole block.
func (f *frame) tones() *tones {
	return f.grey.get(func() *tones { return f.newTones(inTurn) })
}

func (f *frame) newTones(share sharing) *tones {
	wide, high := f.width(), f.height()
	t := &tones{wide: (wide + block - 1) / block, high: (high + block - 1) / block}
	t.low, t.most = make([]uint8, t.wide*t.high), make([]uint8, t.wide*t.high)
	t.point = make([]int32, t.wide*t.high)
	t.inStrips(share, func(by int) {
		y := min(by*block, high-block)
		for bx := range t.wide {
			x := min(bx*block, wide-block)
			low, most, sum := measure(f.Pix[y*f.Stride+x:], f.Stride)
			i := by*t.wide + bx
			t.low[i], t.most[i], t.point[i] = low, most, sum/(block*block)
		}
	})
	for i := range t.point {
		if t.most[i]-t.low[i] <= flat {
			t.point[i] = t.flatPoint(i%t.wide, i/t.wide, int32(t.low[i]))
		}
	}
	return t
}

// inStrips does each row of blocks, those of a strip in turn. The last two, which may
// overlap, are of one strip.
func (t *tones) inStrips(share sharing, do func(by int)) {
	const strip = 8
	n := max(t.high/strip, 1)
	share(n, func(i int) {
		for by := i * t.high / n; by < (i+1)*t.high/n; by++ {
			do(by)
		}
	})
}

// measure gives a block's darkest and lightest pixel and the sum of all.
func measure(pix []byte, stride int) (low, most uint8, sum int32) {
	const pairs = 0x00ff00ff00ff00ff
	lows, mosts, sums := ^uint64(0), uint64(0), uint64(0)
	for y := 0; y < block; y += 2 {
		v, u := binary.LittleEndian.Uint64(pix[y*stride:]), binary.LittleEndian.Uint64(pix[(y+1)*stride:])
		less := lesser(u, v)
		lows, mosts = lesser(lows, less), ^lesser(^mosts, ^(u^v^less))
		sums += v&pairs + v>>8&pairs + u&pairs + u>>8&pairs
	}
	// The lightest are the least of what is upside down.
	both := lesser(lows, lows>>32)&0xffffffff | lesser(^mosts, ^mosts>>32)<<32
	both = lesser(both, both>>16)
	both = lesser(both, both>>8)
	sums = sums&0x0000ffff0000ffff + sums>>16&0x0000ffff0000ffff
	return uint8(both), ^uint8(both >> 32), int32(sums + sums>>32) //nolint:gosec // bytes, and the sum of 64.
}

// lesser has the lesser of each two bytes.
func lesser(a, b uint64) uint64 {
	return b ^ (a^b)&wholeBytes(notAbove(a, b))
}

// flatPoint is the point of a block of one tone: all white, unless it is darker
// than what is black beside it.
func (t *tones) flatPoint(bx, by int, low int32) int32 {
	if bx > 0 && by > 0 {
		i := by*t.wide + bx
		if around := (t.point[i-t.wide] + 2*t.point[i-1] + t.point[i-t.wide-1]) / 4; low < around {
			return around
		}
	}
	return low / 2
}

// thresholds are those of a row of blocks, each the mean of 25 points around,
// in every byte of a word.
func (t *tones) thresholds(by int, out []uint64) {
	const reach, all = 2, 25
	middle := min(max(by, reach), t.high-1-reach)
	for bx := range out {
		left := min(max(bx, reach), t.wide-1-reach)
		var sum int32
		for y := middle - reach; y <= middle+reach; y++ {
			p := t.point[y*t.wide+left-reach:][:2*reach+1]
			sum += p[0] + p[1] + p[2] + p[3] + p[4]
		}
		out[bx] = uint64(sum/all) * everyByte
	}
}

// contrast is that of the block in column bx of row by.
func (t *tones) contrast(bx, by int) uint8 {
	i := by*t.wide + bx
	return t.most[i] - t.low[i]
}
