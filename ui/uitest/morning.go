package uitest

import (
	"context"
	"io/fs"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/morning"
	"pkidstation/ui"
)

func (p mornings) Look(context.Context) (morning.Morning, error) { return p.morning, nil }

func (p mornings) Daily() ui.DailyReport { return p.daily }

func (p mornings) WriteDaily(context.Context) (ui.DailyReport, error) { return p.daily, p.daily.Err }

func morningStates() []State {
	of := func(name string, change func(*station), show func(*Shot)) State {
		return with("morning", name, change, func(s *Shot) {
			s.ctrl("T")
			if show != nil {
				show(s)
			}
		})
	}
	return []State{
		of("quiet", (*station).quiet, nil),
		of("full", (*station).full, nil),
		of("below", (*station).full, func(s *Shot) { s.press(fyne.KeyPageDown, fyne.KeyPageDown) }),
		of("report-fails", func(s *station) {
			s.full()
			s.daily = ui.DailyReport{Folder: `\\serveur\rapports`, At: "07:00", Err: &fs.PathError{Op: "open", Path: `\\serveur\rapports`, Err: fs.ErrPermission}}
		}, func(s *Shot) { s.press("Down", "Down", "Down") }),
		of("scan", (*station).full, func(s *Shot) { tell(verdict(queue.OnHold, queue.CouldBeGTIN))(s) }),
	}
}

// yesterday is a time of the day before.
func yesterday(hour, minute int) time.Time { return at(hour, minute).AddDate(0, 0, -1) }

// quiet is a morning on which nobody has to do anything.
func (s *station) quiet() {
	s.daily = ui.DailyReport{Folder: "/rapports", At: "07:00", Name: "pkidstation-quai-2-2026-11-24", WrittenAt: at(7, 0)}
	s.morning = morning.Morning{
		Station: "Quai 2", At: at(14, 37), Since: yesterday(0, 0), Hours: someHours(nil), Orders: morning.Orders{Leaving: 3},
		Link: morning.Link{Contact: at(14, 36)},
		Care: morning.Care{Backup: at(6, 2), Copy: at(6, 3), Elsewhere: true, Free: 182 << 30},
	}
}

// full is one with something of everything.
func (s *station) full() {
	s.quiet()
	m := &s.morning
	m.Orders = morning.Orders{More: 2, Leaving: 3, Staying: []morning.Order{
		{Order: order, Customer: contoso, Registered: 41, Due: 47, Missing: 2, Conflict: 1, Unexpected: 1, Refused: 1, Way: 2},
		{Order: "BL-2026-0116", Customer: fabrikam, Due: 24, Way: 24},
	}}
	other, unknown := refused(17, autopilot.CodeOtherTenant, time.Time{}), refused(41, autopilot.CodeUnknownDevice, at(14, 0).Add(24*time.Hour))
	other.Pallet, unknown.Pallet = "3", "3"
	m.Refused = morning.Refused{Count: 4, Entries: []queue.Entry{other, unknown}, Before: 1}
	m.Unsent = morning.Unsent{Count: 412, Oldest: at(14, 37).Add(-51 * time.Hour), Ages: [6]int{38, 120, 96, 18, 140, 0}}
	m.Link = morning.Link{Contact: yesterday(11, 20), Offline: true, Needs: queue.SignIn}
	m.Held = []morning.Blocked{{Reason: queue.CouldBeGTIN, Count: 7}, {Reason: queue.NoPKID, Count: 3}}
	m.Pauses = []morning.Pause{{Pause: queue.Pause{Reason: queue.Offline}, Count: 398}}
	m.Strangers = []morning.Stranger{{Customer: fabrikam, Count: 24}}
	m.Exported = []morning.Exported{{Customer: lemoine, Count: 12, Since: yesterday(16, 5)}}
	m.Receptions = []queue.Reception{{ID: "r0", Work: queue.Work{Customer: fabrikam, GroupTag: "FAB-1", Order: "BL-2026-0116"}, OpenedAt: yesterday(15, 40), Boxes: 24}}
	m.Care = morning.Care{Backup: at(6, 2), Wrong: []error{&queue.CareError{What: queue.CareSecondNone}, &queue.RoomError{Free: 900 << 20, Need: 1 << 30, Least: 64 << 20}}}
	m.Hours = someHours([]int{0, 42, 61, 88, 70, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 18, 112, 140, 96, 35, 121, 87, 22})
	m.Failures = []morning.Failure{
		{Code: autopilot.CodeOtherTenant, Count: 3}, {Code: autopilot.CodeUnknownDevice, Count: 1}, {Reason: queue.NoOutcome, Count: 1},
	}
}

// someHours are those of the chart: of what was captured some is registered an hour
// later.
func someHours(captured []int) []morning.Hour {
	all := make([]morning.Hour, morning.ChartHours)
	for n := range all {
		all[n].From = at(14, 0).Add(time.Duration(n-morning.ChartHours+1) * time.Hour)
		if n < len(captured) {
			all[n].Captured = captured[n]
		}
		if n > 0 && n < len(captured) {
			all[n].Registered = captured[n-1] * 9 / 10
		}
	}
	return all
}
