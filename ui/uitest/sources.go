package uitest

import (
	"context"
	"io/fs"
	"strings"
	"time"

	"pkidstation/ui"
)

type readFrom struct{ *station }

func (s readFrom) Sources(context.Context) ([]ui.Source, error) { return s.scanners, s.broken }

func (s readFrom) Stop(context.Context, string) error { return s.refusal }

// reading are sources in each of their states.
func reading() []ui.Source {
	return []ui.Source{
		{State: ui.SourceReading, Layout: "fr", Last: ui.LastRead{At: at(14, 36), Kind: "pkid", Keys: 16, Took: 182 * time.Millisecond}},
		{
			Name: "/dev/serial/by-id/usb-Honeywell_1470g_18A-if00", Product: "Honeywell Voyager 1470g (ttyACM0)", State: ui.SourceReading,
			Last: ui.LastRead{At: at(14, 35), Kind: "serial"},
		},
		{Name: "/dev/ttyUSB7", State: ui.SourceLost, Fixed: true, Last: ui.LastRead{At: at(9, 12), Kind: "gtin"}},
		{Name: "/dev/ttyS0", State: ui.SourceRefused, Err: fs.ErrPermission},
		{Name: "/dev/serial/by-id/usb-Zebra_DS2208-if00", Product: "Zebra DS2208 (ttyACM1)", State: ui.SourceOffered},
		{Name: "/dev/ttyS1", State: ui.SourceUnused},
	}
}

func sourceStates() []State {
	open := func(row int) func(*Shot) {
		return func(s *Shot) {
			s.press("F1")
			s.ctrl("B")
			for range row {
				s.press("Down")
			}
		}
	}
	uncalibrated := func(s *station) { s.scanners = []ui.Source{{State: ui.SourceReading}} }
	hostile := func(s *station) {
		s.scanners = []ui.Source{s.scanners[0], {Name: "/dev/" + strings.Repeat("W", 90), Product: "Evil\u202escanner\n" + strings.Repeat("W", 90), State: ui.SourceOffered}}
	}
	return []State{
		state("scanners", "keyboard", open(0)),
		with("scanners", "uncalibrated", uncalibrated, open(0)),
		state("scanners", "reading", open(1)),
		state("scanners", "lost", open(2)),
		state("scanners", "refused", open(3)),
		state("scanners", "offered", open(4)),
		state("scanners", "unused", open(5)),
		with("scanners", "hostile", hostile, open(1)),
	}
}
