package vision

import (
	"math/rand/v2"
	"testing"
)

// TestFolded: a symbol whose paper is folded across its bars fits; one folded more than
// a box can be does not, nor does one with another character in it, wherever the fold
// is and however much it is folded.
func TestFolded(t *testing.T) {
	t.Parallel()
	right := drawCode128([]byte{104, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 7, 106})
	for _, by := range []float64{-0.2, 0.2} {
		if f, ok := redraw(foldedEdges(right, len(right)*2/3, by), right); !ok || !f.good() || !f.creased {
			t.Errorf("folded by %.1f: %+v, %v", by, f, ok)
		}
	}
	if f, ok := redraw(foldedEdges(right, len(right)/2, 0.5), right); ok && f.good() {
		t.Errorf("folded by half: %+v", f)
	}
}

// TestFoldedWrong: where a character is another, no fold makes it fit, be it the last.
func TestFoldedWrong(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 130))
	const tries = 3000
	for range tries {
		values := []byte{104}
		for range 8 + random.IntN(6) {
			values = append(values, byte(random.IntN(95)))
		}
		values = append(values, byte(random.IntN(95)), 106)
		wrong := append([]byte(nil), values...)
		at := 1 + random.IntN(len(values)-2)
		wrong[at] = byte((int(values[at]) + 1 + random.IntN(94)) % 95)
		printed := drawCode128(values)
		edge := foldedEdges(printed, leastBeside+random.IntN(len(printed)-2*leastBeside), 0.6*random.Float64()-0.3)
		if f, ok := redraw(edge, drawCode128(wrong)); ok && f.good() {
			t.Errorf("%v passes for %v: %+v", values, wrong, f)
		}
	}
}

// TestFoldedWide: of symbols of wide and narrow elements a fold would let one in sixty
// pass. One in three thousand does as creased, which two parts of its height must be.
func TestFoldedWide(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 39))
	const tries, digits, most = 3000, 8, 3
	passed := 0
	for range tries {
		printed, wrong := make([]byte, digits), make([]byte, digits)
		for i := range printed {
			printed[i] = '0' + byte(random.IntN(10))
		}
		copy(wrong, printed)
		at := random.IntN(digits)
		wrong[at] = '0' + (printed[at]-'0'+1+byte(random.IntN(9)))%10
		right := drawITF(string(printed))
		edge := foldedEdges(right, leastBeside+random.IntN(len(right)-2*leastBeside), 0.6*random.Float64()-0.3)
		if f, ok := redraw(edge, drawITF(string(wrong))); ok && f.creased {
			passed++
		}
	}
	if passed > most {
		t.Errorf("%d of %d with another digit pass", passed, tries)
	}
}

// foldedEdges are those of a symbol that is folded at one of its elements, past which
// all are wider by a part.
func foldedEdges(elements []element, at int, by float64) []float64 {
	edge, x := []float64{0}, 0.0
	for i, e := range elements {
		width := 3 * (e.narrow + 2*e.wide)
		if i >= at {
			width *= 1 + by
		}
		x += width
		edge = append(edge, x)
	}
	return edge[:len(edge)&^1]
}
