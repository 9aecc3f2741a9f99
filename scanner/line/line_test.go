package line_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"pkidstation/scanner"
	"pkidstation/scanner/line"
)

var _ scanner.Source = (*line.Source)(nil)

func TestScans(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("7", scanner.MaxText)
	tests := map[string]struct {
		input string
		want  []scanner.Scan
	}{
		"nothing":             {"", nil},
		"only empty lines":    {"\n\r\n\r\r\n\n", nil},
		"LF":                  {"one\ntwo\n", plain("one", "two")},
		"CR":                  {"one\rtwo\r", plain("one", "two")},
		"CRLF":                {"one\r\ntwo\r\n", plain("one", "two")},
		"last without ending": {"one\ntwo", plain("one", "two")},
		"doubled line":        {"one\none\n", plain("one", "one")},
		"blanks are text":     {" \n a b \n", plain(" ", " a b ")},
		"any bytes":           {"a\x00b\xff\t\x1d\n", plain("a\x00b\xff\t\x1d")},
		"AIM": {"]C03305123456781\n]E0\n]\n", []scanner.Scan{
			{Text: "3305123456781", AIM: "]C0", Symbology: scanner.Code128},
			{AIM: "]E0", Symbology: scanner.EAN13},
			{Text: "]"},
		}},
		"as long as is kept": {long + "\nnext\n", plain(long, "next")},
		"one byte longer":    {long + "8\nnext\n", append([]scanner.Scan{{Text: long, Cut: true}}, plain("next")...)},
		"1 MB":               {strings.Repeat("7", 1<<20) + "\r\nnext", append([]scanner.Scan{{Text: long, Cut: true}}, plain("next")...)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for how, input := range map[string]io.Reader{
				"whole":        strings.NewReader(test.input),
				"byte by byte": iotest.OneByteReader(strings.NewReader(test.input)),
				"EOF at once":  iotest.DataErrReader(strings.NewReader(test.input)),
			} {
				got := collect(t, line.New("stdin", input))
				if diff := cmp.Diff(test.want, got, ignoreOrigin()); diff != "" {
					t.Errorf("%s (-want +got):\n%s", how, diff)
				}
			}
		})
	}
}

func TestScanOrigin(t *testing.T) {
	t.Parallel()
	before := time.Now()
	got := collect(t, line.New("stdin", strings.NewReader("one")))
	if len(got) != 1 || got[0].Source != "stdin" || got[0].At.Before(before) {
		t.Errorf("got %+v, want the source's name and the time of reading", got)
	}
}

func TestFaultIsLast(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	input := io.MultiReader(strings.NewReader("one\nha"), iotest.ErrReader(broken))
	var texts []string
	var faults []error
	for scan, err := range line.New("stdin", input).Scans(t.Context()) {
		if err != nil {
			faults = append(faults, err)
			continue
		}
		texts = append(texts, scan.Text)
	}
	if diff := cmp.Diff([]string{"one"}, texts); diff != "" {
		t.Errorf("a half line before a fault is no scan (-want +got):\n%s", diff)
	}
	if len(faults) != 1 || !errors.Is(faults[0], broken) {
		t.Errorf("faults = %v, want the input's one", faults)
	}
}

// endless never ends its line, and calls cancel once enough of it was read.
type endless struct {
	left   int
	cancel context.CancelFunc
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left -= len(p); e.left <= 0 {
		e.cancel()
	}
	for i := range p {
		p[i] = '7'
	}
	return len(p), nil
}

func TestEndlessLine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // the bubble waits for the reading goroutine
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		for scan, err := range line.New("stdin", &endless{left: 2 << 20, cancel: cancel}).Scans(ctx) {
			t.Errorf("got %d bytes, %v of a line that never ended", len(scan.Text), err)
		}
	})
}

// stuck is a reader that can neither be closed nor given a deadline.
type stuck struct{ from io.Reader }

func (s stuck) Read(p []byte) (int, error) { return s.from.Read(p) }

