package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"pkidstation/ui/widget"
)

// A panel lies over a page and asks something. It is no Fyne dialog: those
// swallow scans.
type panel interface {
	title() string
	// build makes what lies between title and buttons.
	build() fyne.CanvasObject
	// confirm is the word on the button that does it, "" where there is
	// nothing to do, and do does it.
	confirm() (word string, possible bool)
	do()
	// first is the field to type into first, nil if none.
	first() *field
}

// panelWidth is how wide a panel is where there is room.
const panelWidth = 860

func (w *Window) openPanel(p panel) {
	before := w.panel
	w.panel, w.panelAt = p, fyne.Position{}
	w.rebuildPanel()
	if f := p.first(); f != nil {
		w.window.Canvas().Focus(f)
	} else {
		w.capture.rest()
	}
	w.tellLeft(before)
}

// tellLeft tells a panel that wants to know that it is no longer in sight.
func (w *Window) tellLeft(before panel) {
	if p, ok := before.(interface{ left() }); ok && before != w.panel {
		p.left()
	}
}

// closePanel leaves the panel for the one below it, if it lies on one.
func (w *Window) closePanel() {
	if p, ok := w.panel.(interface{ givenUp() }); ok {
		p.givenUp()
	}
	if p, ok := w.panel.(interface{ below() panel }); ok && p.below() != nil {
		w.openPanel(p.below())
		if p, ok := w.panel.(interface{ reload() }); ok {
			p.reload() // it was told of no change meanwhile
		}
		return
	}
	w.leavePanels()
}

// leavePanels leaves the panel and all below it.
func (w *Window) leavePanels() {
	before := w.panel
	w.panel = nil
	w.rebuildPanel()
	w.capture.rest()
	w.tellLeft(before)
}

// showing says whether a panel is the one in sight.
func (w *Window) showing(p panel) bool { return w.panel == p }

// beneath says whether leaving the panel in sight, and those that it lies on, leads to
// another.
func (w *Window) beneath(p panel) bool {
	for at := w.panel; at != nil; {
		on, lies := at.(interface{ below() panel })
		if !lies {
			return false
		}
		if at = on.below(); at == p {
			return true
		}
	}
	return false
}

// panelLayer is the panel over a veil.
func (w *Window) panelLayer() fyne.CanvasObject {
	title := widget.NewPara(w.panel.title(), 26, widget.Text()).Bold()
	buttons := container.NewHBox(layout.NewSpacer())
	word, possible := w.panel.confirm()
	leave := w.words.Say("ui.cancel")
	if word == "" {
		leave = w.words.Say("ui.close")
	}
	if p, ok := w.panel.(interface{ leave() string }); ok {
		leave = p.leave()
	}
	buttons.Add(widget.NewTap(leave, w.words.Say("ui.key.escape"), widget.Plain, w.closePanel).Tall(w.panelButton()))
	if word != "" {
		confirm := widget.NewTap(word, w.words.Say("ui.key.confirm"), widget.Main, w.panel.do).Tall(w.panelButton())
		confirm.SetEnabled(possible)
		buttons.Add(confirm)
	}
	inside := container.NewBorder(container.NewVBox(title, gap(6)), container.NewVBox(gap(6), buttons), nil, nil, w.roomy(w.panel.build()))
	card := container.NewStack(widget.NewBlocker(widget.Surface(), 14), container.New(layout.NewCustomPaddedLayout(22, 22, 28, 28), inside))
	return container.NewStack(widget.NewBlocker(widget.Veil(), 0), container.New(centred{}, card))
}

// panelButton is how high a panel's buttons are: those that lie over the dock are
// pressed with gloves.
func (w *Window) panelButton() float32 {
	if w.page == page(w.dock) {
		return w.primary
	}
	return 56
}

// The room around what scrolls: the edges of what is pressed are drawn beyond it, and
// would be cut; the bar lies beside it, in the card's margin, and on nothing.
const (
	scrollEdge = 4
	scrollBar  = 16
)

// roomy is a panel's content, which scrolls where the window is too small.
func (w *Window) roomy(content fyne.CanvasObject) fyne.CanvasObject {
	around := layout.NewCustomPaddedLayout(scrollEdge, scrollEdge, scrollEdge, scrollEdge+scrollBar)
	scroll := container.NewVScroll(container.New(around, content))
	scroll.Offset = w.panelAt
	scroll.OnScrolled = func(at fyne.Position) { w.panelAt = at }
	w.panelScroll = scroll
	return container.New(whole{}, scroll)
}

// whole asks for all that a scroll has in it, and gives it the room around it.
type whole struct{}

func (whole) MinSize(objects []fyne.CanvasObject) fyne.Size {
	need := objects[0].MinSize()
	if scroll, ok := objects[0].(*container.Scroll); ok {
		need = scroll.Content.MinSize()
	}
	return need.SubtractWidthHeight(2*scrollEdge+scrollBar, 2*scrollEdge)
}

func (whole) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	put(objects[0], -scrollEdge, -scrollEdge, space.Width+2*scrollEdge+scrollBar, space.Height+2*scrollEdge)
}

// reconsider shows whether the panel can be confirmed now.
func (w *Window) reconsider() {
	if w.panel != nil {
		w.rebuildPanel()
	}
}

// panelCommand gives a key to the panel.
func (w *Window) panelCommand(key fyne.KeyName, modifier fyne.KeyModifier) bool {
	switch {
	case w.panel == nil:
		return false
	case key == fyne.KeyEscape:
		w.closePanel()
	case key == fyne.KeyReturn && modifier == fyne.KeyModifierControl, key == fyne.KeyEnter && modifier == fyne.KeyModifierControl:
		if word, possible := w.panel.confirm(); word != "" && possible {
			w.panel.do()
		}
	default:
		if p, ok := w.panel.(interface{ command(fyne.KeyName) bool }); ok && p.command(key) {
			return true
		}
		return w.scrollPanel(key)
	}
	return true
}

// scrollPanel shows what of a panel lies below or above: without a mouse nobody comes
// there else.
func (w *Window) scrollPanel(key fyne.KeyName) bool {
	by := map[fyne.KeyName]float32{fyne.KeyPageDown: 1, fyne.KeyPageUp: -1}[key]
	if by == 0 || w.panelScroll == nil {
		return false
	}
	const part = 0.8
	s := w.panelScroll
	most := max(s.Content.MinSize().Height-s.Size().Height, 0)
	s.ScrollToOffset(fyne.NewPos(0, min(max(s.Offset.Y+by*part*s.Size().Height, 0), most)))
	w.panelAt = s.Offset
	return true
}

// centred puts one object into the middle, no wider than a panel.
type centred struct{}

// MinSize asks for no height that a panel can do without: it scrolls, and a window
// that grew for it would go beyond the screen.
func (centred) MinSize(objects []fyne.CanvasObject) fyne.Size {
	const least = 300
	need := objects[0].MinSize()
	return fyne.NewSize(need.Width, min(need.Height, least))
}

func (centred) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	need := objects[0].MinSize()
	width := max(min(panelWidth, space.Width-40), need.Width)
	width = min(width, space.Width)
	objects[0].Resize(fyne.NewSize(width, need.Height)) // wraps its texts
	height := min(objects[0].MinSize().Height, space.Height-16)
	objects[0].Resize(fyne.NewSize(width, height))
	objects[0].Move(fyne.NewPos((space.Width-width)/2, (space.Height-height)/2))
}

func gap(height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(height, height))
	return r
}
