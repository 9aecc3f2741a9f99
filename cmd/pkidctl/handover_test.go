package main_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A pair are two stations' data folders, and the code of the second.
type pair struct {
	*testing.T

	here, there, code string
}

func newPair(t *testing.T) pair {
	t.Helper()
	p := pair{T: t, here: t.TempDir(), there: t.TempDir()}
	got := p.at(p.there, "handover", "id", "--json")
	got.want(t, 0)
	p.code = objects(t, got.out)[0].word(t, "code")
	return p
}

func (p pair) at(data string, args ...string) result {
	p.Helper()
	return runIt(p.T, data, "", nil, args...)
}

// TestHandoverByFile: moved here, taken in there once, and found in both lists.
func TestHandoverByFile(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	scanned(t, p.here, "]C03305123456781", "]C03305123456798")
	file := filepath.Join(t.TempDir(), "boxes.json")
	out := p.at(p.here, "handover", "out", file, "--to", strings.ToLower(p.code), "--all", "--by", "Ana", "--reason", "new PC", "--json")
	out.want(t, 0)
	h := objects(t, out.out)[0]
	h.wantKeys(t, "id way station from to by at reason entries taken held seen already again file")
	if got := states(t, p.here); got != "moved moved" {
		t.Errorf("here they are %s", got)
	}
	p.at(p.here, "queue", "release", "--all", "--state", "moved", "--by", "Ana").want(t, 3)
	p.at(p.there, "handover", "in", file, "--by", "Zoé").want(t, 0, "2 boxes taken in from station "+h.word(t, "from"))
	p.at(p.there, "handover", "in", file, "--by", "Zoé").want(t, 0, "taken in before")
	if got := states(t, p.there); got != "ready ready" {
		t.Errorf("there they are %s", got)
	}
	p.at(p.here, "handover", "in", file, "--by", "Ana").want(t, 1, "come from this very station")
	p.at(t.TempDir(), "handover", "in", file, "--by", "Ana").want(t, 1, "for another station, "+p.code)
	for data, way := range map[string]string{p.here: "out", p.there: "in"} {
		listed := objects(t, p.at(data, "handover", "list", "--json").out)
		if len(listed) != 1 || listed[0].word(t, "id") != h.word(t, "id") || listed[0].word(t, "way") != way {
			t.Errorf("%s: %v", way, listed)
		}
		p.at(data, "handover", "list").want(t, 0, h.word(t, "id"))
		p.at(data, "check").want(t, 0)
	}
}

// TestHandoverFileIsLost: it is written again, the same, and never over another
// file unless that is said.
func TestHandoverFileIsLost(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	scanned(t, p.here, "]C03305123456781")
	folder := t.TempDir()
	first, second := filepath.Join(folder, "a.json"), filepath.Join(folder, "b.json")
	got := p.at(p.here, "handover", "out", first, "--to", p.code, "--all", "--by", "Ana", "--json")
	got.want(t, 0)
	id := objects(t, got.out)[0].word(t, "id")
	written, err := os.ReadFile(first)
	if err != nil {
		t.Fatal(err)
	}
	p.at(p.here, "handover", "out", second, "--again", id).want(t, 0, "1 box handed over")
	wantFile(t, second, string(written))
	if err := os.WriteFile(second, []byte("something else"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.at(p.here, "handover", "out", second, "--again", id).want(t, 1)
	wantFile(t, second, "something else")
	p.at(p.here, "handover", "out", second, "--again", id, "--force").want(t, 0)
	wantFile(t, second, string(written))
	p.at(p.here, "handover", "out", filepath.Join(folder, "c.json"), "--again", "nobody").want(t, 1, "no handover went out from here")
	if left, err := os.ReadDir(folder); err != nil || len(left) != 2 {
		t.Errorf("%v, %v", left, err)
	}
}

// TestHandoverThatCannotBe: nothing is moved where the file cannot be written, the
// code is wrong, or there is nothing to move.
func TestHandoverThatCannotBe(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	scanned(t, p.here, "]C03305123456781")
	folder := t.TempDir()
	file, there := filepath.Join(folder, "a.json"), filepath.Join(folder, "there.json")
	if err := os.WriteFile(there, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	out := func(file, to string, more ...string) result {
		return p.at(p.here, append([]string{"handover", "out", file, "--to", to, "--by", "Ana"}, more...)...)
	}
	out(filepath.Join(folder, "none", "a.json"), p.code, "--all").want(t, 1)
	out(there, p.code, "--all").want(t, 1)
	out(file, "0000-0000-0000", "--all").want(t, 1, "not a station's code")
	out(file, p.code, "--order", "nobody's").want(t, 1, "nothing to hand over")
	out(file, p.code).want(t, 2)
	out(file, p.code, "--all", "nobody").want(t, 2)
	p.at(p.here, "handover", "out", file, "--all", "--by", "Ana").want(t, 2)
	own := objects(t, p.at(p.here, "handover", "id", "--json").out)[0].word(t, "code")
	out(file, own, "--all").want(t, 1, "this very station")
	if got := states(t, p.here); got != "ready" {
		t.Errorf("it is %s", got)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("there is a file")
	}
	damaged := filepath.Join(folder, "d.json")
	out(damaged, p.code, "--all").want(t, 0)
	data, err := os.ReadFile(damaged)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(damaged, bytes.Replace(data, []byte("3305123456781"), []byte("3305123456782"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	p.at(p.there, "handover", "in", damaged, "--by", "Zoé").want(t, 1, "its checksum does not fit")
	if got := states(t, p.there); got != "" {
		t.Errorf("there it is %s", got)
	}
}

// TestHandoverOfTheHeld: what needs a person there says so, each time.
func TestHandoverOfTheHeld(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	scanned(t, p.here, "5901234123457")
	file := filepath.Join(t.TempDir(), "a.json")
	p.at(p.here, "handover", "out", file, "--to", p.code, "--all", "--by", "Ana").want(t, 0)
	p.at(p.there, "handover", "in", file, "--by", "Zoé").want(t, 3, "1 of them is held")
	p.at(p.there, "handover", "in", file, "--by", "Zoé").want(t, 3)
	p.at(p.there, "queue", "discard", "--all", "--by", "Zoé").want(t, 0)
	p.at(p.there, "handover", "in", file, "--by", "Zoé").want(t, 0)
}
