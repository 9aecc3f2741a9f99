package queue_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pkidstation/queue"
)

// TestFoundInSmallLetters: lists spell serials as their makers' databases do, labels
// in capitals.
func TestFoundInSmallLetters(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.announce(nobodys(byTuple("5cg4071qz8"), byTuple("5cg4071qz"), byTuple("5CG4071QZ9"), byTuple("5Cg4071qZ0")))
	made := c.unscanned(contoso).Made
	if len(made) != 4 {
		t.Fatalf("%d entries", len(made))
	}
	for serial, want := range map[string]string{
		"5CG4071QZ8": made[0].ID, "5cg4071qz8": made[0].ID, "5Cg4071qz8": made[0].ID, "5CG4071QZ": made[1].ID, "5cg4071qz9": made[2].ID,
		"5CG4071QZ0": made[3].ID, "5cg4071qz0": made[3].ID, "5CG4071Q": "", "5CG4071QZ88": "", "5CG4071QZ7": "", "": "", "\x00": "", "zzz": "",
	} {
		if got := c.finds("", serial); want == "" && len(got) > 0 || want != "" && !slices.Equal(got, []string{want}) {
			t.Errorf("%q: found %v, want %q", serial, got, want)
		}
	}
	v := c.serial(order("BL-1"), "", "5CG4071QZ8") // the box comes after all
	if v.Word != queue.Seen || v.Entry.ID != made[0].ID || len(c.entry(made[0].ID).Reads) != 1 {
		t.Errorf("scanned after all: %s of box %s", v.Word, v.Entry.ID)
	}
	if e := c.serial(order("BL-1"), made[0].ID, "5CG4071QZ8").Entry; e.Reason == queue.Conflict {
		t.Errorf("its own serial contradicts it: %+v", e)
	}
}

// TestEverySpellingIsFound holds the search for a serial in whatever letters against
// one that looks at all of them.
func TestEverySpellingIsFound(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	random := rand.New(rand.NewPCG(7, 7))
	word := func() string {
		letters := make([]byte, 1+random.IntN(4))
		for i := range letters {
			letters[i] = "aAbB1-z[`"[random.IntN(9)] // [ and ` stand between capitals and small letters, and next to them
		}
		return string(letters)
	}
	works, kept := []queue.Work{order("A"), order("B"), fabrikams}, map[string]map[string]bool{}
	for range 150 {
		serial := word()
		v := c.serial(works[random.IntN(len(works))], "", serial)
		key := strings.ToUpper(serial)
		if kept[key] == nil {
			kept[key] = map[string]bool{}
		}
		kept[key][v.Entry.ID] = true
	}
	for range 600 {
		serial := word()
		got, want := c.finds("", serial), kept[strings.ToUpper(serial)]
		for _, id := range got {
			if !want[id] {
				t.Errorf("%q is not %q", c.entry(id).Serial, serial)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%q: %d found, want %d", serial, len(got), len(want))
		}
	}
}
