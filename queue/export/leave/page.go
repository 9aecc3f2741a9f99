package leave

// A Rect is a place on a page, in millimetres from its top left.
type Rect struct{ X, Y, W, H float64 }

func (r Rect) right() float64  { return r.X + r.W }
func (r Rect) bottom() float64 { return r.Y + r.H }

func (r Rect) inset(d float64) Rect { return Rect{X: r.X + d, Y: r.Y + d, W: r.W - 2*d, H: r.H - 2*d} }

// A Page is everything on one page. Fills lie under texts, each on those before
// it.
type Page struct {
	Fills []Fill
	Texts []Text
}

// put puts texts on the page; an empty one is none.
func (p *Page) put(texts ...Text) {
	for _, t := range texts {
		if t.Text != "" {
			p.Texts = append(p.Texts, t)
		}
	}
}

// add puts another page's things on this one, lower by y.
func (p *Page) add(other Page, y float64) {
	for _, f := range other.Fills {
		f.Y += y
		p.Fills = append(p.Fills, f)
	}
	for _, t := range other.Texts {
		t.Y += y
		p.Texts = append(p.Texts, t)
	}
}

// A Fill is a black box, or a white one.
type Fill struct {
	Rect

	White bool
}

// An Align is where in its place a text stands.
type Align int

// The alignments.
const (
	Left Align = iota
	Centre
	Right
)

// A Text is one line, in the middle of its place's height.
type Text struct {
	Rect

	Text  string
	Bold  bool
	White bool
	Align Align
	// Size is in points.
	Size float64
}
