package widget

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// News is what a tile shows: finished words.
type News struct {
	Tone Tone
	// Resting says that there is nothing to tell yet.
	Resting bool
	// Word is the one word to be read from afar.
	Word string
	// Box is the word for a box, Number its running number; both may be "".
	Box, Number string
	// Read is what the scanner read, "" where it must not be shown.
	Read string
	// What happened and why; Next is what to do now.
	What, Next string
}

// A Tile shows one piece of News over all the place it gets, for eyes two
// metres away.
type Tile struct {
	widget.BaseWidget

	news                                News
	face                                *face
	frames                              [2]edging
	icon                                *canvas.Image
	word, box, number, read, what, next *Fit
}

// NewTile makes a tile.
func NewTile(news News) *Tile {
	t := &Tile{face: newFace(16), icon: canvas.NewImageFromResource(nil), frames: [2]edging{newEdging(), newEdging()}}
	t.icon.FillMode = canvas.ImageFillContain
	t.word = NewFit("", 0, nil).Bold().OneLine()
	t.box = NewFit("", 0, nil).Align(fyne.TextAlignTrailing).OneLine()
	t.number = NewFit("", 0, nil).Bold().Align(fyne.TextAlignTrailing).OneLine()
	t.read = NewFit("", 0, nil).Bold()
	t.what = NewFit("", 0, nil)
	t.next = NewFit("", 0, nil).Bold()
	t.ExtendBaseWidget(t)
	t.Tell(news)
	return t
}

// Tell puts other news on it; they stay until the next.
func (t *Tile) Tell(news News) {
	t.news = news
	t.Refresh()
}

// News is what it shows.
func (t *Tile) News() News { return t.news }

// Texts are the tile's texts, for whoever checks that nothing is cut.
func (t *Tile) Texts() []*Fit { return []*Fit{t.word, t.box, t.number, t.read, t.what, t.next} }

// AccessibilityLabel is what a screen reader says.
func (t *Tile) AccessibilityLabel() string {
	return t.news.Word + ". " + t.news.What + " " + t.news.Next
}

// CreateRenderer implements fyne.Widget.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer { return &tileRenderer{tile: t} }

type tileRenderer struct{ tile *Tile }

func (r *tileRenderer) MinSize() fyne.Size { return fyne.NewSize(480, 320) }

// Layout gives each line of the tile its share of the height.
func (r *tileRenderer) Layout(space fyne.Size) {
	t := r.tile
	r.write(space.Height)
	t.face.resize(space)
	pad := space.Height * 0.055
	r.frame(space, pad)
	width, height := space.Width-2*pad, space.Height-2*pad
	head := height * 0.30
	side, between := width*0.24, pad*0.6
	if t.news.Number == "" {
		side, between = 0, 0
	}
	place(t.icon, pad, pad+head*0.08, head*0.84, head*0.84)
	place(t.word, pad+head, pad, width-head-side-between, head)
	place(t.box, pad+width-side, pad, side, head*0.26)
	place(t.number, pad+width-side, pad+head*0.24, side, head*0.76)
	top := pad + head + height*0.03
	rest := height * 0.67
	if t.news.Read != "" {
		place(t.read, pad, top, width, height*0.21)
		top, rest = top+height*0.23, rest-height*0.23
	} else {
		place(t.read, pad, top, 0, 0)
	}
	share := rest * 0.52
	if t.news.Next == "" {
		share = rest
	}
	place(t.what, pad, top, width, share)
	place(t.next, pad, top+share+height*0.02, width, rest-share-height*0.02)
}

// write tells the news in letters as large as a tile of the height has them.
func (r *tileRenderer) write(height float32) {
	t, ink := r.tile, r.tile.news.Tone.Ink()
	t.word.Set(t.news.Word, height*0.19, ink)
	t.box.Set(t.news.Box, height*0.055, ink)
	t.number.Set(t.news.Number, height*0.19, ink)
	t.read.Set(t.news.Read, height*0.15, ink)
	t.what.Set(t.news.What, height*0.072, ink)
	t.next.Set(t.news.Next, height*0.072, ink)
}

// frame draws each tone's own border, so that colour is not all there is.
func (r *tileRenderer) frame(space fyne.Size, pad float32) {
	thick := map[Tone][2]float32{Seen: {2, 2}, Hold: {space.Height * 0.014, 0}, Reject: {space.Height * 0.014, 2}}[r.tile.news.Tone]
	for n, f := range r.tile.frames {
		in := pad * 0.25 * float32(n+1)
		f.set(r.tile.news.Tone.Ink(), thick[n])
		f.lay(in, in, space.Width-2*in, space.Height-2*in, thick[n])
	}
}

func (r *tileRenderer) Refresh() {
	t := r.tile
	ink := t.news.Tone.Ink()
	t.face.fill(t.news.Tone.Fill())
	icon := t.news.Tone.Icon(ink)
	if t.news.Resting {
		icon = resting(ink)
	}
	r.Layout(t.Size())
	redraw(t.icon, icon)
	canvas.Refresh(t)
}

func (r *tileRenderer) Objects() []fyne.CanvasObject {
	t := r.tile
	return slices.Concat(t.face.objects(), t.frames[0].objects(), t.frames[1].objects(),
		[]fyne.CanvasObject{t.icon, t.word, t.box, t.number, t.read, t.what, t.next})
}

func (r *tileRenderer) Destroy() {}

func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(max(width, 0), max(height, 0)))
}
