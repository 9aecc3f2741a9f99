package ui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/ui"
)

// A herald writes down what the desktop was to tell.
type herald struct{ told []string }

func (h *herald) Tell(title, text string) { h.told = append(h.told, title+": "+text) }

func (h *herald) since() (told []string) {
	told, h.told = h.told, nil
	return told
}

// refuse has Microsoft refuse so many more boxes.
func (b *bench) refuse(n int) {
	for range n {
		e := entry()
		e.ID, e.State = fmt.Sprintf("r%d", len(b.station.entries)), queue.Rejected
		b.station.entries = append(b.station.entries, e)
	}
	b.Load()
}

// TestHeraldTellsOfRefusals at once, and of more of them together, a quarter of an
// hour later; never whose they are.
func TestHeraldTellsOfRefusals(t *testing.T) {
	h := &herald{}
	b := newBench(t, ui.Options{Language: "en", Herald: h, Station: "Quai 2"})
	if told := h.since(); len(told) > 0 {
		t.Errorf("of those of before the start is told %q", told)
	}
	b.refuse(1)
	want := []string{"PKID Station · Quai 2: Microsoft refused 1 device. What to do stands in the queue (F9)."}
	if diff := cmp.Diff(want, h.since()); diff != "" {
		t.Errorf("the first (-want +got):\n%s", diff)
	}
	b.refuse(2)
	b.clock.pass(14 * time.Minute)
	b.refuse(1)
	if told := h.since(); len(told) > 0 {
		t.Errorf("within a quarter of an hour is told %q", told)
	}
	b.clock.pass(2 * time.Minute)
	want = []string{"PKID Station · Quai 2: Microsoft refused 3 devices. What to do stands in the queue (F9)."}
	if diff := cmp.Diff(want, h.since()); diff != "" {
		t.Errorf("the others (-want +got):\n%s", diff)
	}
	b.clock.pass(time.Hour)
	b.Load()
	if told := h.since(); len(told) > 0 {
		t.Errorf("of nothing is told %q", told)
	}
}

// TestHeraldTellsOfASignIn once, in the language of the screen, and not of one that
// somebody did meanwhile.
func TestHeraldTellsOfASignIn(t *testing.T) {
	h := &herald{}
	b := newBench(t, ui.Options{Language: "fr", Herald: h})
	needs := func(why queue.Reason) {
		b.station.office.sign.Needs = why
		b.Reguard()
	}
	needs("")
	needs(queue.SignIn)
	needs(queue.SignIn)
	told := h.since()
	if len(told) != 1 || !strings.Contains(told[0], "Personne n'est connecté") {
		t.Fatalf("told %q", told)
	}
	needs("")
	needs(queue.SignIn)
	needs("")
	b.clock.pass(time.Hour)
	if told := h.since(); len(told) > 0 {
		t.Errorf("somebody signed in, and is told %q", told)
	}
	needs(queue.SignIn)
	if len(h.since()) != 1 {
		t.Error("an hour later nobody is told")
	}
}
