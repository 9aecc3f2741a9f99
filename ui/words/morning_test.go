package words_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/morning"
	"pkidstation/ui/words"
)

// dawn is eight in the morning.
func dawn() time.Time { return time.Date(2026, 11, 24, 8, 0, 0, 0, time.Local) }

// saidOf is all of a morning, a line for each matter: grade, word and text.
func saidOf(w *words.Words, m morning.Morning) string {
	var all []string
	for _, part := range w.Morning(m) {
		for _, one := range part.Matters {
			all = append(all, strings.Join([]string{string(one.Grade), one.Word, one.Text, one.Next}, "|"))
		}
	}
	return strings.Join(all, "\n")
}

func TestAQuietMorningIsOneLineEach(t *testing.T) {
	t.Parallel()
	w := speak(t, "en")
	m := morning.Morning{At: dawn(), Link: morning.Link{Contact: dawn().Add(-time.Minute)}, Orders: morning.Orders{Leaving: 1}}
	m.Care = morning.Care{Backup: dawn().Add(-time.Hour), Copy: dawn().Add(-time.Hour), Elsewhere: true, Free: 5 << 30}
	parts := w.Morning(m)
	if len(parts) != 6 {
		t.Fatalf("%d parts", len(parts))
	}
	said := saidOf(w, m)
	if strings.Contains(said, "mind|") || strings.Contains(said, "act|") {
		t.Errorf("something stands out:\n%s", said)
	}
	for _, want := range []string{
		"The one order of the last 30 days with boxes here may leave.", "Nothing that was refused since yesterday still is.", "Nothing that was captured waits to be sent.", "Partner Center last answered: 07:59.",
		"Nobody has to sign in.", "Nothing is blocked.", "No file for the web site", "No reception was left open", "Last backup off this PC: 07:00.", "5 GB are free",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is missing:\n%s", want, said)
		}
	}
}

// TestGrades: what stands out, and how much.
func TestMorningGrades(t *testing.T) {
	t.Parallel()
	w := speak(t, "en")
	refused := queue.Entry{State: queue.Rejected, Code: autopilot.CodeOtherTenant, Number: 17, Pallet: "3", Order: "BL-1"}
	again := refused
	again.RetryAt, again.Pallet = dawn().Add(time.Hour), ""
	for want, change := range map[string]func(*morning.Morning){
		"act|Do not ship|BL-1 · no customer: 2 of 9 registered.": func(m *morning.Morning) {
			m.Orders.Staying = []morning.Order{{Order: "BL-1", Registered: 2, Due: 9}}
		},
		"mind|Today|3 older orders were not looked at.":                        func(m *morning.Morning) { m.Orders.Unknown = 3 },
		"act|Refused|Pallet 3, box 17 · BL-1":                                  func(m *morning.Morning) { m.Refused = morning.Refused{Count: 1, Entries: []queue.Entry{refused}} },
		"mind|Refused|Box 17 · BL-1":                                           func(m *morning.Morning) { m.Refused = morning.Refused{Count: 1, Entries: []queue.Entry{again}} },
		"act|Now|4 more were refused since yesterday.":                         func(m *morning.Morning) { m.Refused = morning.Refused{Count: 5, Entries: []queue.Entry{refused}} },
		"well|Well|2 devices are not sent; the oldest was captured 23\u00a0h":  unsentFor(2, 23*time.Hour),
		"mind|Today|2 devices are not sent; the oldest was captured 1\u00a0d":  unsentFor(2, 25*time.Hour),
		"act|Now|1 device is not sent; it was captured 2\u00a0d 3\u00a0h ago.": unsentFor(1, 51*time.Hour),
		"act|Now|Partner Center cannot be reached; it last answered: 2026-11-23 08:00.": func(m *morning.Morning) {
			m.Link = morning.Link{Offline: true, Contact: dawn().Add(-24 * time.Hour)}
		},
		"well|Well|This station registers by the web site's file": func(m *morning.Morning) { m.Link = morning.Link{ByHand: true} },
		"act|Now|Somebody has to sign in":                         func(m *morning.Morning) { m.Link.Needs = queue.SignIn },
		"mind|Today|The sign-in ends 2026-11-26":                  func(m *morning.Morning) { m.Link.Expires = dawn().Add(48 * time.Hour) },
		"well|Well|The sign-in lasts until 2027-02-02":            func(m *morning.Morning) { m.Link.Expires = dawn().Add(70 * 24 * time.Hour) },
		"mind|Held|1 box is held.":                                func(m *morning.Morning) { m.Held = []morning.Blocked{{Reason: queue.NoPKID, Count: 1}} },
		"mind|Today|X: 3 ready boxes wait.": func(m *morning.Morning) {
			m.Pauses = []morning.Pause{{Pause: queue.Pause{Customer: "X", Reason: queue.Throttled}, Count: 3}}
		},
		"act|Now|X has not accepted the reseller relationship: 1 box waits.": func(m *morning.Morning) { m.Strangers = []morning.Stranger{{Customer: "X", Count: 1}} },
		"mind|Today|X: 1 device is in a file": func(m *morning.Morning) {
			m.Exported = []morning.Exported{{Customer: "X", Count: 1, Since: dawn().Add(-time.Hour)}}
		},
		"act|Now|X: 2 devices are in files": func(m *morning.Morning) {
			m.Exported = []morning.Exported{{Customer: "X", Count: 2, Since: dawn().Add(-25 * time.Hour)}}
		},
		"mind|Today|Reception open since 2026-11-23 08:00": func(m *morning.Morning) { m.Receptions = []queue.Reception{{OpenedAt: dawn().Add(-24 * time.Hour)}} },
		"act|Now|Last backup off this PC: 2026-11-20":      func(m *morning.Morning) { m.Care.Copy = dawn().Add(-96 * time.Hour) },
		"mind|Today|Last backup: 07:00, on this PC alone.": func(m *morning.Morning) { m.Care.Backup = dawn().Add(-time.Hour) },
		"act|Now|The disk": func(m *morning.Morning) {
			m.Care = morning.Care{Free: 1, Wrong: []error{&queue.RoomError{Free: 1, Refused: false}}}
		},
	} {
		m := morning.Morning{At: dawn(), Link: morning.Link{Contact: dawn()}}
		change(&m)
		if said := saidOf(w, m); !strings.Contains(said, want) {
			t.Errorf("%q is missing:\n%s", want, said)
		}
	}
}

