package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// dotted stands between names in one text; no line begins with it.
const dotted = "\u00a0· "

// A cameraView is a camera's picture beside what there is to say of it. It is changed
// in place: frames come faster than a panel is made anew.
type cameraView struct {
	window  *Window
	now     Camera
	preview *widget.Preview
	facts   [cameraFacts]*widget.Fit
	box     *fyne.Container
	// finished says that there is no more to play.
	finished bool
	// showing is how long putting a picture on the screen took.
	showing Pace
}

// cameraFacts is how many lines there are to say.
const cameraFacts = 6

func newCameraView(w *Window) *cameraView {
	v := &cameraView{window: w, preview: widget.NewPreview()}
	for n := range v.facts {
		v.facts[n] = widget.NewFit("", 17, widget.Text()).Anywhere()
	}
	v.facts[0].Bold()
	return v
}

func (v *cameraView) build() fyne.CanvasObject {
	v.retell()
	v.box = container.New(cameraLayout{}, v.preview)
	for _, f := range v.facts {
		v.box.Add(f)
	}
	return v.box
}

// tell shows how a camera is now.
func (v *cameraView) tell(c Camera) {
	v.now, v.finished = c, false
	began := v.window.clock.Now()
	if c.Preview == nil {
		v.preview.Tell(nil, nil)
	} else {
		outlines := make([]widget.Outline, 0, len(c.Preview.Regions))
		for _, r := range c.Preview.Regions {
			outlines = append(outlines, widget.Outline{Corners: r.Corners, Ink: widget.AccentFill()})
		}
		v.preview.Tell(c.Preview.Image, outlines)
		v.showing.Add(v.window.clock.Now().Sub(began))
	}
	v.retell()
}

// finish shows that there is no more to see, and why, if anything went wrong.
func (v *cameraView) finish(err error) {
	v.finished, v.now.Err = err == nil, err
	v.retell()
}

// retell says it anew, in the language of now.
func (v *cameraView) retell() {
	w, c := v.window, v.now
	lines := [cameraFacts]string{
		v.called(), v.state(), v.frames(), v.codes(),
		w.paceText("camera.decoding", &c.Decoding), w.paceText("camera.showing", &v.showing),
	}
	if c.Address == "" {
		lines = [cameraFacts]string{w.words.Say("camera.none"), w.words.Say("camera.none.what")}
	}
	for n, line := range lines {
		v.facts[n].Set(line, 17, widget.Text())
	}
	if v.box != nil {
		v.box.Refresh()
	}
}

// called is the address and what it is.
func (v *cameraView) called() string {
	text := words.Shown(v.now.Address)
	if v.now.Kind != "" {
		text += " · " + v.window.words.Say("camera.kind."+string(v.now.Kind))
	}
	return text
}

// state is whether a camera plays, and if not, why and what comes next.
func (v *cameraView) state() string {
	w, c := v.window, v.now
	switch {
	case v.finished:
		return w.words.Say("camera.finished")
	case c.Err != nil && c.RetryAt.IsZero():
		return w.words.Error(c.Err)
	case c.Err != nil:
		return w.words.Error(c.Err) + " " + w.words.Say("camera.retry", "Seconds", max(int(c.RetryAt.Sub(w.clock.Now()).Seconds()), 0))
	case c.LastAt.IsZero():
		return w.words.Say("camera.connecting")
	default:
		return w.words.Say("camera.connected")
	}
}

func (v *cameraView) frames() string {
	w, c := v.window, v.now
	if c.LastAt.IsZero() {
		return ""
	}
	return w.words.Say("camera.frames", "When", w.words.Moment(c.LastAt, w.clock.Now()), "Rate", w.words.Decimal(c.PerSecond))
}

// codes are what was read, with what each was taken for.
func (v *cameraView) codes() string {
	w := v.window
	var said []string
	for _, c := range v.now.Codes {
		text := w.words.Kind(c.Kind)
		if c.Text != "" {
			text += " " + words.Shown(c.Text)
		}
		said = append(said, text)
	}
	if len(said) == 0 {
		return w.words.Say("camera.codes.none")
	}
	return w.words.Say("camera.codes", "Codes", strings.Join(said, dotted))
}

func (w *Window) paceText(id string, p *Pace) string {
	if p.None() {
		return ""
	}
	return w.words.Say(id, "Median", w.words.Milliseconds(p.Median()), "Worst", w.words.Milliseconds(p.Worst()))
}

// cameraLayout puts the picture at the left, where there is one, and the lines beside
// it, each as high as it needs and all within the place.
type cameraLayout struct{}

const cameraHigh = 200

func (cameraLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, cameraHigh) }

func (cameraLayout) Layout(objects []fyne.CanvasObject, space fyne.Size) {
	const between = 4
	left := float32(0)
	if objects[0].Visible() {
		left = space.Width * 0.46
		put(objects[0], 0, 0, left-14, space.Height)
	}
	width := space.Width - left
	need := float32(0)
	for _, o := range objects[1:] {
		need += lineNeed(o, width) + between
	}
	share, y := min(space.Height/max(need, 1), 1), float32(0)
	for _, o := range objects[1:] {
		high := lineNeed(o, width) * share
		put(o, left, y, width, high)
		if high > 0 {
			y += high + between*share
		}
	}
}

// lineNeed is how high a line is in a width; an empty one is nothing.
func lineNeed(o fyne.CanvasObject, width float32) float32 {
	if f, ok := o.(*widget.Fit); ok && f.Text() != "" {
		return f.HeightFor(width) + 1
	}
	return 0
}
