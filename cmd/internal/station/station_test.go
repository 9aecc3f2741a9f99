package station_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/cmd/internal/station"
	"pkidstation/queue"
	"pkidstation/queue/queuetest"
	"pkidstation/scanner"
	"pkidstation/scanner/command"
)

const tenant = "11111111-aaaa-4aaa-8aaa-111111111111"

func newStation(t *testing.T, q *queue.Queue, pairing bool) *station.Station {
	t.Helper()
	s := station.New(station.Options{Queue: q, Operator: "Ana", Pairing: pairing})
	if _, err := s.Open(t.Context(), queue.Work{Customer: tenant, GroupTag: "STD"}); err != nil {
		t.Fatal(err)
	}
	return s
}

// scanOf makes a scan of a script's word: "P1" a PKID in Code 128, "S1" a
// serial, "E1" an EAN-13, "!NEXT" a command, anything else as it stands, without
// symbology.
func scanOf(word string) scanner.Scan {
	s := scanner.Scan{Source: "script", At: time.Now()}
	switch n := word[1:]; word[0] {
	case 'P':
		s.Text, s.Symbology, s.AIM = "330512340000"+n, scanner.Code128, "]C0"
	case 'S':
		s.Text, s.Symbology, s.AIM = "5CG123400"+n, scanner.Code128, "]C0"
	case '!':
		s.Text, s.Symbology, s.AIM = command.Prefix+n, scanner.Code128, "]C0"
	case 'E':
		s.Text, s.Symbology, s.AIM = "590123412345"+n, scanner.EAN13, "]E0"
	default:
		s.Text = word
	}
	return s
}

// frame makes scans of one camera frame; "~" before a word marks a repeat.
func frame(number uint64, words ...string) []scanner.Scan {
	scans := make([]scanner.Scan, 0, len(words))
	for _, word := range words {
		word, repeat := strings.CutPrefix(word, "~")
		s := scanOf(word)
		s.Frame, s.Of, s.Repeat = number, len(words), repeat
		scans = append(scans, s)
	}
	return scans
}

func take(t *testing.T, s *station.Station, scans ...scanner.Scan) (said []string) {
	t.Helper()
	for _, scan := range scans {
		given, err := s.Take(t.Context(), scan)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range given {
			said = append(said, strings.TrimSpace(fmt.Sprintf("%s %s", v.Word, v.Reason)))
		}
	}
	return said
}

// boxes are the kept boxes, as "PKID serial state".
func boxes(t *testing.T, q *queue.Queue) (all []string) {
	t.Helper()
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.Join(strings.Fields(fmt.Sprintf("%s %s %s %s", e.PKID, e.Serial, e.State, e.Reason)), " "))
	}
	return all
}

