package serial_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner"
	"pkidstation/scanner/serial"
)

// last is the code by which a stream of codes ends.
const last = "9999999999999"

// A sent is a code as a scanner sends it.
type sent struct {
	text string
	wire string
	// quiet says that nothing ends it but silence.
	quiet bool
}

// mixedCodes are codes in every framing, each fifth one the same as the one
// before it, every other one with an AIM identifier.
func mixedCodes(n int) []sent {
	framings := []struct{ before, after string }{
		{"", "\r"}, {"", "\n"}, {"", "\r\n"}, {"", "\t"}, {"\x02", "\x03"}, {"\x02", "\x03\r\n"}, {"\x02", "\r"}, {"\r\n", "\r\n"},
	}
	codes := make([]sent, n+1)
	for i := range n {
		text, framing := fmt.Sprintf("33051%08d", i*7919%100_000_000), framings[i%len(framings)]
		if i%5 == 4 {
			text = codes[i-1].text
		}
		wire := text
		if i%2 == 0 {
			wire = "]C0" + text
		}
		codes[i] = sent{text: text, wire: framing.before + wire + framing.after}
		if i%1000 == 999 {
			codes[i] = sent{text: text, wire: wire, quiet: true}
		}
	}
	codes[n] = sent{text: last, wire: last + "\r"}
	return codes
}

// sendAll writes codes in arbitrary pieces; after a quiet one it waits until it
// has arrived. It gives the longest pause that it made in the middle.
func sendAll(t *testing.T, cable cable, codes []sent, arrived <-chan struct{}) (stall time.Duration) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	for len(codes) > 0 {
		var wire strings.Builder
		quiet := false
		for len(codes) > 0 && !quiet {
			wire.WriteString(codes[0].wire)
			quiet, codes = codes[0].quiet, codes[1:]
		}
		before := time.Now()
		for rest := wire.String(); rest != ""; {
			n := min(1+random.IntN(256), len(rest))
			cable.send(t, rest[:n])
			rest = rest[n:]
			stall, before = max(stall, time.Since(before)), time.Now()
		}
		if quiet {
			<-arrived
		}
	}
	return stall
}

// stream sends codes over a fresh cable and gives what arrived.
func stream(t *testing.T, codes []sent) (texts []string, stall time.Duration) {
	t.Helper()
	cable := plug(t)
	arrived := make(chan struct{}, len(codes))
	var sending sync.WaitGroup
	sending.Go(func() { stall = sendAll(t, cable, codes, arrived) })
	source := serial.New(cable.device, serial.DefaultBaud, serial.Options{})
	for scan, err := range source.Scans(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if scan.Source != source.Name() || scan.At.IsZero() || scan.Trace.Raw == "" || scan.AIM == "]C0" != (scan.Symbology == scanner.Code128) {
			t.Errorf("scan %+v", scan)
		}
		texts = append(texts, scan.Text)
		if scan.Trace.Terminator == "" {
			arrived <- struct{}{}
		}
		if scan.Text == last {
			break
		}
	}
	for range len(codes) { // whatever went wrong, the sender is not left waiting
		select {
		case arrived <- struct{}{}:
		default:
		}
	}
	sending.Wait()
	return texts, stall
}

func TestTenThousandCodes(t *testing.T) {
	t.Parallel()
	codes := mixedCodes(10_000)
	want := make([]string, len(codes))
	for i, code := range codes {
		want[i] = code.text
	}
	for attempt := range 3 {
		got, stall := stream(t, codes)
		diff := cmp.Diff(want, got)
		if diff == "" {
			return
		}
		// A machine that stands still makes a silence of a scanner's: that is
		// no fault of the source, and seen.
		if stall < serial.ReadTimeout/2 || attempt == 2 {
			t.Fatalf("longest pause %v (-want +got):\n%s", stall, diff)
		}
		t.Logf("the machine stood still for %v, once more", stall)
	}
}
