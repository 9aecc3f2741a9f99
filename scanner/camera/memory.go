package camera

import (
	"time"

	"pkidstation/scanner"
	"pkidstation/scanner/vision"
)

// A memory knows which codes were seen how long ago.
type memory struct {
	forget time.Duration
	last   map[sight]time.Duration
}

type sight struct {
	symbology scanner.Symbology
	text      string
}

func newMemory(forget time.Duration) *memory {
	if forget <= 0 {
		forget = DefaultForget
	}
	return &memory{forget: forget, last: make(map[sight]time.Duration)}
}

// again says whether the code was seen less than the window before now, and
// keeps it. What is too old is dropped, so that memory stays small.
func (m *memory) again(c vision.Code, now time.Duration) bool {
	for s, at := range m.last {
		if now-at >= m.forget {
			delete(m.last, s)
		}
	}
	s := sight{c.Symbology, c.Text}
	_, known := m.last[s]
	m.last[s] = now
	return known
}

func (m *memory) clear() { clear(m.last) }
