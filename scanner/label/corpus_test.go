package label_test

import (
	_ "embed"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

//go:embed testdata/corpus.txt
var corpus string

// A read is one line of testdata/corpus.txt.
type read struct {
	line   int
	scan   scanner.Scan
	want   label.Code
	remark string
}

// reads reads the corpus; its head says how it is written.
func reads(tb testing.TB) []read {
	tb.Helper()
	var all []read
	number := 0
	for line := range strings.Lines(corpus) {
		number++
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' || strings.HasPrefix(line, "==") {
			continue
		}
		cells := strings.Split(line, "|")
		if len(cells) != 10 {
			tb.Fatalf("corpus.txt:%d: %d cells, want 10", number, len(cells))
		}
		for i := range cells {
			if cells[i] = strings.TrimSpace(cells[i]); i != 1 && cells[i] == "-" {
				cells[i] = ""
			}
		}
		all = append(all, read{
			line: number, scan: on(cells[0], scan(cells[1]).Text), remark: cells[9],
			want: label.Code{
				Kind: label.Kind(cells[2]), Confidence: label.Confidence(cells[3]), Reason: label.Reason(cells[4]),
				Text: cells[5], Maker: cells[6], Model: cells[7], Stands: cells[8],
			},
		})
	}
	return all
}

// on is a scan from a symbol: an AIM identifier, a symbology, or unknown.
func on(symbol, text string) scanner.Scan {
	if strings.HasPrefix(symbol, "]") {
		return scanner.Scan{AIM: symbol, Text: text}
	}
	return scanner.Scan{Symbology: scanner.Symbology(symbol), Text: text}
}

// TestCorpus: every read is what the corpus says, with its AIM identifier taken
// off as our sources do it, and still in front.
func TestCorpus(t *testing.T) {
	t.Parallel()
	all := reads(t)
	if len(all) < 600 {
		t.Fatalf("%d reads, want 600", len(all))
	}
	kinds, makers := map[label.Kind]int{}, map[string]bool{}
	for _, r := range all {
		kinds[r.want.Kind]++
		makers[r.want.Maker] = true
		got := label.Classify(r.scan)
		got.Or = "" // see TestBeside
		if diff := cmp.Diff(r.want, got); diff != "" {
			t.Errorf("corpus.txt:%d: %q (-want +got):\n%s", r.line, r.scan.Text, diff)
		}
		inFront := scanner.Scan{Text: r.scan.AIM + r.scan.Text, Symbology: r.scan.Symbology}
		if diff := cmp.Diff(label.Classify(r.scan), label.Classify(inFront)); r.scan.AIM != "" && diff != "" {
			t.Errorf("corpus.txt:%d: AIM in front (-off +in front):\n%s", r.line, diff)
		}
	}
	for _, kind := range label.Kinds() {
		if kinds[kind] == 0 {
			t.Errorf("no read of kind %s", kind)
		}
	}
	for _, maker := range []string{"HP", "Dell Inc.", "LENOVO", "Acer"} {
		if !makers[maker] {
			t.Errorf("no read proves %s", maker)
		}
	}
	t.Logf("%d reads: %v", len(all), kinds)
}

// TestCorpusArithmetic holds the corpus itself to sums that are made here, in
// other words than the code's.
func TestCorpusArithmetic(t *testing.T) {
	t.Parallel()
	for _, r := range reads(t) {
		text, wrong := r.want.Text, ""
		tilled := strings.HasPrefix(r.scan.AIM, "]E") || strings.HasPrefix(r.scan.AIM, "]X") || r.scan.Symbology != scanner.Unknown
		switch {
		case r.want.Kind == label.PKID && r.want.Confidence == label.Ambiguous && weighed(text, 3) != 0:
			wrong = "in doubt although no EAN"
		case r.want.Kind == label.PKID && r.want.Confidence == label.High && (r.scan.AIM == "" || r.scan.AIM == "]F0") && r.scan.Symbology == scanner.Unknown && weighed(text, 3) == 0:
			wrong = "believed although it could be an EAN"
		case (r.want.Kind == label.SSCC || r.want.Kind == label.TradeNumber && !tilled) && weighed(text, 3) != 0:
			wrong = "its check digit is wrong"
		case (r.want.Kind == label.IMEI || r.want.Kind == label.ICCID) && doubled(text) != 0:
			wrong = "its Luhn digit is wrong"
		case r.want.Reason == label.ExpressCode && base36(r.want.Stands) != text:
			wrong = "the tag is " + base36(r.want.Stands)
		case r.want.Reason == label.SNID && !proven(text, r.want.Stands):
			wrong = "the SNID is no " + r.want.Stands
		}
		if wrong != "" {
			t.Errorf("corpus.txt:%d: %q: %s", r.line, r.scan.Text, wrong)
		}
	}
}

