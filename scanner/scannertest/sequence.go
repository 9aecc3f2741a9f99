package scannertest

import (
	"fmt"
	"image"
	"iter"
	"math"
)

// SequenceLength is how many frames a sequence has: a second of a slow camera.
const SequenceLength = 15

// Sequence gives what a camera of 1280x720 sees of one label of the cell
// "mixed" that a hand holds: each frame a little further, turned, moved and
// out of focus otherwise.
func Sequence(seed uint64) iter.Seq[Frame] {
	return func(yield func(Frame) bool) {
		r := chance(seed, math.MaxUint64)
		s := Plain(image.Pt(1280, 720))
		mixed(&s, r)
		l := s.label(r)
		held := s.pose(l, r)
		for n := range SequenceLength {
			now, shot := held, s
			now.middle = held.middle.Add(image.Pt(int(about(r, 0, 4)), int(about(r, 0, 4))))
			now.turn += about(r, 0, 0.02)
			now.tilt = max(0, now.tilt+about(r, 0, 0.02))
			now.module *= about(r, 1, 0.02)
			shot.Blur = max(0, s.Blur+about(r, 0, 0.2))
			shot.Motion = max(0, about(r, s.Motion, 1.2))
			if !yield(shot.shoot(l, now, r).named(fmt.Sprint(seed), "sequence", n)) {
				return
			}
		}
	}
}
