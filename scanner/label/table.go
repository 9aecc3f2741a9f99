package label

import "regexp"

var addressMarks = regexp.MustCompile(`[:.\-]`)

// The rows in order: the first that fits decides, and what fits none is
// refused as unknown. Shapes are matched against the text in upper case. The
// numbers are those of the classification rules that the project was given.
//
//nolint:gochecknoglobals // constant data: the one place where codes are told apart.
var table = []rule{
	// 0. The Product ID of a Windows installation is not the PKID.
	{on: anyone, shape: regexp.MustCompile(`^(?:(?:WINDOWS )?PRODUCT ?ID[:= ]*)?(\d{5}-\d{5}-\d{5}-[0-9A-Z]{5})$`), gives: refused(ProductID, "")},

	// 1. What the till reads is a trade number.
	{on: retail, shape: regexp.MustCompile(`^\d[0-9X \-]*$`), gives: sure(TradeNumber)},

	// Reserved for command labels.
	{on: plain, shape: regexp.MustCompile(`^%PKID%`), fill: asRead, gives: sure(Command)},

	// 4. A caption says what follows it.
	{on: plain, shape: pkidCaption, holds: someDifferent, gives: sure(PKID)},
	{on: plain, shape: pkidCaption, gives: refused(AllEqual, "")},
	{on: plain, shape: caption(`S/N|SN|SERIAL|SERIAL ?(?:NO|NUMBER)|SERVICE TAG`, `[0-9A-Z][0-9A-Z\-]{3,29}`), holds: someDigit, gives: sure(Serial)},
	{on: plain, shape: caption(`MODEL|MODEL ?(?:NO|NAME|NUMBER)|M/N|MTM`, `[0-9A-Z][0-9A-Z \-./]{1,39}`), gives: sure(Model)},
	{on: plain, shape: caption(`P/N|PN|PART|PART ?(?:NO|NUMBER)|SKU`, `[0-9A-Z][0-9A-Z#\-./]{2,29}`), holds: someDigit, gives: sure(Part)},
	{on: plain, shape: caption(`PO|P/O|ORDER|(?:ORDER|PO) ?(?:NO|NUMBER)`, `[0-9A-Z][0-9A-Z\-./]{2,29}`), holds: someDigit, gives: sure(Order)},
	{on: plain, shape: caption(`QTY|QUANTITY`, `\d{1,6}`), gives: sure(Quantity)},
	{on: plain, shape: caption(`(?:E?MAC|WLAN|LAN|BT)(?: ?(?:ADDRESS|ID|MAC))?`, addressForm), fill: withoutMarks, gives: sure(MAC)},
	{on: plain, shape: caption(`IMEI ?\d?`, `\d{15}`), holds: Luhn, gives: sure(IMEI)},
	{on: plain, shape: caption(`ICCID`, `\d{19,20}`), holds: Luhn, gives: sure(ICCID)},
	{on: plain, shape: caption(`EAN|UPC|GTIN`, `\d{8}|\d{12,14}`), holds: GTIN, gives: sure(TradeNumber)},

	// 5. Thirteen digits.
	{on: plain | interleaved, shape: thirteen, holds: same, gives: refused(AllEqual, "")},
	{on: general, shape: thirteen, gives: likely(PKID)},
	{on: silent, shape: thirteen, holds: GTIN, gives: doubtful(PKID, CouldBeGTIN)},
	{on: silent, shape: thirteen, gives: likely(PKID)},

	// 6. Data identifiers, where the text is not itself a serial. A country of
	// origin (4L) needs no row: it is unknown like the rest.
	{on: plain, shape: regexp.MustCompile(`^23S([0-9A-F]{12})$`), gives: sure(MAC)},
	{on: plain, shape: regexp.MustCompile(`^((?:[0-9A-F]{2}:){5}[0-9A-F]{2}|(?:[0-9A-F]{2}-){5}[0-9A-F]{2}|(?:[0-9A-F]{4}\.){2}[0-9A-F]{4})$`), fill: withoutMarks, gives: sure(MAC)},
	{on: plain, shape: regexp.MustCompile(`^[0-9A-F]{12}$`), holds: someLetter, gives: likely(MAC)},
	{on: plain, shape: regexp.MustCompile(`^1S([0-9]{2}[0-9A-Z]{8}[0-9A-Z]{8})$`), fill: modelAndSerial, gives: likely(Serial)},
	{on: plain, shape: regexp.MustCompile(`^43S(89\d{17,18})$`), holds: Luhn, gives: sure(ICCID)},
	{on: plain, shape: regexp.MustCompile(`^SN([0-9A-Z]{7})$`), holds: someDigit, fill: orWithoutSN, gives: doubtful(Serial, TwoReadings)},
	{on: plain, shape: regexp.MustCompile(`^SN?([0-9A-Z]{7}|[0-9A-Z]{8}|[0-9A-Z]{10}|[0-9A-Z]{12}|[0-9A-Z]{15}|[0-9A-Z]{22})$`), holds: someDigit, unless: serialShape, gives: likely(Serial)},
	{on: plain, shape: regexp.MustCompile(`^S([0-9A-Z]{6,7})$`), holds: someDigit, fill: orWithoutS, gives: doubtful(Serial, TwoReadings)},
	{on: plain, shape: regexp.MustCompile(`^(?:1P|30P)([0-9A-Z][0-9A-Z#\-./]{2,29})$`), holds: someDigit, unless: serialShape, gives: likely(Part)},
	{on: plain, shape: regexp.MustCompile(`^Q(\d{1,5})$`), gives: likely(Quantity)},
	{on: plain, shape: regexp.MustCompile(`^Q(\d{6})$`), gives: doubtful(Quantity, TwoReadings)},

	// Carriers' labels, before they pass for serials.
	{on: plain, shape: regexp.MustCompile(`^(?:1Z[0-9A-Z]{16}|JJ?D\d{16,20}|420\d{9}|420\d{5}9\d{15,25})$`), fill: asRead, gives: refused(Unknown, "")},

	// 7. Numbers with a check digit.
	{on: plain, shape: regexp.MustCompile(`^\d{15}$`), holds: Luhn, gives: likely(IMEI)},
	{on: plain, shape: regexp.MustCompile(`^89\d{17,18}$`), holds: Luhn, gives: likely(ICCID)},
	{on: plain | interleaved, shape: regexp.MustCompile(`^(?:00)?(\d{18})$`), holds: shipment, gives: likely(SSCC)},
	{on: general, shape: regexp.MustCompile(`^\d{12}$`), holds: GTIN, gives: doubtful(TradeNumber, TwoReadings)},
	{on: plain | interleaved, shape: regexp.MustCompile(`^(?:\d{8}|\d{12}|\d{14})$`), holds: GTIN, gives: likely(TradeNumber)},
	{on: plain, shape: regexp.MustCompile(`^\d{12}$`), holds: someDifferent, gives: doubtful(Serial, ShapeOnly)}, // Surface

	// 8. Bare shapes of makers' serials, models and part numbers.
	{on: plain, shape: hpShape, gives: likely(Serial)},
	{on: plain, shape: acerShape, gives: likely(Serial)},
	{on: plain, shape: regexp.MustCompile(`^\d{2}[0-9A-Z]{6}[A-Z]{2}$`), gives: likely(Model)},       // Lenovo MTM, 20XW0012US
	{on: plain, shape: regexp.MustCompile(`^[0-9A-Z]{5,10}#[A-Z][0-9A-Z]{2}$`), gives: likely(Part)}, // HP SKU, 1AB23EA#ABF
	{on: plain, shape: regexp.MustCompile(`^P([0-9A-Z][0-9A-Z#\-./]{3,29})$`), holds: someDigit, unless: serialShape, gives: likely(Part)},
	{on: plain, shape: regexp.MustCompile(`^K([0-9A-Z][0-9A-Z\-./]{3,29})$`), holds: someDigit, unless: serialShape, gives: likely(Order)},
	{on: plain, shape: looseShape, holds: mixed, gives: doubtful(Serial, ShapeOnly)},
}