// weighed is the remainder by ten of the digits, each second one from the right
// times a weight.
func weighed(text string, weight int) int {
	sum := 0
	for i, c := range []byte(text) {
		n := int(c - '0')
		if (len(text)-i)%2 == 0 {
			n *= weight
		}
		sum += n
	}
	return sum % 10
}

// doubled is Luhn's remainder, by a list of what doubling makes of each digit.
func doubled(text string) int {
	sum := 0
	for i, c := range []byte(text) {
		n := int(c - '0')
		if (len(text)-i)%2 == 0 {
			n = []int{0, 2, 4, 6, 8, 1, 3, 5, 7, 9}[n]
		}
		sum += n
	}
	return sum % 10
}

// base36 is a tag's number in base 10.
func base36(tag string) string {
	sum := 0
	for _, c := range []byte(tag) {
		sum = sum*36 + strings.IndexByte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", c)
	}
	return strconv.Itoa(sum)
}

// proven says whether a SNID's year, week and number are those inside a serial.
func proven(snid, inside string) bool {
	number, err := strconv.ParseInt(inside[3:], 16, 64)
	return err == nil && snid[:3] == inside[:3] && snid[3:9] == strings.Repeat("0", 6-len(strconv.FormatInt(number, 10)))+strconv.FormatInt(number, 10)
}

// TestNothingPassesForAPKID: from a symbol that is known, no GTIN, IMEI, express
// code, serial or anything else of the corpus is accepted as a PKID, and no
// PKID as something else, on every symbol that can hold it.
func TestNothingPassesForAPKID(t *testing.T) {
	t.Parallel()
	refused, taken := 0, 0
	for _, r := range reads(t) {
		if r.scan.AIM == "" && r.scan.Symbology == scanner.Unknown {
			continue
		}
		got := label.Classify(r.scan)
		switch {
		case r.want.Kind != label.PKID && got.Kind == label.PKID:
			t.Errorf("corpus.txt:%d: %q passes for a PKID", r.line, r.scan.Text)
		case r.want.Kind == label.PKID && got.Kind != label.PKID:
			t.Errorf("corpus.txt:%d: the PKID %q is refused", r.line, r.scan.Text)
		case got.Kind == label.PKID:
			taken++
		default:
			refused++
		}
	}
	t.Logf("%d PKIDs taken, %d other codes not", taken, refused)
}

// TestRandomPKIDs: of true PKIDs that no symbology vouches for, at most 11 in
// 100 ask a person, and none is silently something else. With a symbology none
// asks.
func TestRandomPKIDs(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(20, 26))
	const n = 100_000
	asked := 0
	for range n {
		text := strconv.FormatInt(1e13+random.Int64N(1e13), 10)[1:]
		if strings.Trim(text, text[:1]) == "" {
			continue
		}
		got := label.Classify(scanner.Scan{Text: text})
		if got.Kind != label.PKID || got.Text != text {
			t.Fatalf("the PKID %s is %+v", text, got)
		}
		if got.Confidence == label.Ambiguous {
			asked++
		}
		for _, symbol := range []scanner.Symbology{scanner.Code128, scanner.Code39, scanner.QR, scanner.DataMatrix} {
			if got := label.Classify(scanner.Scan{Text: text, Symbology: symbol}); got != (label.Code{Kind: label.PKID, Confidence: label.High, Text: text}) {
				t.Fatalf("the PKID %s in %s is %+v", text, symbol, got)
			}
		}
	}
	t.Logf("%.2f %% of PKIDs without symbology ask", 100*float64(asked)/n)
	if asked > n*11/100 {
		t.Errorf("%d of %d ask a person", asked, n)
	}
}
