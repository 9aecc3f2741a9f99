package queue_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
)

// two are two stations, a dock with a script's reader and where it hands over to.
type two struct {
	*dock

	there *queue.Queue
	code  string
}

func twoStations(t *testing.T) two {
	t.Helper()
	w := two{dock: newDock(t), there: open(t)}
	w.code = code(t, w.there)
	return w
}

// over hands entries over and gives the file.
func (w two) over(d queue.Departure) (queue.Handover, []byte) {
	w.Helper()
	d.To = w.code
	h, err := w.q.HandOver(w.Context(), d, queue.Act{By: "Léa", Reason: "no line here"})
	must(w.T, err)
	_, file, err := w.q.HandoverFile(w.Context(), h.ID)
	must(w.T, err)
	return h, file
}

func (w two) taken(file []byte) (queue.Handover, bool) {
	w.Helper()
	h, again, err := w.there.TakeIn(w.Context(), file, queue.Act{By: "Zoé"})
	must(w.T, err)
	return h, again
}

func listed(t *testing.T, q *queue.Queue) (all []queue.Entry) {
	t.Helper()
	for e, err := range q.List(t.Context(), queue.Filter{}) {
		must(t, err)
		all = append(all, e)
	}
	return all
}

// TestHandover: what was held or ready here is so there, under the same ID and
// with all that was read of it, and goes out there; here it is moved.
func TestHandover(t *testing.T) {
	t.Parallel()
	w := twoStations(t)
	must(t, w.q.SetCustomer(t.Context(), queue.CustomerSetting{ID: contoso, Name: "Contoso", GroupTag: "STD"}, queue.Act{By: "test"}))
	r := w.reception(queue.Work{Customer: contoso, Order: "BL-1"})
	for _, step := range []string{"P1", "P2", "+S7", "S9"} {
		w.read(r, step)
	}
	other := w.read(w.reception(queue.Work{Customer: fabrik}), "P3")
	before := listed(t, w.q)
	h, file := w.over(queue.Departure{Filter: queue.Filter{Order: "BL-1"}})
	got, again := w.taken(file)
	if again || h.Entries != 3 || got.Taken != 3 || got.Held != 1 || got.Seen != 0 || got.Already != 0 {
		t.Errorf("%+v", got)
	}
	after := listed(t, w.there)
	if len(after) != 3 {
		t.Fatalf("%d came", len(after))
	}
	for i, e := range after {
		was := before[i]
		if e.ID != was.ID || e.Device != was.Device || e.State != was.State || e.Reason != was.Reason || e.Work() != was.Work() ||
			!e.CapturedAt.Equal(was.CapturedAt) || len(e.Reads) != len(was.Reads) || !slices.Equal(e.Way, []string{h.ID}) || e.Number != i+1 {
			t.Errorf("it was %+v\nand is %+v", was, e)
		}
		here, err := w.q.Entry(t.Context(), e.ID)
		must(t, err)
		if here.State != queue.Moved || here.WentBy != h.ID {
			t.Errorf("here it is %+v", here)
		}
		if err := w.q.Release(t.Context(), []string{e.ID}, queue.Act{By: "Léa"}); err == nil {
			t.Error("what is moved was released")
		}
	}
	if e, err := w.q.Entry(t.Context(), other.Entry.ID); err != nil || e.State != queue.Ready {
		t.Errorf("another order is %s, %v", e.State, err)
	}
	groups, err := w.there.Ready(t.Context())
	must(t, err)
	if len(groups) != 1 || groups[0].Tag != "STD" || len(groups[0].Entries) != 2 {
		t.Errorf("there it would send %+v", groups)
	}
	if _, err := w.there.Undo(t.Context(), "", queue.Act{By: "Zoé"}); !errors.Is(err, queue.ErrNothingToUndo) {
		t.Errorf("what came was undone as if it had been captured: %v", err)
	}
	if v := w.read(r, "P1"); v.Word != queue.Accepted {
		t.Errorf("what is moved is read anew as %s", v.Word)
	}
	lines, err := w.there.History(t.Context(), after[0].ID)
	must(t, err)
	if len(lines) != 1 || lines[0].Action != queue.ActionTakeIn || !strings.Contains(lines[0].Note, h.ID) {
		t.Errorf("its history: %+v", lines)
	}
}

