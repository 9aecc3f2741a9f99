package leave

// A block is what is never split over two pages. Its things are placed from 0.
type block struct {
	Page

	h float64
	// heading says that what follows it belongs to it: it never ends a page.
	heading bool
	// again stands above it where it begins a page, nil for nothing.
	again *block
}

// flow puts blocks on pages, each below its head.
func (s *setter) flow(blocks []block, head func(first bool) (page Page, y float64)) []Page {
	page, top := head(true)
	pages, y := []Page{page}, top
	bottom := s.inside.bottom() - lineHeight(s.caption) - s.gap/2
	for i, b := range blocks {
		need := b.h
		if b.heading && i+1 < len(blocks) {
			need += blocks[i+1].h
		}
		if y+need > bottom && (y > top || len(pages) == 1) {
			page, top = head(false)
			pages, y = append(pages, page), top
			if b.again != nil {
				pages[len(pages)-1].add(b.again.Page, y)
				y += b.again.h
			}
		}
		pages[len(pages)-1].add(b.Page, y)
		y += b.h
	}
	return pages
}
