package words

import "time"

// A Finding is what one scan of a trial showed of a scanner. Its words are
// scanner/trial's and scanner/label's fixed ones.
type Finding struct {
	// Grade is "good", "change" or "withheld".
	Grade string
	// Raw is what came, already readable; empty for a product key.
	Raw string
	// AIM is the AIM identifier, "" if none came.
	AIM, Symbology string
	Terminator     string
	// Keys is 0 for whatever is no keyboard.
	Keys             int
	Average, Longest time.Duration
	Layout           string
	Unsure           bool
	// Kind is what the code was taken for and Text its value; Doubt says that
	// it may be another thing, Reason why it was refused, if it was.
	Kind, Text, Reason string
	Doubt              bool
	// Advice is what this scan gives cause for.
	Advice []string
}

// A Fact is one thing about a finding: its name and its value.
type Fact struct{ Name, Value string }

// Facts are all there is to say about a finding, in the order it is shown.
func (w *Words) Facts(f Finding) []Fact {
	all := []Fact{
		{"kind", w.takenFor(f)},
		{"raw", f.Raw},
		{"aim", w.identifier(f)},
		{"end", w.Say("trial.end." + f.Terminator)},
		{"pace", w.pace(f)},
		{"layout", w.keyboard(f)},
	}
	if f.Kind == kindSecret {
		all[1].Value = w.Say("trial.raw.withheld")
	}
	for n := range all {
		all[n].Name = w.Say("trial.fact." + all[n].Name)
	}
	return all
}

// Advise are the sentences of advice, in its order.
func (w *Words) Advise(advice []string) []string {
	sentences := make([]string, 0, len(advice))
	for _, word := range advice {
		sentences = append(sentences, w.Say("trial.advice."+word))
	}
	return sentences
}

// takenFor is what the code was taken for.
func (w *Words) takenFor(f Finding) string {
	kind := w.Kind(f.Kind)
	if refused := "refused." + f.Reason + ".what"; f.Kind == kindOther && w.has(refused) {
		return w.Say(refused)
	}
	if f.Doubt {
		kind = w.Say("trial.kind.doubt", "Kind", kind)
	}
	if f.Text == "" || f.Kind == kindSecret {
		return kind
	}
	return kind + " · " + Shown(f.Text)
}

// identifier is the AIM identifier and what it means.
func (w *Words) identifier(f Finding) string {
	symbology := ""
	if f.Symbology != "" {
		symbology = Shown(f.Symbology)
		if id := "trial.symbology." + f.Symbology; w.has(id) {
			symbology = w.Say(id)
		}
	}
	switch {
	case f.AIM == "" && symbology == "":
		return w.Say("trial.aim.none")
	case f.AIM == "":
		return w.Say("trial.aim.camera", "Symbology", symbology)
	case symbology == "":
		return Shown(f.AIM)
	default:
		return Shown(f.AIM) + " · " + symbology
	}
}

// pace is how fast the keys came.
func (w *Words) pace(f Finding) string {
	if f.Keys == 0 {
		return w.Say("trial.pace.none")
	}
	return w.Count("trial.pace", f.Keys, "Average", w.milliseconds(f.Average), "Longest", w.milliseconds(f.Longest))
}

func (w *Words) milliseconds(d time.Duration) string {
	return w.Number(int(d.Round(time.Millisecond) / time.Millisecond))
}

// Layout is what a keyboard's layout is called.
func (w *Words) Layout(layout string) string {
	if id := "trial.keyboard." + layout; w.has(id) {
		return w.Say(id)
	}
	return Shown(layout)
}

// Milliseconds is a duration in whole ones, without the unit.
func (w *Words) Milliseconds(d time.Duration) string { return w.milliseconds(d) }

// keyboard is what the computer's keyboard did to the code.
func (w *Words) keyboard(f Finding) string {
	layout := w.Layout(f.Layout)
	switch {
	case f.Layout != "" && f.Unsure:
		return w.Say("trial.layout.guessed", "Layout", layout)
	case f.Layout != "":
		return w.Say("trial.layout.repaired", "Layout", layout)
	case f.Keys == 0:
		return w.Say("trial.layout.none")
	case f.Unsure:
		return w.Say("trial.layout.unsure")
	default:
		return w.Say("trial.layout.kept")
	}
}
