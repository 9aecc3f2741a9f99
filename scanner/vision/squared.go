package vision

import (
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/common"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/detector"
)

// A ruled is what every QR symbol of a size has, whatever it says: finders, timing and
// alignment patterns. A picture of one is held against it, module by module.
type ruled struct {
	side  int
	at    []float64 // places of modules, x and y in turn.
	black []bool
}

// ruledOf is that of a size, nil where there is none.
func ruledOf(side int) *ruled {
	version, err := decoder.Version_GetProvisionalVersionForDimension(side)
	if err != nil || version.GetDimensionForVersion() != side {
		return nil
	}
	r := &ruled{side: side}
	const finder, timing, beside = 3, 6, 8
	last := side - 1 - finder
	for _, at := range [][2]int{{finder, finder}, {last, finder}, {finder, last}} {
		r.rings(at[0], at[1], finder)
	}
	for i := beside; i < side-beside; i++ {
		r.add(i, timing, i%2 == 0)
		r.add(timing, i, i%2 == 0)
	}
	centres := version.GetAlignmentPatternCenters()
	for i, x := range centres {
		for j, y := range centres {
			const middle = 2
			if end := len(centres) - 1; i == 0 && (j == 0 || j == end) || i == end && j == 0 {
				continue // a finder is there
			}
			r.rings(x, y, middle)
		}
	}
	return r
}

// rings are squares in squares: black outside, then white, then black.
func (r *ruled) rings(x, y, reach int) {
	for dy := -reach; dy <= reach; dy++ {
		for dx := -reach; dx <= reach; dx++ {
			ring := max(dx, -dx, dy, -dy)
			r.add(x+dx, y+dy, ring != reach-1)
		}
	}
}

func (r *ruled) add(x, y int, black bool) {
	r.at = append(r.at, float64(x)+0.5, float64(y)+0.5)
	r.black = append(r.black, black)
}

// onto carries places of modules onto the picture, where the centres of the finders
// are, and a fourth one's would be.
func (s *squaring) onto(l quad) *common.PerspectiveTransform {
	const in = 3.5
	far := float64(s.side) - in
	return common.PerspectiveTransform_QuadrilateralToQuadrilateral(in, in, far, in, far, far, in, far,
		l[0].x, l[0].y, l[1].x, l[1].y, l[2].x, l[2].y, l[3].x, l[3].y)
}

// thinned is every so manyth of them, so that there are not many more than most.
func (r *ruled) thinned(most int) *ruled {
	out := &ruled{side: r.side}
	for i := 0; i < len(r.black); i += len(r.black)/most + 1 {
		out.at = append(out.at, r.at[2*i], r.at[2*i+1])
		out.black = append(out.black, r.black[i])
	}
	return out
}

// A squaring is the search for the lie that suits a picture.
type squaring struct {
	*ruled

	bits   *gozxing.BitMatrix
	places []float64
	looked int // at how many modules.
}

// suits is the part of what is ruled that the picture shows so.
func (s *squaring) suits(l quad) float64 {
	s.places = append(s.places[:0], s.at...)
	s.onto(l).TransformPoints(s.places)
	s.looked += len(s.black)
	right := 0
	for i, black := range s.black {
		if s.isBlack(s.places[2*i], s.places[2*i+1]) == black {
			right++
		}
	}
	return float64(right) / float64(len(s.black))
}

func (s *squaring) isBlack(x, y float64) bool {
	return x >= 0 && y >= 0 && x < float64(s.bits.GetWidth()) && y < float64(s.bits.GetHeight()) && s.bits.Get(int(x), int(y))
}

// search looks for the lie about where a symbol may be, first by some of its modules.
func (s *squaring) search(w *work, start quad, module float64) (quad, float64) {
	const some, perModule = 320, 6
	coarse := &squaring{ruled: s.thinned(some), bits: s.bits}
	l := coarse.tilted(start, module)
	l, suits := s.settled(l, s.suits(l), module)
	w.spend(perModule * (s.looked + coarse.looked))
	return l, suits
}

