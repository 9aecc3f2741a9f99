package ui_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui"
)

// told is a box to which all happened that can.
func told(b *bench) {
	at := func(minute int) time.Time { return time.Date(2026, 11, 23, 14, minute, 0, 0, time.Local) }
	e := &b.station.entries[5]
	e.Plan, e.Batch, e.TrackingID, e.Code, e.RetryAt = "plan-2", "PKID-7", "track-9", autopilot.CodeUnknownDevice, at(59)
	e.Reads = []queue.Read{
		{Text: string(e.PKID), Symbology: "code128", AIM: "]C0", Source: "wedge", At: at(1)},
		{Text: "S" + e.Serial + "\x1d\x07", Symbology: "code39", Source: "serial:COM4", At: at(2), Layout: "fr", Unsure: true},
	}
	b.station.history = []queue.AuditLine{
		{At: at(1), By: "Karim", Action: queue.ActionCapture, To: queue.Held, Reason: queue.CouldBeGTIN},
		{At: at(2), By: "Karim", Action: queue.ActionAttach},
		{At: at(3), By: "Ana", Action: queue.ActionRelease, From: queue.Held, To: queue.Ready, Note: "comparé"},
		{At: at(4), By: queue.Uploader, Action: queue.ActionPlan, From: queue.Ready, To: queue.Planned, Plan: "plan-2"},
		{At: at(5), By: queue.Uploader, Action: queue.ActionSubmit, From: queue.Planned, To: queue.Submitted, Plan: "plan-2", Note: "found at Partner Center"},
		{At: at(6), By: queue.Uploader, Action: queue.ActionOutcome, From: queue.Submitted, To: queue.Rejected, Plan: "plan-2", Note: "812 NotFound"},
	}
}

// TestTimelineTellsAllOfIt the oldest first, in French without a word of English but
// people's and Microsoft's own.
func TestTimelineTellsAllOfIt(t *testing.T) {
	b := newBench(t, ui.Options{Language: "fr"})
	told(b)
	b.Load()
	b.VisitQueue()
	b.Pick(5)
	shown := strings.ReplaceAll(strings.Join(texts(b), "\n"), "\u00a0", " ")
	at := 0
	for _, want := range []string{
		b.Say("history.order"), "14 h 01 · Lecture · PKID : 330512345", "Code 128 ]C0 · douchette clavier", "14 h 01 · Lu · Bloqué", "Karim · Peut être l'EAN",
		"14 h 02 · Lecture · Numéro de série : S5CG", "COM4 · des lettres peuvent être interverties", "14 h 02 · Code ajouté",
		"14 h 03 · Débloqué · Prêt à envoyer", "Ana · comparé", "14 h 04 · Mis dans un lot", "Lot PKID-7",
		"14 h 05 · Envoyé à Microsoft", "Trouvé dans l'Espace partenaires. · ID de suivi track-9",
		"14 h 06 · Réponse de Microsoft · Refusé", "Code 812 : Microsoft ne connaît pas", "14 h 59 · Renvoyé automatiquement",
	} {
		found := strings.Index(shown[at:], want)
		if found < 0 {
			t.Errorf("%q is not shown, or not in its place:\n%s", want, shown)
			continue
		}
		at += found
	}
}

// TestTimelineKeepsTheAuditsOrder where the clock was set back meanwhile.
func TestTimelineKeepsTheAuditsOrder(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	told(b)
	for n := range b.station.history[3:] {
		line := &b.station.history[3+n]
		line.At = line.At.Add(-time.Hour)
	}
	b.Load()
	b.VisitQueue()
	b.Pick(5)
	shown, at := strings.Join(texts(b), "\n"), 0
	for _, want := range []string{"14:01 · Read", "14:01 · Captured", "14:02 · Read", "14:03 · Released", "13:04", "13:06"} {
		found := strings.Index(shown[at:], want)
		if found < 0 {
			t.Fatalf("%q is not in its place:\n%s", want, shown)
		}
		at += found
	}
}

// TestRawReadsAreBytes beside what of them can be printed.
func TestRawReadsAreBytes(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	told(b)
	b.Load()
	b.VisitQueue()
	b.Pick(5)
	b.tells(t, b.Say("history.raw"), "33 33 30 35 31 32 33 34  33051234", "53 35 43 47 30 30 30 30  S5CG0000", "30 30 35 1D 07           005..", "FR keyboard")
	long := queue.Read{Text: strings.Repeat("\xff\u00e9", 4000)}
	b.station.entries[5].Reads = make([]queue.Read, 500)
	for n := range b.station.entries[5].Reads {
		b.station.entries[5].Reads[n] = long
	}
	b.Load()
	b.tells(t, "and 480 more codes", "more bytes")
}

func TestRawReadsSayWhyThereAreNone(t *testing.T) {
	for id, change := range map[string]func(*queue.Entry){
		"history.raw.gone": func(e *queue.Entry) { e.Reads = []queue.Read{{}} },
		"history.raw.list": func(e *queue.Entry) { e.ByList = queue.ListedDevice },
	} {
		b := newBench(t, ui.Options{Language: "fr"})
		change(&b.station.entries[0])
		b.VisitQueue()
		b.Pick(0)
		b.tells(t, b.Say(id))
	}
}

// TestDrawerIsLeafedThroughByKeys, and stays where it is when something changes.
func TestDrawerIsLeafedThroughByKeys(t *testing.T) {
	b := newBench(t, ui.Options{})
	told(b)
	b.Load()
	b.VisitQueue()
	b.Pick(5)
	b.ctrl(fyne.KeyPageDown)
	below := b.DrawerAt()
	b.Load()
	if below <= 0 || b.DrawerAt() != below {
		t.Errorf("it is at %v, and after a change at %v", below, b.DrawerAt())
	}
	b.ctrl(fyne.KeyPageUp)
	if b.DrawerAt() != 0 {
		t.Errorf("it is at %v after going back", b.DrawerAt())
	}
	b.ctrl(fyne.KeyPageDown)
	b.Pick(4)
	if b.DrawerAt() != 0 {
		t.Error("another entry begins in its middle")
	}
}

// TestTimelineOfWeeks shows how it began and how it stands, and says what is between.
func TestTimelineOfWeeks(t *testing.T) {
	b := newBench(t, ui.Options{})
	told(b)
	first, last := b.station.history[0], b.station.history[len(b.station.history)-1]
	b.station.entries[5].Reads = nil
	b.station.history = []queue.AuditLine{first}
	for range 2000 {
		b.station.history = append(b.station.history, last)
	}
	b.Load()
	b.VisitQueue()
	b.Pick(5)
	shown := strings.Join(texts(b), "\n")
	if !b.shows(b.Say("ui.history")) || !strings.Contains(shown, "1,942 lines between are left out") {
		t.Errorf("shows:\n%s", shown)
	}
	if lines := strings.Count(shown, "Answer of Microsoft · Rejected by Microsoft\n"); lines != 58 { // of sixty the first is the capture, the last what comes next
		t.Errorf("%d lines:\n%.3000s", lines, shown)
	}
}
