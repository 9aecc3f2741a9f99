package scannertest

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"

	"pkidstation/scanner"
)

// Adversaries gives count frames on which a reader is tempted: nothing but
// cardboard, clutter that looks like bars, lines of print, PKIDs that were cut,
// defaced or misprinted, an EAN-13 where a PKID would be. What a frame's Codes do
// not have must not be read, and no PKID is among them.
func Adversaries(seed uint64, count int) iter.Seq[Frame] {
	return func(yield func(Frame) bool) {
		all := temptations()
		for n := range count {
			t := all[n%len(all)]
			r := chance(seed, 1<<63|uint64(n))
			s := Plain(size(n / len(all)))
			s.Turn = between(r, -6, 6)
			if n/len(all)%2 == 1 {
				mixed(&s, r)
			}
			if !yield(s.tempting(t, r).named(fmt.Sprint(seed), t.name, n)) {
				return
			}
		}
	}
}

// A temptation is what is on a label to tempt; none is no label.
type temptation struct {
	name  string
	tempt func(*rand.Rand) []symbol
}

func (s Scene) tempting(t temptation, r *rand.Rand) Frame {
	if t.tempt == nil {
		return s.take(r, nil, s.Size.Div(2))
	}
	m := makers()[r.IntN(len(makers()))]
	l := s.print(m, t.tempt(r), r)
	return s.shoot(l, s.pose(l, r), r)
}

func temptations() []temptation {
	beside := func(r *rand.Rand, s symbol) []symbol {
		const eanDigits = 12
		return []symbol{s, product(r, "EAN", eanDigits, scanner.EAN13), others(r)[0]}
	}
	return []temptation{
		{"nothing", nil},
		{"clutter", func(r *rand.Rand) []symbol { return []symbol{fence(r), fence(r), fence(r)} }},
		{"print", func(r *rand.Rand) []symbol { return []symbol{words(r), words(r), words(r), words(r)} }},
		{"cut", func(r *rand.Rand) []symbol { return beside(r, cut(pkid(r), r)) }},
		{"defaced", func(r *rand.Rand) []symbol { return beside(r, defaced(pkid(r), r)) }},
		{"checksum", func(r *rand.Rand) []symbol { return beside(r, misprinted(pkid(r), r)) }},
		{"ean", func(r *rand.Rand) []symbol { return beside(r, fence(r)) }},
	}
}

// character is how many modules a character of Code 128 has.
const character = 11

// fence is bars that are no code.
func fence(r *rand.Rand) symbol {
	s := symbol{broken: true}
	for dark := true; len(s.dark) < 60+r.IntN(80); dark = !dark {
		s.dark = append(s.dark, slices.Repeat([]bool{dark}, 1+r.IntN(4))...)
	}
	s.wide = len(s.dark)
	return s
}

// words is a line of print without bars.
func words(r *rand.Rand) symbol {
	return symbol{kind: random(r, serials, 6), text: random(r, serials, 14), dark: make([]bool, 1), wide: 1, broken: true}
}

// cut leaves a part of a symbol.
func cut(s symbol, r *rand.Rand) symbol {
	s.dark, s.broken = slices.Clone(s.dark), true
	gone := character + r.IntN(s.wide*2/3)
	if r.IntN(2) == 0 {
		clear(s.dark[:gone])
	} else {
		clear(s.dark[s.wide-gone:])
	}
	return s
}

// defaced is a symbol with a stroke over some of its characters.
func defaced(s symbol, r *rand.Rand) symbol {
	s.dark, s.broken = slices.Clone(s.dark), true
	wide := 3*character/2 + r.IntN(2*character)
	at, dark := r.IntN(s.wide-wide), r.IntN(2) == 0
	for i := range wide {
		s.dark[at+i] = dark
	}
	return s
}

// misprinted is a symbol of which two neighbouring characters are swapped: its
// bars are sound and its check character is wrong.
func misprinted(s symbol, r *rand.Rand) symbol {
	s.dark, s.broken = slices.Clone(s.dark), true
	characters := s.wide/character - 2 // without start, check and stop
	first := r.IntN(characters - 1)
	for i := range characters - 1 {
		at := (1 + (first+i)%(characters-1)) * character
		one, two := s.dark[at:at+character], s.dark[at+character:at+2*character]
		if !slices.Equal(one, two) {
			for j := range character {
				one[j], two[j] = two[j], one[j]
			}
			return s
		}
	}
	return cut(s, r) // thirteen times the same digit
}
