package ui_test

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
	"pkidstation/queue/upload"
	"pkidstation/ui"
)

// another puts an entry of a state on top of the list.
func (b *bench) another(e queue.Entry) {
	if e.Customer == "" {
		e.Customer = contoso
	}
	if e.PKID == "" {
		e.PKID = "3305120000017"
	}
	b.station.entries = append([]queue.Entry{e}, b.station.entries...)
	b.Load()
}

// tupled is an entry that may go by serial number.
func tupled() queue.Entry {
	return queue.Entry{
		ID: "t1", Number: 41, State: queue.Rejected, Code: autopilot.CodeUnknownDevice, TrackingID: "11a2b3c4-0000-4000-8000-000000000001",
		Device:  autopilot.Device{PKID: "3305120000017", Serial: "5CG4071QZ8", Manufacturer: "Hewlett-Packard", Model: "HP EliteBook 840 14 inch G10 Notebook PC"},
		RetryAt: time.Date(2026, 11, 24, 9, 0, 0, 0, time.Local),
	}
}

// ctrlKey presses Ctrl and a letter, as a person does.
func (b *bench) ctrlKey(key fyne.KeyName) {
	b.clock.pass(time.Second)
	b.ctrl(key)
	b.clock.pass(time.Second)
}

func (b *bench) openCustomers() { b.VisitQueue(); b.command(fyne.KeyF3) }

func (b *bench) openSignIn() { b.VisitQueue(); b.command(fyne.KeyF4) }

// chooseContoso opens the directory and chooses the first one.
func (b *bench) chooseContoso() { b.openCustomers(); b.command(fyne.KeyDown) }

// choose opens the directory on a customer who is paused.
func (b *bench) choosePaused() {
	b.station.office.pauses = []queue.Pause{unrelated(fabrikam)}
	b.Load()
	b.openCustomers()
	b.command(fyne.KeyDown)
	b.command(fyne.KeyDown)
}

// sign puts the sign-in into a state.
func (b *bench) sign(s ui.SignInState) {
	b.station.office.sign = s
	b.openSignIn()
}

// removal opens the panel for the registered entry.
func (b *bench) removal() {
	b.VisitQueue()
	b.Filter(queue.Registered)
	b.Tick(0)
	b.ctrlKey(fyne.KeyR)
}

// removing shows one that is being removed and one that is.
func (b *bench) removing() {
	b.another(queue.Entry{ID: "g1", State: queue.Removing, Device: autopilot.Device{PKID: "3305120000024"}})
	b.another(queue.Entry{ID: "g2", State: queue.Removed, Device: autopilot.Device{PKID: "3305120000031", Serial: "5CG4071QZ8"}})
	b.VisitQueue()
	b.Tick(0)
	b.Tick(1)
	b.ctrlKey(fyne.KeyR)
}

func (b *bench) waiting() {
	b.station.office.removals = []queue.Removal{{
		ID: "removal-1", Entry: "g1", Note: queue.OtherParty, Code: autopilot.CodeOtherParty, Person: true, Due: b.clock.now.Add(time.Hour),
	}}
	b.removing()
}

// byHand makes the station one of the web site's CSV.
func (b *bench) byHand() {
	b.station.online = upload.OnlineNever
	b.Load()
}

func (b *bench) onSite() {
	b.byHand()
	b.station.office.removals = []queue.Removal{{ID: "removal-1", Entry: "g1", Note: queue.OnTheSite, Person: true, OnSite: true}}
	b.removing()
}

func (b *bench) export() {
	b.byHand()
	b.VisitQueue()
	b.ctrlKey(fyne.KeyE)
}

// exported writes a file with three boxes.
func (b *bench) exported() {
	for _, id := range []string{"x1", "x2", "x3"} {
		b.another(queue.Entry{ID: id, State: queue.Exported, Device: autopilot.Device{PKID: autopilot.PKID("330512000004" + id[1:])}})
	}
	b.station.office.written = ui.Written{Entries: []string{"x1", "x2", "x3"}, Refused: []export.Refusal{{Entry: queue.Entry{Number: 9}, Column: "Device model", Reason: export.Comma}}, Rest: 2}
	b.export()
	b.command(fyne.KeyDown)
	b.command(fyne.KeyF5)
	b.ConfirmPanel()
}

func (b *bench) confirmExport() { b.exported(); b.ConfirmPanel() }

