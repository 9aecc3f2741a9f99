package serial_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"pkidstation/scanner"
	"pkidstation/scanner/serial"
)

func TestFramer(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("7", scanner.MaxText)
	tests := map[string]struct {
		stream string
		want   []serial.Read
	}{
		"nothing":              {"", nil},
		"CR":                   {"one\rtwo\r", texts("one", "two")},
		"LF":                   {"one\ntwo\n", texts("one", "two")},
		"CRLF":                 {"one\r\ntwo\r\n", texts("one", "two")},
		"TAB":                  {"one\ttwo\t", texts("one", "two")},
		"STX and ETX":          {"\x02one\x03\x02two\x03", texts("one", "two")},
		"STX, ETX and CRLF":    {"\x02one\x03\r\n\x02two\x03\r\n", texts("one", "two")},
		"STX and CR":           {"\x02one\r\x02two\r", texts("one", "two")},
		"STX alone":            {"\x02one\x02two", texts("one", "two")},
		"silence":              {"one", texts("one")},
		"AIM stays":            {"]C03305123456781\r", texts("]C03305123456781")},
		"no-read words":        {"NR\rNOREAD\r<NR>\rnoread\rone\r", texts("one")},
		"no-read word in text": {"NR1\rXNOREAD\r", texts("NR1", "XNOREAD")},
		"no-read and silence":  {"NR", nil},
		"any bytes":            {"a\x00b\xff\x1d\x1e\r", texts("a\x00b\xff\x1d\x1e")},
		"as long as is kept":   {long + "\rone\r", texts(long, "one")},
		"CR in a frame": {
			"\x02one\x03\x02two\r\nthree\tfour\x03five\r\x02\r\nsix\r\n\x03", texts("one", "two\r\nthree\tfour", "five", "six"),
		},
		"frame set to CR":  {"\x02one\x03\x02two\r\x02three\rfour\r", texts("one", "two", "three", "four")},
		"empty frame":      {"\x02\x03\x02\r\x03\x02one\x03", texts("one")},
		"empty in a frame": {"zero\r\x02\r\x03\x02a\rb\x03", texts("zero", "a", "b")},
		"cut in a frame":   {"\x02one\x03\x02" + long + "8\r9", append(texts("one"), serial.Read{Text: long, Cut: true})},
		"longer":           {long + long + "\rone\r", append([]serial.Read{{Text: long, Cut: true}}, texts("one")...)},
		"endless":          {strings.Repeat("7", 1<<20), []serial.Read{{Text: long, Cut: true}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, size := range []int{1, 2, 3, 7, 256, 1 << 20} {
				framer := serial.NewFramer(serial.Options{})
				if diff := cmp.Diff(test.want, frame(framer, test.stream, size), ignoreTrace()); diff != "" {
					t.Errorf("in chunks of %d (-want +got):\n%s", size, diff)
				}
				if again := framer.Silence(); again != nil {
					t.Errorf("a second silence gave %v", again)
				}
			}
		})
	}
}

func TestNoReadWordsAreConfigured(t *testing.T) {
	t.Parallel()
	got := frame(serial.NewFramer(serial.Options{NoRead: []string{"ERROR"}}), "ERROR\rNR\r", 99)
	if diff := cmp.Diff(texts("NR"), got, ignoreTrace()); diff != "" {
		t.Error(diff)
	}
}

