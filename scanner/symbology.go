package scanner

// Symbology is a kind of barcode, by the word that pkidctl prints.
type Symbology string

// The symbologies a scan can have.
const (
	Unknown    Symbology = ""
	Code128    Symbology = "code128"
	Code39     Symbology = "code39"
	Code93     Symbology = "code93"
	Codabar    Symbology = "codabar"
	ITF        Symbology = "itf"
	EAN13      Symbology = "ean13"
	EAN8       Symbology = "ean8"
	UPCA       Symbology = "upca"
	UPCE       Symbology = "upce"
	QR         Symbology = "qr"
	DataMatrix Symbology = "datamatrix"
	Aztec      Symbology = "aztec"
	PDF417     Symbology = "pdf417"
	DataBar    Symbology = "databar"
)
