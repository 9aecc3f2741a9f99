package journal_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pkidstation/queue/journal"
)

// clock is a clock that goes a second and a millisecond at each look.
func clock() func() time.Time {
	at := time.Date(2026, 11, 28, 16, 4, 20, 123_456_789, time.FixedZone("", 3600))
	return func() time.Time {
		at = at.Add(1001 * time.Millisecond)
		return at
	}
}

// filled is a folder with a journal of so many events in short segments.
func filled(t *testing.T, events int) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), journal.FolderName)
	j, _ := mustOpen(t, folder, journal.Options{SegmentSize: small, Now: clock()})
	for n := range events {
		put(t, j, string(event(n)))
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return folder
}

// wantEvents wants the events from one to another as lines one higher, and no damage.
func wantEvents(t *testing.T, j *journal.Journal, from, to int) {
	t.Helper()
	lines, damages := read(t, j, uint64(from+1))
	if len(damages) > 0 {
		t.Errorf("damages %v", damages)
	}
	var got, want []string
	for _, l := range lines {
		got = append(got, fmt.Sprint(l.Seq, eventOf(l.Body)))
	}
	for n := from; n < to; n++ {
		want = append(want, fmt.Sprint(n+1, n))
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want events %d to %d", got, from, to)
	}
}

func names(t *testing.T, folder, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil {
		t.Fatal(err)
	}
	for n := range found {
		found[n] = filepath.Base(found[n])
	}
	return found
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), journal.FolderName)
	j, report := mustOpen(t, folder, journal.Options{SegmentSize: small, Now: clock()})
	if !report.Created || j.Last() != 0 || j.Tail().Seq != 0 {
		t.Errorf("a new journal: %+v, %+v", report, j.Tail())
	}
	bodies := []string{"", "{}", " leading and  double spaces ", "\x00\xff\r\t", strings.Repeat("é", 5000), `{"a":1}`}
	var appended []journal.Line
	for _, body := range bodies {
		appended = append(appended, put(t, j, body))
	}
	for range 2 {
		lines, damages := read(t, j, 0)
		if fmt.Sprintf("%+v", lines) != fmt.Sprintf("%+v", appended) || damages != nil {
			t.Errorf("appended %+v, read %+v, %v", appended, lines, damages)
		}
		for n, l := range lines {
			if n > 0 && l.Prev != lines[n-1].Sum || l.Seq != uint64(n+1) || string(l.Body) != bodies[n] {
				t.Errorf("line %d: %+v", n, l)
			}
		}
		last := lines[len(lines)-1]
		last.Body = nil
		if tail := j.Tail(); fmt.Sprintf("%+v", tail) != fmt.Sprintf("%+v", last) {
			t.Errorf("the tail is %+v", tail)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		j, report = mustOpen(t, folder, journal.Options{SegmentSize: small})
		if fmt.Sprintf("%+v", report) != fmt.Sprintf("%+v", journal.Report{}) {
			t.Errorf("a sound journal gave %+v", report)
		}
	}
}

// TestRefused: what can be no line leaves the journal as it was.
func TestRefused(t *testing.T) {
	t.Parallel()
	j, _ := mustOpen(t, t.TempDir(), journal.Options{SegmentSize: small})
	for kind, body := range map[string][]byte{
		"": nil, "Capture": nil, "two words": nil, strings.Repeat("k", 33): nil, "é": nil,
		"a": []byte("{\n}"), "b": make([]byte, journal.MaxBody+1),
	} {
		if _, err := j.Append(kind, body); !errors.Is(err, journal.ErrRefused) {
			t.Errorf("%.40q with %d bytes: %v", kind, len(body), err)
		}
	}
	if l := put(t, j, string(event(0))); l.Seq != 1 {
		t.Errorf("the first line has number %d", l.Seq)
	}
	wantEvents(t, j, 0, 1)
}

// TestLongestBody: 64 MiB are taken, have a segment of their own, and are read.
func TestLongestBody(t *testing.T) {
	t.Parallel()
	j, _ := mustOpen(t, t.TempDir(), journal.Options{SegmentSize: small})
	put(t, j, "{}")
	body := bytes.Repeat([]byte("b"), journal.MaxBody)
	if _, err := j.Append("long", body); err != nil {
		t.Fatal(err)
	}
	put(t, j, "{}")
	lines, damages := read(t, j, 0)
	if len(lines) != 3 || damages != nil || !bytes.Equal(lines[1].Body, body) {
		t.Errorf("%d lines, %v", len(lines), damages)
	}
}

// TestClockOutOfItsMind: no time makes a line that cannot be read.
func TestClockOutOfItsMind(t *testing.T) {
	t.Parallel()
	for _, year := range []int{-300_000, -1, 0, 1, 9999, 10_000, 300_000} {
		now := func() time.Time { return time.Date(year, 12, 31, 23, 59, 59, 999_999_999, time.UTC) }
		j, _ := mustOpen(t, t.TempDir(), journal.Options{SegmentSize: small, Now: now})
		l := put(t, j, "{}")
		lines, damages := read(t, j, 0)
		if len(lines) != 1 || damages != nil || !lines[0].At.Equal(l.At) {
			t.Errorf("year %d: appended %v, read %v, %v", year, l, lines, damages)
		}
	}
}

// TestClosed: a closed journal takes nothing, and twice is as once.
func TestClosed(t *testing.T) {
	t.Parallel()
	j, _ := mustOpen(t, t.TempDir(), journal.Options{SegmentSize: small})
	if err := errors.Join(j.Close(), j.Close()); err != nil {
		t.Fatal(err)
	}
	_, err := j.Append("event", nil)
	for _, err := range []error{err, j.Sync(), j.Pack()} {
		if !errors.Is(err, journal.ErrClosed) {
			t.Errorf("gave %v", err)
		}
	}
}

// TestGolden reads a journal of the first version, and writes the same again.
func TestGolden(t *testing.T) {
	t.Parallel()
	const golden = "testdata/v1/000000000001.log"
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	j, _ := mustOpen(t, folder, journal.Options{SegmentSize: 1024, Now: clock()})
	for kind, body := range inOrder() {
		if _, err := j.Append(kind, []byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(folder, filepath.Base(golden)))
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("the format changed: wrote\n%s\nwant\n%s\n%v", bytes.TrimSpace(got), bytes.TrimSpace(want), err)
	}
	old, report := mustOpen(t, filepath.Dir(golden), journal.Options{ReadOnly: true})
	lines, damages := read(t, old, 0)
	if len(lines) != 3 || damages != nil || report.Torn != nil || string(lines[2].Body) != `{"pkid":"3305112345678","by":"Zoë"}` {
		t.Errorf("read %+v, %v, %+v", lines, damages, report)
	}
}

// inOrder gives the lines of the golden file.
func inOrder() func(yield func(kind, body string) bool) {
	return func(yield func(kind, body string) bool) {
		_ = yield("station", `{"name":"dock 2"}`) && yield("reception", "") && yield("capture", `{"pkid":"3305112345678","by":"Zoë"}`)
	}
}
