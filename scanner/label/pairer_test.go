package label_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner/label"
)

// The sequences below are what a person reads, in order: P1 is the PKID of the
// first device, S2 the serial of the second, M a model, T a part, L a Lenovo
// 1S code (serial and model in one), G a trade number. "wait" is a pause
// longer than Quiet, "next" a person's next box, "restart" a restart of the
// station. The boxes that come of it are in brackets; "?" marks one in doubt, "!"
// one that later codes put into doubt.
func TestPairer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, read, boxes string }{
		{"PKID first", "P1 S1 P2 S2 P3 S3", "[P1 S1] [P2 S2] [P3 S3]"},
		{"serial first", "S1 P1 S2 P2", "[S1 P1] [S2 P2]"},
		{"order changes at random", "S1 P1 P2 S2 S3 P3", "[S1 P1] [P2 S2]? [S3 P3]?"},
		{"any order between boundaries", "S1 P1 next P2 S2 wait S3 P3 next P4 S4", "[S1 P1] [P2 S2] [S3 P3] [P4 S4]"},
		{"any order, and a boundary is missing", "S1 P1 next P2 S2 wait P3 S3 P4 S4 next S5 P5", "[S1 P1] [P2 S2] [P3 S3]! [P4 S4]? [S5 P5]"},
		{"PKIDs alone", "P1 P2 P3", "[P1] [P2] [P3]"},
		{"serials alone", "S1 S2", "[S1] [S2]"},
		{"with model", "P1 S1 M1 P2 S2 M2", "[P1 S1 M1] [P2 S2 M2]"},
		{"model first", "M1 P1 S1 M2 S2 P2", "[M1 P1 S1] [M2 S2 P2]?"},
		{"the same model twice", "P1 M1 S1 P2 M1 S2", "[P1 M1 S1] [P2 M1 S2]"},
		{"with part", "T1 S1 P1 T2 S2 P2", "[T1 S1 P1] [T2 S2 P2]"},
		{"Lenovo 1S", "L1 P1 L2 P2", "[L1 P1] [L2 P2]"},
		{"Lenovo 1S again as plain serial", "L1 S1 P1", "[L1 S1 P1]"},
		{"Lenovo 1S beside another model", "P1 M2 L1", "[P1 M2] [L1]"},
		{"trade numbers do not matter", "P1 G1 S1 G1 P2 G1 S2", "[P1 S1] [P2 S2]"},
		{"a code read twice", "P1 P1 S1 S1 P2 S2", "[P1 P1 S1 S1] [P2 S2]"},

		{"left quiet", "P1 wait S2", "[P1] [S2]"},
		{"left quiet, the same code again", "P1 wait P1 S1", "[P1] [P1 S1]"},
		{"next box", "P1 next S2 P2", "[P1] [S2 P2]"},
		{"next box twice", "next P1 S1 next next P2", "[P1 S1] [P2]"},
		{"restart within a box", "P1 restart S1", "[P1 S1]"},
		{"restart between boxes", "P1 S1 restart P2 S2", "[P1 S1] [P2 S2]"},
		{"restart before anything", "restart P1 S1", "[P1 S1]"},

		{"PKID missed, seen by the habit", "P1 S1 S2 P3", "[P1 S1] [S2 P3]?"},
		{"and what follows", "P1 S1 S2 P3 S3 P4", "[P1 S1] [S2 P3]? [S3 P4]?"},
		{"and what joins later", "P1 S1 S2 P3 M3", "[P1 S1] [S2 P3 M3]?"},
		{"until the next box is called", "P1 S1 S2 P3 next P4 S4", "[P1 S1] [S2 P3]? [P4 S4]"},
		{"serial missed, seen by the habit", "S1 P1 P2 S3", "[S1 P1] [P2 S3]?"},
		{"the habit outlives a restart", "P1 S1 restart S2 P3", "[P1 S1] [S2 P3]?"},
		{"the habit looks at PKID and serial only", "M1 P1 S1 M2 S2 P3", "[M1 P1 S1] [M2 S2 P3]?"},
		{"serial missed, PKID first: no harm", "P1 S1 P2 P3 S3", "[P1 S1] [P2] [P3 S3]"},
		{"PKID missed, serial first: no harm", "S1 P1 S2 S3 P3", "[S1 P1] [S2] [S3 P3]"},

		// What is known to go wrong unnoticed; see the package comment.
		{"missed on the first box", "S1 P2", "[S1 P2]"},
		{"two misses that make up", "P1 S1 P2 S3", "[P1 S1] [P2 S3]"},
		{"a model late by a box", "P1 S1 M2 P2 S2", "[P1 S1 M2] [P2 S2]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.boxes, play(t, c.read)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.read, diff)
			}
		})
	}
}

