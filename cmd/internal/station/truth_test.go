package station_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pkidstation/cmd/internal/station"
	"pkidstation/queue"
	"pkidstation/queue/queuetest"
	"pkidstation/scanner"
)

// A truth is how a pallet of real boxes is read at the dock.
type truth struct {
	ambiguous bool // PKIDs come without symbology and pass for an EAN
	restarts  bool // the station is killed and started again now and then
	lenovo    bool // serials are 1S codes, which can stand for the PKID
	commands  bool // boxes are undone and said to be unreadable now and then
}

// passing are 13 digits of a device whose last is the check digit of an EAN.
func passing(device int) string {
	digits := fmt.Sprintf("3305%08d", 1000+device)
	sum := 0
	for i := range digits {
		sum += int(digits[len(digits)-1-i]-'0') * (3 - 2*(i%2))
	}
	return digits + fmt.Sprint((10-sum%10)%10)
}

func (w truth) pkid(device int) scanner.Scan {
	s := scanner.Scan{Text: passing(device), Source: "wedge"}
	if !w.ambiguous {
		s.AIM, s.Symbology = "]C0", scanner.Code128
	}
	return s
}

func (w truth) serial(device int) scanner.Scan {
	text := fmt.Sprintf("5CG12340%02d", device)
	if w.lenovo {
		text = fmt.Sprintf("1S20XW0012USPF0ABC%02d", device)
	}
	return scanner.Scan{Text: text, AIM: "]C0", Symbology: scanner.Code128, Source: "wedge"}
}

// isOf says whether a serial is the one of a PKID's device.
func (w truth) isOf(e queue.Entry) bool {
	for device := range 12 {
		if passing(device) == string(e.PKID) {
			return w.serial(device).Text[max(0, len(w.serial(device).Text)-len(e.Serial)):] == e.Serial
		}
	}
	return false
}

// receive reads twelve boxes in random order, some codes missed, some twice, with
// a boundary after each box.
func (w truth) receive(t *testing.T, random *rand.Rand, q *queue.Queue) {
	t.Helper()
	now, s := time.Now().Add(-time.Hour), newStation(t, q, true)
	read := func(scan scanner.Scan) {
		now = now.Add(time.Duration(200+random.IntN(2500)) * time.Millisecond)
		scan.At = now
		given, err := s.Take(t.Context(), scan)
		if err != nil || len(given) != 1 {
			t.Fatalf("%q: %v, %v", scan.Text, given, err)
		}
		if w.restarts && random.IntN(12) == 0 {
			s = newStation(t, q, true)
		}
	}
	for device := range 12 {
		codes := []scanner.Scan{w.pkid(device), w.serial(device), scanOf("E1")}
		codes = append(codes, codes[random.IntN(2)]) // one of them twice
		random.Shuffle(len(codes), func(i, j int) { codes[i], codes[j] = codes[j], codes[i] })
		if random.IntN(10) == 0 {
			codes = slices.Delete(codes, 0, 1+random.IntN(2))
		}
		for _, scan := range codes {
			read(scan)
		}
		if w.commands {
			w.command(random, s, read)
		}
		if random.IntN(2) == 0 {
			read(scanOf("!NEXT"))
		} else {
			now = now.Add(20 * time.Second)
		}
	}
}

// command does what people do now and then.
func (truth) command(random *rand.Rand, _ *station.Station, read func(scanner.Scan)) {
	switch random.IntN(8) {
	case 0:
		read(scanOf("!UNDO"))
	case 1:
		read(scanOf("!NEXT"))
		read(scanOf("!UNREADABLE"))
	case 2:
		read(scanOf("!HOLD"))
	}
}

// TestTrueBoxes: whatever is missed, read twice, undone, or cut by a restart, no
// serial is on another device's PKID unless a person is asked, no device goes out
// twice, and nothing that a person held goes out.
func TestTrueBoxes(t *testing.T) {
	t.Parallel()
	for name, w := range map[string]truth{
		"plain": {}, "ambiguous": {ambiguous: true}, "restarts": {restarts: true}, "1S codes": {lenovo: true},
		"commands": {commands: true}, "all": {ambiguous: true, restarts: true, lenovo: true, commands: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(12) {
				q := queuetest.Open(t)
				w.receive(t, rand.New(rand.NewPCG(seed, 3)), q)
				out := map[string]int{}
				for e, err := range q.List(t.Context(), queue.Filter{States: []queue.State{queue.Ready}}) {
					if err != nil {
						t.Fatal(err)
					}
					if e.PKID != "" && e.Serial != "" && !w.isOf(e) {
						t.Errorf("seed %d: %s is on %s and nobody is asked", seed, e.Serial, e.PKID)
					}
					if e.Hold != "" || !e.Identified() {
						t.Errorf("seed %d: entry %d goes out although it is held for %q", seed, e.Number, e.Hold)
					}
					for _, identity := range []string{string(e.PKID), e.Serial} {
						if out[identity]++; identity != "" && out[identity] > 1 {
							t.Errorf("seed %d: %s goes out twice", seed, identity)
						}
					}
				}
			}
		})
	}
}
