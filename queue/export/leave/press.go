package leave

import (
	"fmt"
	"io"
	"time"

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
	capital = 0.722
	// leading is how high a line's place is, of its size: from below a p to
	// above an É.
	leading = 1.25
)

// lineHeight is how much a line of a size in points needs.
func lineHeight(size float64) float64 { return size * point * leading }

// press prints pages onto a PDF, and measures letters before.
type press struct {
	pdf     *fpdf.Fpdf
	letters *letters
}

func newPress(paper Paper, language string, made time.Time) (*press, error) {
	known, err := newLetters()
	if err != nil {
		return nil, err
	}
	size := paper.Size()
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: fpdf.SizeType{Wd: size.W, Ht: size.H}})
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCatalogSort(true) // the same paper is the same file
	pdf.SetCreationDate(made)
	pdf.SetModificationDate(made)
	pdf.SetLang(language)
	pdf.AddUTF8FontFromBytes(family, "", goregular.TTF)
	pdf.AddUTF8FontFromBytes(family, "B", gobold.TTF)
	return &press{pdf: pdf, letters: known}, nil
}

// print writes the PDF of the pages. The press is used up.
func (p *press) print(w io.Writer, title string, pages []Page) error {
	p.pdf.SetTitle(p.letters.legible(title), true)
	for _, page := range pages {
		p.pdf.AddPage()
		for _, f := range page.Fills {
			p.ink(f.White)
			p.pdf.Rect(f.X, f.Y, f.W, f.H, "F")
		}
		for _, t := range page.Texts {
			p.text(t)
		}
	}
	if err := p.pdf.Output(w); err != nil {
		return fmt.Errorf("making the PDF: %w", err)
	}
	return nil
}

func (p *press) ink(white bool) {
	level := 0
	if white {
		level = 255
	}
	p.pdf.SetFillColor(level, level, level)
	p.pdf.SetTextColor(level, level, level)
}

// width is how wide a text is, in millimetres.
func (p *press) width(t Text) float64 {
	style := ""
	if t.Bold {
		style = "B"
	}
	p.pdf.SetFont(family, style, t.Size)
	return p.pdf.GetStringWidth(t.Text)
}

func (p *press) text(t Text) {
	x, width := t.X, p.width(t)
	switch t.Align {
	case Left:
	case Centre:
		x += (t.W - width) / 2
	case Right:
		x += t.W - width
	}
	p.ink(t.White)
	p.pdf.Text(x, t.Y+t.H/2+t.Size*point*capital/2, t.Text)
}
