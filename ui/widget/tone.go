package widget

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// A Tone says how good a piece of news is. Each has a colour, an icon and a
// frame of its own, so that no one has to tell them apart by colour.
type Tone int

// The tones. Accept, Seen, Hold and Reject are for verdicts and outcomes;
// Neutral, Waiting, Sent and Gone for what needs no one's attention.
const (
	Neutral Tone = iota
	Accept
	Seen
	Hold
	Reject
	Waiting
	Sent
	Gone
)

// Fill is the tone's background. The four colours are as far apart as can be
// for every kind of colour vision, with text of 7:1 or more on each.
func (t Tone) Fill() color.Color {
	switch t {
	case Accept:
		return color.NRGBA{0x8C, 0xE8, 0xB8, 0xFF}
	case Seen:
		return color.NRGBA{0x00, 0x55, 0x8A, 0xFF}
	case Hold:
		return color.NRGBA{0xFF, 0xD4, 0x00, 0xFF}
	case Reject:
		return color.NRGBA{0x7A, 0x0C, 0x0C, 0xFF}
	case Sent:
		return of(color.NRGBA{0xCF, 0xE3, 0xF1, 0xFF}, color.NRGBA{0x1D, 0x47, 0x63, 0xFF})
	case Neutral, Waiting, Gone:
	}
	return of(color.NRGBA{0xE3, 0xE7, 0xEA, 0xFF}, color.NRGBA{0x32, 0x3F, 0x49, 0xFF})
}

// Ink is the colour of text and icon on Fill.
func (t Tone) Ink() color.Color {
	switch t {
	case Seen, Reject:
		return color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}
	case Accept, Hold:
		return color.NRGBA{0x00, 0x00, 0x00, 0xFF}
	case Neutral, Waiting, Sent, Gone:
	}
	return Text()
}

// Icon is the tone's sign in the given colour. Signs are filled shapes: the
// strokes of an SVG do not shrink with it.
func (t Tone) Icon(ink color.Color) fyne.Resource {
	switch t {
	case Accept:
		return sign("accept", "M5 34 L14 25 L26 37 L50 9 L59 18 L26 55 Z", ink)
	case Seen:
		return sign("seen", "M6 22 H42 V29 H6 Z M6 51 H42 V58 H6 Z M6 29 H13 V51 H6 Z M35 29 H42 V51 H35 Z "+
			"M22 6 H58 V13 H22 Z M51 13 H58 V42 H51 Z M22 13 H29 V18 H22 Z M46 35 H51 V42 H46 Z", ink)
	case Hold:
		return sign("hold", "M25 5 H39 L37 41 H27 Z M25 47 H39 V59 H25 Z", ink)
	case Reject:
		return sign("reject", "M9 18 L18 9 L32 23 L46 9 L55 18 L41 32 L55 46 L46 55 L32 41 L18 55 L9 46 L23 32 Z", ink)
	case Waiting:
		return sign("waiting", "M8 26 H20 V38 H8 Z M26 26 H38 V38 H26 Z M44 26 H56 V38 H44 Z", ink)
	case Sent:
		return sign("sent", "M32 6 L56 32 H40 V58 H24 V32 H8 Z", ink)
	case Gone: // no tick: it is not what anybody waited for
		return sign("gone", "M8 27 H56 V37 H8 Z", ink)
	case Neutral:
	}
	return sign("neutral", "M14 34 L20 28 L28 36 L44 18 L50 24 L28 48 Z", ink)
}

// resting is the sign of a tile that has nothing to tell yet: a barcode.
func resting(ink color.Color) fyne.Resource {
	return sign("resting", "M6 12 H12 V52 H6 Z M16 12 H19 V52 H16 Z M24 12 H32 V52 H24 Z M36 12 H39 V52 H36 Z "+
		"M43 12 H46 V52 H43 Z M50 12 H58 V52 H50 Z", ink)
}

// redraw shows an icon in a picture. Fyne reads it anew whenever the picture is
// refreshed: only where it is another one, and seen.
func redraw(picture *canvas.Image, icon fyne.Resource) {
	if old := picture.Resource; picture.Hidden || old != nil && old.Name() == icon.Name() {
		return
	}
	picture.Resource = icon
	picture.Refresh()
}

// sign draws an icon. Fyne caches pictures by name, so the colour is in it.
func sign(name, path string, ink color.Color) fyne.Resource {
	hex := hexOf(ink)
	svg := `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64"><path fill="#` + hex + `" d="` + path + `"/></svg>`
	return fyne.NewStaticResource(name+"-"+hex+".svg", []byte(svg))
}

func hexOf(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA) //nolint:forcetypeassert // the model gives no other type
	return fmt.Sprintf("%02x%02x%02x", n.R, n.G, n.B)
}
