package leave

import "io"

// Write writes the paper of an order as a PDF. It fails with *OrderError for an
// order that contradicts itself.
func Write(w io.Writer, o Order, opts Options) error {
	s, err := newSetter(o, opts)
	if err != nil {
		return err
	}
	return s.press.print(w, s.word()+" – "+o.Order, s.pages())
}

// Pages are the pages of Write, as they will be printed.
func Pages(o Order, opts Options) ([]Page, error) {
	s, err := newSetter(o, opts)
	if err != nil {
		return nil, err
	}
	return s.pages(), nil
}

// setter sets the pages of one order.
type setter struct {
	Options
	form

	order    Order
	standing Standing
	press    *press
	inside   Rect
}

func newSetter(o Order, opts Options) (*setter, error) {
	standing, err := Judge(o)
	if err != nil {
		return nil, err
	}
	opts.Made = opts.made()
	p, err := newPress(opts.Paper, opts.Words.Language(), opts.Made)
	if err != nil {
		return nil, err
	}
	f := opts.Paper.form()
	return &setter{
		Options: opts, form: f, order: o, standing: standing, press: p, inside: opts.Paper.Size().inset(f.margin),
	}, nil
}

// word is the one word.
func (s *setter) word() string {
	if s.standing.MayLeave() {
		return s.Words.Say("leave.may")
	}
	return s.Words.Say("leave.may-not")
}

func (s *setter) pages() []Page {
	if s.standing.MayLeave() {
		page, _ := s.firstHead(s.may)
		pages := []Page{page}
		s.feet(pages)
		return pages
	}
	pages := s.flow(s.rows(), func(first bool) (Page, float64) {
		if first {
			page, y := s.firstHead(s.first)
			return page, s.titles(&page, y)
		}
		page, y := s.laterHead()
		return page, s.titles(&page, y)
	})
	s.feet(pages)
	return pages
}
