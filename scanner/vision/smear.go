package vision

import "math"

// A smear is a blur, a bell of sigma and a box, in parts of a sample: finer
// steps nobody sees, and one made for a symbol serves the next.
type smear struct {
	sigma, box int16
	ink        int16 // by which bars are wider before they are blurred.
}

// smearParts is how many parts a sample has.
const smearParts = 16

func smearOf(sigma, box float64) smear {
	return smear{sigma: int16(math.Round(sigma * smearParts)), box: int16(math.Round(box * smearParts))}
}

func (s smear) kernel() []float32 {
	sigma, box := float64(s.sigma)/smearParts, float64(s.box)/smearParts
	kernel := make([]float32, 2*s.reach()+1)
	var sum float64
	for i := range kernel {
		x := float64(i - s.reach())
		v := bell((x+box/2)/sigma) - bell((x-box/2)/sigma)
		kernel[i] = float32(v)
		sum += v
	}
	for i := range kernel {
		kernel[i] /= float32(sum)
	}
	return kernel
}

// reach is how many samples a smear spreads one.
func (s smear) reach() int {
	grown := max(float64(s.ink)/2, 0)
	return int(math.Ceil(2.6*float64(s.sigma)/smearParts+(float64(s.box)/2+grown)/smearParts)) + 1
}

func bell(x float64) float64 { return math.Erf(x / math.Sqrt2) }
