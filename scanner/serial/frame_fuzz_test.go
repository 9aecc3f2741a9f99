package serial_test

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner"
	"pkidstation/scanner/serial"
)

// modelReads is the framing said again, with the whole stream at hand: STX to
// ETX is a read once a scanner was seen to end one so; anything else lies
// between two framing bytes.
func modelReads(stream string) []serial.Read {
	const framing = "\r\n\t\x02\x03"
	var reads []serial.Read
	give := func(text string) {
		kept := strings.Trim(text[:min(len(text), scanner.MaxText)], framing)
		if kept != "" {
			reads = append(reads, serial.Read{Text: kept, Cut: len(text) > scanner.MaxText})
		}
	}
	frames := false
	for stream != "" {
		begun := stream[0] == '\x02'
		if strings.IndexByte(framing, stream[0]) >= 0 {
			stream = stream[1:]
		}
		end := strings.IndexAny(stream, framing)
		if begun && frames {
			end = strings.IndexAny(stream, "\x02\x03")
		}
		closed := end >= 0 && stream[end] == '\x03'
		if end < 0 {
			end = len(stream)
		}
		switch text := stream[:end]; {
		case begun && frames && !closed && len(text) <= scanner.MaxText:
			frames = false
			for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(framing, r) }) {
				give(part)
			}
		case begun && frames && !closed:
			frames = false
			give(text)
		default:
			give(text)
			frames = frames || begun && closed
		}
		stream = stream[end:]
	}
	return reads
}

func FuzzFramer(f *testing.F) {
	for _, seed := range []string{
		"\x02]C0one\x03\r\ntwo", "NR\r\x00\xff\t", "\x02a\x03\x02b\rc\x03\x02d\re\x02f\n", "\x02\x03\x02\r\x03",
	} {
		f.Add([]byte(seed), uint8(3))
	}
	f.Fuzz(func(t *testing.T, stream []byte, size uint8) {
		want := modelReads(string(stream))
		for _, size := range []int{int(size) + 1, len(stream) + 1} {
			got := frame(serial.NewFramer(serial.Options{NoRead: []string{}}), string(stream), size)
			if diff := cmp.Diff(want, got, ignoreTrace()); diff != "" {
				t.Errorf("in chunks of %d (-model +framer):\n%s", size, diff)
			}
			for _, read := range got {
				if len(read.Text) > scanner.MaxText || len(read.Trace.Raw) > scanner.MaxTrace {
					t.Errorf("kept %d bytes and %d of trace", len(read.Text), len(read.Trace.Raw))
				}
			}
		}
	})
}

// FuzzStrip wants no byte of a read to be lost but prefix and suffix.
func FuzzStrip(f *testing.F) {
	f.Add("<<", "#", "]C0<<one#")
	f.Add("", "", "one")
	f.Add("]", "]", "]]]")
	f.Fuzz(func(t *testing.T, prefix, suffix, text string) {
		framer := serial.NewFramer(serial.Options{Prefix: prefix, Suffix: suffix, NoRead: []string{}})
		got := frame(framer, text, 7)
		for _, read := range got {
			came := strings.Trim(read.Trace.Raw, "\r\n\t\x02\x03")
			if len(read.Trace.Raw) < scanner.MaxTrace && len(came)-len(read.Text) > len(prefix)+len(suffix) {
				t.Errorf("of %q was left %q", read.Trace.Raw, read.Text)
			}
		}
		if plain := modelReads(text); len(got) > len(plain) {
			t.Errorf("%d reads of %d", len(got), len(plain))
		}
	})
}

// TestFramerMemory: whatever comes, a read of a port costs little. It is not
// parallel, because it watches what the whole process allocates.
func TestFramerMemory(t *testing.T) { //nolint:paralleltest // see above
	const most = 1 << 20
	streams := map[string]string{
		"endless":       strings.Repeat("7", 1<<16),
		"short reads":   strings.Repeat("7\r", 1<<15),
		"empty reads":   strings.Repeat("\r", 1<<16),
		"frames":        strings.Repeat("\x027\r7\x03", 1<<14),
		"broken frames": strings.Repeat("\x027\x03\x02"+strings.Repeat("7\r", scanner.MaxText/2), 8),
	}
	for name, stream := range streams {
		framer, worst := serial.NewFramer(serial.Options{}), uint64(0)
		for chunk := range slices.Chunk([]byte(stream), 256) {
			worst = max(worst, allocated(func() { framer.Feed(chunk) }))
		}
		if worst > most {
			t.Errorf("%s: %d bytes for a chunk", name, worst)
		}
		t.Logf("%s: %d bytes for a chunk", name, worst)
	}
}

// allocated is how many bytes a call takes from the heap.
func allocated(call func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	call()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
