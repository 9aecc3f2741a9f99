package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"pkidstation/queue"
	"pkidstation/ui/widget"
	"pkidstation/ui/words"
)

// A customerStep asks for the first customer: typed here, or taken into the directory
// in its own panel.
type customerStep struct {
	panel *setupPanel
	form  *customerPanel
}

func newCustomerStep(p *setupPanel) *customerStep {
	over := &customersPanel{window: p.window, picker: newPicker(p.window)}
	form := newCustomerPanel(over, queue.CustomerSetting{})
	form.short = true
	form.tags.next = form.name
	return &customerStep{p, form}
}

func (s *customerStep) name() string { return "customer" }

// known says that the directory has somebody to choose.
func (s *customerStep) known() bool { return len(s.panel.window.customers) > 0 }

func (s *customerStep) first() *field {
	if s.known() {
		return nil
	}
	return s.form.first()
}

func (s *customerStep) build() fyne.CanvasObject {
	w := s.panel.window
	rows := container.NewVBox(widget.NewPara(w.words.Say("setup.customer.what"), 18, widget.Text()))
	if s.known() {
		rows.Add(widget.NewPara(w.words.Count("setup.done.customer", len(w.customers)), 20, widget.Text()).Bold())
		if !slices.ContainsFunc(w.customers, func(c queue.CustomerSetting) bool { return len(c.Choices()) > 0 }) {
			rows.Add(widget.NewPara(w.words.Say("setup.customer.untagged"), 18, widget.Text()).Bold())
		}
		return rows
	}
	rows.Add(s.form.build())
	return rows
}

func (s *customerStep) problem() string {
	if s.known() {
		return ""
	}
	_, problem := s.form.setting()
	return problem
}

func (s *customerStep) keys() []panelKey {
	w := s.panel.window
	return []panelKey{{fyne.KeyF3, "setup.customer.open", w.options.Directory != nil, func() { w.openCustomersOver(s.panel) }}}
}

func (s *customerStep) command(fyne.KeyName) bool { return false }

func (s *customerStep) do(then func()) {
	if s.known() {
		then()
		return
	}
	s.form.keep(func(queue.CustomerSetting) { then() })
}

// A partnerStep asks how devices get to Partner Center.
type partnerStep struct {
	panel          *setupPanel
	account        string
	tenant, client *field
}

// accounts are the kinds of partner.
func accounts() []string { return []string{"direct", "indirect-provider", byCSV} }

// byCSV is the kind of partner that has no API.
const byCSV = "indirect-reseller"

func newPartnerStep(p *setupPanel) *partnerStep {
	w := p.window
	s := &partnerStep{panel: p, account: p.setting(keyAccount).Value}
	s.tenant, s.client = newField(w.capture, func(string) { w.reconsider() }), newField(w.capture, func(string) { w.reconsider() })
	s.tenant.fill(p.setting(keyTenant).Value)
	s.client.fill(p.setting(keyClient).Value)
	s.tenant.next, s.client.next = s.client, s.tenant
	s.tenant.onEnter = func() { w.window.Canvas().Focus(s.client) }
	return s
}

func (s *partnerStep) name() string { return "partner" }

func (s *partnerStep) first() *field {
	if s.account == byCSV {
		return nil
	}
	return s.tenant
}

// changes are what was answered and does not hold yet.
func (s *partnerStep) changes() []SettingChange {
	wanted := []SettingChange{{Key: keyAccount, Value: s.account}}
	if s.account == byCSV {
		if s.panel.setting(keyWay).Origin == FromFile { // else it is the way by itself
			wanted = append(wanted, SettingChange{Key: keyWay, Value: "csv"})
		}
	} else {
		wanted = append(wanted, SettingChange{Key: keyTenant, Value: strings.TrimSpace(s.tenant.Text)},
			SettingChange{Key: keyClient, Value: strings.TrimSpace(s.client.Text)})
		if way := s.panel.setting(keyWay); way.Origin == FromFile && way.Value == "csv" {
			wanted = append(wanted, SettingChange{Key: keyWay, Value: "api"})
		}
	}
	var all []SettingChange
	for _, c := range wanted {
		now := s.panel.setting(c.Key)
		if now.Changeable() && (now.Value != c.Value || c.Key == keyAccount && c.Value == byCSV && now.Origin == FromDefault) {
			all = append(all, c)
		}
	}
	return all
}

