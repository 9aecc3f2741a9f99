package vision

// straighten finds the lean and the fan by which the lines agree best.
func (b *band) straighten(w *work) {
	soft := b.softened(w)
	tall := float64(b.rows()) * lineStep
	wide := b.s1 - b.s0
	sum := w.floats(len(b.lines[0]) / 2)
	leanStep, fanStep := 0.7/tall, 2*0.7/(tall*wide)
	const leans, fans = 6, 3
	best := b.sharpness(soft, sum)
	try := func(lean, fan float64) {
		old := [2]float64{b.lean, b.fan}
		b.lean, b.fan = lean, fan
		if sharp := b.sharpness(soft, sum); sharp > best {
			best = sharp
			return
		}
		b.lean, b.fan = old[0], old[1]
	}
	for i := -leans; i <= leans; i++ {
		try(float64(i)*leanStep, 0)
	}
	lean := b.lean
	for i := -fans; i <= fans; i++ {
		try(lean, float64(i)*fanStep)
	}
	lean, fan := b.lean, b.fan
	for i := -1; i <= 1; i++ {
		for j := -1; j <= 1; j++ {
			try(lean+float64(i)*leanStep/2, fan+float64(j)*fanStep/2)
		}
	}
	b.alike = b.likeness(soft, sum)
}

// likeness is by how much lines show the same: what stands out of their mean, of all
// that stands out of each. Bars do from top to bottom, letters but here and there. A
// half of the lines is enough, for there may be a caption beside bars.
func (b *band) likeness(lines [][]float32, sum []float32) float32 {
	alone := make([]float32, len(lines))
	for i := range lines {
		alone[i] = b.outstanding(lines, i, i+1, sum)
	}
	of := func(from, to int) float32 {
		return b.outstanding(lines, from, to, sum) / max(total(alone[from:to])*float32(to-from), 1)
	}
	const few = 4 // letters are alike on fewer.
	n, half := len(lines), len(lines)/2
	like := of(0, n)
	if half >= few {
		like = max(like, of(0, half), of((n-half)/2, (n+half)/2), of(n-half, n))
	}
	return like
}

// softened are a band's lines with their finest detail taken: a shift by a part
// of a pixel softens, too, and no shift would win for that alone.
func (b *band) softened(w *work) [][]float32 {
	var out [][]float32
	for j := b.first; j <= b.last; j += b.stride() {
		line := b.lines[j]
		soft := w.floats(len(line))
		for i := 2; i+2 < len(line); i++ {
			soft[i] = (line[i-2] + line[i+2] + 2*(line[i-1]+line[i+1]) + 2*line[i]) / 8
		}
		out = append(out, soft)
	}
	return out
}

// stride is by how many lines those that are held against each other are apart.
func (b *band) stride() int {
	const enough = 12
	return max(b.rows()/enough, 1)
}

// sharpness is how much stands out of the mean of a band's lines.
func (b *band) sharpness(lines [][]float32, sum []float32) float32 {
	return b.outstanding(lines, 0, len(lines), sum)
}

// outstanding is how much stands out of the mean of some of them, at every second
// value: softened lines have nothing between.
func (b *band) outstanding(lines [][]float32, from, to int, sum []float32) float32 {
	const every = 2
	clear(sum)
	for l := from; l < to; l++ {
		line := lines[l]
		t := float64(b.top) + float64((b.first+l*b.stride())*lineStep)
		x, step := int(t*(b.lean+b.fan*b.from)*whole), every*int((1+t*b.fan)*whole)
		for i := range sum {
			if k := x >> fraction; uint(k) < uint(len(line)-1) {
				sum[i] += line[k] + (line[k+1]-line[k])*(float32(x&(whole-1))*(1.0/whole))
			}
			x += step
		}
	}
	var sharp float32
	for i := beyond / (2 * every); i+1 < len(sum)-beyond/(2*every); i++ {
		d := sum[i+1] - sum[i]
		sharp += d * d
	}
	return sharp
}
