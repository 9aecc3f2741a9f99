package label

// A Reason is a fixed English word that says why a code is refused or only
// ambiguous.
type Reason string

// Why a code is Other or Secret: nothing of it may be stored.
const (
	ProductKey        Reason = "secret"
	ProductID         Reason = "product-id" // 5-5-5-5, often mistaken for the PKID
	AllEqual          Reason = "all-equal"
	ControlCharacters Reason = "control-characters"
	TooLong           Reason = "too-long"
	Unknown           Reason = "unknown"
)

// Why a code is Ambiguous.
const (
	// CouldBeGTIN: 13 digits that no symbology vouches for and that pass mod-10.
	CouldBeGTIN Reason = "could-be-gtin"
	// TwoReadings: two rules fit. Code.Or is the second reading, if it is
	// another text.
	TwoReadings Reason = "two-readings"
	// ShapeOnly: only its length and characters speak for it.
	ShapeOnly Reason = "shape-only"
)
