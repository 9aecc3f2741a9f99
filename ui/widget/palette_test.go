package widget_test

import "testing"

// machado is how colours look to people without one kind of cone, from linear RGB to
// linear RGB: Machado, Oliveira and Fernandes 2009, severity 1.0.
func machado() map[string][3][3]float64 {
	return map[string][3][3]float64{
		"normal": {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
		"protanopia": {
			{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998},
		},
		"deuteranopia": {
			{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881},
		},
	}
}

// TestPrinciple6Palette: what stands on a verdict's colour can be read (7:1), and any two verdicts
// are 50 apart (ΔE76) also for who sees no red or no green.
func TestPrinciple6Palette(t *testing.T) {
	for name, tone := range loud() {
		if c := contrast(tone.Ink(), tone.Fill()); c < 7 {
			t.Errorf("%s has contrast %.1f", name, c)
		}
	}
	for eye, m := range machado() {
		look := func(l [3]float64) (seen [3]float64) {
			for i, row := range m {
				seen[i] = min(max(row[0]*l[0]+row[1]*l[1]+row[2]*l[2], 0), 1)
			}
			return seen
		}
		for a, one := range loud() {
			for b, other := range loud() {
				if d := delta(look(linear(one.Fill())), look(linear(other.Fill()))); a < b && d < 50 {
					t.Errorf("%s: %s and %s are %.0f apart", eye, a, b, d)
				}
			}
		}
	}
}
