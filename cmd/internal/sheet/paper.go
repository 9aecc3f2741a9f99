package sheet

import (
	"errors"
	"fmt"
	"strings"
)

// A Paper is what the sheet is printed on.
type Paper string

// The papers.
const (
	A4     Paper = "a4"
	Letter Paper = "letter"
)

// ErrPaper says that there is no such paper.
var ErrPaper = errors.New("no paper that the sheet is made for (a4, letter)")

// ParsePaper reads the name of a paper; case does not count.
func ParsePaper(name string) (Paper, error) {
	switch p := Paper(strings.ToLower(name)); p {
	case A4, Letter:
		return p, nil
	default:
		return "", fmt.Errorf("%w: %q", ErrPaper, name)
	}
}

// Size is how large the paper is, upright. What is no paper is A4.
func (p Paper) Size() Box {
	if p == Letter {
		return Box{W: 215.9, H: 279.4}
	}
	return Box{W: 210, H: 297}
}

const (
	// edge is how far the cut line is from the paper's edge: printers leave
	// some millimetres white.
	edge = 8
	// margin is how far everything else stays from the edge, so that a cut
	// beside the line costs nothing.
	margin = edge + 6
)

// cut is where the paper is cut.
func (p Paper) cut() Box { return p.Size().inset(edge) }

// inside is what may be printed on.
func (p Paper) inside() Box { return p.Size().inset(margin) }
