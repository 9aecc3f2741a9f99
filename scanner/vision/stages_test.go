package vision_test

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"

	"pkidstation/scanner/code128"
	"pkidstation/scanner/vision"
)

// TestRegions: a patch of bars is found at any angle, with the way across the
// bars; paper and single lines are none.
func TestRegions(t *testing.T) {
	t.Parallel()
	for degrees := 0; degrees < 180; degrees += 15 {
		sin, cos := math.Sincos(float64(degrees) * math.Pi / 180)
		g := plainGrey(400, 400, 230)
		for y := range 400 {
			for x := range 400 {
				u, v := float64(x-200)*cos+float64(y-200)*sin, float64(y-200)*cos-float64(x-200)*sin
				if math.Abs(u) < 120 && math.Abs(v) < 24 && math.Sin(u) > 0 {
					g.SetGray(x, y, color.Gray{30})
				}
			}
		}
		ways, lengths := vision.Regions(g)
		if len(ways) == 0 {
			t.Errorf("%d°: no region", degrees)
			continue
		}
		if along := math.Abs(ways[0][0]*cos + ways[0][1]*sin); along < 0.995 || lengths[0] < 200 || lengths[0] > 290 {
			t.Errorf("%d°: a region along %v, %v pixels long", degrees, ways[0], lengths[0])
		}
	}
	if ways, _ := vision.Regions(plainGrey(400, 300, 200)); len(ways) > 0 {
		t.Errorf("paper has the regions %v", ways)
	}
}

// TestEdges: a light that changes along the bars, and a glare that leaves a
// tenth of the contrast, move no edge.
func TestEdges(t *testing.T) {
	t.Parallel()
	lights := map[string]func(x float64) (white, black float64){
		"even":     func(float64) (float64, float64) { return 220, 30 },
		"gradient": func(x float64) (float64, float64) { return 120 + x/4, 20 + x/8 },
		"glare": func(x float64) (float64, float64) {
			g := math.Exp(-(x - 200) * (x - 200) / 5000)
			return 200 + 55*g, 40 + 190*g
		},
	}
	for name, light := range lights {
		v := make([]float32, 400)
		for x := range v {
			white, black := light(float64(x))
			dark := 0.5 + 0.5*math.Tanh(2*math.Sin(float64(x)*math.Pi/10))
			if x < 40 || x >= 335 {
				dark = 0
			}
			v[x] = float32(white + (black-white)*dark)
		}
		edge := vision.Edges(v)
		if len(edge) != 30 {
			t.Errorf("%s: %d edges, want 30", name, len(edge))
		}
		for i, e := range edge {
			if want := 40 + 10*float64(i); math.Abs(e-want) > 1.5 {
				t.Errorf("%s: edge %d at %.1f, want %.0f", name, i, e, want)
			}
		}
	}
}

