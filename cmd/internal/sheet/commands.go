package sheet

import (
	"pkidstation/scanner/command"
)

const (
	headHeight = 17.0 // with the white below it
	footHeight = 9.0  // with the white above it
	// calibrationHeight is the row of the calibration.
	calibrationHeight = 25.6
	// groupGap is what more is between two groups than between two commands.
	groupGap, rowGap = 2.4, 1.8
	// window is how much white is around a symbol, beyond its quiet zones.
	window = 0.9
	// barsGap is the least between the bars of two rows.
	barsGap = 4.6
	// tabWidth is that of a group's name, symbolRoom what is left beside what is
	// said of a command.
	tabWidth, tabGap, symbolRoom = 8.0, 1.8, 90.0
)

// commands is the page of all commands.
func (l *layout) commands() error {
	l.page = Page{Cuts: []Box{l.Paper.cut()}}
	l.head("sheet.title", "sheet.subtitle", "sheet.aim")
	l.y = l.inside.Y + headHeight
	all := groups()
	pitch := (l.inside.H - headHeight - footHeight - calibrationHeight - groupGap*float64(len(all)-1)) / float64(rows())
	right := true
	for i, g := range all {
		top := l.y
		for _, w := range g.words {
			if err := l.command(g, w, pitch, right); err != nil {
				return err
			}
			right = !right
		}
		if i == len(all)-1 {
			if err := l.calibration(g); err != nil {
				return err
			}
		}
		l.tab(g, top)
		l.y += groupGap
	}
	l.foot(l.Words.Say("sheet.note"))
	return nil
}

// command is one command's row; its bars are right or left of what is said of
// it, and hug it, so that no line runs through those of the next row too.
func (l *layout) command(g group, w command.Word, pitch float64, right bool) error {
	row := l.row(pitch)
	height := max(leastBars, pitch-barsGap)
	said := Box{X: row.X, Y: row.Y, W: row.W - symbolRoom, H: row.H}
	s, err := symbol(command.Command{Word: w}, said.right(), row.Y+(row.H-height)/2, height, symbolRoom-2*window)
	if err != nil {
		return err
	}
	if !right {
		said.X = row.right() - said.W
		s.X = said.X - s.W
	}
	l.ticket(g, row, s)
	const caption, small, indent = 7.6, 4.6, 4
	x, width, top := said.X+indent, said.W-indent-1, said.Y+(said.H-caption-small)/2
	l.page.Texts = append(l.page.Texts,
		Text{Box: Box{X: x, Y: top, W: width, H: caption}, Text: l.Words.Say(name(w)), Size: 15.5, Bold: true, Colour: black()},
		Text{Box: Box{X: x, Y: top + caption, W: width, H: small}, Text: l.Words.Say(does(w)), Size: 9.5, Colour: black()})
	return nil
}

// calibration is the last row: its symbol needs the page's width.
func (l *layout) calibration(g group) error {
	const top, indent = 9, 4
	row := l.row(calibrationHeight)
	s, err := symbol(command.Command{Word: command.Calibrate}, row.X, row.Y+top+window, row.H-top-2.5*window, row.W-2*window)
	if err != nil {
		return err
	}
	s.X += (row.W - s.W) / 2
	l.ticket(g, row, s)
	line := Box{X: row.X + indent, Y: row.Y, W: row.W - 2*indent, H: top}
	named, doing := line, line
	named.W = line.W * 0.45
	doing.X, doing.W = named.right(), line.W-named.W
	l.page.Texts = append(l.page.Texts,
		Text{Box: named, Text: l.Words.Say(name(command.Calibrate)), Size: 13, Bold: true, Colour: black()},
		Text{Box: doing, Text: l.Words.Say(does(command.Calibrate)), Size: 10.5, Align: Right, Colour: black()})
	return nil
}

// ticket is what makes a row one thing: whose bars these are must be clear. The
// bars are in a white window.
func (l *layout) ticket(g group, row Box, s Symbol) {
	l.page.Fills = append(l.page.Fills, Fill{Box: row, Colour: g.light, Round: 2}, Fill{Box: s.inset(-window), Colour: white(), Round: 1})
	l.page.Symbols = append(l.page.Symbols, s)
}

// row takes the next row, right of the groups' names, and leaves a gap below.
func (l *layout) row(height float64) Box {
	x := l.inside.X + tabWidth + tabGap
	b := Box{X: x, Y: l.y, W: l.inside.right() - x, H: height - rowGap}
	l.y += height
	return b
}

// tab is a group's name, beside what came since top.
func (l *layout) tab(g group, top float64) {
	b := Box{X: l.inside.X, Y: top, W: tabWidth, H: l.y - top - rowGap}
	l.page.Fills = append(l.page.Fills, Fill{Box: b, Colour: g.dark, Round: 2})
	l.page.Texts = append(l.page.Texts, Text{
		Box: b, Text: l.Words.Say(g.id), Size: 11, Bold: true, Align: Centre, Colour: white(), Turned: true,
	})
}
