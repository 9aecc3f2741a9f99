package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// smallest is the size that Fit shrinks to before it gives up; text is never
// cut for being smaller than that, it then runs over.
const smallest = 8

// Fit is text as large as its place allows: it wraps at words, shrinks from
// Most until all of it fits, and breaks a word only when that is what it takes.
type Fit struct {
	widget.BaseWidget

	text  string
	ink   color.Color
	style fyne.TextStyle
	align fyne.TextAlign
	most  float32
	least float32
	one   bool
	any   bool // lines break within words at any size
	grow  bool

	lines []*canvas.Text
	ruler ruler
}

// NewFit makes a text of at most the given size.
func NewFit(text string, most float32, ink color.Color) *Fit {
	f := &Fit{text: text, most: most, least: smallest, ink: ink}
	f.ExtendBaseWidget(f)
	return f
}

// NewPara makes a paragraph: text of one size that wraps, and asks for the
// height that its present width makes it need.
func NewPara(text string, size float32, ink color.Color) *Fit {
	f := &Fit{text: text, most: size, least: size, ink: ink, grow: true}
	f.ExtendBaseWidget(f)
	return f
}

// Bold makes it bold and gives it back.
func (f *Fit) Bold() *Fit {
	f.style.Bold = true
	return f
}

// Mono makes its digits stand under each other and gives it back.
func (f *Fit) Mono() *Fit {
	f.style.Monospace = true
	return f
}

// OneLine keeps it on one line and gives it back.
func (f *Fit) OneLine() *Fit {
	f.one = true
	return f
}

// Anywhere lets a line break within words before they get small, as codes may,
// and gives it back.
func (f *Fit) Anywhere() *Fit {
	f.any = true
	return f
}

// Align sets where lines start and gives it back.
func (f *Fit) Align(align fyne.TextAlign) *Fit {
	f.align = align
	return f
}

// Set changes text, greatest size and colour.
func (f *Fit) Set(text string, most float32, ink color.Color) {
	if f.text == text && f.most == most && f.ink == ink {
		return
	}
	f.text, f.most, f.ink = text, most, ink
	f.Refresh()
}

// Text is what it says.
func (f *Fit) Text() string { return f.text }

// Ink is the colour it says it in.
func (f *Fit) Ink() color.Color { return f.ink }

// Fits says whether all of the text lies within the widget.
func (f *Fit) Fits() bool {
	for _, line := range f.lines {
		at, size := line.Position(), line.MinSize()
		if at.X < -0.5 || at.Y < -0.5 || at.X+size.Width > f.Size().Width+0.5 || at.Y+size.Height > f.Size().Height+0.5 {
			return false
		}
	}
	return true
}

// Scale is the size that the text is shown in.
func (f *Fit) Scale() float32 {
	if len(f.lines) == 0 {
		return f.most
	}
	return f.lines[0].TextSize
}

// HeightFor is the height that the text needs at its greatest size.
func (f *Fit) HeightFor(width float32) float32 {
	lines, _ := f.wrap(f.most, width)
	return float32(len(lines)) * f.measure("Mg", f.most).Height
}

// MinSize is next to nothing, because Fit makes do with what it gets; a
// paragraph's is the height for its width.
func (f *Fit) MinSize() fyne.Size {
	if !f.grow {
		return fyne.NewSize(smallest, smallest)
	}
	width := f.Size().Width
	if width < 1 {
		width = 360
	}
	return fyne.NewSize(40, f.HeightFor(width))
}

// CreateRenderer implements fyne.Widget.
func (f *Fit) CreateRenderer() fyne.WidgetRenderer { return &fitRenderer{fit: f} }

// best is the greatest size whose lines fit into the space.
func (f *Fit) best(space fyne.Size) ([]string, float32) {
	low, high := f.least, max(f.most, f.least)
	if lines, ok := f.fits(high, space); ok {
		return lines, high
	}
	for high-low > 0.5 {
		middle := (low + high) / 2
		if _, ok := f.fits(middle, space); ok {
			low = middle
		} else {
			high = middle
		}
	}
	lines, _ := f.fits(low, space)
	return lines, low
}

func (f *Fit) fits(size float32, space fyne.Size) ([]string, bool) {
	line := f.measure("Mg", size).Height
	if f.atLeast(size, space.Width)*line > space.Height && size > f.least && !f.one {
		return nil, false
	}
	lines, whole := f.wrap(size, space.Width)
	height := float32(len(lines)) * line
	return lines, height <= space.Height && (whole || f.any || size <= f.least+1)
}

type fitRenderer struct{ fit *Fit }

func (r *fitRenderer) Layout(space fyne.Size) {
	f := r.fit
	lines, size := f.best(space)
	f.lines = f.lines[:0]
	height := f.measure("Mg", size).Height
	top := (space.Height - height*float32(len(lines))) / 2
	if len(lines) > 1 {
		top = max(top, 0)
	}
	for n, text := range lines {
		line := canvas.NewText(text, f.ink)
		line.TextSize, line.TextStyle = size, f.style
		width := line.MinSize().Width
		x := float32(0)
		switch f.align {
		case fyne.TextAlignCenter:
			x = (space.Width - width) / 2
		case fyne.TextAlignTrailing:
			x = space.Width - width
		case fyne.TextAlignLeading:
		}
		line.Move(fyne.NewPos(x, top+height*float32(n)))
		line.Resize(line.MinSize())
		f.lines = append(f.lines, line)
	}
}

func (r *fitRenderer) MinSize() fyne.Size { return r.fit.MinSize() }

func (r *fitRenderer) Refresh() {
	r.Layout(r.fit.Size())
	canvas.Refresh(r.fit)
}

func (r *fitRenderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(r.fit.lines))
	for n, line := range r.fit.lines {
		objects[n] = line
	}
	return objects
}

func (r *fitRenderer) Destroy() {}

// Lengthen changes the text by a rule, for whoever tries what longer words do.
func (f *Fit) Lengthen(rule func(string) string) { f.Set(rule(f.text), f.most, f.ink) }
