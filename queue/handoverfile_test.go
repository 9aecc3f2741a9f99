package queue_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
)

// forgedFile is a handover's file with its body changed, and a checksum that fits.
func forgedFile(t *testing.T, file []byte, change func(body map[string]any)) []byte {
	t.Helper()
	var f map[string]any
	must(t, json.Unmarshal(file, &f))
	body, ok := f["handover"].(map[string]any)
	if !ok {
		t.Fatal("no body")
	}
	change(body)
	data, err := json.Marshal(body)
	must(t, err)
	return queue.SealHandover(data)
}

// entry is a change of an entry of a body.
func entry(i int, change func(map[string]any)) func(map[string]any) {
	return func(body map[string]any) {
		list, _ := body["entries"].([]any)
		e, _ := list[i].(map[string]any)
		change(e)
	}
}

func set(i int, name string, value any) func(map[string]any) {
	return entry(i, func(e map[string]any) { e[name] = value })
}

// TestHostileHandovers: what is wrong with a file is said, with its place, and
// nothing of it is taken.
func TestHostileHandovers(t *testing.T) {
	t.Parallel()
	w := twoStations(t)
	must(t, w.q.SetCustomer(t.Context(), queue.CustomerSetting{ID: contoso, GroupTag: "STD"}, queue.Act{By: "test"}))
	r := w.reception(queue.Work{Customer: contoso})
	w.read(r, "P1")
	w.read(r, "P2")
	w.read(r, "S3")
	h, file := w.over(queue.Departure{})
	forge := func(change func(map[string]any)) []byte { return forgedFile(t, file, change) }
	top := func(name string, value any) []byte { return forge(func(b map[string]any) { b[name] = value }) }
	list := func(name string) func(map[string]any) []any {
		return func(b map[string]any) []any { all, _ := b[name].([]any); return all }
	}
	for name, c := range map[string]struct {
		file  []byte
		fault queue.HandoverFault
		place string
	}{
		"empty":              {nil, queue.FaultFormat, "byte 0"},
		"cut off":            {file[:len(file)/2], queue.FaultFormat, fmt.Sprint("byte ", len(file)/2)},
		"something else":     {[]byte(`{"format":"csv","version":1}`), queue.FaultFormat, ""},
		"a list":             {[]byte(`[]`), queue.FaultFormat, ""},
		"two values":         {append(bytes.Clone(file), "{}"...), queue.FaultFormat, fmt.Sprint("byte ", len(file)+1)},
		"something unknown":  {top("more", 1), queue.FaultFormat, ""},
		"newer":              {bytes.Replace(file, []byte(`"version":1`), []byte(`"version":2`), 1), queue.FaultVersion, "version"},
		"one letter changed": {bytes.Replace(file, []byte(`"no line here"`), []byte(`"no wine here"`), 1), queue.FaultSum, ""},
		"no UTF-8":           {bytes.Replace(file, []byte(`no line`), []byte("no l\xffne"), 1), queue.FaultText, fmt.Sprint("byte ", bytes.Index(file, []byte("no line"))+4)},
		"too long":           {append(bytes.Clone(file), bytes.Repeat([]byte(" "), 17<<20)...), queue.FaultSize, ""},
		"no ID":              {top("id", "../../x"), queue.FaultID, "id"},
		"no code":            {top("from", "nobody"), queue.FaultID, "from"},
		"for nobody":         {top("to", "0000-0000-0000"), queue.FaultID, "to"},
		"nothing in it":      {top("entries", []any{}), queue.FaultFormat, "entries"},
		"a control letter":   {top("station", "dock\x1b[2J"), queue.FaultValue, "station"},
		"an ID that is none": {forge(set(1, "id", "a b")), queue.FaultID, "entries.1.id"},
		"one ID twice": {forge(func(b map[string]any) {
			all := list("entries")(b)
			b["entries"] = append(all, all[0])
		}), queue.FaultTwice, "entries.3.id"},
		"one PKID twice":      {forge(set(1, "pkid", "3305123400001")), queue.FaultTwice, "entries.1.pkid"},
		"no PKID":             {forge(set(1, "pkid", "33051234")), queue.FaultPKID, "entries.1.pkid"},
		"sent already":        {forge(set(0, "state", "registered")), queue.FaultState, "entries.0.state"},
		"no state":            {forge(set(0, "state", "READY")), queue.FaultState, "entries.0.state"},
		"held for a command":  {forge(set(2, "reason", "rm -rf /")), queue.FaultState, "entries.2.state"},
		"ready for nobody":    {forge(set(0, "customer", "")), queue.FaultState, "entries.0"},
		"ready without PKID":  {forge(set(0, "pkid", "")), queue.FaultState, "entries.0"},
		"no tenant":           {forge(set(0, "customer", "Contoso Ltd")), queue.FaultCustomer, "entries.0"},
		"no tag":              {forge(set(0, "group_tag", "a b")), queue.FaultCustomer, "entries.0"},
		"no such reception":   {forge(set(0, "reception", "r")), queue.FaultReception, "entries.0.reception"},
		"a serial for a book": {forge(set(0, "serial", strings.Repeat("S", 1025))), queue.FaultValue, "entries.0.serial"},
		"a number for a text": {forge(set(0, "serial", 7)), queue.FaultFormat, "entries.serial"},
		"a customer for none": {forge(func(b map[string]any) { b["customers"] = []any{map[string]any{"id": ""}} }), queue.FaultCustomer, "customers.0"},
		"a reception twice": {forge(func(b map[string]any) {
			all := list("receptions")(b)
			b["receptions"] = append(all, all[0])
		}), queue.FaultTwice, "receptions.1"},
		"too many": {forge(func(b map[string]any) {
			all := list("entries")(b)
			for len(all) <= queue.MaxHandover {
				all = append(all, all[0])
			}
			b["entries"] = all
		}), queue.FaultSize, "entries"},
	} {
		_, _, err := w.there.TakeIn(t.Context(), c.file, queue.Act{By: "Zoé"})
		if e, ok := errors.AsType[*queue.HandoverError](err); !ok || e.Fault != c.fault || e.Place != c.place {
			t.Errorf("%s: %v, want %s at %s", name, err, c.fault, c.place)
		}
	}
	if all := listed(t, w.there); len(all) > 0 {
		t.Errorf("%d entries were taken", len(all))
	}
	w.taken(file)
	if _, _, err := w.there.TakeIn(t.Context(), top("reason", "another"), queue.Act{}); !isFault(err, queue.FaultChanged) {
		t.Errorf("another file of %s: %v", h.ID, err)
	}
}

