package serial_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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
		"longer":               {long + long + "\rone\r", append([]serial.Read{{Text: long, Cut: true}}, texts("one")...)},
		"endless":              {strings.Repeat("7", 1<<20), []serial.Read{{Text: long, Cut: true}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, size := range []int{1, 2, 3, 7, 256, 1 << 20} {
				framer := serial.NewFramer(serial.NoReadWords())
				if diff := cmp.Diff(test.want, frame(framer, test.stream, size)); diff != "" {
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
	got := frame(serial.NewFramer([]string{"ERROR"}), "ERROR\rNR\r", 99)
	if diff := cmp.Diff(texts("NR"), got); diff != "" {
		t.Error(diff)
	}
}

func FuzzFramer(f *testing.F) {
	f.Add([]byte("\x02]C0one\x03\r\ntwo"), uint8(3))
	f.Add([]byte("NR\r\x00\xff\t"), uint8(0))
	f.Fuzz(func(t *testing.T, stream []byte, size uint8) {
		whole := frame(serial.NewFramer(nil), string(stream), len(stream)+1)
		parts := frame(serial.NewFramer(nil), string(stream), int(size)+1)
		if diff := cmp.Diff(whole, parts); diff != "" {
			t.Errorf("chunks change the reads (-whole +parts):\n%s", diff)
		}
		var kept []byte
		for _, read := range whole {
			if read.Text == "" || len(read.Text) > scanner.MaxText || strings.ContainsAny(read.Text, "\r\n\t\x02\x03") {
				t.Errorf("read %q", read.Text)
			}
			kept = append(kept, read.Text...)
		}
		want := slices.DeleteFunc(slices.Clone(stream), func(b byte) bool { return bytes.IndexByte([]byte("\r\n\t\x02\x03"), b) >= 0 })
		if len(stream) <= scanner.MaxText && !bytes.Equal(kept, want) {
			t.Errorf("kept %q of %q", kept, stream)
		}
	})
}

func texts(all ...string) []serial.Read {
	reads := make([]serial.Read, 0, len(all))
	for _, text := range all {
		reads = append(reads, serial.Read{Text: text})
	}
	return reads
}

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