// play reads a sequence and writes down the boxes.
func play(t *testing.T, sequence string) string {
	t.Helper()
	var (
		pairer  label.Pairer
		boxes   [][]string
		kept    []label.Box
		doubts  = map[int]bool{}
		window  int
		muddled = map[int]bool{}
		now     = time.Unix(1_800_000_000, 0)
	)
	for word := range strings.FieldsSeq(sequence) {
		switch word {
		case "wait":
			now = now.Add(label.DefaultQuiet + time.Second)
			continue
		case "next":
			pairer.Close()
			continue
		case "restart":
			pairer.Resume(kept...)
			continue
		}
		now = now.Add(time.Second)
		place := pairer.Place(code(word), now, false)
		if place.Fresh {
			window = len(boxes)
		}
		if place.Muddles {
			for i := window; i < len(boxes); i++ {
				muddled[i] = true
			}
		}
		switch {
		case place.Opens:
			boxes, kept = append(boxes, nil), append(kept, label.Box{})
		case !place.Joins:
			continue
		}
		last := len(boxes) - 1
		boxes[last] = append(boxes[last], word)
		kept[last], _ = pairer.Current()
		doubts[last] = place.Doubt
	}
	return show(boxes, doubts, muddled)
}

func show(boxes [][]string, doubts, muddled map[int]bool) string {
	var shown []string
	for i, box := range boxes {
		mark := ""
		if muddled[i] && len(box) > 1 {
			mark = "!"
		}
		if doubts[i] {
			mark = "?"
		}
		shown = append(shown, fmt.Sprintf("%v%s", box, mark))
	}
	return strings.Join(shown, " ")
}

// code is the code that a word stands for: a letter for the kind and a number
// for the device.
func code(word string) label.Code {
	number := word[1:]
	switch word[0] {
	case 'P':
		return label.Code{Kind: label.PKID, Text: "33051234567" + fmt.Sprintf("%02s", number)}
	case 'S':
		return label.Code{Kind: label.Serial, Text: "SERIAL" + number}
	case 'L':
		return label.Code{Kind: label.Serial, Text: "SERIAL" + number, Model: "MODEL" + number}
	case 'M':
		return label.Code{Kind: label.Model, Text: "MODEL" + number}
	case 'T':
		return label.Code{Kind: label.Part, Text: "PART" + number}
	default:
		return label.Code{Kind: label.TradeNumber, Text: "3305123456787"}
	}
}

func TestPairerQuiet(t *testing.T) {
	t.Parallel()
	start := time.Unix(1_800_000_000, 0)
	for _, c := range []struct {
		quiet, pause time.Duration
		joins        bool
	}{
		{0, label.DefaultQuiet, true},
		{0, label.DefaultQuiet + 1, false},
		{time.Second, time.Second, true},
		{time.Second, time.Second + 1, false},
		{0, -time.Hour, false}, // the clock was set back: nobody knows how long it was quiet
		{0, -time.Second, true},
	} {
		pairer := label.Pairer{Quiet: c.quiet}
		pairer.Place(code("P1"), start, false)
		if got := pairer.Place(code("S1"), start.Add(c.pause), false); got.Joins != c.joins {
			t.Errorf("quiet %s, pause %s: %+v", c.quiet, c.pause, got)
		}
	}
}

func TestPairerNothing(t *testing.T) {
	t.Parallel()
	var pairer label.Pairer
	for _, kind := range label.Kinds() {
		if got := pairer.Place(label.Code{Kind: kind}, time.Time{}, false); got != (label.Place{}) {
			t.Errorf("%s without text: %+v", kind, got)
		}
	}
	if box, open := pairer.Current(); open {
		t.Errorf("a box without a code: %+v", box)
	}
}

// TestPairerNoMiss: as long as no code is missed and the order stays, every
// PKID meets its own serial, whatever else is read twice or between.
func TestPairerNoMiss(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		order := []string{"P", "S", "M"}
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		var words []string
		for device := range 20 {
			for _, kind := range order {
				word := fmt.Sprintf("%s%d", kind, device)
				words = append(words, slices.Repeat([]string{word}, 1+random.IntN(2))...)
				if random.IntN(3) == 0 {
					words = append(words, "G1")
				}
			}
		}
		checkOwn(t, words)
	}
}

func checkOwn(t *testing.T, words []string) {
	t.Helper()
	boxes := play(t, strings.Join(words, " "))
	if strings.Contains(boxes, "?") {
		t.Fatalf("doubt without a miss: %s", boxes)
	}
	for box := range strings.SplitSeq(strings.Trim(boxes, "[]"), "] [") {
		device := ""
		for word := range strings.FieldsSeq(box) {
			if device != "" && word[1:] != device {
				t.Fatalf("two devices in one box: %s", box)
			}
			device = word[1:]
		}
	}
	if got := strings.Count(boxes, "["); got != 20 {
		t.Fatalf("%d boxes, want 20: %s", got, boxes)
	}
}
