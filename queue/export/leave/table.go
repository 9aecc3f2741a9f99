package leave

import (
	"strconv"

	"pkidstation/queue/autopilot"
)

// A column of a table, x from the left of what may be printed on.
type column struct {
	id   string
	x, w float64
	// below is a column that stands under the others' row.
	below bool
}

func (c column) at(s *setter, y, h float64) Rect {
	return Rect{X: s.inside.X + c.x, Y: y, W: c.w, H: h}
}

const (
	hairline  = 0.15
	thickline = 0.6
	// whyLines is how many lines may say why.
	whyLines = 3
	// serialLines is how many a serial number may be on.
	serialLines = 3
)

// titles are the columns' names.
func (s *setter) titles(page *Page, y float64) float64 {
	h := lineHeight(s.caption)
	for i, c := range s.columns {
		if c.below {
			continue
		}
		t := Text{Rect: c.at(s, y, h), Text: s.Words.Say(c.id), Size: s.caption}
		if i == 0 && c.id == "report.number" {
			t.Align = Right
		}
		page.put(s.press.fit(t))
	}
	return y + h
}

// rows are the table of what keeps the order: its boxes by pallet, then those
// never scanned, then those on no list.
func (s *setter) rows() []block {
	var all []block
	kept := s.standing.Kept
	for len(kept) > 0 {
		n := 1
		for n < len(kept) && together(kept[n], kept[0]) {
			n++
		}
		all = append(all, s.group(s.called(kept[0]), kept[:n])...)
		kept = kept[n:]
	}
	if s.standing.Unlisted > 0 {
		all = append(all, s.unlisted())
	}
	return all
}

// together says whether two boxes stand under one heading.
func together(a, b Box) bool {
	return a.scanned() == b.scanned() && a.Pallet == b.Pallet
}

// called is the heading that a box stands under.
func (s *setter) called(b Box) string {
	pallet := s.Words.Say("leave.pallet.none")
	if shown := s.press.letters.legible(b.Pallet); shown != "" {
		pallet = s.Words.Say("leave.pallet", "Pallet", shown)
	}
	switch {
	case b.scanned():
		return pallet
	case b.Pallet == "":
		return s.Words.Say("leave.not-scanned")
	default:
		return s.Words.Say("leave.not-scanned.pallet", "Pallet", pallet)
	}
}

// group are the boxes under one heading.
func (s *setter) group(called string, boxes []Box) []block {
	all := []block{s.headed(called, len(boxes))}
	again := s.headed(s.Words.Say("leave.continued", "Heading", called), len(boxes))
	for _, b := range boxes {
		row := s.boxRow(b)
		row.again = &again
		all = append(all, row)
	}
	return all
}

// headed is a heading with how many boxes it has, over a thick line.
func (s *setter) headed(called string, boxes int) block {
	const counted = 0.28
	h := lineHeight(s.heading)
	in := Rect{X: s.inside.X, Y: s.gap / 2, W: s.inside.W*(1-counted) - s.gap, H: h}
	b := block{h: s.gap/2 + h + thickline, heading: true}
	right := Rect{X: s.inside.X + s.inside.W*(1-counted), Y: in.Y, W: s.inside.W * counted, H: h}
	b.Fills = []Fill{{Rect: Rect{X: in.X, Y: in.bottom(), W: s.inside.W, H: thickline}}}
	b.Texts = []Text{
		s.press.fit(Text{Rect: in, Text: called, Size: s.heading, Bold: true}),
		s.press.fit(Text{Rect: right, Text: s.Words.Count("leave.boxes", boxes), Size: s.body, Align: Right}),
	}
	return b
}

// boxRow is one box: its number, what identifies it, and why it stays.
func (s *setter) boxRow(b Box) block {
	h := lineHeight(s.body) + 1.2
	number, serial, pkid, why := s.columns[0].at(s, 0, h), s.columns[1].at(s, 0, h), s.columns[2].at(s, 0, h), s.columns[3]
	row := block{h: h}
	row.put(s.press.fit(Text{Rect: number, Text: shownNumber(b), Size: s.body + 2, Bold: true, Align: Right}))
	s.serial(&row, Text{Rect: serial, Text: b.Serial, Size: s.body})
	row.put(s.pkid(pkid, b.PKID)...)
	place := Text{Rect: why.at(s, 0.6, 0), Text: s.why(b), Size: s.body - 0.5}
	if why.below {
		place.Y = row.h
	}
	row.tall(s.press.lines(place, whyLines))
	row.Fills = []Fill{{Rect: Rect{X: s.inside.X, Y: row.h, W: s.inside.W, H: hairline}}}
	row.h += hairline
	return row
}

// tall puts lines on the row, which grows with them.
func (b *block) tall(lines []Text) {
	b.put(lines...)
	if len(lines) > 0 {
		b.h = max(b.h, lines[len(lines)-1].bottom()+0.6)
	}
}

// serial puts a serial number on a row to its last letter, on several lines where one
// has no room for it.
func (s *setter) serial(row *block, t Text) {
	if one := s.press.fit(t); one.Text == s.press.letters.legible(t.Text) {
		row.put(one)
		return
	}
	t.Y += 0.6
	row.tall(s.press.lines(t, serialLines))
}

func shownNumber(b Box) string {
	if !b.scanned() || b.FromList {
		return "–"
	}
	return strconv.Itoa(b.Number)
}

// pkid is a whole PKID, its last four digits heavy; what is none is any text.
func (s *setter) pkid(at Rect, id autopilot.PKID) []Text {
	const last = 4
	if _, err := autopilot.ParsePKID(string(id)); err != nil {
		return []Text{s.press.fit(Text{Rect: at, Text: string(id), Size: s.body})}
	}
	first := Text{Rect: at, Text: string(id[:len(id)-last]), Size: s.body}
	first.W = s.press.width(first)
	heavy := Text{Rect: at, Text: string(id[len(id)-last:]), Size: s.body + 1.5, Bold: true}
	heavy.X = first.right()
	heavy.W = at.right() - heavy.X
	return []Text{first, heavy}
}

// why says why a box stays, whatever it was given.
func (s *setter) why(b Box) string {
	switch shown := s.press.letters.legible(b.Why); {
	case shown != "":
		return shown
	case b.scanned():
		return s.Words.Say("leave.why.not-registered")
	default:
		return s.Words.Say("leave.why.not-scanned")
	}
}

// unlisted is the sentence about devices that no list names.
func (s *setter) unlisted() block {
	b := block{h: s.gap/2 + lineHeight(s.body)*2}
	at := Rect{X: s.inside.X, Y: s.gap / 2, W: s.inside.W}
	b.Texts = s.press.lines(Text{
		Rect: at, Text: s.Words.Count("leave.unlisted", s.standing.Unlisted), Size: s.body, Bold: true,
	}, 2)
	return b
}
