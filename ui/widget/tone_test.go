package widget_test

import (
	"bytes"
	"encoding/xml"
	"image/color"
	"math"
	"testing"

	"pkidstation/ui/widget"
)

// tones are all there are, by name.
func tones() map[string]widget.Tone {
	return map[string]widget.Tone{
		"neutral": widget.Neutral, "accept": widget.Accept, "seen": widget.Seen, "hold": widget.Hold,
		"reject": widget.Reject, "waiting": widget.Waiting, "sent": widget.Sent, "gone": widget.Gone,
	}
}

// loud are the tones of verdicts, which are told apart at two metres.
func loud() map[string]widget.Tone {
	return map[string]widget.Tone{"accept": widget.Accept, "seen": widget.Seen, "hold": widget.Hold, "reject": widget.Reject}
}

func TestEveryToneCanBeRead(t *testing.T) {
	for name, tone := range tones() {
		if c := contrast(tone.Ink(), tone.Fill()); c < 7 {
			t.Errorf("%s has contrast %.1f", name, c)
		}
		for part, c := range map[string]color.Color{"fill": tone.Fill(), "ink": tone.Ink()} {
			if _, _, _, a := c.RGBA(); a != 0xffff {
				t.Errorf("the %s of %s lets through what is below", part, name)
			}
		}
	}
}

// seenBy is how a colour looks to an eye without one kind of cone (Viénot 1999).
func seenBy(eye string, c color.Color) [3]float64 {
	l := linear(c)
	long := 0.313990*l[0] + 0.639513*l[1] + 0.046497*l[2]
	medium := 0.155372*l[0] + 0.757894*l[1] + 0.086701*l[2]
	short := 0.017752*l[0] + 0.109442*l[1] + 0.872569*l[2]
	switch eye {
	case "protan":
		long = 1.051183*medium - 0.051161*short
	case "deutan":
		medium = 0.951309*long + 0.048670*short
	case "tritan":
		short = -0.867447*long + 1.867271*medium
	}
	return [3]float64{
		5.472212*long - 4.641960*medium + 0.169637*short,
		-1.125242*long + 2.293171*medium - 0.167895*short,
		0.029802*long - 0.193181*medium + 1.163648*short,
	}
}

// lab is a colour as CIE L*a*b*.
func lab(l [3]float64) [3]float64 {
	f := func(v float64) float64 {
		if v > 0.008856 {
			return math.Cbrt(v)
		}
		return 7.787*v + 16.0/116
	}
	x := f((0.4124*l[0] + 0.3576*l[1] + 0.1805*l[2]) / 0.9505)
	y := f(0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2])
	z := f((0.0193*l[0] + 0.1192*l[1] + 0.9505*l[2]) / 1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func delta(a, b [3]float64) float64 {
	a, b = lab(a), lab(b)
	return math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2]))
}

func TestVerdictsAreToldApartByEveryEye(t *testing.T) {
	for eye, least := range map[string]float64{"normal": 40, "protan": 20, "deutan": 20, "tritan": 20} {
		for a, one := range loud() {
			for b, other := range loud() {
				if d := delta(seenBy(eye, one.Fill()), seenBy(eye, other.Fill())); a < b && d < least {
					t.Errorf("%s: %s and %s are %.0f apart, want %.0f", eye, a, b, d, least)
				}
			}
		}
	}
}

func TestNoVerdictLooksLikeTheBackground(t *testing.T) {
	for name, tone := range loud() {
		for _, back := range []color.Color{widget.Paper(), widget.Surface()} {
			if d := delta(linear(tone.Fill()), linear(back)); d < 25 {
				t.Errorf("%s is %.0f apart from what is behind it", name, d)
			}
		}
	}
}

func TestEveryToneHasItsOwnSign(t *testing.T) {
	black, white := color.NRGBA{0, 0, 0, 0xff}, color.NRGBA{0xff, 0xff, 0xff, 0xff}
	shapes, names := map[string]string{}, map[string]string{}
	for name, tone := range tones() {
		icon := tone.Icon(black)
		var svg struct {
			ViewBox string `xml:"viewBox,attr"`
			Path    struct {
				Fill string `xml:"fill,attr"`
				D    string `xml:"d,attr"`
			} `xml:"path"`
		}
		if err := xml.Unmarshal(icon.Content(), &svg); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if svg.Path.Fill != "#000000" || svg.ViewBox != "0 0 64 64" {
			t.Errorf("%s is drawn with %q in %q", name, svg.Path.Fill, svg.ViewBox)
		}
		if other, is := shapes[svg.Path.D]; is {
			t.Errorf("%s has the sign of %s", name, other)
		}
		if other, is := names[icon.Name()]; is {
			t.Errorf("%s is called as %s is: Fyne would show one for the other", name, other)
		}
		shapes[svg.Path.D], names[icon.Name()] = name, name
		if light := tone.Icon(white); light.Name() == icon.Name() || bytes.Equal(light.Content(), icon.Content()) {
			t.Errorf("%s is the same in black and white", name)
		}
	}
}

func TestUnknownToneIsNeutral(t *testing.T) {
	unknown := widget.Tone(99)
	if unknown.Fill() != widget.Neutral.Fill() || unknown.Ink() != widget.Neutral.Ink() ||
		unknown.Icon(color.Black).Name() != widget.Neutral.Icon(color.Black).Name() {
		t.Error("a tone that is none does not look neutral")
	}
}

func TestScreenColoursCanBeRead(t *testing.T) {
	for name, pair := range map[string][2]color.Color{
		"text on paper": {widget.Text(), widget.Paper()}, "text on surface": {widget.Text(), widget.Surface()},
		"text on what is chosen": {widget.Text(), widget.AccentTint()}, "text under the pointer": {widget.Text(), widget.Hover()},
		"muted on paper": {widget.Muted(), widget.Paper()}, "muted on surface": {widget.Muted(), widget.Surface()},
		"accent": {widget.OnAccent(), widget.AccentFill()},
	} {
		if c := contrast(pair[0], pair[1]); c < 7 {
			t.Errorf("%s has contrast %.1f", name, c)
		}
	}
	if _, _, _, a := widget.Veil().RGBA(); a == 0xffff || a == 0 {
		t.Error("the veil hides the screen, or is not there")
	}
}
