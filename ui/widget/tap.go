package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// A Weight says how much a button stands out.
type Weight int

// The weights. A screen has at most one Main button.
const (
	Plain  Weight = iota // white with an edge
	Main                 // the accent
	Chosen               // the tint of what is chosen
)

const (
	tapText   = 17
	tapHint   = 13
	tapPadX   = 18
	tapHeight = 48
	// Of stacked lines: what is left and right of them, and how much nearer to each
	// other than usual they are.
	tapStacked = 10
	tapTight   = 3
)

// A Tap is a button for a finger or a mouse. It cannot be focused: no key and
// no scan presses it. The key that does the same is said on it as a hint.
type Tap struct {
	widget.BaseWidget

	// OnTapped is called when it is pressed while enabled.
	OnTapped func()

	label   string
	hint    string
	by      string
	weight  Weight
	height  float32
	size    float32 // of its label
	off     bool
	hovered bool
	left    bool
	stacked bool
}

// NewTap makes a button. hint is the key that does the same, or "".
func NewTap(label, hint string, weight Weight, onTapped func()) *Tap {
	t := &Tap{OnTapped: onTapped, label: label, hint: hint, weight: weight, height: tapHeight, size: tapText}
	t.ExtendBaseWidget(t)
	return t
}

// Tall makes it at least so high and gives it back.
func (t *Tap) Tall(height float32) *Tap {
	t.height = height
	return t
}

// Sized writes its label so large and gives it back.
func (t *Tap) Sized(size float32) *Tap {
	t.size = size
	return t
}

// Left starts its label at the left, for lists, and gives it back.
func (t *Tap) Left() *Tap {
	t.left = true
	return t
}

// Stacked writes its label on two lines, if it has several words, and the hint below
// it, for a button that is high and narrow, and gives it back.
func (t *Tap) Stacked() *Tap {
	t.stacked = true
	return t
}

// By says which key does the same where there is no room to say it on the button, and
// gives it back.
func (t *Tap) By(key string) *Tap {
	t.by = key
	return t
}

// Key is the key that does the same, "" for none: nothing may have none.
func (t *Tap) Key() string {
	if t.hint != "" {
		return t.hint
	}
	return t.by
}

// Set changes label and weight.
func (t *Tap) Set(label string, weight Weight) {
	t.label, t.weight = label, weight
	t.Refresh()
}

// Label is what is written on it.
func (t *Tap) Label() string { return t.label }

// SetEnabled lets it be pressed or not.
func (t *Tap) SetEnabled(on bool) {
	if t.off == on {
		t.off = !on
		t.Refresh()
	}
}

// Enabled says whether it can be pressed.
func (t *Tap) Enabled() bool { return !t.off }

// Tapped implements fyne.Tappable.
func (t *Tap) Tapped(*fyne.PointEvent) {
	if !t.off && t.OnTapped != nil {
		t.OnTapped()
	}
}

// AccessibilityLabel is what a screen reader says.
func (t *Tap) AccessibilityLabel() string { return t.label }

// MouseIn implements desktop.Hoverable.
func (t *Tap) MouseIn(*desktop.MouseEvent) { t.hover(true) }

// MouseMoved implements desktop.Hoverable.
func (t *Tap) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (t *Tap) MouseOut() { t.hover(false) }

func (t *Tap) hover(on bool) {
	t.hovered = on
	t.Refresh()
}

