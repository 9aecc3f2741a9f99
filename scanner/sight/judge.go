package sight

import "slices"

// Advice is what to do about a camera, as a fixed word.
type Advice string

// The advice there is, what matters most first.
const (
	TooDark    Advice = "too-dark"
	TooBright  Advice = "too-bright"
	Lamp       Advice = "lamp"
	OutOfFocus Advice = "out-of-focus"
	Closer     Advice = "closer"
	Nothing    Advice = "nothing"
	Slow       Advice = "slow"
	Fine       Advice = "fine"
)

// AllAdvice is every word of it.
func AllAdvice() []Advice {
	return []Advice{TooDark, TooBright, Lamp, OutOfFocus, Closer, Nothing, Slow, Fine}
}

// A Frame is a picture that was looked at and read.
type Frame struct {
	View

	// Codes is how many were read on it, Module how wide the narrowest bars of them
	// are, 0 where that is not known.
	Codes  int
	Module float64
}

// Where the limits are; doc.go says why.
const (
	dark, dim   = 60, 80
	bright      = 0.25
	soft        = 1.05
	softOfBars  = 0.55
	narrow      = 1.5
	fewEdges    = 0.3
	someEdges   = 1
	contrasting = 60
	slowest     = 5
)

// Judge says what to do, from so many frames and how many come in a second (0 where
// that says nothing of a camera). It gives one word at least; without frames it is
// Nothing.
func Judge(frames []Frame, perSecond float64) []Advice {
	count, read := map[Advice]int{}, false
	for _, f := range frames {
		read = read || f.Codes > 0
		for _, a := range f.Advice() {
			count[a]++
		}
	}
	var all []Advice
	for _, a := range AllAdvice() {
		if a != Fine && 2*count[a] >= max(len(frames), 1) {
			all = append(all, a)
		}
	}
	if len(all) == 0 && !read {
		all = []Advice{commonest(count)}
	}
	if perSecond > 0 && perSecond < slowest {
		all = append(all, Slow)
	}
	if len(all) == 0 {
		all = []Advice{Fine}
	}
	return all
}

// commonest is the advice that most frames give, Nothing without any.
func commonest(count map[Advice]int) Advice {
	best := Nothing
	for _, a := range AllAdvice() {
		if a != Fine && count[a] > count[best] {
			best = a
		}
	}
	return best
}

// Advice is what this one frame gives cause for; Fine alone for nothing.
func (f Frame) Advice() []Advice {
	read := f.Codes > 0
	switch {
	case f.Light < dark, !read && f.Light < dim:
		return []Advice{TooDark} // what else there is to see cannot be told
	case !read && f.White > bright:
		return []Advice{TooBright}
	}
	var all []Advice
	if f.Lamp {
		all = append(all, Lamp)
	}
	if a := f.focus(); a != Fine {
		all = append(all, a)
	}
	if len(all) == 0 {
		all = []Advice{Fine}
	}
	return slices.Clip(all)
}

// focus is what the edges give cause for.
func (f Frame) focus() Advice {
	read := f.Codes > 0
	switch {
	case read && f.Module > 0 && f.Module < narrow:
		return Closer
	case read && f.Blur > max(soft, softOfBars*f.Module):
		return OutOfFocus
	case read:
		return Fine
	case f.Blur > soft, f.Edges < someEdges && f.Light-f.Dark >= contrasting:
		return OutOfFocus
	case f.Edges < fewEdges:
		return Nothing
	case f.Lamp:
		return Fine // that is why it is not read
	default:
		return Closer
	}
}
