package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// An Option is what a Choice shows: finished words. Note may be empty.
type Option struct {
	Title, Note string
	Mark        Mark
	Tone        Tone
	Chosen      bool
}

const (
	choiceHigh  = 52
	choiceTitle = 17
	choiceNote  = 14
)

// A Choice is one line of a list to choose from, for a finger or a mouse. Like a
// Tap it cannot be focused: no key and no scan presses it. Text that is too long
// ends in "…"; whoever shows the list says the whole of the chosen one beside it.
type Choice struct {
	widget.BaseWidget

	// OnTapped is called when it is pressed.
	OnTapped func()

	option      Option
	hovered     bool
	face, badge *canvas.Rectangle
	icon        *canvas.Image
	title, note *canvas.Text
}

// NewChoice makes one line.
func NewChoice(option Option, onTapped func()) *Choice {
	c := &Choice{
		OnTapped: onTapped, option: option, face: canvas.NewRectangle(nil), badge: canvas.NewRectangle(nil),
		icon: canvas.NewImageFromResource(nil), title: canvas.NewText("", Text()), note: canvas.NewText("", Muted()),
	}
	c.face.CornerRadius, c.badge.CornerRadius = 8, 5
	c.title.TextSize, c.note.TextSize = choiceTitle, choiceNote
	c.icon.FillMode = canvas.ImageFillContain
	c.ExtendBaseWidget(c)
	return c
}

// Option is what it shows.
func (c *Choice) Option() Option { return c.option }

// Tapped implements fyne.Tappable.
func (c *Choice) Tapped(*fyne.PointEvent) {
	if c.OnTapped != nil {
		c.OnTapped()
	}
}

// AccessibilityLabel is what a screen reader says.
func (c *Choice) AccessibilityLabel() string { return c.option.Title + " " + c.option.Note }

// MouseIn implements desktop.Hoverable.
func (c *Choice) MouseIn(*desktop.MouseEvent) { c.hover(true) }

// MouseMoved implements desktop.Hoverable.
func (c *Choice) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *Choice) MouseOut() { c.hover(false) }

func (c *Choice) hover(on bool) {
	c.hovered = on
	c.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	r := &choiceRenderer{choice: c}
	r.paint()
	return r
}

type choiceRenderer struct{ choice *Choice }

func (r *choiceRenderer) paint() {
	c := r.choice
	c.face.FillColor, c.face.StrokeColor, c.face.StrokeWidth = Surface(), Line(), 1
	switch {
	case c.option.Chosen:
		c.face.FillColor, c.face.StrokeColor, c.face.StrokeWidth = AccentTint(), AccentFill(), 2
	case c.hovered:
		c.face.FillColor = Hover()
	}
	c.title.TextStyle.Bold = c.option.Chosen
	c.title.Color, c.note.Color = Text(), Muted()
	if c.option.Chosen { // which is too dark, or too light, for what is muted
		c.note.Color = Text()
	}
	c.badge.Hidden, c.icon.Hidden = c.option.Mark == NoMark, c.option.Mark != ToneMark && c.option.Mark != BoxOn
	c.badge.FillColor, c.badge.StrokeWidth = c.option.Tone.Fill(), 0
	switch c.option.Mark {
	case BoxOff, BoxOn:
		c.badge.FillColor, c.badge.StrokeColor, c.badge.StrokeWidth = Surface(), Edge(), 1.5
		redraw(c.icon, Accept.Icon(Text()))
	case ToneMark:
		redraw(c.icon, c.option.Tone.Icon(c.option.Tone.Ink()))
	case NoMark:
	}
}

func (r *choiceRenderer) MinSize() fyne.Size { return fyne.NewSize(240, choiceHigh) }

func (r *choiceRenderer) Layout(space fyne.Size) {
	c := r.choice
	c.face.Resize(space)
	left := float32(14)
	if c.option.Mark != NoMark {
		place(c.badge, 12, (space.Height-24)/2, 24, 24)
		place(c.icon, 15, (space.Height-18)/2, 18, 18)
		left = 48
	}
	c.title.Text = ellipsis(c.option.Title, space.Width-left-10, c.title.TextSize, c.title.TextStyle)
	c.note.Text = ellipsis(c.option.Note, space.Width-left-10, c.note.TextSize, c.note.TextStyle)
	title, note := c.title.MinSize(), c.note.MinSize()
	top := (space.Height - title.Height) / 2
	if c.option.Note != "" {
		top = (space.Height - title.Height - note.Height) / 2
	}
	place(c.title, left, top, title.Width, title.Height)
	place(c.note, left, top+title.Height, note.Width, note.Height)
}

func (r *choiceRenderer) Refresh() {
	r.paint()
	r.Layout(r.choice.Size())
	canvas.Refresh(r.choice)
}

func (r *choiceRenderer) Objects() []fyne.CanvasObject {
	c := r.choice
	return []fyne.CanvasObject{c.face, c.badge, c.icon, c.title, c.note}
}

func (r *choiceRenderer) Destroy() {}