func TestContextEndsBlockedRead(t *testing.T) {
	t.Parallel()
	inputs := map[string]func(*io.PipeReader) io.Reader{
		"closer":                  func(r *io.PipeReader) io.Reader { return r },
		"neither closer nor else": func(r *io.PipeReader) io.Reader { return stuck{r} },
	}
	for name, wrap := range inputs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				from, to := io.Pipe()
				defer func() { _ = to.Close() }() // frees the stuck reader at the end of the bubble
				ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
				defer cancel()
				start := time.Now()
				for scan, err := range line.New("stdin", wrap(from)).Scans(ctx) {
					t.Errorf("got %+v, %v from a silent input", scan, err)
				}
				if late := time.Since(start) - time.Hour; late < 0 || late > 500*time.Millisecond {
					t.Errorf("ended %v after its context, want at most 500 ms", late)
				}
			})
		})
	}
}

func TestContextEndsRealPipe(t *testing.T) {
	t.Parallel()
	from, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = from.Close(), to.Close() })
	source := line.New("stdin", from)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	write(t, to, "one\ntw")
	var ended time.Time
	for scan, err := range source.Scans(ctx) {
		if err != nil || scan.Text != "one" {
			t.Errorf("got %+v, %v", scan, err)
		}
		ended = time.Now()
		cancel()
	}
	if late := time.Since(ended); late > 500*time.Millisecond {
		t.Errorf("ended %v after its context", late)
	}
	write(t, to, "o\n")
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plain("two"), collect(t, source), ignoreOrigin()); diff != "" {
		t.Errorf("a later sequence goes on where the first stopped (-want +got):\n%s", diff)
	}
}

func TestTakenAgain(t *testing.T) {
	t.Parallel()
	source := line.New("stdin", strings.NewReader("1\n2\n3\n4\n"))
	var got []string
	for range 6 {
		for scan, err := range source.Scans(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, scan.Text)
			break
		}
	}
	if diff := cmp.Diff([]string{"1", "2", "3", "4"}, got); diff != "" {
		t.Errorf("each line once, in order (-want +got):\n%s", diff)
	}
}

func TestEndedContextGivesNothing(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	source := line.New("stdin", strings.NewReader("1\n"))
	for scan, err := range source.Scans(ctx) {
		t.Errorf("got %+v, %v", scan, err)
	}
	if got := collect(t, source); len(got) != 1 {
		t.Errorf("the line is still there for a later sequence, got %v", got)
	}
}

// counted is an input that says how far it was read.
type counted struct {
	from io.Reader
	read int
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.read += n
	return n, err
}

func TestReadsLittleAhead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		input := &counted{from: strings.NewReader(strings.Repeat("3305123456781\n", 10_000))}
		var given int
		for scan, err := range line.New("stdin", input).Scans(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			given += len(scan.Text) + 1
			synctest.Wait() // the reading goroutine is now as far as it goes by itself
			if ahead := input.read - given; ahead > 4096+14 {
				t.Fatalf("read %d bytes ahead of what was given", ahead)
			}
			if given > 20_000 {
				break
			}
		}
	})
}

func FuzzScans(f *testing.F) {
	for _, seed := range []string{"", "one\ntwo", "\r\n]C0x\r", "\x00\n\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input string) {
		var got strings.Builder
		for _, scan := range collect(t, line.New("fuzz", strings.NewReader(input))) {
			if len(scan.Text) > scanner.MaxText || strings.ContainsAny(scan.Text, "\r\n") {
				t.Errorf("scan %q", scan.Text)
			}
			fmt.Fprint(&got, scan.AIM, scan.Text)
		}
		want := strings.NewReplacer("\r", "", "\n", "").Replace(input)
		if len(input) <= scanner.MaxText && got.String() != want {
			t.Errorf("got %q, want %q", got.String(), want)
		}
	})
}

func plain(texts ...string) []scanner.Scan {
	scans := make([]scanner.Scan, 0, len(texts))
	for _, text := range texts {
		scans = append(scans, scanner.Scan{Text: text})
	}
	return scans
}

func ignoreOrigin() cmp.Option {
	return cmpopts.IgnoreFields(scanner.Scan{}, "Source", "At")
}

func collect(t *testing.T, source scanner.Source) []scanner.Scan {
	t.Helper()
	var scans []scanner.Scan
	for scan, err := range source.Scans(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		scans = append(scans, scan)
	}
	return scans
}

func write(t *testing.T, to io.Writer, text string) {
	t.Helper()
	if _, err := io.WriteString(to, text); err != nil {
		t.Fatal(err)
	}
}