// Cursor implements desktop.Cursorable.
func (t *Tap) Cursor() desktop.Cursor {
	if t.off {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// colours are the button's face, edge and ink.
func (t *Tap) colours() (face, edge, ink color.Color) {
	switch {
	case t.off:
		return Paper(), Line(), Muted()
	case t.weight == Main:
		return AccentFill(), AccentFill(), OnAccent()
	case t.weight == Chosen:
		return AccentTint(), AccentFill(), Text()
	case t.hovered:
		return Hover(), Edge(), Text()
	default:
		return Surface(), Edge(), Text()
	}
}

// CreateRenderer implements fyne.Widget.
func (t *Tap) CreateRenderer() fyne.WidgetRenderer {
	r := &tapRenderer{tap: t, face: canvas.NewRectangle(nil), label: canvas.NewText("", nil), second: canvas.NewText("", nil), hint: canvas.NewText("", nil)}
	r.face.CornerRadius = 8
	r.hint.TextSize = tapHint
	r.paint()
	return r
}

type tapRenderer struct {
	tap  *Tap
	face *canvas.Rectangle
	// second is the label's second line, if it is stacked and has several words.
	label, second, hint *canvas.Text
}

func (r *tapRenderer) paint() {
	face, edge, ink := r.tap.colours()
	r.face.FillColor, r.face.StrokeColor, r.face.StrokeWidth = face, edge, 1.5
	first, second := r.tap.label, ""
	if r.tap.stacked {
		first, second = halves(r.tap.label)
	}
	r.label.Text, r.second.Text = first, second
	for _, line := range []*canvas.Text{r.label, r.second} {
		line.Color, line.TextSize = ink, r.tap.size
		line.TextStyle.Bold = r.tap.weight != Plain
	}
	r.second.Hidden = second == ""
	r.hint.Text, r.hint.Color = r.tap.hint, ink
	r.hint.Hidden = r.tap.hint == ""
}

// halves breaks a text at the space that is nearest to its middle.
func halves(text string) (first, second string) {
	at := -1
	for n := range text {
		if text[n] == ' ' && (at < 0 || abs(2*n-len(text)) < abs(2*at-len(text))) {
			at = n
		}
	}
	if at < 0 {
		return text, ""
	}
	return text[:at], text[at+1:]
}

func abs(n int) int { return max(n, -n) }

// lines are what stands below each other where it is stacked.
func (r *tapRenderer) lines() []*canvas.Text {
	var lines []*canvas.Text
	for _, line := range []*canvas.Text{r.label, r.second, r.hint} {
		if !line.Hidden {
			lines = append(lines, line)
		}
	}
	return lines
}

func (r *tapRenderer) width() float32 {
	width := r.label.MinSize().Width
	if r.tap.hint != "" {
		width += 10 + r.hint.MinSize().Width
	}
	return width
}

func (r *tapRenderer) MinSize() fyne.Size {
	if r.tap.stacked {
		need := fyne.NewSize(0, 8)
		for _, line := range r.lines() {
			need = fyne.NewSize(max(need.Width, line.MinSize().Width), need.Height+line.MinSize().Height-tapTight)
		}
		return fyne.NewSize(need.Width+2*tapStacked, max(r.tap.height, need.Height))
	}
	return fyne.NewSize(r.width()+2*tapPadX, max(r.tap.height, r.label.MinSize().Height+16))
}

func (r *tapRenderer) Layout(space fyne.Size) {
	r.face.Resize(space)
	if r.tap.stacked {
		r.stack(space)
		return
	}
	x := (space.Width - r.width()) / 2
	if r.tap.left {
		x = tapPadX
	}
	label, hint := r.label.MinSize(), r.hint.MinSize()
	r.label.Move(fyne.NewPos(x, (space.Height-label.Height)/2))
	r.label.Resize(label)
	r.hint.Move(fyne.NewPos(x+label.Width+10, (space.Height-hint.Height)/2+1))
	r.hint.Resize(hint)
}

// stack puts the lines below each other into the middle.
func (r *tapRenderer) stack(space fyne.Size) {
	high := float32(0)
	for _, line := range r.lines() {
		high += line.MinSize().Height - tapTight
	}
	y := (space.Height-high)/2 - tapTight/2
	for _, line := range r.lines() {
		size := line.MinSize()
		place(line, (space.Width-size.Width)/2, y, size.Width, size.Height)
		y += size.Height - tapTight
	}
}

func (r *tapRenderer) Refresh() {
	r.paint()
	r.Layout(r.tap.Size())
	canvas.Refresh(r.tap)
}

func (r *tapRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.face, r.label, r.second, r.hint}
}

func (r *tapRenderer) Destroy() {}

// Lengthen changes the label by a rule, for whoever tries what longer words do.
func (t *Tap) Lengthen(rule func(string) string) { t.Set(rule(t.label), t.weight) }
