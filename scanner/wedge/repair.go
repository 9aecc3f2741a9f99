package wedge

import (
	"slices"
	"strings"
	"unicode/utf8"

	"pkidstation/scanner/command"
)

// A repairer knows what scanners mean by what the host types.
type repairer struct {
	readings []reading
	// calibrated is the layout of the host, empty while nobody has told it.
	calibrated string
}

// An understood text is what a scanner meant.
type understood struct {
	text, layout string
	unsure       bool
}

// A candidate is a reading that explains all that came.
type candidate struct {
	reading
	text     string
	unlikely int
}

func newRepairer(layout string) *repairer { return &repairer{readings(), layout} }

// understand tells what a scanner meant by a text, and learns from a
// calibration.
func (p *repairer) understand(raw string) understood {
	if allDigits(raw) {
		return understood{text: raw}
	}
	candidates := p.explain(raw)
	if found := calibration(candidates); len(found) > 0 {
		return p.calibrate(found)
	}
	switch {
	case alike(raw, command.Calibration):
		return understood{text: raw, unsure: true}
	case p.calibrated == "":
		return guess(raw, candidates)
	default:
		return p.calibratedly(raw, candidates)
	}
}

// explain gives the candidates for a text, the likeliest reading first.
func (p *repairer) explain(raw string) []candidate {
	candidates := make([]candidate, 0, len(p.readings))
	for _, r := range p.readings {
		if text, ok := r.translate(raw); ok {
			candidates = append(candidates, candidate{r, text, unlikely(text)})
		}
	}
	return candidates
}

// calibration gives the layouts under which a text is the calibration barcode,
// none if it is another. An AIM identifier before it may have suffered.
func calibration(candidates []candidate) (layouts []string) {
	const identifier = 3
	for _, c := range candidates {
		if strings.HasSuffix(c.text, c.calibration) && len(c.text) <= identifier+len(c.calibration) &&
			!slices.Contains(layouts, c.layout) {
			layouts = append(layouts, c.layout)
		}
	}
	return layouts
}

// calibrate takes the layout that the calibration barcode tells. Of several it
// takes none, unless it has one of them already.
func (p *repairer) calibrate(found []string) understood {
	if len(found) > 1 && !slices.Contains(found, p.calibrated) {
		return understood{text: command.Calibration, unsure: true}
	}
	if len(found) == 1 {
		p.calibrated = found[0]
	}
	return understood{text: command.Calibration, layout: p.calibrated}
}

// alike says that a text is another with its characters exchanged for others.
func alike(text, other string) bool {
	if utf8.RuneCountInString(text) != utf8.RuneCountInString(other) {
		return false
	}
	there, back := map[rune]rune{}, map[rune]rune{}
	others := []rune(other)
	n := 0
	for _, r := range text {
		o := others[n]
		n++
		if to, met := there[r]; met && to != o {
			return false
		}
		if from, met := back[o]; met && from != r {
			return false
		}
		there[r], back[o] = o, r
	}
	return true
}

// guess decides where nobody has told the layout: between the candidates that
// are as good as the best.
func guess(raw string, candidates []candidate) understood {
	good := asGood(candidates, likeliest(candidates))
	if !oneNumber(good) {
		return understood{text: raw, unsure: true}
	}
	first := good[0]
	return understood{text: first.text, layout: first.host, unsure: slices.ContainsFunc(good, func(c candidate) bool {
		return !strings.EqualFold(c.text, first.text)
	})}
}

// calibratedly decides where the layout is known. What makes no sense under it,
// and does under another, is unsure. Which host's Caps Lock a scanner of the
// host's layout met, may be open.
func (p *repairer) calibratedly(raw string, candidates []candidate) understood {
	own := slices.DeleteFunc(slices.Clone(candidates), func(c candidate) bool { return !p.knows(c.reading) })
	if len(own) == 0 {
		return digitsAlone(raw, candidates)
	}
	best, all := likeliest(own), likeliest(candidates)
	found := understood{text: best.text, layout: best.host}
	switch {
	case best.layout == "us" && best.host != "" && !oneNumber(likeliestOfHosts(asGood(own, best))):
		return digitsAlone(raw, candidates)
	case best.unlikely <= all.unlikely+margin:
	case strings.EqualFold(best.text, all.text):
		found.text = all.text
	case best.unlikely >= nonsense:
		return digitsAlone(raw, candidates)
	case small(best.text):
		found.unsure = true
	}
	return found
}

// knows says that a reading is one of the calibrated layout.
func (p *repairer) knows(r reading) bool {
	return r.layout == p.calibrated || p.calibrated == azertyKeypad && r.layout == "fr"
}

// digitsAlone takes a text that does not fit the calibration if it is digits
// whatever the layout, and gives it as it came if not.
func digitsAlone(raw string, candidates []candidate) understood {
	if found := guess(raw, candidates); !found.unsure && allDigits(found.text) {
		return found
	}
	return understood{text: raw, unsure: true}
}

// asGood are the candidates that are as good as the best.
func asGood(candidates []candidate, best candidate) []candidate {
	var good []candidate
	for _, c := range candidates {
		if c.unlikely <= best.unlikely+margin {
			good = append(good, c)
		}
	}
	return good
}

// likeliestOfHosts is the best candidate of each host.
func likeliestOfHosts(candidates []candidate) []candidate {
	var hosts []candidate
	for _, c := range candidates {
		n := slices.IndexFunc(hosts, func(h candidate) bool { return h.host == c.host })
		switch {
		case n < 0:
			hosts = append(hosts, c)
		case c.unlikely < hosts[n].unlikely:
			hosts[n] = c
		}
	}
	return hosts
}

// oneNumber says that candidates agree on all digits.
func oneNumber(candidates []candidate) bool {
	return !slices.ContainsFunc(candidates, func(c candidate) bool {
		return digitsOf(c.text) != digitsOf(candidates[0].text)
	})
}

// likeliest is the best of some candidates, of equal ones the first. Among all
// there is always one: that a text is as it came.
func likeliest(candidates []candidate) candidate {
	best := candidates[0]
	for _, c := range candidates[1:] {
		if c.unlikely < best.unlikely {
			best = c
		}
	}
	return best
}

func allDigits(text string) bool { return digitsOf(text) == text }

func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if isDigit(r) {
			return r
		}
		return -1
	}, text)
}
