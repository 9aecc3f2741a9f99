package vision

import (
	"cmp"
	"slices"

	"pkidstation/scanner"
)

// needed is how many rows must agree on a text before it is believed. One row
// of a photo can give an EAN-13 that is not there; a Code 39 or an ITF has no
// check digit at all, and the shorter, the easier met by chance.
func needed(c Code) int {
	const short = 6
	switch c.Symbology { //nolint:exhaustive // all others have no check digit.
	case scanner.Code128, scanner.Code93, scanner.EAN13, scanner.UPCA:
		return 2
	default:
		if len(c.Text) < short {
			return 6
		}
		return 4
	}
}

// agreed gives the codes that enough rows gave at one place, and clearly more
// than gave any other text there: neighbouring rows make the same mistakes.
func (s *sweeper) agreed() []find {
	groups := s.groups()
	var finds []find
	for _, g := range groups {
		rivals := 0
		for _, other := range groups {
			if g.disputes(other) {
				rivals += other.rows
			}
		}
		if g.rows < needed(g.Code) || g.rows <= 2*rivals || slices.ContainsFunc(groups, g.shadows) {
			s.disputed(g)
			continue
		}
		g.Corners = s.corners(g.from, g.to, g.y, g.bottom, g.reversed)
		finds = append(finds, find{Code: g.Code, rows: g.rows})
	}
	return finds
}

// disputed tells of a group that is not believed.
func (s *sweeper) disputed(g *group) {
	if s.witness != nil {
		g.Corners = s.corners(g.from, g.to, g.y, g.bottom, g.reversed)
		s.witness.disputed(g.Code)
	}
}

// groups puts the hits of each symbol together.
func (s *sweeper) groups() []*group {
	slices.SortStableFunc(s.hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.Symbology, b.Symbology), cmp.Compare(a.Text, b.Text), cmp.Compare(a.y, b.y))
	})
	var groups []*group
	for _, h := range s.hits {
		i := slices.IndexFunc(groups, func(g *group) bool { return g.takes(h) })
		if i < 0 {
			groups = append(groups, &group{hit: h, bottom: h.y, rows: 1})
			continue
		}
		groups[i].add(h)
	}
	return groups
}

// A group is the hits of one symbol: hit.y is its top row.
type group struct {
	hit

	bottom, rows int
}

// takes says whether h reads the same symbol: the same text, sideways over
// each other, and not further below than half the symbol's width.
func (g *group) takes(h hit) bool {
	return g.Symbology == h.Symbology && g.Text == h.Text && g.reversed == h.reversed &&
		h.from < g.to && g.from < h.to && h.y-g.bottom <= (g.to-g.from)/2
}

func (g *group) add(h hit) {
	if h.y != g.bottom {
		g.rows++
	}
	g.bottom = h.y
	g.from, g.to = min(g.from, h.from), max(g.to, h.to)
}

// disputes says whether other is a different reading, of the same symbology,
// of the same symbol: among the same rows, over the same columns.
func (g *group) disputes(other *group) bool {
	return g.Symbology == other.Symbology && g.Text != other.Text &&
		g.from < other.to && other.from < g.to && g.y <= other.bottom && other.y <= g.bottom
}

// shadows says whether g is but the edge of other, misread: few rows just
// above or below many, over the same columns, that differ in some characters.
// (Labels with consecutive numbers, one below the other, have many rows each.)
func (g *group) shadows(other *group) bool {
	const few = 8
	width := g.to - g.from
	return g.Symbology == other.Symbology && g.Text != other.Text &&
		g.rows < few && 2*g.rows < other.rows && alike(g.Text, other.Text) &&
		near(g.from, other.from, width/8) && near(g.to, other.to, width/8) &&
		other.y <= g.bottom+width/2 && g.y <= other.bottom+width/2
}

func near(a, b, reach int) bool { return max(a, b)-min(a, b) <= reach }

// alike says whether half of the characters are the same.
func alike(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	same := 0
	for i := range len(a) {
		if a[i] == b[i] {
			same++
		}
	}
	return 2*same >= len(a)
}
