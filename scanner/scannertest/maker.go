package scannertest

import (
	"image"
	"math/rand/v2"
	"slices"
)

// A maker is how one maker of devices prints labels.
type maker struct {
	name string
	// letters are those of captions, digits those of the texts.
	letters, digits typeface
	// columns is how many codes are beside each other.
	columns int
	// above says that captions are above their bars, else below.
	above bool
	// banner is white on black at the top, outlined a line about all.
	banner, outlined bool
	// between is what stands between a caption and its text.
	between string
}

func makers() []maker {
	return []maker{
		{name: "CONTOSO", letters: mono, digits: mono, columns: 1, between: ": "},
		{name: "FABRIKAM", letters: regular, digits: regular, columns: 1, above: true, outlined: true, between: " "},
		{name: "NORTHWIND", letters: bold, digits: mono, columns: 2, above: true, banner: true, between: "   "},
		{name: "ADATUM", letters: regular, digits: mono, columns: 1, banner: true, between: " # "},
		{name: "TAILSPIN", letters: bold, digits: bold, columns: 2, outlined: true, between: ": "},
	}
}

// Places and sizes on a label, in modules.
const (
	margin = 14 // more than any symbol's quiet zone
	// letter is the height of a caption's line, head that of the maker's name.
	letter, head = 8, 16
	// dot is the side of a 2D code's module.
	dot = 2
	// columnWide is a column's least width.
	columnWide = 150
)

// A placed symbol is where on the label, in modules.
type placed struct {
	symbol

	area image.Rectangle
}

// place puts the symbols below each other in columns, 2D codes on the right
// of all, and gives the label's size.
func (m maker) place(all []symbol, r *rand.Rand) (on []placed, size image.Point) {
	const top = head + letter
	wide := m.wide(all)
	ends := slices.Repeat([]int{top}, m.columns+1) // of each column; the last is the 2D codes'
	size.X = margin + m.columns*(wide+margin)
	for _, s := range all {
		c := m.columns
		if !s.square() {
			c = shortest(ends[:m.columns])
		}
		p := placed{s, m.area(s, image.Pt(margin+c*(wide+margin), ends[c]), r)}
		if s.square() {
			ends[c], size.X = p.area.Max.Y+margin, max(size.X, p.area.Max.X+margin)
		} else {
			ends[c] = p.area.Max.Y + 4 + r.IntN(6)
		}
		if !m.above && !s.square() {
			ends[c] += letter
		}
		on = append(on, p)
	}
	size.Y = slices.Max(ends)
	return on, size
}

// area is what a symbol covers whose place begins at a point: bars are 12 to 22
// modules tall, below their caption where it is above.
func (m maker) area(s symbol, at image.Point, r *rand.Rand) image.Rectangle {
	if s.square() {
		return image.Rectangle{at, at.Add(image.Pt(s.wide*dot, len(s.dark)/s.wide*dot))}
	}
	if m.above {
		at.Y += letter
	}
	const least, more = 12, 11
	return image.Rectangle{at, at.Add(image.Pt(s.wide, least+r.IntN(more)))}
}

// shortest is the column that ends first.
func shortest(ends []int) int {
	least := 0
	for i, y := range ends {
		if y < ends[least] {
			least = i
		}
	}
	return least
}

// wide is a column's width.
func (m maker) wide(all []symbol) int {
	wide := columnWide
	for _, s := range all {
		if !s.square() {
			wide = max(wide, s.wide)
		}
	}
	return wide
}
