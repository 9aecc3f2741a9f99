package sight

import "slices"

const (
	// white is from where on a pixel may have been lighter still.
	white = 250
	// block is the side of what is white all over.
	block = 16
)

// light measures it.
func (g grid) light() View {
	var count [256]int
	total := 0
	for y := 0; y < g.height; y += 2 {
		row := g.pix[y*g.stride:][:g.width]
		for _, p := range row {
			count[p]++
		}
		total += len(row)
	}
	const least, most, mirror = 0.05, 0.95, 0.012
	v := View{Dark: percentile(&count, total, least), Light: percentile(&count, total, most), White: g.white()}
	v.Lamp = v.White > mirror && g.soft()
	return v
}

func percentile(count *[256]int, total int, share float64) int {
	sum := 0
	for p, n := range count {
		if sum += n; float64(sum) >= share*float64(total) {
			return p
		}
	}
	return len(count) - 1
}

// white is the share of blocks that are white all over.
func (g grid) white() float64 {
	all, whites := 0, 0
	for y := 0; y+block <= g.height; y += block {
		for x := 0; x+block <= g.width; x += block {
			all++
			if g.isWhite(x, y) {
				whites++
			}
		}
	}
	return float64(whites) / float64(all)
}

// isWhite says whether a block is, but for a few pixels of noise.
func (g grid) isWhite(left, top int) bool {
	const most = 4
	others := 0
	for y := top; y < top+block; y += 2 {
		for _, p := range g.pix[y*g.stride+left:][:block] {
			if p < white {
				others++
			}
		}
		if others > most {
			return false
		}
	}
	return true
}

// soft says whether most of the white ends little by little: how much darker it is a
// few pixels on, where a long run of white ends.
func (g grid) soft() bool {
	const on, gentle = 4, 40
	var drops []float64
	for y := every / 2; y < g.height; y += every {
		l := g.row(y)
		for n, run := 0, 0; n+on < l.length; n++ {
			if l.at(n) >= white {
				run++
				continue
			}
			if run >= block {
				drops = append(drops, float64(white-slices.Min([]int{l.at(n), l.at(n + 1), l.at(n + 2), l.at(n + on)})))
			}
			run = 0
		}
	}
	return len(drops) > 0 && quantile(drops, 0.5) <= gentle
}
