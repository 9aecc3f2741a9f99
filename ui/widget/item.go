package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// A Remark is what an Item shows: finished words. Word says what its tone says, Next
// what to do, "" for nothing.
type Remark struct {
	Tone             Tone
	Word, Text, Next string
	Chosen           bool
}

// An Item is one line of a list that is read: all of its text is there, on as many
// lines as that takes. It cannot be focused: no key and no scan presses it.
type Item struct {
	widget.BaseWidget

	// OnTapped is called when it is pressed; nil where it leads nowhere.
	OnTapped func()

	remark           Remark
	hovered          bool
	face, badge      *canvas.Rectangle
	icon             *canvas.Image
	word, text, next *Fit
}

// NewItem makes one line.
func NewItem(remark Remark, onTapped func()) *Item {
	i := &Item{
		OnTapped: onTapped, remark: remark, face: canvas.NewRectangle(nil), badge: canvas.NewRectangle(nil), icon: canvas.NewImageFromResource(nil),
		word: NewFit("", 15, Text()).Bold(), text: NewPara("", itemText, Text()), next: NewPara("", itemNext, Muted()),
	}
	i.face.CornerRadius, i.badge.CornerRadius = 8, 5
	i.icon.FillMode = canvas.ImageFillContain
	i.ExtendBaseWidget(i)
	return i
}

// Remark is what it shows.
func (i *Item) Remark() Remark { return i.remark }

// Tell shows another remark.
func (i *Item) Tell(remark Remark) {
	i.remark = remark
	i.Refresh()
}

// Tapped implements fyne.Tappable.
func (i *Item) Tapped(*fyne.PointEvent) {
	if i.OnTapped != nil {
		i.OnTapped()
	}
}

// AccessibilityLabel is what a screen reader says.
func (i *Item) AccessibilityLabel() string {
	return i.remark.Word + ". " + i.remark.Text + " " + i.remark.Next
}

// MouseIn implements desktop.Hoverable.
func (i *Item) MouseIn(*desktop.MouseEvent) { i.hover(true) }

// MouseMoved implements desktop.Hoverable.
func (i *Item) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (i *Item) MouseOut() { i.hover(false) }

func (i *Item) hover(on bool) {
	i.hovered = on && i.OnTapped != nil
	i.Refresh()
}

// The measures of an item.
const (
	itemHigh  = 48
	itemText  = 16
	itemNext  = 15
	itemLeft  = 156 // where its text begins
	itemRight = 12
	itemPad   = 8
)

// CreateRenderer implements fyne.Widget.
func (i *Item) CreateRenderer() fyne.WidgetRenderer {
	r := &itemRenderer{item: i}
	r.paint()
	return r
}

type itemRenderer struct{ item *Item }

func (r *itemRenderer) paint() {
	i := r.item
	i.face.FillColor, i.face.StrokeColor, i.face.StrokeWidth = Surface(), Line(), 1
	switch {
	case i.remark.Chosen:
		i.face.FillColor, i.face.StrokeColor, i.face.StrokeWidth = AccentTint(), AccentFill(), 2
	case i.hovered:
		i.face.FillColor = Hover()
	}
	i.badge.FillColor = i.remark.Tone.Fill()
	redraw(i.icon, i.remark.Tone.Icon(i.remark.Tone.Ink()))
	i.word.Set(i.remark.Word, 15, Text())
	i.text.Set(i.remark.Text, itemText, Text())
	i.next.Set(i.remark.Next, itemNext, Text())
	i.next.Hidden = i.remark.Next == ""
}

// high is how high it is in a width.
func (r *itemRenderer) high(width float32) (text, next float32) {
	room := max(width-itemLeft-itemRight, 60)
	text = r.item.text.HeightFor(room)
	if r.item.remark.Next != "" {
		next = r.item.next.HeightFor(room)
	}
	return text, next
}

func (r *itemRenderer) MinSize() fyne.Size {
	width := r.item.Size().Width
	if width < 1 {
		width = 700
	}
	text, next := r.high(width)
	return fyne.NewSize(320, max(text+next+2*itemPad, itemHigh))
}

func (r *itemRenderer) Layout(space fyne.Size) {
	const side = 28
	i := r.item
	i.face.Resize(space)
	place(i.badge, 10, (itemHigh-side)/2, side, side)
	place(i.icon, 14, (itemHigh-side)/2+4, side-8, side-8)
	place(i.word, 48, 4, itemLeft-48-8, itemHigh-8)
	text, next := r.high(space.Width)
	top := max((space.Height-text-next)/2, itemPad)
	place(i.text, itemLeft, top, space.Width-itemLeft-itemRight, text)
	place(i.next, itemLeft, top+text, space.Width-itemLeft-itemRight, next)
}

func (r *itemRenderer) Refresh() {
	r.paint()
	r.Layout(r.item.Size())
	canvas.Refresh(r.item)
}

func (r *itemRenderer) Objects() []fyne.CanvasObject {
	i := r.item
	return []fyne.CanvasObject{i.face, i.badge, i.icon, i.word, i.text, i.next}
}

func (r *itemRenderer) Destroy() {}