// TestRedraw: ink that spreads and a bend are no misfit; one wrong character is.
func TestRedraw(t *testing.T) {
	t.Parallel()
	values := []byte{105, 33, 5, 12, 34, 56, 78, 100, 17, 9, 106}
	result := gozxing.NewResult("", values, nil, gozxing.BarcodeFormat_CODE_128)
	for name, c := range map[string]struct {
		ink, bend float64
		swap      int
		want      bool
	}{
		"as printed": {want: true},
		"fat bars":   {ink: 0.4, want: true},
		"thin bars":  {ink: -0.4, want: true},
		"tilted":     {bend: 0.1, want: true},
		"misread":    {swap: 4},
		"both":       {ink: 0.3, bend: 0.1, swap: 7},
	} {
		at, edge := 0.0, []float64{0}
		for _, width := range vision.Widths(result) {
			at += width
			edge = append(edge, at)
		}
		for i := range edge {
			edge[i] += c.bend*edge[i]*edge[i]/at + c.ink/2*(2*float64(i%2)-1)
		}
		read := slices.Clone(values)
		if c.swap > 0 {
			read[c.swap]++
		}
		if got := vision.Redraw(edge, read); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestDrawn: the elements drawn for each symbology are those of gozxing's own
// writer.
func TestDrawn(t *testing.T) {
	t.Parallel()
	hints := map[gozxing.EncodeHintType]any{gozxing.EncodeHintType_MARGIN: 0}
	for _, c := range []struct {
		text   string
		format gozxing.BarcodeFormat
		writer gozxing.Writer
	}{
		{"4006381333931", gozxing.BarcodeFormat_EAN_13, oned.NewEAN13Writer()},
		{"0012345678905", gozxing.BarcodeFormat_EAN_13, oned.NewEAN13Writer()},
		{"03305123456787", gozxing.BarcodeFormat_ITF, oned.NewITFWriter()},
		{"5CG4071QZ8-. $/+%", gozxing.BarcodeFormat_CODE_39, oned.NewCode39Writer()},
	} {
		bits, err := c.writer.Encode(c.text, c.format, 1, 1, hints)
		if err != nil {
			t.Fatal(err)
		}
		want := 1
		for x := 1; x < bits.GetWidth(); x++ {
			if bits.Get(x, 0) != bits.Get(x-1, 0) {
				want++
			}
		}
		if last := bits.GetWidth() - 1; !bits.Get(last, 0) {
			want-- // what is light after the last bar is no element.
		}
		if got := vision.Widths(gozxing.NewResult(c.text, nil, nil, c.format)); len(got) != want {
			t.Errorf("%s: %d elements, want %d", c.text, len(got), want)
		}
	}
}

// blurredProfile is a Code 128 of modules of so many pixels, out of focus.
func blurredProfile(t *testing.T, text string, module, sigma, noise float64) []float32 {
	t.Helper()
	modules, err := code128.Modules(text)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(7, 7))
	const step, quiet = 0.5, 24
	v := make([]float32, int((float64(len(modules))*module+2*quiet)/step))
	for i := range v {
		dark := 0.0
		for m, bar := range modules {
			if a := float64(i)*step - quiet - float64(m)*module; bar {
				dark += (math.Erf(a/sigma/math.Sqrt2) - math.Erf((a-module)/sigma/math.Sqrt2)) / 2
			}
		}
		v[i] = float32(210 - 160*dark + noise*random.NormFloat64())
	}
	return v
}

// TestDeblur: a symbol whose thin bars have run together is read; with a part
// of it painted over, nothing is.
func TestDeblur(t *testing.T) {
	t.Parallel()
	const text = "3305123456781"
	for _, c := range []struct{ module, sigma, noise float64 }{{2.2, 1.5, 2}, {2.2, 2, 1}, {1.3, 0.8, 2}, {3, 2.4, 2}} {
		v := blurredProfile(t, text, c.module, c.sigma, c.noise)
		if got := vision.Deblur(v); !slices.Equal(got, []string{text}) {
			t.Errorf("%+v: read %q", c, got)
		}
		for i := len(v) / 2; i < len(v)/2+int(20*c.module); i++ {
			v[i] = 210
		}
		if got := vision.Deblur(v); len(got) > 0 {
			t.Errorf("%+v: read %q though a part is white", c, got)
		}
	}
}

// TestDeblurNothing: noise and even stripes are no symbol.
func TestDeblurNothing(t *testing.T) {
	t.Parallel()
	for seed := range uint64(30) {
		random := rand.New(rand.NewPCG(seed, 1))
		v := make([]float32, 700)
		walk := 0.0
		for i := range v {
			walk = 0.8*walk + random.NormFloat64()
			v[i] = float32(128 + 30*walk)
			if seed%3 == 0 {
				v[i] = float32(128 + 80*math.Sin(float64(i)/(3+float64(seed)/10)))
			}
		}
		if got := vision.Deblur(v); len(got) > 0 {
			t.Errorf("seed %d: read %q", seed, got)
		}
	}
}

// TestShared: turned outlines share what they do, not what their boxes do.
func TestShared(t *testing.T) {
	t.Parallel()
	square := [4]image.Point{{X: 0, Y: 0}, {X: 10, Y: 0}, {X: 10, Y: 10}, {X: 0, Y: 10}}
	for name, c := range map[string]struct {
		other [4]image.Point
		want  float64
	}{
		"itself":        {square, 100},
		"half":          {[4]image.Point{{X: 5, Y: 0}, {X: 15, Y: 0}, {X: 15, Y: 10}, {X: 5, Y: 10}}, 50},
		"beside":        {[4]image.Point{{X: 11, Y: 0}, {X: 21, Y: 0}, {X: 21, Y: 10}, {X: 11, Y: 10}}, 0},
		"diamond":       {[4]image.Point{{X: 5, Y: 0}, {X: 10, Y: 5}, {X: 5, Y: 10}, {X: 0, Y: 5}}, 50},
		"turned beside": {[4]image.Point{{X: 11, Y: 5}, {X: 20, Y: -10}, {X: 30, Y: 0}, {X: 16, Y: 16}}, 0},
	} {
		if got := vision.Shared(square, c.other); math.Abs(got-c.want) > 0.01 {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestAnyAngle: a symbol turned by any angle is read, where it lies.
func TestAnyAngle(t *testing.T) {
	t.Parallel()
	const text = "3305123456781"
	modules, err := code128.Modules(text)
	if err != nil {
		t.Fatal(err)
	}
	for degrees := 7; degrees < 360; degrees += 52 {
		t.Run(fmt.Sprint(degrees), func(t *testing.T) {
			t.Parallel()
			codes := vision.Decode(turnedBars(modules, 2, 40, float64(degrees)))
			if len(codes) != 1 || codes[0].Text != text {
				t.Fatalf("read %v", codes)
			}
			sin, cos := math.Sincos(float64(degrees) * math.Pi / 180)
			c := codes[0].Corners
			right := c[1].Sub(c[0])
			if along := float64(right.X)*cos + float64(right.Y)*sin; along < 0.9*float64(2*len(modules)) {
				t.Errorf("its corners %v do not lie along %d°", c, degrees)
			}
		})
	}
}

// turnedBars draws modules on paper, turned about the middle, each pixel the
// mean of sixteen points.
func turnedBars(modules []bool, module, height, degrees float64) *image.Gray {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	const side, fine = 360, 4
	g := image.NewGray(image.Rect(0, 0, side, side))
	for i := range g.Pix {
		ink := 0.0
		for n := range fine * fine {
			x := float64(i%side-side/2) + (float64(n%fine)+0.5)/fine
			y := float64(i/side-side/2) + (float64(n/fine)+0.5)/fine
			u, v := x*cos+y*sin, y*cos-x*sin
			m := int(math.Floor(u/module + float64(len(modules))/2))
			if m >= 0 && m < len(modules) && modules[m] && math.Abs(v) < height/2 {
				ink++
			}
		}
		g.Pix[i] = byte(220 - 180*ink/fine/fine)
	}
	return g
}
