// Package tonetest listens to what package tone draws.
package tonetest

import (
	"encoding/binary"
	"math"

	"pkidstation/ui/tone"
)

// Power is how much of a pitch, in Hz, is in samples from -1 to 1 (Goertzel's way).
func Power(samples []float64, pitch float64) float64 {
	k := 2 * math.Cos(2*math.Pi*pitch/tone.Rate)
	var s1, s2 float64
	for _, x := range samples {
		s1, s2 = x+k*s1-s2, s1
	}
	n := float64(len(samples))
	return (s1*s1 + s2*s2 - k*s1*s2) / (n * n)
}

// Float32 are samples as a sound system gets them: 32 bits each, little endian.
func Float32(data []byte) []float64 {
	samples := make([]float64, len(data)/4)
	for i := range samples {
		samples[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:])))
	}
	return samples
}
