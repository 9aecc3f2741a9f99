package vision

import (
	"math"
	"slices"
	"strings"

	"pkidstation/scanner"
)

// fine is how many samples make one module of a restored symbol.
const fine = 4

// A layout is what a symbology puts where: a row of slots, each with one of
// its glyphs.
type layout struct {
	symbology scanner.Symbology
	sets      []*glyphSet
	modules   float64 // of the whole symbol, without quiet zones.
	grid      float64 // steps of the grid that its edges lie on, a module.
}

// A glyphSet is the glyphs that can be in a slot, all equally wide, as dark (1)
// and light (0) samples.
type glyphSet struct {
	width  int
	glyphs [][]float32
}

// newGlyphSet draws glyphs from their elements, of which the first is a bar
// unless light says otherwise.
func newGlyphSet(shapes [][]element, ratio float64, light bool) *glyphSet {
	s := &glyphSet{}
	for _, shape := range shapes {
		var samples []float32
		end, dark := 0.0, !light
		for _, e := range shape {
			end += fine * (e.narrow + ratio*e.wide)
			for len(samples) < int(math.Round(end)) {
				v := float32(0)
				if dark {
					v = 1
				}
				samples = append(samples, v)
			}
			dark = !dark
		}
		s.glyphs = append(s.glyphs, samples)
		s.width = len(samples)
	}
	return s
}

// An alphabets is the sets of glyphs of all symbologies, made on first use.
type alphabets struct {
	starts, values, stop       *glyphSet // Code 128.
	guard, middle, left, right *glyphSet // EAN-13 and UPC-A.
	star, signs                map[float64]*glyphSet
	all                        []layout
}

func newAlphabets() *alphabets {
	var values [][]element
	for widths := range strings.FieldsSeq(code128Widths) {
		values = append(values, modulesOf(widths))
	}
	const starts, stop = 103, 106
	a := &alphabets{
		starts: newGlyphSet(values[starts:stop], 0, false), values: newGlyphSet(values[:starts], 0, false),
		stop: newGlyphSet(values[stop:], 0, false),
		star: make(map[float64]*glyphSet), signs: make(map[float64]*glyphSet),
	}
	var right, left [][]element
	for widths := range strings.FieldsSeq(eanWidths) {
		shape := modulesOf(widths)
		back := slices.Clone(shape)
		slices.Reverse(back)
		right, left = append(right, shape), append(left, shape, back)
	}
	a.guard, a.middle = newGlyphSet([][]element{modulesOf("111")}, 0, false), newGlyphSet([][]element{modulesOf("11111")}, 0, true)
	a.left, a.right = newGlyphSet(left, 0, true), newGlyphSet(right, 0, false)
	for _, ratio := range code39Ratios() {
		var signs [][]element
		for _, mask := range code39Wide() {
			signs = append(signs, append(twoWidths(mask, 9), element{narrow: 1}))
		}
		last := len(signs) - 1
		a.star[ratio], a.signs[ratio] = newGlyphSet(signs[last:], ratio, false), newGlyphSet(signs[:last], ratio, false)
	}
	a.all = a.layouts()
	return a
}

// code39Ratios are how wide Code 39's wide elements may be.
func code39Ratios() []float64 { return []float64{2, 2.5, 3} }

// layouts are all symbols that are looked for.
func (a *alphabets) layouts() []layout {
	var out []layout
	add := func(s scanner.Symbology, grid float64, sets ...*glyphSet) {
		l := layout{symbology: s, grid: grid, sets: sets}
		for _, set := range sets {
			l.modules += float64(set.width) / fine
		}
		if s == scanner.Code39 {
			l.modules-- // the gap after the last sign is quiet zone.
		}
		out = append(out, l)
	}
	const longest = 40
	add(scanner.EAN13, 1, slices.Concat([]*glyphSet{a.guard}, slices.Repeat([]*glyphSet{a.left}, 6), []*glyphSet{a.middle},
		slices.Repeat([]*glyphSet{a.right}, 6), []*glyphSet{a.guard})...)
	for n := 3; n <= longest; n++ {
		add(scanner.Code128, 1, slices.Concat([]*glyphSet{a.starts}, slices.Repeat([]*glyphSet{a.values}, n), []*glyphSet{a.stop})...)
		for _, r := range code39Ratios() {
			grid := 1.0
			if r != math.Trunc(r) {
				grid = 2
			}
			add(scanner.Code39, grid, slices.Concat([]*glyphSet{a.star[r]}, slices.Repeat([]*glyphSet{a.signs[r]}, n), []*glyphSet{a.star[r]})...)
		}
	}
	return out
}