func TestPrefixAndSuffix(t *testing.T) {
	t.Parallel()
	around := serial.Options{Prefix: "<<", Suffix: "#"}
	tests := map[string]struct {
		opts   serial.Options
		stream string
		want   []serial.Read
	}{
		"both":                 {around, "<<one#\r", texts("one")},
		"absent":               {around, "one\r<<two\rthree#\r", texts("one", "two", "three")},
		"AIM after the prefix": {around, "<<]C0one#\r", texts("]C0one")},
		"AIM before it":        {around, "]C0<<one#\r", texts("]C0one")},
		"once":                 {around, "<<<<one##\r", texts("<<one#")},
		"elsewhere":            {around, "one<<#two\r", texts("one<<#two")},
		"nothing else":         {around, "<<#\r<<\r#\rone\r", texts("one")},
		"no-read within":       {around, "<<NR#\rNR\r<<NR1#\r", texts("NR1")},
		"a label that says NR": {around, "<<]C0NR#\r", texts("]C0NR")},
		"in a frame":           {around, "\x02<<one#\x03", texts("one")},
		"framing at the ends":  {serial.Options{Prefix: "\x02<", Suffix: ">\r\n"}, "\x02<one>\r\n", texts("one")},
		"like an AIM":          {serial.Options{Prefix: "]C0"}, "]C0]E0one\r]C0two\r", texts("]E0one", "two")},
		"blank suffix":         {serial.Options{Suffix: " "}, "one \rtwo\r", texts("one", "two")},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := frame(serial.NewFramer(test.opts), test.stream, 2)
			if diff := cmp.Diff(test.want, got, ignoreTrace()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTrace(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("7", scanner.MaxText+1)
	type trace = scanner.Trace
	tests := map[string]struct {
		chunks []string
		want   []trace
	}{
		"each terminator": {
			[]string{"1\r2\n3\r\n4\t5\x03"},
			[]trace{{Raw: "1\r", Terminator: "\r"}, {Raw: "2\n", Terminator: "\n"}, {Raw: "3\r\n", Terminator: "\r\n"}, {Raw: "4\t", Terminator: "\t"}, {Raw: "5\x03", Terminator: "\x03"}},
		},
		"silence":             {[]string{"1"}, []trace{{Raw: "1"}}},
		"frame":               {[]string{"\x021\x03\r\n\x022\x03"}, []trace{{Raw: "\x021\x03\r\n", Terminator: "\x03"}, {Raw: "\x022\x03", Terminator: "\x03"}}},
		"before stripping":    {[]string{"<]C01>\r"}, []trace{{Raw: "<]C01>\r", Terminator: "\r"}}},
		"in pieces":           {[]string{"<", "1", ">", "\r"}, []trace{{Raw: "<1>\r", Terminator: "\r"}}},
		"LF comes late":       {[]string{"1\r", "\n2\r", "\n"}, []trace{{Raw: "1\r", Terminator: "\r"}, {Raw: "2\r", Terminator: "\r\n"}}},
		"LF comes no more":    {[]string{"1\r\n2\r", "3\r"}, []trace{{Raw: "1\r\n", Terminator: "\r\n"}, {Raw: "2\r", Terminator: "\r\n"}, {Raw: "3\r", Terminator: "\r"}}},
		"LF no more":          {[]string{"1\r\n2\r3\r"}, []trace{{Raw: "1\r\n", Terminator: "\r\n"}, {Raw: "2\r", Terminator: "\r"}, {Raw: "3\r", Terminator: "\r"}}},
		"no-read between":     {[]string{"1\rNR\r\n2\n"}, []trace{{Raw: "1\r", Terminator: "\r"}, {Raw: "2\n", Terminator: "\n"}}},
		"at most MaxTrace":    {[]string{long + "\r\n"}, []trace{{Raw: long[:scanner.MaxTrace], Terminator: "\r\n"}}},
		"endless terminators": {[]string{"1" + strings.Repeat("\r", 1<<20)}, []trace{{Raw: "1" + strings.Repeat("\r", scanner.MaxTrace-1), Terminator: "\r"}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			framer := serial.NewFramer(serial.Options{Prefix: "<", Suffix: ">"})
			var got []trace
			for _, chunk := range append(slices.Clone(test.chunks), "") {
				reads := framer.Feed([]byte(chunk))
				if chunk == "" {
					reads = framer.Silence()
				}
				for _, read := range reads {
					got = append(got, read.Trace)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func texts(all ...string) []serial.Read {
	reads := make([]serial.Read, 0, len(all))
	for _, text := range all {
		reads = append(reads, serial.Read{Text: text})
	}
	return reads
}

func ignoreTrace() cmp.Option { return cmpopts.IgnoreFields(serial.Read{}, "Trace") }

// frame feeds a stream in chunks of size, and then silence.
func frame(framer *serial.Framer, stream string, size int) []serial.Read {
	var reads []serial.Read
	for rest := []byte(stream); len(rest) > 0; {
		n := min(size, len(rest))
		reads = append(reads, framer.Feed(rest[:n])...)
		rest = rest[n:]
	}
	return append(reads, framer.Silence()...)
}