// tilted looks for the fourth corner, of which a picture says least: a tilt moves it.
func (s *squaring) tilted(l quad, module float64) quad {
	const reach, step = 0.16, 1.5
	right, down := l[1].minus(l[0]), l[3].minus(l[0])
	best, suits := l, s.suits(l)
	each := step * module / max((right.length()+down.length())/2, 1)
	for a := -reach; a <= reach; a += each {
		for b := -reach; b <= reach; b += each {
			other := l
			other[2] = l[2].add(right, a).add(down, b)
			if suit := s.suits(other); suit > suits {
				best, suits = other, suit
			}
		}
	}
	return best
}

// settled moves each corner by less and less of a module, as long as that suits better.
func (s *squaring) settled(l quad, suits, module float64) (quad, float64) {
	for _, part := range []float64{1, 0.5, 0.25, 0.12} {
		for better := true; better; {
			better = false
			for corner := range l {
				for _, way := range []vector{{part, 0}, {-part, 0}, {0, part}, {0, -part}} {
					other := l
					other[corner] = l[corner].add(way, module)
					if suit := s.suits(other); suit > suits {
						l, suits, better = other, suit, true
					}
				}
			}
		}
	}
	return l, suits
}

// modules are what most of five places of each module are.
func (s *squaring) modules(l quad) (*gozxing.BitMatrix, error) {
	out, err := gozxing.NewBitMatrix(s.side, s.side)
	if err != nil {
		return nil, err
	}
	t := s.onto(l)
	for y := range s.side {
		for x := range s.side {
			five := quincunx(float64(x)+0.5, float64(y)+0.5)
			t.TransformPoints(five[:])
			black := 0
			for n := range len(five) / 2 {
				if s.isBlack(five[2*n], five[2*n+1]) {
					black++
				}
			}
			if black > len(five)/4 { // most of them
				out.Set(x, y)
			}
		}
	}
	return out, nil
}

// quincunx is a place in a module, and four around it, x and y in turn.
func quincunx(x, y float64) [10]float64 {
	const off = 0.2
	return [...]float64{x, y, x - off, y, x + off, y, x, y - off, x, y + off}
}

// squaredUp gives the modules of a QR symbol whose finders were found, as the lie has
// them under which everything that is ruled is where it should be. gozxing finds one
// alignment pattern, and a symbol that lies aslant or bent a little needs all.
func squaredUp(w *work, bits *gozxing.BitMatrix, info *detector.FinderPatternInfo) *common.DetectorResult {
	const least, off, step = 0.86, 6, 4
	at := func(p *detector.FinderPattern) vector { return vector{p.GetX(), p.GetY()} }
	bl, tl, tr := info.GetBottomLeft(), info.GetTopLeft(), info.GetTopRight()
	module := (bl.GetEstimatedModuleSize() + tl.GetEstimatedModuleSize() + tr.GetEstimatedModuleSize()) / 3
	start := quad{at(tl), at(tr), at(tr).add(at(bl).minus(at(tl)), 1), at(bl)}
	wide := (start[1].minus(start[0]).length() + start[3].minus(start[0]).length()) / 2
	if module <= 0 {
		return nil
	}
	var best *squaring
	var lies quad
	most := least
	for side := sideNear(wide/module + 7 - off); side <= sideNear(wide/module+7+off) && !w.spent(); side += step {
		s := &squaring{ruled: ruledOf(side), bits: bits}
		if s.ruled == nil {
			continue
		}
		if l, suits := s.search(w, start, wide/float64(side-7)); suits > most {
			best, lies, most = s, l, suits
		}
	}
	if best == nil {
		return nil
	}
	modules, err := best.modules(lies)
	if err != nil {
		return nil
	}
	return common.NewDetectorResult(modules, []gozxing.ResultPoint{bl, tl, tr})
}

// sideNear is the size of a QR symbol next to a number of modules.
func sideNear(modules float64) int {
	const first, step = 21, 4
	return first + step*max(int((modules-first)/step+0.5), 0)
}
