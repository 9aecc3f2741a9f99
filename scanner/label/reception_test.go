package label_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner/label"
)

// A reception is what a person reads of many boxes, with some codes missed.
type reception struct {
	read   []string
	missed map[string]bool
}

// receive reads n boxes in one order. The first is read whole, as it is while
// somebody watches; of the others each code is missed with the given chance.
func receive(random *rand.Rand, order [2]string, n int, chance float64) reception {
	r := reception{missed: map[string]bool{}}
	for device := range n {
		for _, kind := range order {
			word := fmt.Sprintf("%s%d", kind, device)
			if device > 0 && random.Float64() < chance {
				r.missed[word] = true
				continue
			}
			r.read = append(r.read, word)
		}
	}
	return r
}

// A pair is a PKID and a serial that ended in one box.
type pair struct {
	pkid, serial int
	doubt        bool
}

// pairs reads the boxes that play writes.
func pairs(t *testing.T, read []string) []pair {
	t.Helper()
	var found []pair
	for box := range strings.SplitSeq(play(t, strings.Join(read, " ")), "[") {
		inside, after, ok := strings.Cut(box, "]")
		words := strings.Fields(inside)
		if !ok || len(words) != 2 {
			continue
		}
		p := pair{doubt: strings.HasPrefix(after, "?")}
		for _, word := range words {
			number := &p.pkid
			if word[0] == 'S' {
				number = &p.serial
			}
			if _, err := fmt.Sscan(word[1:], number); err != nil {
				t.Fatal(err)
			}
		}
		found = append(found, p)
	}
	return found
}

// TestPairerWithMisses: in a steady order every wrong pair is held for a
// person, but for the one kind that cannot be seen: everything between the two
// codes was missed, so that they came in their usual order. It shows how often
// that is.
func TestPairerWithMisses(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	for _, chance := range []float64{0.01, 0.05, 0.2} {
		right, doubted, unseen := 0, 0, 0
		for _, order := range [][2]string{{"P", "S"}, {"S", "P"}} {
			for range 100 {
				r := receive(random, order, 60, chance)
				for _, p := range pairs(t, r.read) {
					switch {
					case p.pkid == p.serial:
						right++
					case p.doubt:
						doubted++
					default:
						unseen++
						r.checkUnseen(t, order, p)
					}
				}
			}
		}
		t.Logf("%.0f %% missed: %d pairs right, %d wrong and held, %d wrong and unseen", 100*chance, right, doubted, unseen)
		if share := float64(unseen) / float64(right+doubted+unseen); share > 3*chance*chance {
			t.Errorf("%.0f %% missed: %.3f %% of pairs are wrong and unseen", 100*chance, 100*share)
		}
	}
}

// checkUnseen wants every code between the pair's two to have been missed.
func (r reception) checkUnseen(t *testing.T, order [2]string, p pair) {
	t.Helper()
	first, last := p.pkid, p.serial
	if order[0] == "S" {
		first, last = p.serial, p.pkid
	}
	for device := first; device <= last; device++ {
		for i, kind := range order {
			between := (device > first || i == 1) && (device < last || i == 0)
			if word := fmt.Sprintf("%s%d", kind, device); between && !r.missed[word] {
				t.Fatalf("%+v is wrong and nobody is asked, although %s was read: %v", p, word, r.read)
			}
		}
	}
	if first > last {
		t.Fatalf("%+v came against the order and nobody is asked: %v", p, r.read)
	}
}

// TestPairerNeverMixesWithoutMiss: no miss, a steady order, any pauses: no
// serial is on a wrong PKID and nothing is in doubt.
func TestPairerNeverMixesWithoutMiss(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 8))
	for _, order := range [][2]string{{"P", "S"}, {"S", "P"}} {
		for range 50 {
			r := receive(random, order, 40, 0)
			var words []string
			for i, word := range r.read {
				words = append(words, word)
				if i%2 == 1 && random.IntN(5) == 0 {
					words = append(words, []string{"wait", "next", "restart"}[random.IntN(3)])
				}
			}
			got := pairs(t, words)
			for _, p := range got {
				if p.pkid != p.serial || p.doubt {
					t.Fatalf("%+v in %v", p, words)
				}
			}
			if len(got) != 40 {
				t.Fatalf("%d pairs of 40 boxes in %v", len(got), words)
			}
		}
	}
}

// TestPairerResume: a station that was restarted after any code, any number of
// times, places every further code as one that never stopped.
func TestPairerResume(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(9, 10))
	for range 300 {
		var steady, restarted label.Pairer
		var kept []label.Box
		now := time.Unix(1_800_000_000, 0)
		var words []string
		for range 40 {
			word := fmt.Sprintf("%c%d", "PSMTL"[random.IntN(5)], random.IntN(6))
			words = append(words, word)
			now = now.Add(time.Duration(random.IntN(4)) * time.Second)
			if random.IntN(30) == 0 {
				now = now.Add(label.DefaultQuiet)
			}
			if random.IntN(4) == 0 {
				restarted.Resume(kept...)
			}
			want, got := steady.Place(code(word), now, false), restarted.Place(code(word), now, false)
			if want != got {
				t.Fatalf("after %v: %+v, restarted %+v", words, want, got)
			}
			box, _ := restarted.Current()
			if got.Opens {
				kept = append(kept, box)
			}
			kept[len(kept)-1] = box
			unstopped, _ := steady.Current()
			if diff := cmp.Diff(unstopped, box); diff != "" {
				t.Fatalf("after %v (-steady +restarted):\n%s", words, diff)
			}
		}
	}
}

// TestPairerKeepsEveryCode: whatever comes in whatever order, each code of a
// box's kinds either joins or opens, a box never changes a code that it has,
// and time never runs back in it.
func TestPairerKeepsEveryCode(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(11, 12))
	for range 200 {
		var pairer label.Pairer
		now := time.Unix(1_800_000_000, 0)
		for range 50 {
			before, open := pairer.Current()
			word := fmt.Sprintf("%c%d", "PSMTLG"[random.IntN(6)], random.IntN(4))
			now = now.Add(time.Duration(random.IntN(180)-30) * time.Second)
			place := pairer.Place(code(word), now, false)
			after, _ := pairer.Current()
			if kept := word[0] != 'G'; (place.Joins || place.Opens) != kept || place.Joins && place.Opens {
				t.Fatalf("%s: %+v", word, place)
			}
			if place.Joins && (!open || after.Last.Before(before.Last) || lost(before, after)) {
				t.Fatalf("%s joined %+v, which became %+v", word, before, after)
			}
			if place.Opens && after.Last != now {
				t.Fatalf("%s opened %+v at %v", word, after, now)
			}
		}
	}
}

func lost(before, after label.Box) bool {
	changed := func(a, b string) bool { return a != "" && a != b }
	return changed(before.PKID, after.PKID) || changed(before.Serial, after.Serial) || changed(before.Model, after.Model) ||
		changed(before.Part, after.Part) || changed(string(before.First), string(after.First))
}
