package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// A Strip is News on one line, for screens where the tile is not in sight.
type Strip struct {
	widget.BaseWidget

	news News
	face *face
	icon *canvas.Image
	text *Fit
}

// NewStrip makes a strip.
func NewStrip(news News) *Strip {
	s := &Strip{face: newFace(8), icon: canvas.NewImageFromResource(nil), text: NewFit("", 0, nil).Bold()}
	s.icon.FillMode = canvas.ImageFillContain
	s.ExtendBaseWidget(s)
	s.Tell(news)
	return s
}

// Tell puts other news on it.
func (s *Strip) Tell(news News) {
	if s.news == news && s.icon.Resource != nil {
		return
	}
	s.news = news
	s.Refresh()
}

// News is what it shows.
func (s *Strip) News() News { return s.news }

// Line is the strip's text.
func (s *Strip) Line() *Fit { return s.text }

// CreateRenderer implements fyne.Widget.
func (s *Strip) CreateRenderer() fyne.WidgetRenderer { return &stripRenderer{strip: s} }

type stripRenderer struct{ strip *Strip }

func (r *stripRenderer) MinSize() fyne.Size { return fyne.NewSize(300, 52) }

func (r *stripRenderer) Layout(space fyne.Size) {
	s := r.strip
	s.face.resize(space)
	place(s.icon, 12, space.Height*0.2, space.Height*0.6, space.Height*0.6)
	left := 22 + space.Height*0.6
	place(s.text, left, 2, space.Width-left-10, space.Height-4)
}

func (r *stripRenderer) Refresh() {
	s := r.strip
	ink := s.news.Tone.Ink()
	s.face.fill(s.news.Tone.Fill())
	parts := []string{s.news.Word}
	last := s.news.Next // what to do now goes before why
	if last == "" {
		last = s.news.What
	}
	for _, more := range []string{s.news.Box + " " + s.news.Number, s.news.Read, last} {
		if more != " " && more != "" {
			parts = append(parts, more)
		}
	}
	s.text.Set(strings.Join(parts, " · "), 19, ink)
	r.Layout(s.Size())
	redraw(s.icon, s.news.Tone.Icon(ink))
	canvas.Refresh(s)
}

func (r *stripRenderer) Objects() []fyne.CanvasObject {
	return append(r.strip.face.objects(), r.strip.icon, r.strip.text)
}

func (r *stripRenderer) Destroy() {}
