package main_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"pkidstation/scanner/command"
)

// TestPrinciple5Layouts scans with an American scanner on hosts of all layouts, Caps Lock
// on and off, from 1 to 30 ms a key: PKIDs arrive as they are before anybody has
// told the layout, and after the calibration barcode serials do too.
//
//nolint:paralleltest // one window at a time has the machine
func TestPrinciple5Layouts(t *testing.T) {
	needs(t, "Xvfb", "xdotool", "setxkbmap", "xkbcomp")
	data := t.TempDir()
	prepare(t, data)
	supervise(t, data)
	w := startSure(t, data, "PKIDSTATION_PARTNER_CENTER_WAY=csv")
	s := w.usScanner(t)
	want := map[string]string{}
	for _, calibrated := range []bool{false, true} {
		for n, cell := range cells() {
			w.layout(t, cell.layout)
			if cell.caps {
				s.caps(t)
			}
			pkid := pkidOf(len(want))
			want[pkid] = ""
			if calibrated {
				s.delay = 3 * time.Millisecond
				s.scan(t, command.Calibration)
				want[pkid] = fmt.Sprintf("5AQ%c%02dZWYM", 'A'+n%26, n/26)
			}
			s.delay = cell.delay
			s.reads(t, cell.String(), pkid, "accepted", pkid[9:])
			if calibrated {
				s.reads(t, cell.String(), want[pkid], "attached", pkid[9:])
			}
			if cell.caps {
				s.caps(t)
			}
		}
	}
	w.quit(t)
	entries := kept(t, data)
	for pkid, serial := range want {
		if entries[pkid].Serial != serial {
			t.Errorf("PKID %s has serial %q, want %q", pkid, entries[pkid].Serial, serial)
		}
	}
}

// A cell is a host with Caps Lock one way, and a scanner's pace.
type cell struct {
	layout string
	caps   bool
	delay  time.Duration
}

func (c cell) String() string {
	return fmt.Sprintf("%s, Caps Lock %v, %v a key", c.layout, c.caps, c.delay)
}

// cells are all hosts, each at one pace; in the long form at each pace. The
// layout changes from each to the next.
func cells() []cell {
	paces := []int{1, 4, 30, 12, 2, 8, 20} // milliseconds
	rounds := 1
	if os.Getenv("PKIDSTATION_TORTURE") == "1" {
		rounds = len(paces)
	}
	var all []cell
	for round := range rounds {
		for m, caps := range []bool{false, true} {
			for n, layout := range []string{"us", "fr", "be", "ch", "de", "gb", "fr-bepo"} {
				all = append(all, cell{layout, caps, time.Duration(paces[(n+3*m+round)%len(paces)]) * time.Millisecond})
			}
		}
	}
	return all
}
