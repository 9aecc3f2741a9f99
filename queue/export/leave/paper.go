package leave

import (
	"errors"
	"fmt"
	"strings"
)

// A Paper is what the order's paper is printed on.
type Paper string

// The papers. Label is what label printers for pallets take: 4 × 6 inches.
const (
	A4    Paper = "a4"
	Label Paper = "4x6"
)

// ErrPaper says that there is no such paper.
var ErrPaper = errors.New("no paper that an order's word is made for (a4, 4x6)")

// ParsePaper reads the name of a paper; case does not count.
func ParsePaper(name string) (Paper, error) {
	switch p := Paper(strings.ToLower(name)); p {
	case A4, Label:
		return p, nil
	default:
		return "", fmt.Errorf("%w: %q", ErrPaper, name)
	}
}

// Size is how large the paper is, upright. What is no label is A4.
func (p Paper) Size() Rect {
	if p == Label {
		return Rect{W: 101.6, H: 152.4}
	}
	return Rect{W: 210, H: 297}
}

// A form is the measures of a paper's parts: millimetres for places, points for
// letters.
type form struct {
	margin float64
	// may, first and later are how high the word's band is: for May leave, and on
	// the first page and the later ones of Do not ship. frame is how thick.
	may, first, later, frame float64
	// gap is between two parts.
	gap float64
	// count is N of M, said the sentence below it, caption what a field is called,
	// heading a pallet, body the table.
	count, said, caption, heading, body float64
	fields                              [][]field
	columns                             []column
}

// A field is one thing that is said of the order in its head.
type field struct {
	id    string // of its caption
	part  float64
	size  float64
	lines int
}

func (p Paper) form() form {
	if p == Label {
		return labelForm()
	}
	return form{
		margin: 14, may: 105, first: 44, later: 27, frame: 3, gap: 4,
		count: 28, said: 13, caption: 9, heading: 13, body: 10,
		fields: [][]field{
			{{"report.order", 0.5, 18, 3}, {"report.customer", 0.5, 14, 3}},
			{{"report.tag", 0.5, 12, 2}, {"report.tenant", 0.5, 10, 1}},
			{{"report.station", 0.5, 12, 1}, {"leave.made", 0.5, 12, 1}},
		},
		columns: []column{
			{id: "report.number", x: 0, w: 17},
			{id: "report.serial", x: 22, w: 44},
			{id: "report.pkid", x: 70, w: 34},
			{id: "leave.why", x: 108, w: 74},
		},
	}
}

// labelForm has no room for a column that says why: that stands below its box.
func labelForm() form {
	return form{
		margin: 5, may: 74, first: 43, later: 16, frame: 2, gap: 2,
		count: 18, said: 9, caption: 7, heading: 11, body: 9.5,
		fields: [][]field{
			{{"report.order", 1, 14, 2}},
			{{"report.customer", 1, 10.5, 2}},
			{{"report.tenant", 1, 7.5, 1}},
			{{"report.tag", 0.34, 9, 4}, {"report.station", 0.3, 9, 1}, {"leave.made", 0.36, 9, 1}},
		},
		columns: []column{
			{id: "report.number", x: 0, w: 12},
			{id: "report.serial", x: 15, w: 38},
			{id: "report.pkid", x: 57, w: 34.6},
			{id: "leave.why", x: 15, w: 76.6, below: true},
		},
	}
}
