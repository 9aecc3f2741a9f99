package main_test

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The key sets that scripts rely on, as the contract writes them.
const (
	verdictKeys = "verdict id number pkid serial kind text reason at"
	entryKeys   = "id seq number pkid serial manufacturer model customer group_tag order pallet state batch tracking_id " +
		"device_id code reason captured_at operator station source"
	countKeys   = "held ready planned submitted registered rejected exported removing removed moved discarded"
	pictureKeys = "file width height milliseconds codes"
	codeKeys    = "text symbology aim kind confidence corners"
)

// object is one line of --json.
type object map[string]json.RawMessage

// objects takes standard output apart: each line is one JSON object, and
// nothing else is there.
func objects(t *testing.T, out string) []object {
	t.Helper()
	var all []object
	for line := range strings.Lines(out) {
		var o object
		if err := json.Unmarshal([]byte(line), &o); err != nil || o == nil {
			t.Fatalf("%q is no JSON object: %v", line, err)
		}
		all = append(all, o)
	}
	return all
}

// word is a key's value as text; null and other types are not what is there.
func (o object) word(t *testing.T, key string) string {
	t.Helper()
	var text string
	if string(o[key]) == "null" || json.Unmarshal(o[key], &text) != nil {
		t.Fatalf("%s is %s, want a text", key, o[key])
	}
	return text
}

// wantKeys compares the keys with those of the contract, name by name.
func (o object) wantKeys(t *testing.T, keys string) {
	t.Helper()
	want := slices.Sorted(slices.Values(strings.Fields(keys)))
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(o))); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
	for key, value := range o {
		if string(value) == "null" {
			t.Errorf("%s is null", key)
		}
	}
}

// everyVerdict are lines that give each verdict word, in this order.
const everyVerdict = "]C03305123456781\n5CG1234XYZ\n]C03305123456781\n5901234123457\n]E05901234123457\nVK7JG-NPHTM-C97JM-9MPGT-3V66T\n"

