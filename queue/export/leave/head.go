package leave

import "strings"

// firstHead is the top of the first page, and where what follows begins.
func (s *setter) firstHead(band float64) (page Page, y float64) {
	at := s.inside
	at.H = band
	s.band(&page, at)
	at.Y = at.bottom() + s.gap
	page.put(s.line(&at, s.counted(), s.count, true), s.line(&at, s.said(), s.form.said, false))
	at.Y += s.gap / 2
	for _, row := range s.fields {
		page.put(s.row(&at, row)...)
	}
	return page, at.Y + s.gap/2
}

// laterHead is the top of the other pages: the word again, and whose it is.
func (s *setter) laterHead() (page Page, y float64) {
	at := s.inside
	at.H = s.later
	s.band(&page, at)
	at.Y = at.bottom() + s.gap/2
	order := at
	order.W = at.W * 0.55
	page.put(s.line(&order, s.order.Order, s.heading, true))
	rest := Rect{X: order.right() + s.gap, Y: at.Y, W: at.W - order.W - s.gap}
	counted := s.line(&rest, s.counted(), s.heading, true)
	counted.Align = Right
	at.Y = order.Y
	page.put(counted, s.line(&at, s.order.CustomerName, s.body, false))
	return page, at.Y + s.gap/2
}

// line is a text across a place, which is then below it.
func (s *setter) line(at *Rect, text string, size float64, bold bool) Text {
	at.H = lineHeight(size)
	t := s.press.fit(Text{Rect: *at, Text: text, Size: size, Bold: bold})
	at.Y += at.H
	return t
}

// band is the word: white on black where nothing may leave, else in a frame.
func (s *setter) band(page *Page, at Rect) {
	page.Fills = append(page.Fills, Fill{Rect: at})
	in := at
	if s.standing.MayLeave() {
		in = at.inset(s.frame)
		page.Fills = append(page.Fills, Fill{Rect: in, White: true})
	}
	in.X, in.W = at.X+2*s.frame, at.W-4*s.frame
	lines, size := s.largest(in)
	in.H /= float64(len(lines))
	for _, text := range lines {
		page.put(Text{
			Rect: in, Text: text, Size: size, Bold: true, Align: Centre, White: !s.standing.MayLeave(),
		})
		in.Y += in.H
	}
}

// largest is the word in one line or in two, whichever makes it larger; of two
// lines, those that are most alike.
func (s *setter) largest(in Rect) (lines []string, size float64) {
	word := s.press.letters.legible(s.word())
	tries, widest := [][]string{{word}}, 0.0
	for i, r := range word {
		if r == ' ' {
			tries = append(tries, []string{word[:i], word[i+1:]})
		}
	}
	for _, try := range tries {
		wide := 0.0
		for _, line := range try {
			wide = max(wide, s.press.width(Text{Text: line, Size: 1, Bold: true}))
		}
		high := lineHeight(1) * float64(len(try))
		fits := min(in.W/wide, in.H/high) * 0.999
		if fits > size || fits == size && wide < widest {
			lines, size, widest = try, fits, wide
		}
	}
	return lines, size
}

// counted is N of M, said what that means.
func (s *setter) counted() string {
	return s.Words.Count("leave.counted", s.standing.Registered, "Announced", s.Words.Number(s.standing.Announced))
}

func (s *setter) said() string {
	switch left := s.standing.Announced - s.standing.Registered; {
	case s.standing.MayLeave():
		return s.Words.Say("leave.all")
	case left == 0:
		return s.Words.Say("leave.nothing")
	default:
		return s.Words.Count("leave.kept", left)
	}
}

// row are fields beside each other; at is then below them.
func (s *setter) row(at *Rect, fields []field) []Text {
	var all []Text
	place, tallest := *at, 0.0
	for _, f := range fields {
		place.W = at.W*f.part - s.gap/2
		caption := place
		all = append(all, s.line(&caption, s.Words.Say(f.id), s.caption, false))
		value := Text{Rect: caption, Text: s.value(f.id), Size: f.size, Bold: f.id != "report.tenant"}
		value.H = lineHeight(f.size)
		lines := []Text{s.press.fit(value)}
		if f.lines > 1 {
			lines = s.press.lines(value, f.lines)
		}
		all = append(all, lines...)
		tallest = max(tallest, value.bottom()-at.Y, lines[len(lines)-1].bottom()-at.Y)
		place.X += at.W * f.part
	}
	at.Y += tallest + s.gap/2
	return all
}

// value is what a field says; a dash where that is not known.
func (s *setter) value(id string) string {
	values := map[string]string{
		"report.order": s.order.Order, "report.customer": s.order.CustomerName, "report.tenant": string(s.order.Customer),
		"report.tag": string(s.order.GroupTag), "report.station": s.Station, "leave.made": moment(s.Words, s.Made),
	}
	if value := s.press.letters.legible(values[id]); strings.TrimSpace(value) != "" {
		return value
	}
	return "–"
}

// feet say at the bottom of each page when it was made, and which of how many it
// is.
func (s *setter) feet(pages []Page) {
	h := lineHeight(s.caption)
	at := Rect{X: s.inside.X, Y: s.inside.bottom() - h, W: s.inside.W*0.7 - s.gap, H: h}
	right := Rect{X: s.inside.X + s.inside.W*0.7, Y: at.Y, W: s.inside.W * 0.3, H: h}
	made := s.Words.Say("report.made", "When", moment(s.Words, s.Made), "Station", s.press.letters.legible(s.Station))
	for i := range pages {
		of := s.Words.Say("leave.page", "Page", s.Words.Number(i+1), "Of", s.Words.Number(len(pages)))
		pages[i].put(
			s.press.fit(Text{Rect: at, Text: made, Size: s.caption}),
			s.press.fit(Text{Rect: right, Text: of, Size: s.caption, Bold: true, Align: Right}))
	}
}
