package label_test

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

// The table as it was when each row was a regular expression. It is the peer of
// the benchmark, and a second opinion on every rule that did not change.

type peerRow struct {
	on     string // r retail, i interleaved, g general, s silent
	shape  *regexp.Regexp
	holds  func(value string) bool
	alone  bool
	kind   label.Kind
	sure   label.Confidence
	as     string // text: as read; marks, model, S, SN: what becomes of the value
	reason label.Reason
}

var (
	peerMarks  = regexp.MustCompile(`[:.\-]`)
	peerDell   = regexp.MustCompile(`^[0-9A-Z]{7}$`)
	peerLenovo = regexp.MustCompile(`^[A-Z][0-9A-Z]{7}$`)
	peerHP     = regexp.MustCompile(`^[0-9A-Z][A-Z]{2}[0-9A-Z][0-5]\d[0-9B-DF-HJ-NP-TV-Z]{4}$`)
	peerAcer   = regexp.MustCompile(`^[A-Z]{2}[0-9A-Z]{8}\d[0-5]\d[0-9A-F]{5}[0-9A-Z]{4}$`)
	peerLetter = regexp.MustCompile(`[A-Za-z]`)
	peerPKID   = regexp.MustCompile(`^(?:(?:(?:MS|WIN|WINDOWS) ?)?PKID|(?:WINDOWS )?PRODUCT KEY ID)[:=#. ]*(\d{13})$`)
)

func peerDigit(text string) bool  { return strings.ContainsAny(text, "0123456789") }
func peerMixed(text string) bool  { return peerDigit(text) && peerLetter.MatchString(text) }
func peerSame(text string) bool   { return strings.Trim(text, text[:1]) == "" }
func peerDiffer(text string) bool { return !peerSame(text) }
func peerSSCC(text string) bool   { return weighed(text, 3) == 0 }
func peerSerial(text string) bool {
	return peerMixed(text) && (peerDell.MatchString(text) || peerLenovo.MatchString(text)) || peerHP.MatchString(text) || peerAcer.MatchString(text)
}

func peerCaption(words, value string) *regexp.Regexp {
	return regexp.MustCompile(`^(?:` + words + `)\.?(?: ?[:=#] ?| )(` + value + `)$`)
}

const peerAddress = `(?:[0-9A-F]{2}[:\-]?){5}[0-9A-F]{2}|(?:[0-9A-F]{4}\.){2}[0-9A-F]{4}`

