package ui

import (
	"context"
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// The heights of the charts.
const (
	chartHigh  = 158
	chartTitle = 28
	rankHigh   = 38
)

// charts are the three, below each other.
func (s *morningScreen) charts() fyne.CanvasObject {
	if !s.known {
		return container.NewVBox()
	}
	spoken := s.window.words
	hours := s.plot(spoken.MorningHours(s.got))
	failures := s.plot(spoken.MorningFailures(s.got))
	ages := s.plot(spoken.MorningAges(s.got))
	high := float32(chartTitle + rankHigh*max(len(failures.Bars), 1))
	return container.NewVBox(
		card(widget.NewColumns(hours), chartHigh), card(widget.NewRanks(failures), high), card(widget.NewColumns(ages).Counted(), chartHigh))
}

// plot is a figure with its numbers as the language writes them.
func (s *morningScreen) plot(f words.Figure) widget.Plot {
	spoken := s.window.words
	p := widget.Plot{Title: f.Title, Series: f.Series, None: f.None, Note: f.Note, Number: spoken.Number}
	total := f.Total()
	for _, b := range f.Bars {
		bar := widget.Bar{Label: b.Label, Values: b.Values}
		if f.Ranked && total > 0 {
			bar.Shown = spoken.Say("morning.chart.share", "Count", spoken.Number(b.Values[0]), "Percent", strconv.Itoa((200*b.Values[0]+total)/(2*total)))
		}
		p.Bars = append(p.Bars, bar)
	}
	return p
}

// card is a chart on a face of its own.
func card(chart fyne.CanvasObject, high float32) fyne.CanvasObject {
	face := canvas.NewRectangle(widget.Surface())
	face.CornerRadius, face.StrokeColor, face.StrokeWidth = 8, widget.Line(), 1
	room := canvas.NewRectangle(color.Transparent)
	room.SetMinSize(fyne.NewSize(300, high))
	return container.NewStack(face, container.New(layout.NewCustomPaddedLayout(12, 12, 14, 14), container.NewStack(room, chart)))
}

// buildHead shows when it was looked at and what became of the daily report.
func (s *morningScreen) buildHead() {
	w, say := s.window, s.window.words.Say
	title := widget.NewFit(say("morning.title")+" · "+words.Shown(w.options.Station), 30, widget.Text()).Bold().OneLine()
	text, tone := s.aboutReport()
	about := fyne.CanvasObject(widget.NewFit(text, 16, widget.Text()))
	if tone != widget.Neutral {
		line := container.New(layout.NewCustomPaddedLayout(2, 2, 10, 10), widget.NewFit(text, 16, tone.Ink()).Bold())
		about = container.NewStack(widget.NewBlocker(tone.Fill(), 8), container.NewBorder(nil, nil, container.NewCenter(sized(iconOf(tone), 40, 24)), nil, line))
	}
	follow := widget.NewTap(say("morning.open"), say("ui.key.confirm"), widget.Plain, s.follow).Tall(52)
	follow.SetEnabled(len(s.matters) > 0)
	write := widget.NewTap(say("morning.report"), "F5", widget.Plain, s.write).Tall(52)
	write.SetEnabled(s.writable())
	leave := widget.NewTap(say("ui.queue"), say("ui.key.escape"), widget.Plain, func() { w.visit(w.queue) }).Tall(52)
	when := ""
	if s.known {
		when = say("morning.at", "When", w.words.Clock(s.got.At))
	}
	fill(s.head, container.New(morningHead{}, title, widget.NewFit(when, 15, widget.Muted()), about, container.NewHBox(follow, write, leave)))
}

func (s *morningScreen) writable() bool {
	return !s.writing && s.window.options.Morning.Daily().Folder != ""
}

// aboutReport is what became of the daily report.
func (s *morningScreen) aboutReport() (text string, tone widget.Tone) {
	w := s.window
	d := w.options.Morning.Daily()
	switch {
	case s.writing:
		return w.words.Say("morning.report.writing"), widget.Neutral
	case d.Err != nil:
		return w.words.Say("morning.report.failed", "Why", w.words.Error(d.Err)), widget.Reject
	case d.Folder == "":
		return w.words.Say("morning.report.none"), widget.Neutral
	case d.WrittenAt.IsZero():
		return w.words.Say("morning.report.due", "At", d.At, "Folder", words.Shown(d.Folder)), widget.Neutral
	default:
		return w.words.Say("morning.report.done", "When", w.words.Moment(d.WrittenAt, w.clock.Now()), "File", words.Shown(d.Name)), widget.Neutral
	}
}

// write writes the report of now.
func (s *morningScreen) write() {
	w := s.window
	if !s.writable() {
		return
	}
	s.writing = true
	s.buildHead()
	askFar(w, func(ctx context.Context) (DailyReport, error) { return w.options.Morning.WriteDaily(ctx) },
		func(_ DailyReport, err error) {
			s.writing = false
			if err != nil {
				w.options.Log.Error("the daily report could not be written", "error", err)
			}
			s.buildHead() // it says what became of it
		})
}

// rereport shows what became of the daily report.
func (w *Window) rereport() {
	if w.page == page(w.morning) {
		w.morning.buildHead()
	}
}

// morningHead lays out title and buttons, and below the title what there is to say.
type morningHead struct{}

const morningHeadHigh = 92

func (morningHead) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(860, morningHeadHigh) }

func (morningHead) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	taps := objects[3].MinSize().Width
	left := space.Width - taps - edge
	put(objects[0], 0, 0, left*0.42, 52)
	put(objects[1], left*0.42+edge, 4, left*0.58-edge, 44)
	put(objects[2], 0, 56, space.Width, morningHeadHigh-56)
	put(objects[3], space.Width-taps, 0, taps, 52)
}

// morningLayout puts the head over what scrolls.
type morningLayout struct{}

func (morningLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(900, 480) }

func (morningLayout) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	put(objects[0], edge, edge, space.Width-2*edge, morningHeadHigh)
	top := float32(morningHeadHigh + 2*edge)
	put(objects[1], edge-scrollEdge, top, space.Width-edge+scrollEdge, space.Height-top)
}

// morningColumns are the matters, and beside them the charts.
type morningColumns struct{}

const (
	chartsWide = 400
	scrollRoom = 20 // of the bar
)

func (morningColumns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(700, max(objects[0].MinSize().Height, objects[1].MinSize().Height)+scrollEdge+edge)
}

func (morningColumns) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	wide := max(chartsWide, space.Width*0.3)
	left := space.Width - wide - edge - scrollRoom - scrollEdge
	objects[0].Resize(fyne.NewSize(left, 0)) // wraps its texts
	put(objects[0], scrollEdge, scrollEdge, left, objects[0].MinSize().Height)
	put(objects[1], scrollEdge+left+edge, scrollEdge, wide, objects[1].MinSize().Height)
}
