package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// The chart's measures, in pixels.
const (
	chartWide  = 960
	chartLeft  = 150 // where bars begin
	chartRight = 60  // room for the number after the longest bar
	barThick   = 7
	barGap     = 10 // between cells
	chartTop   = 64
	textHigh   = 13
)

// writeChart draws the share of codes that each reader read by cell of the
// generated labels, or of the corpus where there are none.
func writeChart(file string, t *tally) error {
	of := labels
	if t.frames(of) == 0 {
		of = corpus
	}
	img, err := chart(t, of)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, img); err != nil {
		return fmt.Errorf("the chart: %w", err)
	}
	return os.WriteFile(file, b.Bytes(), 0o644) //nolint:gosec // a picture that all may see.
}

// colours are the readers', in their order: told apart without colour, too.
func colours() color.Palette {
	return color.Palette{
		color.RGBA{0x1b, 0x7a, 0x3d, 0xff},
		color.RGBA{0xb9, 0xbd, 0xc4, 0xff},
		color.RGBA{0xe0, 0x8a, 0x1e, 0xff},
		color.RGBA{0x2f, 0x5f, 0xb3, 0xff},
	}
}

func chart(t *tally, of section) (*image.Paletted, error) {
	face, err := chartFace()
	if err != nil {
		return nil, err
	}
	cells := append([]place{{of, ""}}, t.in(of)...)
	row := len(t.readers)*barThick + barGap
	used := append(color.Palette{color.White, color.Black, color.Gray{0x55}, color.Gray{0xaa}, color.Gray{0xdd}}, colours()...)
	img := image.NewPaletted(image.Rect(0, 0, chartWide, chartTop+len(cells)*row+barGap), used)
	d := &font.Drawer{Dst: img, Src: image.Black, Face: face}
	legend(img, d, t.readers)
	for i, p := range cells {
		y := chartTop + i*row
		name := p.cell
		if name == "" {
			name = "all frames"
		}
		right(d, name, chartLeft-8, y+len(t.readers)*barThick/2+textHigh/3)
		for j, s := range t.scores[p] {
			bar(img, d, j, y+j*barThick, s)
		}
	}
	return img, nil
}

func chartFace() (font.Face, error) {
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, fmt.Errorf("the chart's font: %w", err)
	}
	const dotsPerInch = 72
	return opentype.NewFace(f, &opentype.FaceOptions{Size: textHigh, DPI: dotsPerInch, Hinting: font.HintingFull})
}

// legend names the readers beside their colours, and draws the scale.
func legend(img draw.Image, d *font.Drawer, readers []reader) {
	const box, y, step, lines = 12, 14, 190, 4
	for i, r := range readers {
		x := chartLeft + i*step
		fill(img, image.Rect(x, y, x+box, y+box), colours()[i%len(colours())])
		write(d, r.name(), x+box+6, y+box-1)
	}
	for i := range lines + 1 {
		x := chartLeft + i*(chartWide-chartLeft-chartRight)/lines
		fill(img, image.Rect(x, chartTop-8, x+1, img.Bounds().Max.Y), color.Gray{0xdd})
		write(d, fmt.Sprintf("%d %%", i*100/lines), x-8, chartTop-14)
	}
}

// bar is the share of one reader in one cell; none is a stroke.
func bar(img draw.Image, d *font.Drawer, reader, y int, s score) {
	long := 2
	if s.codes > 0 {
		long = max(long, s.right*(chartWide-chartLeft-chartRight)/s.codes)
	}
	fill(img, image.Rect(chartLeft, y, chartLeft+long, y+barThick-1), colours()[reader%len(colours())])
	if reader == 0 {
		write(d, percent(s.right, s.codes), chartLeft+long+4, y+textHigh-4)
	}
}

func fill(img draw.Image, r image.Rectangle, c color.Color) {
	draw.Draw(img, r, image.NewUniform(c), image.Point{}, draw.Src)
}

func write(d *font.Drawer, text string, x, y int) {
	d.Dot = fixed.P(x, y)
	d.DrawString(text)
}

// right writes text that ends at x.
func right(d *font.Drawer, text string, x, y int) {
	write(d, text, x-d.MeasureString(text).Ceil(), y)
}
