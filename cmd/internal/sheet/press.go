package sheet

import (
	"bytes"
	"fmt"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

const (
	// family is what the fonts are called in the PDF.
	family = "go"
	// point is one in millimetres.
	point = 25.4 / 72
	// capital is how high a capital of the Go fonts is, of its size.
	capital = 0.72
)

// press prints pages onto a PDF.
type press struct{ pdf *fpdf.Fpdf }

func newPress(o Options) *press {
	size := o.Paper.Size()
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: fpdf.SizeType{Wd: size.W, Ht: size.H}})
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCatalogSort(true) // the same sheet is the same file
	pdf.SetCreationDate(o.Made)
	pdf.SetModificationDate(o.Made)
	pdf.SetTitle(o.Words.Say("sheet.title")+" – "+o.Words.Say("sheet.subtitle"), true)
	pdf.SetLang(o.Words.Language())
	pdf.AddUTF8FontFromBytes(family, "", goregular.TTF)
	pdf.AddUTF8FontFromBytes(family, "B", gobold.TTF)
	return &press{pdf: pdf}
}

// print gives the PDF of the pages. The press is used up.
func (p *press) print(pages []Page) ([]byte, error) {
	for _, page := range pages {
		p.pdf.AddPage()
		p.page(page)
	}
	var b bytes.Buffer
	if err := p.pdf.Output(&b); err != nil {
		return nil, fmt.Errorf("making the PDF: %w", err)
	}
	return b.Bytes(), nil
}

func (p *press) page(page Page) {
	for _, c := range page.Cuts {
		p.cut(c)
	}
	for _, f := range page.Fills {
		p.pdf.SetFillColor(f.Colour[0], f.Colour[1], f.Colour[2])
		p.pdf.RoundedRect(f.X, f.Y, f.W, f.H, min(f.Round, f.W/2, f.H/2), "1234", "F")
	}
	for _, s := range page.Symbols {
		p.symbol(s)
	}
	for _, t := range page.Texts {
		p.text(t)
	}
}

func (p *press) cut(b Box) {
	const width, dash, gap, round = 0.25, 2.2, 1.8, 4
	c := grey()
	p.pdf.SetDrawColor(c[0], c[1], c[2])
	p.pdf.SetLineWidth(width)
	p.pdf.SetDashPattern([]float64{dash, gap}, 0)
	p.pdf.RoundedRect(b.X, b.Y, b.W, b.H, round, "1234", "D")
	p.pdf.SetDashPattern(nil, 0)
}

// symbol prints dark modules that touch as one rectangle: between two there
// could be a hair of white.
func (p *press) symbol(s Symbol) {
	bars := s.Bars()
	p.pdf.SetFillColor(0, 0, 0)
	for i := 0; i < len(s.Modules); {
		n := 1
		for i+n < len(s.Modules) && s.Modules[i+n] == s.Modules[i] {
			n++
		}
		if s.Modules[i] {
			p.pdf.Rect(bars.X+float64(i)*s.Module, bars.Y, float64(n)*s.Module, bars.H, "F")
		}
		i += n
	}
}

func (p *press) font(t Text) {
	style := ""
	if t.Bold {
		style = "B"
	}
	p.pdf.SetFont(family, style, t.Size)
}

// width is how wide a text is, in millimetres.
func (p *press) width(t Text) float64 {
	p.font(t)
	return p.pdf.GetStringWidth(t.Text)
}

func (p *press) text(t Text) {
	width := p.width(t)
	middle := Box{X: t.X + t.W/2, Y: t.Y + t.H/2}
	x := t.X
	switch {
	case t.Turned, t.Align == Centre:
		x = middle.X - width/2
	case t.Align == Right:
		x = t.right() - width
	}
	p.pdf.SetTextColor(t.Colour[0], t.Colour[1], t.Colour[2])
	if t.Turned {
		p.pdf.TransformBegin()
		defer p.pdf.TransformEnd()
		p.pdf.TransformRotate(90, middle.X, middle.Y)
	}
	p.pdf.Text(x, middle.Y+t.Size*point*capital/2, t.Text)
}
