package trial

import "slices"

// Enough is how many scans tell what a scanner needs.
const Enough = 3

// A Report is what a few scans have shown together.
type Report struct {
	Findings []Finding
	// Advice is what they give cause for, in its order and each once; Fine
	// where there is nothing to change. It is empty while nothing was scanned.
	Advice []Advice
}

// Change says that there is something to change.
func (r Report) Change() bool { return slices.ContainsFunc(r.Advice, Advice.Change) }

// Judge puts findings together, the first scan's first. Once the calibration
// code was read, a repaired layout needs nothing more, and letters that were
// unsure before it no longer are. A pause within a code is the scanner's if two
// of its codes have one.
func Judge(findings []Finding) Report {
	given, pauses := map[Advice]bool{}, 0
	for _, f := range findings {
		for _, a := range f.Advice {
			given[a] = true
		}
		if slices.Contains(f.Advice, Calibrated) {
			given[LettersUnsure] = false
		}
		if f.Longest > slowPause {
			pauses++
		}
	}
	given[Slow] = given[Slow] || pauses > 1
	given[LayoutRepaired] = given[LayoutRepaired] && !given[Calibrated]
	r := Report{Findings: findings}
	for _, a := range AllAdvice() {
		if given[a] {
			r.Advice = append(r.Advice, a)
		}
	}
	if len(findings) > 0 && !r.Change() {
		r.Advice = append(r.Advice, Fine)
	}
	return r
}

// A Trial is scans of one scanner, a few at a time. Its zero value has none
// yet.
type Trial struct {
	// Calibrated says that the computer's keyboard is known: a repaired layout
	// needs nothing more. The calibration code sets it.
	Calibrated bool

	findings []Finding
}

// Take takes the next finding and tells what all show so far. After Enough the
// next one starts over.
func (t *Trial) Take(f Finding) Report {
	if t.Calibrated {
		f.Advice = slices.DeleteFunc(slices.Clone(f.Advice), func(a Advice) bool { return a == LayoutRepaired })
	}
	t.Calibrated = t.Calibrated || slices.Contains(f.Advice, Calibrated)
	if len(t.findings) == Enough {
		t.findings = nil
	}
	t.findings = append(slices.Clone(t.findings), f) // reports already given stay as they are
	return Judge(t.findings)
}