func TestVerdictsHaveEveryKey(t *testing.T) {
	t.Parallel()
	got := runIt(t, t.TempDir(), everyVerdict, nil, "scan", "--json", "--stdin", "--customer", oneCustomer)
	got.want(t, 0)
	var said []string
	for _, o := range objects(t, got.out) {
		o.wantKeys(t, verdictKeys)
		said = append(said, o.word(t, "verdict")+" "+o.word(t, "kind")+" "+o.word(t, "reason")+" "+string(o["number"]))
		if id := o.word(t, "id"); (id == "") != (string(o["number"]) == "0") {
			t.Errorf("%s has the id %q", said[len(said)-1], id)
		}
		if at := o.word(t, "at"); !strings.HasSuffix(at, "Z") || strings.HasPrefix(at, "0001") {
			t.Errorf("at %s: want a time in UTC", at)
		}
	}
	want := []string{"accepted pkid  1", "attached serial  1", "seen pkid ready 1", "held pkid could-be-gtin 2", "ignored gtin no-identity 0", "refused secret secret 0"}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestTheBoxKeepsItsID: a serial that opens a box gives the id that the PKID
// then has, and the read-again one too.
func TestTheBoxKeepsItsID(t *testing.T) {
	t.Parallel()
	got := runIt(t, t.TempDir(), "5CG1234XYZ\n]C03305123456781\n]C03305123456781\n", nil, "scan", "--json", "--stdin", "--customer", oneCustomer)
	all := objects(t, got.out)
	if len(all) != 3 {
		t.Fatalf("%d verdicts:\n%s", len(all), got.out)
	}
	for i, want := range []string{"attached", "accepted", "seen"} {
		if all[i].word(t, "verdict") != want || all[i].word(t, "id") != all[0].word(t, "id") || all[i].word(t, "serial") != "5CG1234XYZ" {
			t.Errorf("line %d: %s", i, got.out)
		}
	}
}

func TestEntriesHaveEveryKey(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	runIt(t, data, everyVerdict, nil, "scan", "--stdin", "--customer", oneCustomer, "--group-tag", "STD", "--order", "BL-1").want(t, 0)
	listed := objects(t, runIt(t, data, "", nil, "queue", "list", "--json").out)
	if len(listed) != 2 {
		t.Fatalf("%d entries", len(listed))
	}
	for i, o := range listed {
		o.wantKeys(t, entryKeys)
		if string(o["seq"]) != string(o["number"]) || o.word(t, "customer") != oneCustomer || o.word(t, "group_tag") != "STD" || o.word(t, "order") != "BL-1" {
			t.Errorf("entry %d: %v", i, o)
		}
		if o.word(t, "source") != "stdin" || o.word(t, "operator") == "" || o.word(t, "station") == "" {
			t.Errorf("entry %d does not say where it is from", i)
		}
	}
	if listed[0].word(t, "state") != "ready" || listed[1].word(t, "state") != "held" || listed[1].word(t, "reason") != "could-be-gtin" {
		t.Errorf("the states: %v", listed)
	}
	shown := objects(t, runIt(t, data, "", nil, "queue", "show", "--json", listed[0].word(t, "id")).out)
	if len(shown) != 1 {
		t.Fatal("show gives one object")
	}
	shown[0].wantKeys(t, entryKeys+" other answer reads history retry_at tries by_tuple profile from removal")
	var history []struct{ Action, By, Hash string }
	if err := json.Unmarshal(shown[0]["history"], &history); err != nil || len(history) != 2 || history[0].Action != "capture" || history[1].Action != "attach" {
		t.Errorf("history %s (%v)", shown[0]["history"], err)
	}
}

func TestListFilters(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	runIt(t, data, "]C03305123456781\n5901234123457\n", nil, "scan", "--stdin", "--customer", oneCustomer, "--order", "BL-1")
	runIt(t, data, "]C03305123456798\n", nil, "scan", "--stdin", "--customer", "contoso.example", "--order", "BL-2")
	for args, want := range map[string][]string{
		"":                                       {"3305123456781", "5901234123457", "3305123456798"},
		"--state ready":                          {"3305123456781", "3305123456798"},
		"--state ready --state held":             {"3305123456781", "5901234123457", "3305123456798"},
		"--state ready,held --order BL-1":        {"3305123456781", "5901234123457"},
		"--customer contoso.example":             {"3305123456798"},
		"--customer CONTOSO.example":             {"3305123456798"},
		"--order BL-2 --customer " + oneCustomer: nil,
		"--order BL":                             nil,
		"--state registered":                     nil,
	} {
		var got []string
		for _, o := range objects(t, runIt(t, data, "", nil, append([]string{"queue", "list", "--json"}, strings.Fields(args)...)...).out) {
			got = append(got, o.word(t, "pkid"))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", args, diff)
		}
	}
}

func TestDecodeKeys(t *testing.T) {
	t.Parallel()
	good := filepath.Join("..", "..", "assets", "samples", "box-1.png")
	got := runIt(t, t.TempDir(), "", nil, "decode", "--json", "nowhere.png", good, "keys_test.go", good)
	got.want(t, 1)
	all := objects(t, got.out)
	if len(all) != 4 || got.errors != "" {
		t.Fatalf("%d lines, want one a file:\n%s%s", len(all), got.out, got.errors)
	}
	for i, file := range []string{"nowhere.png", good, "keys_test.go", good} {
		if all[i].word(t, "file") != file {
			t.Errorf("line %d is of %s", i, all[i].word(t, "file"))
		}
		if file != good {
			all[i].wantKeys(t, "file error")
			continue
		}
		all[i].wantKeys(t, pictureKeys)
		var codes []object
		if err := json.Unmarshal(all[i]["codes"], &codes); err != nil || len(codes) != 3 {
			t.Fatalf("codes %s (%v)", all[i]["codes"], err)
		}
		for _, code := range codes {
			code.wantKeys(t, codeKeys)
			var corners [][]int
			if err := json.Unmarshal(code["corners"], &corners); err != nil || len(corners) != 4 || len(corners[3]) != 2 {
				t.Errorf("corners %s (%v)", code["corners"], err)
			}
		}
	}
	if string(all[1]["codes"]) != string(all[3]["codes"]) {
		t.Error("the same picture gives other codes the second time")
	}
}

func TestSmallObjects(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	runIt(t, data, "]C03305123456781\n", nil, "scan", "--stdin", "--customer", oneCustomer)
	for args, keys := range map[string]string{
		"version --json": "version revision go", "check --json": "sound wrong", "upload": countKeys, "upload --json": countKeys,
		"upload --until-settled": countKeys,
	} {
		got := runIt(t, data, "", nil, strings.Fields(args)...)
		all := objects(t, got.out)
		if len(all) != 1 {
			t.Fatalf("%s: %d lines", args, len(all))
		}
		all[0].wantKeys(t, keys)
	}
}
