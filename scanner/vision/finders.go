package vision

import "math"

// A finder is what may be the middle of a QR finder pattern.
type finder struct{ x, y, module int }

// mayHaveQR says whether a matrix has three places that look like finder
// patterns across, down and aslant: fewer are no symbol, and gozxing need not
// look.
func (b *black) mayHaveQR() bool {
	const step, needed = 3, 3
	var found []finder
	var edge []int
	for y := step - 1; y < b.GetHeight(); y += step {
		edge = changes(b.row(y), b.GetWidth(), edge[:0])
		for k := 0; k+5 < len(edge); k += 2 {
			run := [5]int{edge[k+1] - edge[k], edge[k+2] - edge[k+1], edge[k+3] - edge[k+2], edge[k+4] - edge[k+3], edge[k+5] - edge[k+4]}
			if !finderLike(run, 0.5) {
				continue
			}
			at, ok := b.finderAt((edge[k+2]+edge[k+3])/2, y, edge[k+5]-edge[k])
			if !ok || at.among(found) {
				continue
			}
			if found = append(found, at); len(found) == needed {
				return true
			}
		}
	}
	return false
}

// finderLike says whether five runs are about as 1 : 1 : 3 : 1 : 1; each may be
// off by a part of what it should be.
func finderLike(run [5]int, part float64) bool {
	all := total(run[:])
	if all < 7 || min(run[0], run[1], run[2], run[3], run[4]) == 0 {
		return false
	}
	module := float64(all) / 7
	for i, n := range run {
		want := module
		if i == 2 {
			want *= 3
		}
		if math.Abs(want-float64(n)) >= part*want {
			return false
		}
	}
	return true
}

// finderAt looks for the same runs down, and from the middle of those aslant,
// as gozxing does.
func (b *black) finderAt(x, y, wide int) (finder, bool) {
	const aslant = 0.75
	down, below := b.through(x, y, 0)
	if off := total(down[:]) - wide; 5*max(off, -off) >= 2*wide || !finderLike(down, 0.5) {
		return finder{}, false
	}
	middle := below - down[2]/2
	diagonal, _ := b.through(x, middle, 1)
	return finder{x, middle, max(wide/7, 1)}, finderLike(diagonal, aslant)
}

// through gives the five runs above and below a black place, along columns or
// aslant, and the first y below the middle run.
func (b *black) through(x, y, dx int) (run [5]int, below int) {
	wide, high := b.GetWidth(), b.GetHeight()
	count := func(x, y, step int, dark bool) (n, nextX, nextY int) {
		for y >= 0 && y < high && x >= 0 && x < wide && (b.words[y*b.stride+x>>5]>>(x&31)&1 != 0) == dark {
			n++
			x, y = x+step*dx, y+step
		}
		return n, x, y
	}
	n, ux, uy := count(x, y, -1, true)
	m, lx, ly := count(x+dx, y+1, 1, true)
	run[2], below = n+m, ly
	run[1], ux, uy = count(ux, uy, -1, false)
	run[0], _, _ = count(ux, uy, -1, true)
	run[3], lx, ly = count(lx, ly, 1, false)
	run[4], _, _ = count(lx, ly, 1, true)
	return run, below
}

// among says whether it was found before, on another row.
func (f finder) among(found []finder) bool {
	for _, o := range found {
		if near(f.x, o.x, f.module) && near(f.y, o.y, f.module) {
			return true
		}
	}
	return false
}