func isFault(err error, fault queue.HandoverFault) bool {
	e, ok := errors.AsType[*queue.HandoverError](err)
	return ok && e.Fault == fault
}

// TestHandoverLeavesOutWhatIsNotTheirs: what only the station can say of an entry
// no file says.
func TestHandoverLeavesOutWhatIsNotTheirs(t *testing.T) {
	t.Parallel()
	w := twoStations(t)
	w.read(w.reception(queue.Work{Customer: contoso}), "P1")
	_, file := w.over(queue.Departure{})
	w.taken(forgedFile(t, file, entry(0, func(e map[string]any) {
		maps.Copy(e, map[string]any{
			"plan": "plan-1", "batch": "b", "tracking_id": "t", "device_id": "d", "retry_at": "2026-01-01T00:00:00Z", "tries": 7,
			"profile": map[string]any{"id": "p", "state": "wanted"}, "seq": 99, "number": 99, "went_by": "x",
		})
	})))
	e := listed(t, w.there)[0]
	if e.Plan+e.Batch+e.TrackingID+e.DeviceID+e.Profile.ID+e.WentBy != "" || !e.RetryAt.IsZero() || e.Tries != 0 || e.Seq != 1 || e.Number != 1 {
		t.Errorf("%+v", e)
	}
}

// TestHandoverKeepsWhatNobodyWouldTake: an entry that the other station would
// refuse is refused before it is moved.
func TestHandoverKeepsWhatNobodyWouldTake(t *testing.T) {
	t.Parallel()
	w := twoStations(t)
	r := w.reception(queue.Work{Customer: contoso})
	w.read(r, "P1")
	_, err := w.q.Attach(t.Context(), queue.Part{Reception: r.ID, Serial: strings.Repeat("S", 2000), By: "Ana"})
	must(t, err)
	_, err = w.q.HandOver(t.Context(), queue.Departure{To: w.code}, queue.Act{By: "Léa"})
	if !isFault(err, queue.FaultValue) {
		t.Errorf("%v", err)
	}
	for _, e := range listed(t, w.q) {
		if e.State == queue.Moved {
			t.Errorf("%s was moved", e.ID)
		}
	}
}

// FuzzHandover wants any bytes to be a handover or a *HandoverError, and what is
// one to be written and read as the same.
func FuzzHandover(f *testing.F) {
	seed, err := os.ReadFile("testdata/handover_v1.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	for _, text := range []string{"", "{", "[]", `{"format":"pkidstation-handover","version":1,"sum":"","handover":{}}`, `{"format":"pkidstation-handover","version":9}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		sealed := data
		if json.Valid(data) {
			sealed = queue.SealHandover(data) // or no fuzzer gets past the checksum
		}
		for _, file := range [][]byte{data, sealed} {
			again, err := queue.ReadAndWriteHandover(file)
			if err != nil {
				if _, ok := errors.AsType[*queue.HandoverError](err); !ok {
					t.Errorf("%T: %v", err, err)
				}
				continue
			}
			twice, err := queue.ReadAndWriteHandover(again)
			if diff := cmp.Diff(string(again), string(twice)); diff != "" || err != nil {
				t.Errorf("%v\n%s", err, diff)
			}
		}
	})
}

// TestHandoverFileGolden: a file of the first version is read for ever.
func TestHandoverFileGolden(t *testing.T) {
	t.Parallel()
	const name = "testdata/handover_v1.json"
	if *update {
		w := twoStations(t)
		must(t, w.q.SetCustomer(t.Context(), queue.CustomerSetting{ID: contoso, Name: "Contoso & Fils", GroupTag: "STD"}, queue.Act{By: "test"}))
		r := w.reception(queue.Work{Customer: contoso, Order: "BL-1"})
		w.read(r, "P1")
		w.read(r, "S3")
		_, file := w.over(queue.Departure{})
		must(t, os.WriteFile(name, file, 0o600))
	}
	kept, err := os.ReadFile(name)
	must(t, err)
	again, err := queue.ReadAndWriteHandover(kept)
	must(t, err)
	if diff := cmp.Diff(string(kept), string(again)); diff != "" {
		t.Error(diff)
	}
}
