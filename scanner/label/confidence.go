package label

// Confidence says how sure a Kind is.
type Confidence string

// The confidences, the best first.
const (
	Certain   Confidence = "certain"   // the label or the symbology says so itself
	High      Confidence = "high"      // symbology and shape or check digit agree
	Ambiguous Confidence = "ambiguous" // it may be another thing; Reason says which
)

func confidences() []Confidence { return []Confidence{Certain, High, Ambiguous} }