// TestHandoverReadAgain: nothing changes, however far the entries got meanwhile.
func TestHandoverReadAgain(t *testing.T) {
	t.Parallel()
	w := twoStations(t)
	r := w.reception(queue.Work{Customer: contoso, GroupTag: "STD"})
	w.read(r, "P1")
	w.read(r, "P2")
	h, file := w.over(queue.Departure{})
	first, _ := w.taken(file)
	all := listed(t, w.there)
	must(t, w.there.Discard(t.Context(), []string{all[0].ID}, queue.Act{By: "Zoé"}))
	_, err := w.there.Plan(t.Context(), contoso, "STD", []string{all[1].ID})
	must(t, err)
	before := listed(t, w.there)
	_, written, err := w.q.HandoverFile(t.Context(), h.ID)
	must(t, err)
	if !bytes.Equal(file, written) {
		t.Error("the file is written otherwise the second time")
	}
	second, again := w.taken(written)
	if diff := cmp.Diff(first, second); diff != "" || !again {
		t.Errorf("again %v: %s", again, diff)
	}
	if diff := cmp.Diff(before, listed(t, w.there)); diff != "" {
		t.Errorf("it changed something: %s", diff)
	}
}

// TestHandoverMeets: what comes is judged as if it had been read there.
func TestHandoverMeets(t *testing.T) {
	t.Parallel()
	standard, other := queue.Work{Customer: contoso, GroupTag: "STD"}, queue.Work{Customer: fabrik, GroupTag: "STD"}
	for _, c := range []struct {
		name        string
		here, there []string
		theirs      queue.Work
		want        string // what comes
		left        string // what was there
	}{
		{"nothing", []string{"P1"}, nil, standard, "ready", ""},
		{"its own box", []string{"P1", "+S7"}, []string{"P1"}, standard, "discarded", "ready"},
		{"its PKID for other work", []string{"P1"}, []string{"P1"}, other, "held other-customer", "held other-customer"},
		{"its PKID with another serial", []string{"P1", "+S7"}, []string{"P1", "+S8"}, standard, "held conflict", "held conflict"},
		{"its serial with another PKID", []string{"P1", "+S7"}, []string{"P2", "+S7"}, standard, "held conflict", "held conflict"},
		{"its own box, in doubt", []string{"P1?"}, []string{"P1"}, standard, "held could-be-gtin", "held conflict"},
		{"a box that waits for its PKID", []string{"S7"}, []string{"P1", "+S7"}, standard, "discarded", "ready"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := twoStations(t)
			r := w.reception(standard)
			for _, step := range c.here {
				w.read(r, step)
			}
			far := *w.dock
			far.T, far.q, far.last = t, w.there, ""
			room := far.reception(c.theirs)
			for _, step := range c.there {
				far.read(room, step)
			}
			_, file := w.over(queue.Departure{})
			got, _ := w.taken(file)
			all := listed(t, w.there)
			said := func(e queue.Entry) string { return strings.TrimSpace(string(e.State) + " " + string(e.Reason)) }
			if came := all[len(all)-1]; said(came) != c.want || got.Taken != 1 {
				t.Errorf("it is %s, want %s; %+v", said(came), c.want, got)
			}
			if len(c.there) > 0 && said(all[0]) != c.left {
				t.Errorf("what was there is %s, want %s", said(all[0]), c.left)
			}
			if c.name == "its own box" && all[0].Serial == "" {
				t.Error("its serial is lost")
			}
		})
	}
}

// TestHandoverComesBack: there and back again is two handovers; neither file does
// anything a second time.
func TestHandoverComesBack(t *testing.T) {
	t.Parallel()
	w := twoStations(t)
	w.read(w.reception(queue.Work{Customer: contoso, GroupTag: "STD"}), "P1")
	_, out := w.over(queue.Departure{})
	w.taken(out)
	h, err := w.there.HandOver(t.Context(), queue.Departure{To: code(t, w.q)}, queue.Act{By: "Zoé"})
	must(t, err)
	_, back, err := w.there.HandoverFile(t.Context(), h.ID)
	must(t, err)
	for range 2 {
		if _, _, err := w.q.TakeIn(t.Context(), back, queue.Act{By: "Léa"}); err != nil {
			t.Fatal(err)
		}
		w.taken(out)
	}
	var states []string
	for _, e := range append(listed(t, w.q), listed(t, w.there)...) {
		states = append(states, string(e.State))
	}
	if got := strings.Join(states, " "); got != "moved ready moved" {
		t.Errorf("they are %s", got)
	}
}

