package vision

import (
	"image"
	"testing"
)

// TestSquareJoined: print that is square is a patch, though a line joins it to the frame
// of its label; a thick row of bars and a frame are none.
func TestSquareJoined(t *testing.T) {
	t.Parallel()
	c := cells{wide: 80, high: 50, has: make([]bool, 80*50)}
	fill := func(r image.Rectangle) {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				c.has[y*c.wide+x] = true
			}
		}
	}
	square := image.Rect(60, 8, 69, 17)
	for _, r := range []image.Rectangle{
		square, image.Rect(69, 12, 76, 13), image.Rect(5, 30, 60, 36), image.Rect(60, 33, 76, 34),
		image.Rect(4, 4, 76, 5), image.Rect(4, 46, 76, 47), image.Rect(4, 4, 5, 47), image.Rect(75, 4, 76, 47),
	} {
		fill(r)
	}
	if found, thick := squarePatches(c); len(found) != 1 || len(thick) != 1 || thick[0] != pixels(square) {
		t.Errorf("patches %v and in them %v, want the label and in it %v", found, thick, pixels(square))
	}
}
