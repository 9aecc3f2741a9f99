package vision

import (
	"cmp"
	"slices"
	"testing"
)

// TestColumns: of two blurred symbols beside each other both are read; where one was
// read before, the other is, and there is no room for a third.
func TestColumns(t *testing.T) {
	t.Parallel()
	const first, second = "3305123456781", "3305123459781"
	a, b := smudged(t, first, 1.9, 0, 0, 1), smudged(t, second, 1.7, 0, 0, 2)
	p := profile{v: slices.Concat(a.v, b.v), step: a.step, tall: a.tall}
	w := newTestWork()
	hits := deblur(w, p, nil)
	slices.SortFunc(hits, func(a, b rowHit) int { return cmp.Compare(a.from, b.from) })
	if len(hits) != 2 || hits[0].Text != first || hits[1].Text != second {
		t.Fatalf("read %v", hits)
	}
	for i, h := range hits {
		rest := deblur(w, p, nil, h)
		if len(rest) != 1 || rest[0].Text != hits[1-i].Text {
			t.Errorf("beside %q read %v", h.Text, rest)
		}
		if left := p.left([]rowHit{h}); len(left) != 1 || left[0][0] > hits[1-i].from+beyond || left[0][1] < hits[1-i].to-beyond {
			t.Errorf("beside %q there is room at %v", h.Text, left)
		}
	}
	if left := p.left(hits); len(left) > 0 {
		t.Errorf("beside both there is room at %v", left)
	}
}