// TestHandoverRefusesWhatWasSent: all or none, and the first is named.
func TestHandoverRefusesWhatWasSent(t *testing.T) {
	t.Parallel()
	w := twoStations(t)
	r := w.reception(queue.Work{Customer: contoso, GroupTag: "STD"})
	one, two := w.read(r, "P1").Entry, w.read(r, "P2").Entry
	_, err := w.q.Plan(t.Context(), contoso, "STD", []string{two.ID})
	must(t, err)
	d := queue.Departure{To: w.code, Entries: []string{one.ID, two.ID}}
	_, err = w.q.HandOver(t.Context(), d, queue.Act{By: "Léa"})
	if e, ok := errors.AsType[*queue.WayError](err); !ok || e.Entry != two.ID || e.To != queue.Moved {
		t.Errorf("%v", err)
	}
	if e, err := w.q.Entry(t.Context(), one.ID); err != nil || e.State != queue.Ready {
		t.Errorf("%s, %v", e.State, err)
	}
	if all, err := w.q.Handovers(t.Context()); err != nil || len(all) > 0 {
		t.Errorf("%v, %v", all, err)
	}
	d.Entries, d.Filter.Order = nil, "nobody's"
	if _, err := w.q.HandOver(t.Context(), d, queue.Act{By: "Léa"}); !errors.Is(err, queue.ErrNothingHandedOver) {
		t.Errorf("%v", err)
	}
}

// TestHandoverIsForOneStation: no third station takes it in, and not the one that
// it came from; a slip in the code is found.
func TestHandoverIsForOneStation(t *testing.T) {
	t.Parallel()
	w := twoStations(t)
	w.read(w.reception(queue.Work{Customer: contoso}), "P1")
	_, file := w.over(queue.Departure{})
	for q, want := range map[*queue.Queue]queue.HandoverFault{open(t): queue.FaultStation, w.q: queue.FaultOwn} {
		_, _, err := q.TakeIn(t.Context(), file, queue.Act{By: "Zoé"})
		if e, ok := errors.AsType[*queue.HandoverError](err); !ok || e.Fault != want || e.Station != w.code {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if all := listed(t, w.q); len(all) != 1 || all[0].State != queue.Moved {
		t.Errorf("%+v", all)
	}
	if code, err := queue.ParseStationCode(strings.ToLower(strings.ReplaceAll(w.code, "-", " "))); err != nil || code != w.code {
		t.Errorf("%q, %v", code, err)
	}
	slips := 0
	for i, letter := range w.code {
		for _, wrong := range "0123456789ABCDEFGHJKMNPQRSTVWXYZ" {
			if wrong == letter || letter == '-' {
				continue
			}
			if _, err := queue.ParseStationCode(w.code[:i] + string(wrong) + w.code[i+1:]); err == nil {
				slips++
			}
		}
	}
	if slips > 4 { // of 372, one in 1,024 by chance
		t.Errorf("%d slips are not found", slips)
	}
}

// TestHandoverTriedAgain: a try of unknown outcome with the same ID is the same
// handover.
func TestHandoverTriedAgain(t *testing.T) {
	t.Parallel()
	w := twoStations(t)
	w.read(w.reception(queue.Work{Customer: contoso}), "P1")
	d := queue.Departure{ID: "0c0ffee0-1111-4111-8111-111111111111"}
	first, _ := w.over(d)
	second, _ := w.over(d)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error(diff)
	}
}

func TestHandoverGolden(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC)
	out := queue.Handover{
		ID: "h", Way: queue.HandoverOut, Station: "dock <1>", From: "A", To: "B", By: "Léa", At: at, Reason: "no line", Entries: 2, Sum: "00",
		Body: []byte(`{"id":"h"}`),
	}
	came := queue.Handover{ID: "h", Way: queue.HandoverIn, From: "A", To: "B", By: "Zoé", At: at, Entries: 9, Taken: 6, Held: 2, Seen: 1, Already: 3, Sum: "00"}
	e := queue.Entry{ID: "e", Seq: 3, State: queue.Moved, Way: []string{"h1", "h2"}, WentBy: "h3", CapturedAt: at, ChangedAt: at}
	newGolden(t, "handover_out", out)
	newGolden(t, "handover_in", came)
	newGolden(t, "entry_handover", e)
}

