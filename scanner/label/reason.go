package label

// A Reason is a fixed English word that says why a code is refused or only
// ambiguous.
type Reason string

// Why a code is Other or Secret: nothing of it may be stored.
const (
	ProductKey        Reason = "secret"
	ProductID         Reason = "product-id"    // 5-5-5-5, often mistaken for the PKID
	PCID              Reason = "pcid"          // what HP's service writes into a new board, one letter from PKID
	HardwareHash      Reason = "hardware-hash" // the whole machine's, not its PKID
	AllEqual          Reason = "all-equal"
	ControlCharacters Reason = "control-characters"
	TooLong           Reason = "too-long"
	Unknown           Reason = "unknown"
)

// Why a code is Other although it belongs on the box: the station leaves it
// and says nothing.
const (
	// ExpressCode is Dell's express service code; Code.Stands is its tag.
	ExpressCode Reason = "express-code"
	// SNID is Acer's short number; Code.Stands is in the serial.
	SNID Reason = "snid"
	// NoIdentity: it is known what it is, and it tells no device.
	NoIdentity Reason = "no-identity"
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
	// LayoutOpen: its letters may be others, since nobody has told which
	// keyboard layout they went through.
	LayoutOpen Reason = "layout-open"
)
