package sheet

import (
	"errors"
	"fmt"

	"pkidstation/scanner/command"
)

// ErrBadge says that a name cannot be on a badge.
var ErrBadge = errors.New("not a name for a badge")

// badge is the command of a name's badge.
func badge(name string) (command.Command, error) {
	c := command.Command{Word: command.Badge, Argument: name}
	if read, ok := command.Parse(c.Text()); !ok || read != c {
		return c, fmt.Errorf("%w: %q", ErrBadge, name)
	}
	return c, nil
}

// CheckBadge fails with ErrBadge where the station would not take a badge with
// the name.
func CheckBadge(name string) error {
	_, err := badge(name)
	return err
}

const cardHeight, cardGap = 36.0, 4.0

// badges is a page of the first of names, and the names that are left.
func (l *layout) badges(names []string) (left []string, err error) {
	l.page = Page{}
	l.head("sheet.badges", "sheet.badge.one", "sheet.badge.apart")
	l.y = l.inside.Y + headHeight
	for len(names) > 0 && l.y+cardHeight <= l.inside.bottom()-footHeight {
		if err := l.card(names[0]); err != nil {
			return nil, err
		}
		l.y += cardHeight + cardGap
		names = names[1:]
	}
	l.foot("")
	return names, nil
}

// card is one badge, with a line to cut along.
func (l *layout) card(name string) error {
	c, err := badge(name)
	if err != nil {
		return err
	}
	b := Box{X: l.inside.X, Y: l.y, W: l.inside.W, H: cardHeight}
	in := b.inset(5)
	const top, height = 9.0, 14.0
	s, err := symbol(c, in.X, in.Y+top+2, height, in.W)
	if err != nil {
		return err
	}
	s.X += (in.W - s.W) / 2
	l.page.Cuts = append(l.page.Cuts, b)
	l.page.Symbols = append(l.page.Symbols, s)
	const said = 62
	named := l.fit(Text{Box: Box{X: in.X, Y: in.Y, W: in.W - said - 4, H: top}, Text: name, Size: 24, Bold: true, Colour: black()})
	x := in.right() - said
	l.page.Texts = append(l.page.Texts, named,
		Text{Box: Box{X: x, Y: in.Y, W: said, H: 4.5}, Text: l.Words.Say("sheet.badge.name"), Size: 10, Bold: true, Align: Right, Colour: navy()},
		Text{Box: Box{X: x, Y: in.Y + 4.5, W: said, H: 4.5}, Text: l.Words.Say("sheet.badge.does"), Size: 8, Align: Right, Colour: black()})
	return nil
}
