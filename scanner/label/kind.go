package label

// A Kind is what a code was taken for, by the word that pkidctl prints.
type Kind string

// All kinds there are.
const (
	PKID        Kind = "pkid"
	Serial      Kind = "serial"
	TradeNumber Kind = "gtin" // EAN-8, UPC-A, EAN-13, GTIN-14
	Model       Kind = "model"
	Part        Kind = "part"
	Order       Kind = "order"
	MAC         Kind = "mac"
	IMEI        Kind = "imei"
	ICCID       Kind = "iccid"
	SSCC        Kind = "sscc"
	Quantity    Kind = "quantity"
	Command     Kind = "command" // of the sheet beside the dock, see scanner/command
	Secret      Kind = "secret"  // a product key
	Other       Kind = "other"
)

// Kinds are all kinds, the device's own identities first.
func Kinds() []Kind {
	return []Kind{PKID, Serial, TradeNumber, Model, Part, Order, MAC, IMEI, ICCID, SSCC, Quantity, Command, Secret, Other}
}