func unsentFor(n int, age time.Duration) func(*morning.Morning) {
	return func(m *morning.Morning) { m.Unsent = morning.Unsent{Count: n, Oldest: dawn().Add(-age)} }
}

// TestAHostileMorning: what a label or a file holds is shown, and never more.
func TestAHostileMorning(t *testing.T) {
	t.Parallel()
	w := speak(t, "fr")
	turned := "BL\u202e81\u0007"
	m := morning.Morning{At: dawn(), Failures: []morning.Failure{{Code: autopilot.Code(turned), Count: 1}}}
	m.Orders.Staying = []morning.Order{{Order: turned, Customer: autopilot.TenantID(turned)}}
	m.Refused = morning.Refused{Count: 1, Entries: []queue.Entry{{State: queue.Rejected, Order: turned, Pallet: turned, Answer: turned}}}
	m.Care.Wrong = []error{&queue.CareError{What: queue.CareSecondFailed, Folder: turned, Err: errors.New(turned)}, fs.ErrPermission}
	for _, text := range []string{saidOf(w, m), w.MorningFailures(m).Bars[0].Label} {
		if strings.ContainsAny(text, "\u202e\u0007") {
			t.Errorf("%q", text)
		}
	}
}

// TestFigures: the charts in words and numbers.
func TestMorningFigures(t *testing.T) {
	t.Parallel()
	w := speak(t, "fr")
	m := morning.Morning{Hours: []morning.Hour{{From: dawn(), Captured: 1200, Registered: 7}}, Unsent: morning.Unsent{Ages: [6]int{1, 0, 0, 0, 0, 9}}}
	for n := range 9 {
		m.Failures = append(m.Failures, morning.Failure{Code: autopilot.Code("9" + string(rune('0'+n))), Count: 9 - n})
	}
	hours, failures, ages := w.MorningHours(m), w.MorningFailures(m), w.MorningAges(m)
	if hours.Note != "1\u202f200 lus, 7 inscrits." || len(hours.Series) != 2 || hours.Bars[0].Label != "08\u00a0h" {
		t.Errorf("%+v", hours)
	}
	if len(failures.Bars) != 6 || failures.Bars[5].Label != "Autres raisons" || failures.Bars[5].Values[0] != 4+3+2+1 || failures.Total() != 45 {
		t.Errorf("%+v", failures)
	}
	if len(ages.Bars) != len(m.Unsent.Ages) || ages.Bars[5].Values[0] != 9 || len(morning.Bounds())+1 != len(ages.Bars) {
		t.Errorf("%+v", ages)
	}
}
