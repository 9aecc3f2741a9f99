package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"golang.org/x/image/math/fixed"
)

const (
	// rulerSize is the text size that words are measured in once; how wide they are
	// in another follows from that, but for what is rounded.
	rulerSize = 64
	// doubt is how far what follows may be from the truth, a part of the width: a line
	// as near as that to its place's edge is measured itself.
	doubt = 0.02
)

// A ruler knows how wide the words of a text are. Shaping is what costs, and
// the greatest size that fits is looked for in a dozen sizes: with a ruler
// each word is shaped in one.
type ruler struct {
	text  string
	style fyne.TextStyle
	words []word
	space float32 // between two words
}

// A word is what a line is not broken within, as wide as it is at rulerSize.
type word struct {
	text  string
	width float32
}

// measured is the ruler for the present text.
func (f *Fit) measured() *ruler {
	if r := &f.ruler; r.words != nil && r.text == f.text && r.style == f.style {
		return r
	}
	width := func(text string) float32 { return f.measure(text, rulerSize).Width }
	r := ruler{text: f.text, style: f.style, space: width("n n") - 2*width("n")}
	texts := []string{f.text}
	if !f.one {
		texts = strings.FieldsFunc(f.text, breakable)
	}
	for _, text := range texts {
		r.words = append(r.words, word{text: text, width: width(text)})
	}
	f.ruler = r
	return &f.ruler
}

// breakable says that a line may be broken at a character. At an unbreakable
// space, which French has before its tall punctuation, it may not.
func breakable(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }

func (f *Fit) measure(text string, size float32) fyne.Size {
	return fyne.MeasureText(text, size, f.style)
}

// shaped is the size that Fyne shapes a text in: whole pixels, rounded up once
// what is less than a 64th is gone.
func shaped(size float32) float32 { return float32(fixed.Int26_6(size * 64).Ceil()) }

// within says whether a text, as wide as told at rulerSize, is no wider than
// width at size.
func (f *Fit) within(text string, told, size, width float32) bool {
	switch likely := told * shaped(size) / rulerSize; {
	case likely < width*(1-doubt):
		return true
	case likely > width*(1+doubt):
		return false
	}
	return f.measure(text, size).Width <= width
}

// wrap breaks the text into lines no wider than width; whole says that no
// word had to be broken.
func (f *Fit) wrap(size, width float32) (lines []string, whole bool) {
	if f.text == "" {
		return nil, true
	}
	r := f.measured()
	if f.one {
		return []string{f.text}, f.within(f.text, r.words[0].width, size, width)
	}
	whole = true
	line, told := "", float32(0)
	for _, word := range r.words {
		longer, wider := word.text, word.width
		if line != "" {
			longer, wider = line+" "+word.text, told+r.space+word.width
		}
		if f.within(longer, wider, size, width) {
			line, told = longer, wider
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		line, told = word.text, word.width
		for len(line) > 1 && !f.within(line, told, size, width) {
			whole = false
			head := f.head(line, told, size, width)
			lines, line = append(lines, head), line[len(head):]
			if told -= f.measure(head, rulerSize).Width; told*shaped(size) < 2*rulerSize*width { // soon the last: what is between letters adds up
				told = f.measure(line, rulerSize).Width
			}
		}
	}
	if line != "" || len(lines) == 0 { // a last letter wider than the line went already
		lines = append(lines, line)
	}
	return lines, whole
}

// atLeast is how many lines of a width the text fills if there is no room left
// in any: fewer than it takes, and told without breaking it.
func (f *Fit) atLeast(size, width float32) float32 {
	told := float32(0)
	for _, word := range f.measured().words {
		told += word.width
	}
	return told * shaped(size) / rulerSize * (1 - doubt) / max(width, 1)
}

// head is as much of a word, as wide as told at rulerSize, as fits: at least
// one letter of it. It looks first where letters of one width would end it.
func (f *Fit) head(word string, told, size, width float32) string {
	ends := make([]int, 0, len(word)+1)
	for at := range word {
		ends = append(ends, at)
	}
	ends = append(ends, len(word))
	letters := len(ends) - 1
	fits := func(n int) bool { return f.measure(word[:ends[n]], size).Width <= width }

	low, high := 1, letters // the most that fits is from low, below high
	guess := int(float32(letters) * width * rulerSize / max(told*shaped(size), 1))
	for step := 1; low < guess && guess < high; step *= 2 {
		if fits(guess) {
			low, guess = guess, guess+step
		} else {
			high, guess = guess, guess-step
		}
	}
	for high-low > 1 {
		if middle := (low + high) / 2; fits(middle) {
			low = middle
		} else {
			high = middle
		}
	}
	return word[:ends[low]]
}
