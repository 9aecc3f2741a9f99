package sheet

import (
	"time"

	"pkidstation/ui/words"
)

// Options are what a sheet is made of.
type Options struct {
	// Words speak the sheet's language.
	Words *words.Words
	Paper Paper
	// Badges are the names to print badges for, after the commands.
	Badges []string
	// Version of the program, printed small.
	Version string
	// Made is when, for the PDF's own record; zero is now.
	Made time.Time
}

// PDF is the sheet: one page of all commands, then the badges. It fails with
// ErrBadge for a name that the station would not take.
func PDF(o Options) ([]byte, error) {
	pages, err := Pages(o)
	if err != nil {
		return nil, err
	}
	return newPress(o).print(pages)
}

// Pages are the pages of PDF, as they will be printed.
func Pages(o Options) ([]Page, error) {
	l := &layout{Options: o, inside: o.Paper.inside(), press: newPress(o)}
	if err := l.commands(); err != nil {
		return nil, err
	}
	pages := []Page{l.page}
	for left := o.Badges; len(left) > 0; pages = append(pages, l.page) {
		var err error
		if left, err = l.badges(left); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// layout is a page in the making.
type layout struct {
	Options
	press  *press
	inside Box
	page   Page
	y      float64 // where the next row begins
}

// head is what stands at the top of a page: its title left, two lines right.
func (l *layout) head(title, first, second string) {
	const half, high = 0.46, 12.0
	b := Box{X: l.inside.X, Y: l.inside.Y, W: l.inside.W * half, H: high}
	right := Box{X: b.right(), Y: b.Y, W: l.inside.W - b.W, H: high / 2}
	below := right
	below.Y += right.H
	rule := Box{X: b.X, Y: b.bottom() + 1, W: l.inside.W, H: 0.7}
	l.page.Fills = append(l.page.Fills, Fill{Box: rule, Colour: navy()})
	l.page.Texts = append(l.page.Texts,
		Text{Box: b, Text: l.Words.Say(title), Size: 28, Bold: true, Colour: navy()},
		Text{Box: right, Text: l.Words.Say(first), Size: 12, Bold: true, Align: Right, Colour: navy()},
		Text{Box: below, Text: l.Words.Say(second), Size: 10.5, Align: Right, Colour: black()})
}

// foot says how to print the page, with a line to check it by, and what printed
// it; note is what else there is to say.
func (l *layout) foot(note string) {
	const ruler, tick, thin, line = 50.0, 2.4, 0.3, 3.6
	x, bottom := l.inside.X, l.inside.bottom()
	y := bottom - line
	for _, b := range []Box{
		{X: x, Y: y - thin/2, W: ruler, H: thin},
		{X: x, Y: y - tick/2, W: thin, H: tick},
		{X: x + ruler - thin, Y: y - tick/2, W: thin, H: tick},
	} {
		l.page.Fills = append(l.page.Fills, Fill{Box: b, Colour: black()})
	}
	first := Box{X: x + ruler + 4, Y: bottom - 2*line, W: l.inside.W - ruler - 4, H: line}
	second, version := first, first
	second.Y += line
	second.W = first.W * 0.62
	version.Y, version.X, version.W = second.Y, second.right(), first.W-second.W
	l.page.Texts = append(l.page.Texts,
		Text{Box: first, Text: l.Words.Say("sheet.print"), Size: 8, Colour: black()},
		Text{Box: second, Text: note, Size: 8, Colour: black()},
		l.fit(Text{Box: version, Text: l.Words.Say("sheet.version", "Version", l.Version), Size: 7, Align: Right, Colour: grey()}))
}

// fit makes a text smaller until it fits its box: one that is not ours.
func (l *layout) fit(t Text) Text {
	if w := l.press.width(t); w > t.W {
		t.Size *= t.W / w
	}
	return t
}

func black() Colour { return Colour{0, 0, 0} }
func white() Colour { return Colour{255, 255, 255} }
func grey() Colour  { return Colour{90, 90, 90} }
func navy() Colour  { return Colour{18, 60, 105} }