// newGolden is golden for what no record of version 1 had.
func newGolden[T any](t *testing.T, name string, want T) {
	t.Helper()
	data, err := queue.EncodeRecord(want)
	must(t, err)
	file := filepath.Join("testdata", name+"_v2.golden")
	if *update {
		must(t, os.WriteFile(file, data, 0o600))
	}
	kept, err := os.ReadFile(file)
	must(t, err)
	got, err := queue.DecodeRecord[T](kept)
	must(t, err)
	if diff := cmp.Diff(want, got); diff != "" || !bytes.Equal(kept, data) {
		t.Errorf("%s\n%s\n%s", diff, kept, data)
	}
}

// TestHandoverForgotten: where the handover itself is no longer kept, its entries
// still are, and nothing is taken twice: not what came, not what came back.
func TestHandoverForgotten(t *testing.T) {
	t.Parallel()
	w := twoStations(t)
	w.read(w.reception(queue.Work{Customer: contoso, GroupTag: "STD"}), "P1")
	first, out := w.over(queue.Departure{})
	w.taken(out)
	must(t, queue.ForgetHandover(t.Context(), w.there, first.ID))
	if h, again := w.taken(out); again || h.Already != 1 || h.Taken != 0 {
		t.Errorf("%+v", h)
	}
	h, err := w.there.HandOver(t.Context(), queue.Departure{To: code(t, w.q)}, queue.Act{By: "Zoé"})
	must(t, err)
	_, back, err := w.there.HandoverFile(t.Context(), h.ID)
	must(t, err)
	for range 2 {
		_, _, err = w.q.TakeIn(t.Context(), back, queue.Act{By: "Léa"})
		must(t, err)
		must(t, queue.ForgetHandover(t.Context(), w.q, h.ID))
	}
	if all := listed(t, w.q); len(all) != 2 || all[0].State != queue.Moved || all[1].State != queue.Ready {
		t.Errorf("%+v", all)
	}
}

// TestLargestHandover: as many entries as one takes go in and out in one change
// each.
func TestLargestHandover(t *testing.T) {
	t.Parallel()
	entries := 500
	if torture() {
		entries = queue.MaxHandover
	}
	w := twoStations(t)
	w.read(w.reception(queue.Work{Customer: contoso, GroupTag: "STD"}), "P1")
	_, file := w.over(queue.Departure{})
	file = forgedFile(t, file, func(b map[string]any) {
		list, _ := b["entries"].([]any)
		one, _ := list[0].(map[string]any)
		list = nil
		for n := range entries {
			e := maps.Clone(one)
			e["id"], e["pkid"] = fmt.Sprintf("event-%06d", n), pkid(n)
			list = append(list, e)
		}
		b["entries"] = list
	})
	got, _ := w.taken(file)
	h, err := w.there.HandOver(t.Context(), queue.Departure{To: code(t, w.q)}, queue.Act{By: "Zoé"})
	must(t, err)
	if got.Taken != entries || h.Entries != entries {
		t.Errorf("%d came and %d went", got.Taken, h.Entries)
	}
	_, file, err = w.there.HandoverFile(t.Context(), h.ID)
	must(t, err)
	if back, _, err := w.q.TakeIn(t.Context(), file, queue.Act{By: "Léa"}); err != nil || back.Taken != entries {
		t.Errorf("%+v, %v", back, err)
	}
	t.Logf("a file of %d entries has %d bytes", h.Entries, len(file))
}

func code(t *testing.T, q *queue.Queue) string {
	t.Helper()
	code, err := q.StationCode(t.Context())
	must(t, err)
	return code
}