func TestBoxes(t *testing.T) {
	t.Parallel()
	const p1, p2, s1, s2 = "3305123400001", "3305123400002", "5CG1234001", "5CG1234002"
	for _, tt := range []struct {
		name, script string
		want         []string
	}{
		{"PKID first", "P1 S1 P2 S2", []string{p1 + " " + s1 + " ready", p2 + " " + s2 + " ready"}},
		{"serial first", "S1 P1 S2 P2", []string{p1 + " " + s1 + " ready", p2 + " " + s2 + " ready"}},
		{"a serial missing", "P1 P2 S2", []string{p1 + " ready", p2 + " " + s2 + " ready"}},
		{"a PKID missing", "S1 S2 P2", []string{s1 + " held no-pkid", p2 + " " + s2 + " ready"}},
		{"a PKID missed after others: in doubt, held", "P1 S1 S2 P2", []string{p1 + " " + s1 + " ready", p2 + " " + s2 + " held conflict"}},
		{"the EAN beside", "E1 P1 E1 S1", []string{p1 + " " + s1 + " ready"}},
		{"the box read twice", "P1 S1 P1 S1", []string{p1 + " " + s1 + " ready"}},
		{"another serial for the same PKID", "P1 S1 P2 P1 S2", []string{p1 + " " + s1 + " held conflict", p2 + " ready"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			q := queuetest.Open(t)
			s := newStation(t, q, true)
			for word := range strings.FieldsSeq(tt.script) {
				take(t, s, scanOf(word))
			}
			if diff := cmp.Diff(tt.want, boxes(t, q)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFrames(t *testing.T) {
	t.Parallel()
	const p1, p2, s1, s2 = "3305123400001", "3305123400002", "5CG1234001", "5CG1234002"
	for _, tt := range []struct {
		name   string
		frames []string
		want   []string
	}{
		{"one label", []string{"S1 E1 P1"}, []string{p1 + " " + s1 + " ready"}},
		{"held still", []string{"S1 P1", "~S1 ~P1"}, []string{p1 + " " + s1 + " ready"}},
		{"the PKID comes later", []string{"S1", "~S1 P1"}, []string{p1 + " " + s1 + " ready"}},
		{"two labels in view: nothing is taken", []string{"P1 S1 P2 S2"}, nil},
		{"two serials in view: nothing is taken", []string{"S1 S2 P2"}, nil},
		{"another serial on the label of a kept PKID", []string{"P1 S2", "~P1 S1"}, []string{p1 + " " + s2 + " held conflict"}},
		{"the label blinks", []string{"S1", "P1"}, []string{p1 + " " + s1 + " ready"}},
		{"then one of them alone", []string{"P1 S1 P2 S2", "~P1 ~S1"}, []string{p1 + " " + s1 + " ready"}},
		{"a second label comes into view", []string{"P1 S1", "~P1 ~S1 P2", "~P2 S2"}, []string{p1 + " " + s1 + " ready", p2 + " " + s2 + " ready"}},
		{"the next box while the first waits for its PKID", []string{"S1", "S2 P2"}, []string{s1 + " held no-pkid", p2 + " " + s2 + " ready"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			q := queuetest.Open(t)
			s := newStation(t, q, true)
			for i, words := range tt.frames {
				take(t, s, frame(uint64(i)+1, strings.Fields(words)...)...)
			}
			if diff := cmp.Diff(tt.want, boxes(t, q)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNotKept(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := newStation(t, q, false)
	for word, want := range map[string]string{
		"E1": "ignored no-identity", "S1": "ignored no-pairing", "VK7JG-NPHTM-C97JM-9MPGT-3V66T": "refused secret",
		"00329-00000-00003-AA606": "refused product-id", "0000000000000": "refused all-equal",
		"330512\x1b3456781": "refused control-characters", "hello world": "refused unknown",
	} {
		if got := take(t, s, scanOf(word)); len(got) != 1 || got[0] != want {
			t.Errorf("%q: %v, want %s", word, got, want)
		}
	}
	if kept := boxes(t, q); len(kept) > 0 {
		t.Errorf("kept: %v", kept)
	}
}

func TestTyped(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := newStation(t, q, true)
	for text, want := range map[string]string{
		"3305123456782": "held typed-by-hand", "330512345678": "refused unknown", "VK7JG-NPHTM-C97JM-9MPGT-3V66T": "refused secret",
		"": "refused unknown", "1111111111111": "refused all-equal",
	} {
		v, err := s.Typed(t.Context(), text)
		if got := fmt.Sprintf("%s %s", v.Word, v.Reason); err != nil || got != want {
			t.Errorf("%q: %s (%v), want %s", text, got, err, want)
		}
		if strings.Contains(v.Text, "VK7JG") {
			t.Error("the product key is in the verdict")
		}
	}
}

// TestRestart: the box at hand and the reading order are known again.
func TestRestart(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	take(t, newStation(t, q, true), scanOf("P1"), scanOf("S1"), scanOf("P2"))
	take(t, newStation(t, q, true), scanOf("S2"))
	take(t, newStation(t, q, true), scanOf("S3"), scanOf("P3"))
	want := []string{
		"3305123400001 5CG1234001 ready", "3305123400002 5CG1234002 ready", "3305123400003 5CG1234003 held conflict",
	}
	if diff := cmp.Diff(want, boxes(t, q)); diff != "" {
		t.Error(diff)
	}
}

func TestWithoutReception(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := station.New(station.Options{Queue: q, Operator: "Ana", Pairing: true})
	if _, err := s.Take(t.Context(), scanOf("P1")); !errors.Is(err, station.ErrNoReception) {
		t.Errorf("gave %v", err)
	}
	// The desk keeps it all the same, in a reception without customer.
	d := station.NewDesk(s, slog.New(slog.DiscardHandler))
	if v, err := d.Typed(t.Context(), "3305123456782"); err != nil || v.Word != queue.OnHold {
		t.Errorf("typed: %+v %v", v, err)
	}
	if r, open := s.Current(); !open || r.Customer != "" {
		t.Errorf("reception: %+v", r)
	}
}

func TestUndo(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := newStation(t, q, true)
	take(t, s, scanOf("P1"))
	if _, err := s.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	// The serial of the next box does not join the box that is gone.
	take(t, s, scanOf("S2"), scanOf("P2"))
	want := []string{"3305123400001 discarded", "3305123400002 5CG1234002 ready"}
	if diff := cmp.Diff(want, boxes(t, q)); diff != "" {
		t.Error(diff)
	}
}

// TestFrameWeight: the last verdict of a frame is the one that counts, and it
// shows the whole box.
func TestFrameWeight(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := newStation(t, q, true)
	want := []string{"ignored no-identity", "attached", "accepted"}
	if diff := cmp.Diff(want, take(t, s, frame(1, "P1", "S1", "E1")...)); diff != "" {
		t.Error(diff)
	}
	take(t, s, frame(2, "P2", "S2")...)
	want = []string{"ignored no-identity", "seen ready", "held conflict"}
	if diff := cmp.Diff(want, take(t, s, frame(3, "P1", "S2", "E1")...)); diff != "" {
		t.Error(diff)
	}
}

// TestOwed: a code that could not be kept is taken from the next frame although
// the camera calls it a repeat.
func TestOwed(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	s := newStation(t, q, true)
	gone, stop := context.WithCancel(t.Context())
	stop()
	for _, scan := range frame(1, "P1", "S1") {
		if given, err := s.Take(gone, scan); scan.Text[0] == '5' && (err == nil || len(given) > 0) {
			t.Fatalf("a write that cannot be gave %v, %v", given, err)
		}
	}
	if diff := cmp.Diff([]string{"attached", "accepted"}, take(t, s, frame(2, "~P1", "~S1")...)); diff != "" {
		t.Error(diff)
	}
	if got := take(t, s, frame(3, "~P1", "~S1")...); len(got) > 0 {
		t.Errorf("a repeat gave %v", got)
	}
}

// TestLeftLongAgo: what a person did to a box since does not bring it back to
// hand after a restart.
func TestLeftLongAgo(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	first := scanOf("P1")
	first.At = time.Now().Add(-time.Hour)
	s := newStation(t, q, true)
	given, err := s.Take(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}
	ids, act := []string{given[0].Entry.ID}, queue.Act{By: "Léa"}
	if err := errors.Join(q.Hold(t.Context(), ids, act), q.Release(t.Context(), ids, act)); err != nil {
		t.Fatal(err)
	}
	take(t, newStation(t, q, true), scanOf("S2"), scanOf("P2"))
	want := []string{"3305123400001 ready", "3305123400002 5CG1234002 ready"}
	if diff := cmp.Diff(want, boxes(t, q)); diff != "" {
		t.Error(diff)
	}
}
