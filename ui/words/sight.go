package words

import (
	"strconv"
	"strings"
	"time"
)

// A Glimpse is what a camera showed for a while. Its words are scanner/sight's fixed
// ones.
type Glimpse struct {
	// Pictures is how many were looked at, PerSecond how many came a second, 0 for what
	// is no live camera.
	Pictures      int
	PerSecond     float64
	Width, Height int
	// Reading is how long looking for the codes of one took.
	Reading time.Duration
	// Blur and Module are in pixels, 0 where unknown.
	Blur, Module float64
	// Advice is what there is cause for.
	Advice []string
	// Codes are what was read.
	Codes []ReadCode
}

// A ReadCode is a code on a picture: scanner/label's word for it, and what it says,
// empty for a product key.
type ReadCode struct{ Kind, Text string }

// Glimpse is one line about it.
func (w *Words) Glimpse(g Glimpse) string {
	parts := []string{w.Count("sight.pictures", g.Pictures)}
	if g.PerSecond > 0 {
		parts[0] = w.Say("sight.rate", "Rate", w.Decimal(g.PerSecond))
	}
	parts = append(parts, strconv.Itoa(g.Width)+" × "+strconv.Itoa(g.Height), w.Say("sight.reading", "Took", w.milliseconds(g.Reading)))
	for _, word := range g.Advice {
		parts = append(parts, w.Say("sight.state."+word))
	}
	if g.Blur > 0 {
		parts = append(parts, w.Say("sight.blur", "Blur", w.Decimal(g.Blur)))
	}
	if g.Module > 0 {
		parts = append(parts, w.Say("sight.module", "Module", w.Decimal(g.Module)))
	}
	return strings.Join(append(parts, w.readCodes(g.Codes)), " · ")
}

func (w *Words) readCodes(codes []ReadCode) string {
	said := make([]string, 0, len(codes))
	for _, c := range codes {
		text := w.Kind(c.Kind)
		if c.Text != "" && c.Kind != kindSecret {
			text += " " + Shown(c.Text)
		}
		said = append(said, text)
	}
	if len(said) == 0 {
		return w.Say("sight.read.none")
	}
	return w.Say("sight.read", "Codes", strings.Join(said, ", "))
}

// Sights are the sentences of a camera's advice, in its order.
func (w *Words) Sights(advice []string) []string {
	sentences := make([]string, 0, len(advice))
	for _, word := range advice {
		sentences = append(sentences, w.Say("sight.advice."+word))
	}
	return sentences
}
