package ui_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/upload"
	"pkidstation/ui"
)

func (b *bench) shows(text string) bool { return strings.Contains(strings.Join(texts(b), "\n"), text) }

func (b *bench) called(t *testing.T, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, b.station.calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

func clipboard() string { return fyne.CurrentApp().Clipboard().Content() }

// The customer's name is typed before anything is taken back: neither a scan nor
// the clipboard nor a hurried confirmation does it.
func TestRemovalNeedsReasonAndName(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.removal()
	confirmable := func(want bool, when string) {
		t.Helper()
		if b.Confirmable() != want {
			t.Errorf("%s: confirmable is %v", when, !want)
		}
		if !want {
			b.ctrl(fyne.KeyReturn)
			b.called(t)
		}
	}
	confirmable(false, "at first")
	b.tap(t, "Wrong customer")
	confirmable(false, "without a name")
	name := b.Fields()[1]
	b.FyneWindow().Canvas().Focus(name)
	for _, wrong := range []string{"Contoso", "Contoso Logistique SA", "Fabrikam"} {
		ui.SetFieldText(name, wrong)
		confirmable(false, wrong)
	}
	ui.SetFieldText(name, "")
	clipboard := fyne.CurrentApp().Clipboard()
	clipboard.SetContent("Contoso Logistique")
	b.shortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
	b.clock.pass(time.Second)
	confirmable(false, "pasted")
	b.scan("Contoso Logistique\r")
	b.clock.pass(time.Second)
	confirmable(false, "scanned")
	b.hand(" CONTOSO logistique ")
	confirmable(true, "typed")
	b.ctrl(fyne.KeyReturn)
	b.called(t, "remove [e5] false Wrong customer")
	if b.PanelTitle() != "Registrations being removed" {
		t.Errorf("then the panel is %q", b.PanelTitle())
	}
}

func TestWhatCannotBeRemovedSaysWhy(t *testing.T) {
	for name, c := range map[string]struct {
		more []queue.Entry
		say  string
	}{
		"already there":     {[]queue.Entry{{ID: "a", State: queue.Registered, Reason: queue.AlreadyThere}}, "only whoever registered it"},
		"not registered":    {[]queue.Entry{{ID: "a", State: queue.Rejected}, {ID: "b", State: queue.Registered}}, "Only registered devices"},
		"several customers": {[]queue.Entry{{ID: "a", State: queue.Registered, Customer: fabrikam}, {ID: "b", State: queue.Registered}}, "One customer at a time"},
	} {
		b := newBench(t, ui.Options{Language: "en"})
		for _, e := range c.more {
			b.another(e)
		}
		b.VisitQueue()
		for n := range c.more {
			b.Tick(n)
		}
		b.ctrlKey(fyne.KeyR)
		if b.PanelTitle() != "" || !strings.Contains(b.Notice(), c.say) {
			t.Errorf("%s: panel %q, notice %q", name, b.PanelTitle(), b.Notice())
		}
	}
}

func TestAfterARemoval(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.waiting()
	if !b.shows("1 of 2 devices removed") || !b.shows("Contoso Logistique") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	b.command(fyne.KeyF7)
	b.called(t, "again [g1]")
	b.command(fyne.KeyF5) // the letter
	b.command(fyne.KeyF5) // copied
	if !strings.Contains(clipboard(), "5CG4071QZ8") || strings.Contains(clipboard(), "3305120000031") {
		t.Errorf("copied:\n%s", clipboard())
	}
	english := clipboard()
	b.command(fyne.KeyF6)
	b.command(fyne.KeyF5)
	if clipboard() == english {
		t.Error("the other language is the same")
	}
	b.command(fyne.KeyEscape) // back to the removals
	b.command(fyne.KeyF6)
	b.command(fyne.KeyDown)
	b.command(fyne.KeyDown)
	b.tap(t, "Wrong customer")
	b.ConfirmPanel()
	b.called(t, "again [g1]", "assign [g2] "+string(fabrikam)+" FAB-1 Wrong customer")
}

// What was registered anew is taken back too once the panel has shown it: of what
// came since nobody was told.
func TestTryingAgainTakesWhatWasShownToBeAnew(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.station.office.removals = []queue.Removal{{ID: "removal-1", Entry: "g1", Note: queue.RegisteredAnew, Person: true, Attempt: 1}}
	b.removing()
	if !b.shows("1 device was registered anew since, under another device ID. “Try again now” takes that one back too.") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	b.command(fyne.KeyF7)
	b.called(t, "anew [g1]", "again [g1]")
}

func TestRemovedOnTheSiteOnAPersonsWord(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.onSite()
	b.command(fyne.KeyF7)
	b.called(t, "on site [g1]")
	b = newBench(t, ui.Options{Language: "en"})
	b.byHand()
	b.removal()
	b.tap(t, "Wrong customer")
	ui.SetFieldText(b.Fields()[1], "contoso logistique")
	b.ConfirmPanel()
	b.called(t, "remove [e5] true Wrong customer")
}

func TestDirectoryIsKeptByASupervisor(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.chooseContoso()
	b.command(fyne.KeyF5)
	fields := b.Fields()
	ui.SetFieldText(fields[0], "Contoso SARL")
	ui.SetFieldText(fields[1], "LYON 4!")
	if b.Confirmable() {
		t.Error("a bad group tag can be kept")
	}
	ui.SetFieldText(fields[1], "PARIS, LYON-3")
	b.ConfirmPanel()
	b.called(t, "keep "+string(contoso)+` "Contoso SARL" [PARIS LYON-3]`)
	if b.PanelTitle() != "Customers" {
		t.Errorf("then the panel is %q", b.PanelTitle())
	}
	b.station.calls = nil
	b.command(fyne.KeyF6)
	fields = b.Fields()
	ui.SetFieldText(fields[0], "New")
	for _, id := range []string{"", "not an id!", string(contoso)} {
		ui.SetFieldText(fields[1], id)
		if b.Confirmable() {
			t.Errorf("%q can be added", id)
		}
	}
	ui.SetFieldText(fields[1], "new.example")
	b.ConfirmPanel()
	b.command(fyne.KeyF3)
	if !b.shows("2 new customers") {
		t.Error("what Partner Center answered is not told")
	}
	b.command(fyne.KeyF10)
	ui.SetFieldText(b.Fields()[0], " /tmp/list.csv ")
	b.ConfirmPanel()
	b.called(t, `keep new.example "New" []`, "refresh", "import /tmp/list.csv")
	if !b.shows("3 customers taken") || !b.shows("Row 4 not taken") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
}

func TestProfileOfACustomer(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.chooseContoso()
	b.command(fyne.KeyF8)
	if !b.shows("Those made in Intune cannot be seen from here; the group tag assigns them.") && !b.shows("Kiosk") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	b.command(fyne.KeyDown)
	b.ConfirmPanel()
	if kept := b.station.office.kept; len(kept) != 1 || kept[0].Profile != "p1" || kept[0].ProfileName != "Kiosk" || kept[0].GroupTag != "LYON-3" {
		t.Errorf("kept %+v", kept)
	}
}

func TestRelationshipMailAndCheck(t *testing.T) {
	b := newBench(t, ui.Options{Language: "fr"})
	b.choosePaused()
	if !strings.Contains(b.Online(), "Fabrikam") {
		t.Errorf("the bar says %q", b.Online())
	}
	b.command(fyne.KeyF7)
	b.command(fyne.KeyF5)
	french := clipboard()
	if !strings.Contains(french, b.station.office.link) || !strings.Contains(french, "Fabrikam") {
		t.Errorf("copied:\n%s", french)
	}
	b.command(fyne.KeyF6)
	b.command(fyne.KeyF5)
	if clipboard() == french || !strings.Contains(clipboard(), b.station.office.link) {
		t.Errorf("copied in the other language:\n%s", clipboard())
	}
	for _, relation := range []autopilot.Relationship{autopilot.RelationshipNone, autopilot.RelationshipReseller} {
		b.station.office.relation = relation
		b.command(fyne.KeyF7)
		if b.shows("Acceptée") != (relation == autopilot.RelationshipReseller) {
			t.Errorf("%s: shown:\n%s", relation, strings.Join(texts(b), "\n"))
		}
	}
	b.called(t, "check "+string(fabrikam), "check "+string(fabrikam))
	b.command(fyne.KeyEscape)
	if b.PanelTitle() != "Clients" {
		t.Errorf("then the panel is %q", b.PanelTitle())
	}
}

func TestNoLinkIsToldAndNoneIsMade(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.choosePaused()
	b.station.office.link = ""
	fyne.CurrentApp().Clipboard().SetContent("before")
	b.command(fyne.KeyF7)
	b.command(fyne.KeyF5)
	if clipboard() != "before" {
		t.Errorf("copied %q", clipboard())
	}
}

func TestSignIn(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.sign(ui.SignInState{Needs: queue.SignIn})
	if !b.AlertShown() || !b.shows("scanning goes on") {
		t.Errorf("alert %v, shown:\n%s", b.AlertShown(), strings.Join(texts(b), "\n"))
	}
	b.command(fyne.KeyF5)
	b.station.office.sign = ui.SignInState{Needs: queue.SignIn, Way: ui.ByCode, Code: "FJC3QF9KH", Address: "https://microsoft.com/devicelogin", Until: b.clock.now.Add(14*time.Minute + 30*time.Second)}
	b.command(fyne.KeyF6)
	for _, want := range []string{"FJC3QF9KH", "https://microsoft.com/devicelogin", "14\u00a0min"} {
		if !b.shows(want) {
			t.Errorf("%q is not shown", want)
		}
	}
	b.command(fyne.KeyF7)
	if clipboard() != "FJC3QF9KH" {
		t.Errorf("copied %q", clipboard())
	}
	b.station.office.sign = ui.SignInState{Who: "ana@partner.example", MemoryOnly: true}
	b.command(fyne.KeyF8)
	if b.AlertShown() || !b.shows("Signed in: ana@partner.example") || !b.shows("memory only") {
		t.Errorf("alert %v, shown:\n%s", b.AlertShown(), strings.Join(texts(b), "\n"))
	}
	b.command(fyne.KeyF8)
	b.called(t, "sign in by browser", "sign in by code", "sign out", "sign out")
}

func TestNobodySignsInWithATokenFromOutside(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.sign(ui.SignInState{FromOutside: true})
	for _, key := range []fyne.KeyName{fyne.KeyF5, fyne.KeyF6, fyne.KeyF7, fyne.KeyF8} {
		b.command(key)
	}
	b.called(t)
}

func TestTupleNeedsAnAgreement(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.another(tupled())
	b.VisitQueue()
	b.Tick(0)
	b.ctrlKey(fyne.KeyS)
	if b.Confirmable() || !b.shows("5CG4071QZ8") || !b.shows("Hewlett-Packard") {
		t.Errorf("confirmable %v, shown:\n%s", b.Confirmable(), strings.Join(texts(b), "\n"))
	}
	b.command(fyne.KeyF5)
	b.ConfirmPanel()
	b.called(t, "tuple [t1] Compared with the label: all three are right")
	unsure := tupled()
	unsure.ID, unsure.Model = "t2", ""
	b.another(unsure)
	b.Tick(0)
	b.ctrlKey(fyne.KeyS)
	if b.PanelTitle() != "" {
		t.Error("a box without a model can be sent by serial number")
	}
}

func TestFileForTheSiteAndWhatItTook(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.exported()
	for _, want := range []string{"LYON-3", "/home/ana/1111-LYON-3.csv", "Box 9", "2 devices found no room"} {
		if !b.shows(want) {
			t.Errorf("%q is not shown", want)
		}
	}
	b.command(fyne.KeyF5)
	if clipboard() != "LYON-3" {
		t.Errorf("copied %q", clipboard())
	}
	b.ConfirmPanel()
	if b.Confirmable() {
		t.Error("nobody said it, and it can be confirmed")
	}
	ui.SetFieldText(b.Fields()[0], "Ana")
	b.command(fyne.KeyDown)
	b.command(fyne.KeyDown)
	b.command(fyne.KeyF5)
	if b.Confirmable() {
		t.Error("a refusal without a code can be confirmed")
	}
	b.command(fyne.KeyF6)
	b.command(fyne.KeyDown)
	b.command(fyne.KeyF5)
	ui.SetFieldText(b.Fields()[1], "806")
	b.ConfirmPanel()
	var got []queue.Outcome
	for _, o := range b.station.office.outcomes {
		got = append(got, queue.Outcome{Entry: o.Entry, Registered: o.Registered, Code: o.Code})
	}
	want := []queue.Outcome{{Entry: "x3", Registered: true}, {Entry: "x2", Code: "808"}, {Entry: "x1", Registered: true, Code: "806"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
	b.called(t, "write "+string(contoso)+" LYON-3 /home/ana/1111-LYON-3.csv", "confirm 3 by Ana")
}

func TestProgressIsTheCustomersOwn(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.station.office.progress = []upload.Progress{
		{Customer: contoso, Submitted: 12},
		{Customer: fabrikam, Ready: 3, Reason: queue.NoRelationship, Next: b.clock.now.Add(time.Hour)},
	}
	b.Load()
	b.VisitQueue()
	shown := strings.Join(texts(b), "\n")
	for _, want := range []string{"Contoso Logistique · 12 submitted", "Fabrikam · 3 captured · There is no reseller relationship"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not in:\n%s", want, shown)
		}
	}
	if strings.Index(shown, "Fabrikam · 3") > strings.Index(shown, "Contoso Logistique · 12") {
		t.Error("who is held up does not come first")
	}
}

func TestAlreadyThereIsToldApart(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.another(queue.Entry{ID: "a", State: queue.Registered, Reason: queue.AlreadyThere})
	b.station.office.marks = queue.Marks{AlreadyThere: 1}
	b.Load()
	b.VisitQueue()
	b.tap(t, "Already there  1")
	if shown := b.Shown(); len(shown) != 1 || shown[0].ID != "a" {
		t.Errorf("listed %+v", shown)
	}
}

func TestWithoutPortsNothingIsOffered(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.Unequip()
	b.VisitQueue()
	b.Filter(queue.Registered)
	b.Tick(0)
	b.command(fyne.KeyF3)
	b.command(fyne.KeyF4)
	for _, key := range []fyne.KeyName{fyne.KeyR, fyne.KeyS, fyne.KeyE} {
		b.ctrlKey(key)
	}
	if b.PanelTitle() != "" || b.shows("Customers") || b.shows("Remove registration") {
		t.Errorf("panel %q", b.PanelTitle())
	}
}
