package leave

import (
	"cmp"
	"slices"
	"strings"
)

// A Standing is where an order stands.
type Standing struct {
	Announced, Registered int
	// Kept are the boxes that keep the order, by pallet and running number, those
	// never scanned last.
	Kept []Box
	// Unlisted is how many announced devices keep it that are none of the boxes.
	Unlisted int
}

// Judge says where an order stands, or fails with *OrderError.
func Judge(o Order) (Standing, error) {
	if err := o.check(); err != nil {
		return Standing{}, err
	}
	s := Standing{Announced: o.Announced, Unlisted: o.Announced - len(o.Boxes)}
	for _, b := range o.Boxes {
		if b.Registered {
			s.Registered++
		} else {
			s.Kept = append(s.Kept, b)
		}
	}
	slices.SortStableFunc(s.Kept, inOrder)
	return s, nil
}

// MayLeave is the word: every announced device is registered, and there is one.
func (s Standing) MayLeave() bool {
	return s.Announced > 0 && s.Registered == s.Announced && len(s.Kept) == 0 && s.Unlisted == 0
}

// inOrder is the order of boxes on a paper.
func inOrder(a, b Box) int {
	return cmp.Or(
		-compareBool(a.scanned(), b.scanned()),
		-compareBool(a.Pallet != "", b.Pallet != ""),
		natural(a.Pallet, b.Pallet), strings.Compare(a.Pallet, b.Pallet),
		cmp.Compare(a.Number, b.Number),
		strings.Compare(a.Serial, b.Serial), cmp.Compare(a.PKID, b.PKID))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	default:
		return -1
	}
}

// natural compares as people count: pallet 3 comes before pallet 10.
func natural(a, b string) int {
	for a != "" && b != "" {
		x, y := number(a), number(b)
		switch {
		case x != "" && y != "":
			if c := compareDigits(x, y); c != 0 {
				return c
			}
			a, b = a[len(x):], b[len(y):]
		case a[0] != b[0]:
			return cmp.Compare(a[0], b[0])
		default:
			a, b = a[1:], b[1:]
		}
	}
	return cmp.Compare(len(a), len(b))
}

// number is the digits that a text begins with.
func number(text string) string {
	return text[:len(text)-len(strings.TrimLeft(text, "0123456789"))]
}

// compareDigits compares numbers of any length.
func compareDigits(x, y string) int {
	x, y = strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
	return cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y))
}