func peerTable() []peerRow {
	re := regexp.MustCompile
	return []peerRow{
		{"rigs", re(`^(?:(?:WINDOWS )?PRODUCT ?ID[:= ]*)?(\d{5}-\d{5}-\d{5}-[0-9A-Z]{5})$`), nil, false, label.Other, label.Certain, "", label.ProductID},
		{"r", re(`^\d[0-9X \-]*$`), nil, false, label.TradeNumber, label.Certain, "", ""},
		{"gs", re(`^%PKID%`), nil, false, label.Command, label.Certain, "text", ""},
		{"gs", peerPKID, peerDiffer, false, label.PKID, label.Certain, "", ""},
		{"gs", peerPKID, nil, false, label.Other, label.Certain, "", label.AllEqual},
		{"gs", peerCaption(`S/N|SN|SERIAL|SERIAL ?(?:NO|NUMBER)|SERVICE TAG`, `[0-9A-Z][0-9A-Z\-]{3,29}`), peerDigit, false, label.Serial, label.Certain, "", ""},
		{"gs", peerCaption(`MODEL ?(?:NO|NAME|NUMBER)|MODEL|M/N|MTM`, `[0-9A-Z][0-9A-Z \-./]{1,39}`), nil, false, label.Model, label.Certain, "", ""},
		{"gs", peerCaption(`P/N|PN|PART|PART ?(?:NO|NUMBER)|SKU`, `[0-9A-Z][0-9A-Z#\-./]{2,29}`), peerDigit, false, label.Part, label.Certain, "", ""},
		{"gs", peerCaption(`PO|P/O|ORDER|(?:ORDER|PO) ?(?:NO|NUMBER)`, `[0-9A-Z][0-9A-Z\-./]{2,29}`), peerDigit, false, label.Order, label.Certain, "", ""},
		{"gs", peerCaption(`QTY|QUANTITY`, `\d{1,6}`), nil, false, label.Quantity, label.Certain, "", ""},
		{"gs", peerCaption(`(?:E?MAC|WLAN|LAN|BT)(?: ?(?:ADDRESS|ID|MAC))?`, peerAddress), nil, false, label.MAC, label.Certain, "marks", ""},
		{"gs", peerCaption(`IMEI ?\d?`, `\d{15}`), label.Luhn, false, label.IMEI, label.Certain, "", ""},
		{"gs", peerCaption(`ICCID`, `\d{19,20}`), label.Luhn, false, label.ICCID, label.Certain, "", ""},
		{"gs", peerCaption(`EAN|UPC|GTIN`, `\d{8}|\d{12,14}`), label.GTIN, false, label.TradeNumber, label.Certain, "", ""},
		{"gsi", re(`^\d{13}$`), peerSame, false, label.Other, label.Certain, "", label.AllEqual},
		{"g", re(`^\d{13}$`), nil, false, label.PKID, label.High, "", ""},
		{"s", re(`^\d{13}$`), label.GTIN, false, label.PKID, label.Ambiguous, "", label.CouldBeGTIN},
		{"s", re(`^\d{13}$`), nil, false, label.PKID, label.High, "", ""},
		{"gs", re(`^23S([0-9A-F]{12})$`), nil, false, label.MAC, label.Certain, "", ""},
		{"gs", re(`^((?:[0-9A-F]{2}:){5}[0-9A-F]{2}|(?:[0-9A-F]{2}-){5}[0-9A-F]{2}|(?:[0-9A-F]{4}\.){2}[0-9A-F]{4})$`), nil, false, label.MAC, label.Certain, "marks", ""},
		{"gs", re(`^[0-9A-F]{12}$`), peerLetter.MatchString, false, label.MAC, label.High, "", ""},
		{"gs", re(`^1S([0-9]{2}[0-9A-Z]{8}[0-9A-Z]{8})$`), nil, false, label.Serial, label.High, "model", ""},
		{"gs", re(`^43S(89\d{17,18})$`), label.Luhn, false, label.ICCID, label.Certain, "", ""},
		{"gs", re(`^SN([0-9A-Z]{7})$`), peerDigit, false, label.Serial, label.Ambiguous, "SN", label.TwoReadings},
		{"gs", re(`^SN?([0-9A-Z]{7}|[0-9A-Z]{8}|[0-9A-Z]{10}|[0-9A-Z]{12}|[0-9A-Z]{15}|[0-9A-Z]{22})$`), peerDigit, true, label.Serial, label.High, "", ""},
		{"gs", re(`^S([0-9A-Z]{6,7})$`), peerDigit, false, label.Serial, label.Ambiguous, "S", label.TwoReadings},
		{"gs", re(`^(?:1P|30P)([0-9A-Z][0-9A-Z#\-./]{2,29})$`), peerDigit, true, label.Part, label.High, "", ""},
		{"gs", re(`^Q(\d{1,5})$`), nil, false, label.Quantity, label.High, "", ""},
		{"gs", re(`^Q(\d{6})$`), nil, false, label.Quantity, label.Ambiguous, "", label.TwoReadings},
		{"gs", re(`^(?:1Z[0-9A-Z]{16}|JJ?D\d{16,20}|420\d{9}|420\d{5}9\d{15,25})$`), nil, false, label.Other, label.Certain, "text", label.NoIdentity},
		{"gs", re(`^\d{15}$`), label.Luhn, false, label.IMEI, label.High, "", ""},
		{"gs", re(`^89\d{17,18}$`), label.Luhn, false, label.ICCID, label.High, "", ""},
		{"gsi", re(`^(?:00)?(\d{18})$`), peerSSCC, false, label.SSCC, label.High, "", ""},
		{"g", re(`^\d{12}$`), label.GTIN, false, label.TradeNumber, label.Ambiguous, "", label.TwoReadings},
		{"gsi", re(`^(?:\d{8}|\d{12}|\d{14})$`), label.GTIN, false, label.TradeNumber, label.High, "", ""},
		{"gs", re(`^\d{12}$`), peerDiffer, false, label.Serial, label.Ambiguous, "", label.ShapeOnly},
		{"gs", peerHP, nil, false, label.Serial, label.High, "", ""},
		{"gs", peerAcer, nil, false, label.Serial, label.High, "", ""},
		{"gs", re(`^\d{2}[0-9A-Z]{6}[A-Z]{2}$`), nil, false, label.Model, label.High, "", ""},
		{"gs", re(`^[0-9A-Z]{5,10}#[A-Z][0-9A-Z]{2}$`), nil, false, label.Part, label.High, "", ""},
		{"gs", re(`^P([0-9A-Z][0-9A-Z#\-./]{3,29})$`), peerDigit, true, label.Part, label.High, "", ""},
		{"gs", re(`^K([0-9A-Z][0-9A-Z\-./]{3,29})$`), peerDigit, true, label.Order, label.High, "", ""},
		{"gs", re(`^(?:[0-9A-Z]{7}|[0-9A-Z]{8}|[0-9A-Z]{10}|[A-Z]{2}[0-9A-Z]{20})$`), peerMixed, false, label.Serial, label.Ambiguous, "", label.ShapeOnly},
	}
}