func officeStates() map[string]func(*bench) {
	until := time.Date(2026, 11, 23, 15, 12, 0, 0, time.Local)
	return map[string]func(*bench){
		"customers":         (*bench).chooseContoso,
		"customers, paused": (*bench).choosePaused,
		"customers, none": func(b *bench) {
			b.station.customers = []queue.CustomerSetting{}
			b.Load()
			b.openCustomers()
		},
		"customer, long": func(b *bench) {
			b.station.customers = []queue.CustomerSetting{{ID: contoso, Name: strings.Repeat("Logistique ", 12), GroupTag: "A", Tags: tags(24)}}
			b.Load()
			b.chooseContoso()
		},
		"customer edited": func(b *bench) { b.chooseContoso(); b.command(fyne.KeyF5) },
		"customer added":  func(b *bench) { b.openCustomers(); b.command(fyne.KeyF6) },
		"relationship":    func(b *bench) { b.choosePaused(); b.command(fyne.KeyF7); b.command(fyne.KeyF5) },
		"no link":         func(b *bench) { b.choosePaused(); b.station.failure = queue.ErrUnknownCustomer; b.command(fyne.KeyF7) },
		"profile":         func(b *bench) { b.chooseContoso(); b.command(fyne.KeyF8); b.command(fyne.KeyDown) },
		"import": func(b *bench) {
			b.openCustomers()
			b.command(fyne.KeyF10)
			ui.SetFieldText(b.Fields()[0], "x")
			b.ConfirmPanel()
		},
		"reception, tags":  func(b *bench) { b.station.open = false; b.Load(); b.OpenReception(); b.command(fyne.KeyDown) },
		"unrelated":        func(b *bench) { b.station.office.pauses = []queue.Pause{unrelated(fabrikam)}; b.Load() },
		"sign-in needed":   func(b *bench) { b.sign(ui.SignInState{Needs: queue.SignIn}); b.command(fyne.KeyEscape) },
		"sign-in, MFA":     func(b *bench) { b.sign(ui.SignInState{Needs: queue.NeedsMFA, Who: "ana@partner.example"}) },
		"sign-in, memory":  func(b *bench) { b.sign(ui.SignInState{Who: "ana@partner.example", MemoryOnly: true}) },
		"sign-in, outside": func(b *bench) { b.sign(ui.SignInState{FromOutside: true}) },
		"sign-in, code": func(b *bench) {
			b.sign(ui.SignInState{Needs: queue.SignIn, Way: ui.ByCode, Code: "FJC3QF9KH", Address: "https://microsoft.com/devicelogin", Until: until})
		},
		"remove":         (*bench).removal,
		"remove by hand": func(b *bench) { b.byHand(); b.removal() },
		"removing":       (*bench).waiting,
		"on site":        (*bench).onSite,
		"letter":         func(b *bench) { b.waiting(); b.command(fyne.KeyF5); b.command(fyne.KeyF5) },
		"reassign":       func(b *bench) { b.waiting(); b.command(fyne.KeyF6); b.command(fyne.KeyDown) },
		"tuple":          func(b *bench) { b.another(tupled()); b.VisitQueue(); b.Tick(0); b.ctrlKey(fyne.KeyS) },
		"tuple picked":   func(b *bench) { b.another(tupled()); b.VisitQueue(); b.Pick(0) },
		"export":         (*bench).export,
		"exported":       (*bench).exported,
		"confirm": func(b *bench) {
			b.confirmExport()
			b.command(fyne.KeyDown)
			b.command(fyne.KeyF5)
			b.command(fyne.KeyF6)
		},
		"progress": func(b *bench) {
			for _, id := range []autopilot.TenantID{contoso, fabrikam, northwind, "5"} {
				b.station.office.progress = append(b.station.office.progress,
					upload.Progress{Customer: id, Ready: 12, Submitted: 480, Reason: queue.NoRelationship, Next: until})
			}
			b.station.office.marks = queue.Marks{AlreadyThere: 3}
			b.Load()
			b.VisitQueue()
			b.Pick(4)
		},
	}
}

func tags(n int) []autopilot.GroupTag {
	var all []autopilot.GroupTag
	for i := range n {
		all = append(all, autopilot.GroupTag("SITE-"+string(rune('A'+i))))
	}
	return all
}