// fromOutside says that another program signs in for this station.
func (s *partnerStep) fromOutside() bool { return s.panel.window.sign.FromOutside }

func (s *partnerStep) problem() string {
	w := s.panel.window
	if s.account != byCSV && !s.fromOutside() && (strings.TrimSpace(s.tenant.Text) == "" || strings.TrimSpace(s.client.Text) == "") {
		return w.words.Say("setup.partner.missing")
	}
	if changes := s.changes(); len(changes) > 0 {
		for _, fault := range w.options.Settings.Check(changes) {
			return w.faultText(fault)
		}
	}
	return ""
}

func (s *partnerStep) build() fyne.CanvasObject {
	say := s.panel.window.words.Say
	rows := container.NewVBox(widget.NewPara(say("setup.partner.what"), 18, widget.Text()))
	if fixed := s.panel.fixed(keyAccount); fixed != nil {
		rows.Add(fixed)
	} else {
		for _, account := range accounts() {
			option := widget.Option{Title: say("settings.value." + account), Note: say("setup.partner." + account), Chosen: account == s.account}
			rows.Add(widget.NewChoice(option, func() { s.choose(account) }))
		}
	}
	if s.account != byCSV {
		rows.Add(container.NewGridWithColumns(2,
			container.NewVBox(caption(say("setup.partner.tenant")), s.asked(keyTenant, s.tenant)),
			container.NewVBox(caption(say("setup.partner.client")), s.asked(keyClient, s.client))))
	}
	for _, line := range s.lines() {
		rows.Add(widget.NewPara(line, 17, widget.Text()).Bold())
	}
	return rows
}

// asked is the field of a setting, or what fixes it.
func (s *partnerStep) asked(key string, f *field) fyne.CanvasObject {
	now, w := s.panel.setting(key), s.panel.window
	if now.Origin != FromEnvironment {
		return f
	}
	return container.NewVBox(widget.NewPara(w.settingValue(now, now.Value), 18, widget.Text()).Bold(),
		widget.NewPara(w.words.Say("settings.short.environment")+" · "+now.Variable, 14, widget.Text()))
}

// lines say what is missing, or how it stands.
func (s *partnerStep) lines() []string {
	w, say := s.panel.window, s.panel.window.words.Say
	switch {
	case s.problem() != "":
		return []string{s.problem()}
	case len(s.changes()) > 0:
		return []string{say("setup.partner.will")}
	case s.account == byCSV:
		return []string{say("setup.partner.set")}
	case w.options.SignIn == nil:
		return []string{say("setup.partner.set")}
	case w.sign.Needs != "" || w.sign.Who == "" && !w.sign.FromOutside:
		return []string{say("setup.partner.signin")}
	case w.sign.Who != "":
		return []string{say("setup.partner.signed", "Who", words.Shown(w.sign.Who))}
	default:
		return []string{w.signedText()}
	}
}

func (s *partnerStep) choose(account string) {
	s.account = account
	s.panel.window.reconsider()
}

func (s *partnerStep) keys() []panelKey {
	w := s.panel.window
	return []panelKey{{fyne.KeyF4, "screens.signin.short", w.options.SignIn != nil && s.account != byCSV && len(s.changes()) == 0, func() { w.openSignInOver(s.panel) }}}
}

// command chooses the kind of partner above or below.
func (s *partnerStep) command(key fyne.KeyName) bool {
	by := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}[key]
	if by == 0 || !s.panel.setting(keyAccount).Changeable() {
		return false
	}
	all := accounts()
	at := 0
	for n, account := range all {
		if account == s.account {
			at = n
		}
	}
	s.choose(all[min(max(at+by, 0), len(all)-1)])
	return true
}

// do writes what was answered and starts the program anew with it: the way to Partner
// Center is taken at the start alone.
func (s *partnerStep) do(then func()) {
	changes := s.changes()
	if len(changes) == 0 {
		then()
		return
	}
	w := s.panel.window
	s.panel.change(changes, func() {
		if w.showing(s.panel) && s.panel.step() == setupStep(s) { // else it waits for the next start, as the settings say
			w.startAnew(false)
		}
	})
}