// peerClassify is what the peer says of a plain text. It knows no secrets, no
// messages and no control characters.
func peerClassify(table []peerRow, symbol, text string) label.Code {
	upper := strings.ToUpper(text)
	for i := range table {
		u := &table[i]
		match := u.shape.FindStringSubmatch(upper)
		if match == nil || !strings.Contains(u.on, symbol) {
			continue
		}
		value := match[len(match)-1]
		if u.holds != nil && !u.holds(value) || u.alone && peerSerial(upper) {
			continue
		}
		c := label.Code{Kind: u.kind, Confidence: u.sure, Reason: u.reason, Text: value}
		switch u.as {
		case "text":
			c.Text = text
		case "marks":
			c.Text = peerMarks.ReplaceAllString(value, "")
		case "model":
			c.Model, c.Text = value[:10], value[10:]
		case "S":
			c.Text, c.Or = upper, value
		case "SN":
			c.Text, c.Or = upper[1:], value
		}
		return c
	}
	return label.Code{Kind: label.Other, Confidence: label.Certain, Reason: label.Unknown, Text: text}
}

// peerSymbols are the peer's words for carriers, with a symbology for each.
func peerSymbols() map[string]scanner.Symbology {
	return map[string]scanner.Symbology{"r": scanner.EAN13, "i": scanner.ITF, "g": scanner.Code128, "s": scanner.Unknown}
}

// TestPeer: every rule that did not change says what its regular expression
// said, of the corpus and of what random changes make of it.
func TestPeer(t *testing.T) {
	t.Parallel()
	table := peerTable()
	random := rand.New(rand.NewPCG(12, 13))
	compared, differ := 0, 0
	for _, r := range reads(t) {
		text := r.scan.Text
		for range 12 {
			if strings.ContainsAny(text, "()\x1b\x1c\x1d\x1e\x04\r\n\t\x7f") || strings.TrimSpace(text) != text || text == "" || text[0] == ']' || strings.Contains(text, "é") || label.HoldsSecret(text) {
				break
			}
			for symbol, symbology := range peerSymbols() {
				got, want := label.Classify(scanner.Scan{Text: text, Symbology: symbology}), peerClassify(table, symbol, text)
				got.Maker, got.Stands = "", ""
				compared++
				if got != want && !newRule(got, want, text) {
					differ++
					t.Errorf("%q on %q: %+v, the peer says %+v", text, symbology, got, want)
				}
			}
			text = changed(random, text)
		}
	}
	t.Logf("%d answers compared", compared)
	if compared < 10_000 {
		t.Error("too few")
	}
}

// newRule says whether a difference is of a rule that the peer did not have.
func newRule(got, was label.Code, text string) bool {
	upper := strings.ToUpper(text)
	switch {
	case was.Kind == label.Other && was.Reason == label.Unknown && got.Kind == label.Other:
		return true // told by name now
	case strings.HasPrefix(upper, "PCID"):
		return got.Reason == label.PCID
	case strings.HasPrefix(upper, "1S") && len(text) == 16:
		return got.Kind == label.Serial // Lenovo's older codes
	case strings.HasPrefix(upper, "SN") && len(text) == 10:
		return got.Reason == label.TwoReadings && got.Kind == label.Serial // HP's serial, or Lenovo's behind SN
	case len(text) == 15 && upper[2] == 'N':
		return got.Kind == label.Serial && got.Reason == label.ShapeOnly // ASUS
	default:
		return false
	}
}

// changed replaces, removes or adds a character.
func changed(random *rand.Rand, text string) string {
	const characters = "0123456789ABCDEFGHKMNPQRSUXZabkps:=#.-/% "
	i, c := random.IntN(len(text)), string(characters[random.IntN(len(characters))])
	switch random.IntN(4) {
	case 0:
		return text[:i] + text[i+1:]
	case 1:
		return text[:i] + c + text[i:]
	default:
		return text[:i] + c + text[i+1:]
	}
}
