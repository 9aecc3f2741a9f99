package audittrail_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/audittrail"
)

func TestWhatWasWrittenIsSound(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 2, 300} {
		text := exported(t, 1, n)
		for _, key := range []string{"", fingerprint(keyOf(1))} {
			r, err := audittrail.Verify(iotest.OneByteReader(bytes.NewReader(text)), key)
			if err != nil || !r.Sound() || r.Lines != uint64(n) || r.Header.Station != "dock 1" || r.Header.Journal != 17 {
				t.Errorf("%d lines, key %q: %+v %v", n, key, r, err)
			}
		}
	}
}

// TestFindingsSayWhereAndWhy: 1 header, audit lines 1 to 9 on lines 2 to 10, the
// trailer on line 11.
func TestFindingsSayWhereAndWhy(t *testing.T) {
	t.Parallel()
	const n = 9
	lines := func(station byte) [][]byte { return bytes.SplitAfter(exported(t, station, n), []byte("\n"))[:n+2] }
	at := func(line, number uint64, why audittrail.Reason) audittrail.Finding {
		return audittrail.Finding{Line: line, Number: number, Reason: why}
	}
	unsigned := at(11, 0, audittrail.BadSignature)
	for name, tt := range map[string]struct {
		tamper func(l [][]byte) [][]byte
		want   []audittrail.Finding
	}{
		"nothing":           {func(l [][]byte) [][]byte { return l }, nil},
		"a line is removed": {func(l [][]byte) [][]byte { return slices.Delete(l, 4, 5) }, []audittrail.Finding{at(5, 5, "missing"), at(10, 9, "wrong-head"), at(10, 0, "bad-signature")}},
		"a line is changed": {func(l [][]byte) [][]byte {
			l[4] = bytes.Replace(l[4], []byte("box"), []byte("bix"), 1)
			return l
		}, []audittrail.Finding{at(5, 4, "changed"), unsigned}},
		"two lines change places": {func(l [][]byte) [][]byte {
			l[4], l[5] = l[5], l[4]
			return l
		}, []audittrail.Finding{at(5, 5, "missing"), at(6, 4, "misplaced"), at(7, 6, "missing"), unsigned}},
		"a line is there twice": {func(l [][]byte) [][]byte { return slices.Insert(l, 4, l[3]) }, []audittrail.Finding{at(5, 3, "misplaced"), at(12, 9, "wrong-head"), at(12, 0, "bad-signature")}},
		"a line is of another station": {func(l [][]byte) [][]byte {
			l[4] = lines(2)[4]
			return l
		}, []audittrail.Finding{at(5, 4, "unlinked"), at(6, 5, "unlinked"), unsigned}},
		"the end is cut off":             {func(l [][]byte) [][]byte { return l[:7] }, []audittrail.Finding{at(7, 0, "cut-off")}},
		"the last newline is cut off":    {func(l [][]byte) [][]byte { l[10] = l[10][:len(l[10])-1]; return l }, []audittrail.Finding{at(10, 0, "cut-off")}},
		"the tail is cut, the end stays": {func(l [][]byte) [][]byte { return slices.Delete(l, 8, 10) }, []audittrail.Finding{at(9, 7, "wrong-head"), at(9, 0, "bad-signature")}},
		"something follows":              {func(l [][]byte) [][]byte { return append(l, []byte("\n")) }, []audittrail.Finding{at(12, 0, "trailing")}},
		"no line of an audit":            {func(l [][]byte) [][]byte { return slices.Insert(l, 3, []byte("{}\n")) }, []audittrail.Finding{at(4, 0, "malformed"), at(12, 9, "wrong-head"), at(12, 0, "bad-signature")}},
		"another station in the header": {func(l [][]byte) [][]byte {
			l[0] = bytes.Replace(l[0], []byte("dock 1"), []byte("dock 7"), 1)
			return l
		}, []audittrail.Finding{unsigned}},
		"another export's trailer": {func(l [][]byte) [][]byte { l[10] = lines(2)[10]; return l }, []audittrail.Finding{at(11, 9, "wrong-head"), unsigned}},
		"a trailer with spaces": {func(l [][]byte) [][]byte {
			l[10] = bytes.Replace(l[10], []byte(`,"head"`), []byte(`, "head"`), 1)
			return l
		}, []audittrail.Finding{at(11, 0, "bad-trailer")}},
		"another's export": {func([][]byte) [][]byte { return lines(2) }, []audittrail.Finding{at(1, 0, "foreign-key")}},
		"a newer version":  {func(l [][]byte) [][]byte { l[0] = bytes.Replace(l[0], []byte(`:1,`), []byte(`:2,`), 1); return l }, []audittrail.Finding{at(1, 0, "newer")}},
		"nothing at all":   {func([][]byte) [][]byte { return nil }, []audittrail.Finding{at(0, 0, "not-an-export")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := verify(t, bytes.Join(tt.tamper(lines(1)), nil), fingerprint(keyOf(1)))
			if diff := cmp.Diff(tt.want, r.Findings); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestEveryBitCounts: of a small export, whatever bit is another and wherever it
// is cut off, it is found, with no key to compare as well.
func TestEveryBitCounts(t *testing.T) {
	t.Parallel()
	text := exported(t, 1, 2)
	for n := range len(text) {
		if verify(t, text[:n], "").Sound() {
			t.Errorf("cut off after %d bytes it is sound", n)
		}
		for bit := range 8 {
			if !torture() && bit != n%8 && bit != 5 { // bit 5 makes capitals
				continue
			}
			text[n] ^= 1 << bit
			if verify(t, text, "").Sound() {
				t.Errorf("byte %d with bit %d turned is sound", n, bit)
			}
			text[n] ^= 1 << bit
		}
	}
}

// TestAnotherKeyOfTheStation: a key that the audit does not record is no key of
// the station, whoever it is that signs.
func TestAnotherKeyOfTheStation(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	next := chained(1, fingerprint(keyOf(1)))
	line := next()
	l, err := audittrail.ReadLine(line)
	if err != nil {
		t.Fatal(err)
	}
	out, err := audittrail.NewWriter(&b, audittrail.Header{Head: 1, Hash: l.Hash}, keyOf(2))
	if err == nil {
		err = out.Line(line)
	}
	if err == nil {
		_, err = out.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	if r := verify(t, b.Bytes(), ""); len(r.Findings) != 1 || r.Findings[0].Reason != audittrail.UnknownKey {
		t.Errorf("%+v", r.Findings)
	}
}

// TestABrokenChainIsNotSigned.
func TestABrokenChainIsNotSigned(t *testing.T) {
	t.Parallel()
	next := chained(3, "")
	first, _, third := next(), next(), next()
	out, err := audittrail.NewWriter(io.Discard, audittrail.Header{Head: 3}, keyOf(1))
	if err != nil {
		t.Fatal(err)
	}
	if err := out.Line(first); err != nil {
		t.Fatal(err)
	}
	broken, ok := errors.AsType[*audittrail.ChainError](out.Line(third))
	if !ok || broken.Finding.Reason != audittrail.Missing || broken.Finding.Number != 3 {
		t.Errorf("%v", broken)
	}
	if _, err := out.Close(); err == nil {
		t.Error("it was signed")
	}
}

// endless gives a text again and again.
type endless struct{ text []byte }

func (e endless) Read(b []byte) (int, error) {
	n := 0
	for n < len(b) {
		n += copy(b[n:], e.text)
	}
	return n, nil
}

// TestHostileTexts: no text keeps it for ever, makes it panic, or has it hold more
// than a line.
func TestHostileTexts(t *testing.T) {
	t.Parallel()
	good := exported(t, 1, 3)
	head := good[:bytes.IndexByte(good, '\n')+1]
	for name, text := range map[string]io.Reader{
		"a line without end":              endless{[]byte("a")},
		"zeros":                           endless{[]byte{0}},
		"newlines":                        endless{[]byte("\n")},
		"lines without end":               io.MultiReader(bytes.NewReader(head), endless{[]byte("{}\n")}),
		"a line without end, later":       io.MultiReader(bytes.NewReader(head), endless{[]byte("9")}),
		"an export again and again":       endless{good},
		"deep brackets":                   io.MultiReader(bytes.NewReader(head), strings.NewReader(strings.Repeat("[", 3<<20)+"\n")),
		"deep objects":                    io.MultiReader(bytes.NewReader(head), strings.NewReader(strings.Repeat(`{"number":`, 300<<10)+"\n")),
		"a number that is too large":      io.MultiReader(bytes.NewReader(head), strings.NewReader(`{"number":1e99999,"hash":"`+strings.Repeat("0", 64)+`"}`+"\n")),
		"a trailer of another kind":       io.MultiReader(bytes.NewReader(head), strings.NewReader(`{"trailer":[]}`+"\n")),
		"a trailer with half a signature": io.MultiReader(bytes.NewReader(good[:len(good)-10]), strings.NewReader("\"}\n")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := audittrail.Verify(text, "")
			if err != nil || r.Sound() || len(r.Findings) > 1001 {
				t.Errorf("%d findings, %v", len(r.Findings), err)
			}
		})
	}
}

// watched gives an export that is made while it is read, and notes how much
// memory is in use.
func watched(t *testing.T, n int) (most uint64) {
	t.Helper()
	r, w := io.Pipe()
	go func() { w.CloseWithError(write(w, 1, n)) }()
	report, err := audittrail.Verify(readerFunc(func(b []byte) (int, error) {
		if rand.IntN(2000) == 0 {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
		return r.Read(b)
	}), "")
	if err != nil || !report.Sound() || report.Lines != uint64(n) {
		t.Fatalf("%+v %v", report, err)
	}
	return most
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }

// TestMemoryDoesNotGrow, writing and verifying at once.
func TestMemoryDoesNotGrow(t *testing.T) { //nolint:paralleltest // others would be measured
	small, large := watched(t, 2_000), watched(t, 40_000)
	if large > small+1<<20 {
		t.Errorf("2000 lines take %d bytes, 40000 take %d", small, large)
	}
}

// FuzzVerify: any text is verified without a panic, and none is sound that the
// station did not sign.
func FuzzVerify(f *testing.F) {
	signed := map[string]bool{}
	for _, n := range []int{1, 3} {
		text := exported(f, 1, n)
		signed[string(text)] = true
		f.Add(text)
		f.Add(text[:len(text)/2])
		f.Add(bytes.ReplaceAll(text, []byte(`"number":2`), []byte(`"number":7`)))
	}
	key := fingerprint(keyOf(1))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := audittrail.Verify(bytes.NewReader(text), key)
		if err != nil {
			t.Fatal(err)
		}
		if r.Sound() != signed[string(text)] {
			t.Errorf("sound: %v", r.Sound())
		}
		for _, finding := range r.Findings {
			if finding.String() == "" || finding.Reason == "" {
				t.Errorf("%+v", finding)
			}
		}
		if _, err := hex.DecodeString(r.Header.Key); err != nil {
			t.Error("a key that is none")
		}
		_, _ = audittrail.ReadLine(text)
		_ = audittrail.Sum(text)
	})
}

// BenchmarkVerify is an export of 10,000 lines.
func BenchmarkVerify(b *testing.B) {
	text := exported(b, 1, 10_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if !verify(b, text, "").Sound() {
			b.Fatal("unsound")
		}
	}
}
