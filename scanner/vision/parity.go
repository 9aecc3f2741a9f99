package vision

import "pkidstation/scanner"

// firstLeft and lefts are the slots of an EAN's left half, whose glyphs are of two
// parities in turn.
const firstLeft, lefts = 1, 6

// parities are the ten ways in which the left half of an EAN may mix its parities,
// a bit for each slot: any other is no EAN, whatever its glyphs look like.
func parities() [10]uint8 {
	return [10]uint8{0b000000, 0b110100, 0b101100, 0b011100, 0b110010, 0b100110, 0b001110, 0b101010, 0b011010, 0b010110}
}

// A spelling is which parities the left half of an EAN has.
type spelling struct {
	known bool
	bits  uint8
	cost  [lefts][2]float32 // of the best glyph of either parity.
}

// held says whether a slot has but glyphs of one parity, and of which.
func (s *spelling) held(slot int) (parity int, held bool) {
	at := slot - firstLeft
	if !s.known || at < 0 || at >= lefts {
		return 0, false
	}
	return int(s.bits >> at & 1), true
}

// pick gives the cheapest glyph of a slot and the next, among those that the parities
// of an EAN leave.
func (r *restoration) pick(slot int, cost []float32) (best, second int) {
	best, second = leastTwo(cost, 0, 1)
	if r.symbology != scanner.EAN13 || slot < firstLeft || slot >= firstLeft+lefts {
		return best, second
	}
	for parity := range 2 {
		g, _ := leastTwo(cost, parity, 2)
		r.cost[slot-firstLeft][parity] = cost[g]
	}
	if parity, held := r.held(slot); held {
		return leastTwo(cost, parity, 2)
	}
	return best, second
}

// spell chooses the parities that cost least in all, and says whether they changed.
func (r *restoration) spell() bool {
	if r.symbology != scanner.EAN13 {
		return false
	}
	old := r.spelling
	var least float32
	for i, bits := range parities() {
		var cost float32
		for at, c := range r.cost {
			cost += c[bits>>at&1]
		}
		if i == 0 || cost < least {
			least, r.bits = cost, bits
		}
	}
	r.known = true
	return !old.known || old.bits != r.bits
}
