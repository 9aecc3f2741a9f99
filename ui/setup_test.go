package ui_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui"
	"pkidstation/ui/words"
)

// A setupper stands in for the setting up: it writes down what it was asked.
type setupper struct {
	state   ui.SetupState
	calls   []string
	failure error
}

func (s *setupper) call(text string) error {
	s.calls = append(s.calls, text)
	return s.failure
}

func (s *setupper) State(context.Context) (ui.SetupState, error) { return s.state, s.failure }

func (s *setupper) Keep(_ context.Context, step string) error { return s.call("keep " + step) }

func (s *setupper) Begin(_ context.Context, name, language string) error {
	return s.call("begin " + name + " " + language)
}

func (s *setupper) Restart(demo bool) {
	_ = s.call(map[bool]string{true: "restart as demo", false: "restart"}[demo])
}

// A teller stands in for what the station is told. What has an X in it is refused.
type teller struct {
	unread  error
	all     []ui.Setting
	written []ui.SettingChange
	failure error
	once    error
	during  func() // what happens while it is written
}

func (t *teller) Read(context.Context) ([]ui.Setting, error) { return slices.Clone(t.all), t.unread }

func (t *teller) Check(changes []ui.SettingChange) []ui.SettingFault {
	var faults []ui.SettingFault
	for _, c := range changes {
		if strings.Contains(c.Value, "X") || c.Key == "sound.volume" && c.Value == "" {
			faults = append(faults, ui.SettingFault{Key: c.Key, Value: c.Value, Allowed: "0 to 100", Rule: true})
		}
	}
	return faults
}

func (t *teller) Change(_ context.Context, changes []ui.SettingChange) error {
	if err := t.once; err != nil {
		t.once = nil
		return err
	}
	if t.during != nil {
		t.during()
	}
	if t.failure != nil {
		return t.failure
	}
	t.written = append(t.written, changes...)
	for _, c := range changes {
		for n := range t.all {
			s := &t.all[n]
			switch {
			case s.Key != c.Key:
			case c.Back:
				s.Value, s.Origin = s.Default, ui.FromDefault
			default:
				s.Value, s.Origin, s.Waits = c.Value, ui.FromFile, !s.AtOnce
			}
		}
	}
	return nil
}

func tellAll() *teller {
	return &teller{all: []ui.Setting{
		{Key: "station.name", Value: "PC-7", Default: "PC-7", Origin: ui.FromDefault},
		{Key: "station.language", Origin: ui.FromDefault, Words: []string{"", "en", "fr"}, AtOnce: true},
		{Key: "sound.volume", Value: "80", Default: "80", Origin: ui.FromDefault, AtOnce: true},
		{Key: "scanner.quiet", Value: "8s", Default: "8s", Origin: ui.FromEnvironment, Variable: "PKIDSTATION_SCANNER_QUIET"},
		{Key: "scanner.camera", Value: "http://[redacted]@cam/x", Origin: ui.FromFile, Masked: true},
		{Key: "scanner.no_read", Value: "a,b", Origin: ui.FromFile, ByHand: true},
		{Key: "partner_center.account", Value: "direct", Default: "direct", Origin: ui.FromDefault, Words: []string{"direct", "indirect-provider", "indirect-reseller"}},
		{Key: "partner_center.way", Value: "api", Default: "api", Origin: ui.FromDefault, Words: []string{"api", "csv"}},
		{Key: "partner_center.tenant", Origin: ui.FromDefault},
		{Key: "partner_center.client_id", Origin: ui.FromDefault},
	}}
}

// wizard is a bench of a station that is being set up.
type wizard struct {
	*bench
	guard    *guard
	setup    *setupper
	settings *teller
}

func newWizard(t *testing.T, state ui.SetupState, change func(*ui.Options, *teller)) wizard {
	t.Helper()
	w := wizard{guard: &guard{}, setup: &setupper{state: state}, settings: tellAll()}
	options := ui.Options{Language: "en", Guard: w.guard, Setup: w.setup, Settings: w.settings, Trial: &trier{}}
	if change != nil {
		change(&options, w.settings)
	}
	w.bench = newBench(t, options)
	w.guard.bench = w.bench
	w.station.customers, w.station.open = []queue.CustomerSetting{}, false
	w.Load()
	w.station.calls = nil
	w.Reguard()
	return w
}

func demo(o *ui.Options, _ *teller) { o.Demo, o.Guard, o.Station = true, nil, "" }

// at says at which step the setting up is, "" where it is not shown.
func (w wizard) at(t *testing.T, want string) {
	t.Helper()
	if got, _, _ := strings.Cut(w.PanelTitle(), " · "); got != want {
		t.Fatalf("panel %q, want %q", w.PanelTitle(), want)
	}
}

// TestEscapeLooksAtTheDemo: who ignores the welcome has what there always was.
func TestEscapeLooksAtTheDemo(t *testing.T) {
	w := newWizard(t, ui.SetupState{Due: true, Name: "PC-7"}, demo)
	if w.PanelTitle() != w.Say("setup.welcome") {
		t.Fatalf("panel %q", w.PanelTitle())
	}
	w.command(fyne.KeyEscape)
	if w.PanelTitle() != "" || len(w.setup.calls) > 0 {
		t.Errorf("panel %q, calls %v", w.PanelTitle(), w.setup.calls)
	}
	w.ctrlKey(fyne.KeyComma)
	if w.PanelTitle() != w.Say("setup.welcome") {
		t.Errorf("there is no way back to it: %q", w.PanelTitle())
	}
}

// TestTheWelcomeMakesTheStationReal, with the name and the language that were chosen.
func TestTheWelcomeMakesTheStationReal(t *testing.T) {
	w := newWizard(t, ui.SetupState{Due: true, Name: "PC-7"}, demo)
	ui.SetFieldText(w.Fields()[0], " ")
	if w.Confirmable() || !w.shows(w.Say("setup.name.missing")) {
		t.Error("a station without a name is made")
	}
	ui.SetFieldText(w.Fields()[0], "X")
	if w.Confirmable() || !w.shows(w.Say("setup.name.wrong")) {
		t.Error("a name that config refuses is taken")
	}
	ui.SetFieldText(w.Fields()[0], " Quai 3 ")
	w.command(fyne.KeyF12)
	w.setup.failure = errors.New("no room")
	w.ctrlKey(fyne.KeyReturn)
	if w.Notice() == "" || w.PanelTitle() == "" {
		t.Error("what was not written is not said")
	}
	w.setup.failure, w.setup.calls = nil, nil
	w.ctrlKey(fyne.KeyReturn)
	same(t, "setup", []string{"begin Quai 3 fr", "restart"}, w.setup.calls)
}

// TestTheDemoOfARealStationLeadsBack, and asks nothing by itself.
func TestTheDemoOfARealStationLeadsBack(t *testing.T) {
	w := newWizard(t, ui.SetupState{Real: true}, demo)
	w.at(t, "")
	w.command(fyne.KeyF1)
	w.tap(t, w.Say("setup.demo.back"))
	if w.PanelTitle() != w.Say("setup.demo") {
		t.Fatalf("panel %q", w.PanelTitle())
	}
	w.ctrlKey(fyne.KeyReturn)
	same(t, "setup", []string{"restart"}, w.setup.calls)
}

// TestOneEscapeLeavesTheSettingUp for good, at any step, and nobody is asked for a
// supervisor after it.
func TestOneEscapeLeavesTheSettingUp(t *testing.T) {
	for n, step := range []string{"language", "name", "supervisor", "scanner", "customer", "partner", "done"} {
		w := newWizard(t, ui.SetupState{Due: true, Real: true, Step: step}, nil)
		if !strings.HasPrefix(w.PanelTitle(), string(rune('1'+n))+" / 7") {
			t.Errorf("%s is %q", step, w.PanelTitle())
		}
		w.command(fyne.KeyEscape)
		same(t, step, []string{"keep " + step, "keep later"}, w.setup.calls)
		if w.Reguard(); w.PanelTitle() != "" || w.Notice() != "" {
			t.Errorf("after %s: panel %q, notice %q", step, w.PanelTitle(), w.Notice())
		}
	}
}

// TestLeavingWhileAnAnswerIsWritten: what is written does not call the setting up back,
// nor take a step more than the person did.
func TestLeavingWhileAnAnswerIsWritten(t *testing.T) {
	for what, tt := range map[string]struct {
		does  func(*wizard)
		panel string
		keeps []string
	}{
		"left":    {func(w *wizard) { w.Leave() }, "", []string{"keep name", "keep later"}},
		"skipped": {func(w *wizard) { w.Press(fyne.KeyF8, 0) }, "3 / 7", []string{"keep name", "keep supervisor"}},
	} {
		w := newWizard(t, ui.SetupState{Due: true, Real: true, Step: "name"}, nil)
		w.settings.during = func() { tt.does(&w) }
		ui.SetFieldText(w.Fields()[0], "Quai 3")
		w.ctrlKey(fyne.KeyReturn)
		w.at(t, tt.panel)
		same(t, what, tt.keeps, w.setup.calls)
		if len(w.settings.written) != 1 {
			t.Errorf("%s: written %+v", what, w.settings.written)
		}
	}
}

// TestWhoIsNotToBeAskedIsNot: the first supervisor is asked for, as ever.
func TestWhoIsNotToBeAskedIsNot(t *testing.T) {
	w := newWizard(t, ui.SetupState{Real: true, Step: ui.SetupLater}, nil)
	if w.PanelTitle() != w.Say("guard.first") || len(w.setup.calls) > 0 {
		t.Errorf("panel %q, %v", w.PanelTitle(), w.setup.calls)
	}
	w = newWizard(t, ui.SetupState{Due: true}, func(*ui.Options, *teller) {})
	w.command(fyne.KeyEscape)
	w.OpenHelp()
	w.Reguard()
	if w.PanelTitle() != w.Say("ui.help") {
		t.Errorf("the help is taken away: %q", w.PanelTitle())
	}
}

// TestTheSettingUpFromStartToEnd: each answer is written where it belongs, and what is
// behind it goes on working.
func TestTheSettingUpFromStartToEnd(t *testing.T) {
	w := newWizard(t, ui.SetupState{Due: true, Real: true}, nil)
	w.at(t, "1 / 7")
	w.ctrlKey(fyne.KeyReturn)
	w.at(t, "2 / 7")
	ui.SetFieldText(w.Fields()[0], "Quai 3")
	w.ctrlKey(fyne.KeyReturn)
	w.at(t, "3 / 7")
	w.typeIn("Ana", rightPIN, rightPIN)
	w.ctrlKey(fyne.KeyReturn)
	w.at(t, "4 / 7")
	same(t, "guard", []string{"first Ana"}, w.guard.calls)
	w.ctrlKey(fyne.KeyReturn)
	w.at(t, "5 / 7")
	if w.Confirmable() {
		t.Error("a customer without a name is taken")
	}
	w.typeIn("Contoso", string(contoso), "STD")
	w.ctrlKey(fyne.KeyReturn)
	w.at(t, "6 / 7")
	if len(w.station.calls) == 0 || !strings.Contains(w.station.calls[0], "Contoso") {
		t.Errorf("the customer was not kept: %v", w.station.calls)
	}
	w.typeIn("partner.example", "99999999-9999-4999-8999-999999999999")
	w.ctrlKey(fyne.KeyReturn)
	want := []ui.SettingChange{
		{Key: "station.language", Value: "en"},
		{Key: "station.name", Value: "Quai 3"},
		{Key: "partner_center.tenant", Value: "partner.example"},
		{Key: "partner_center.client_id", Value: "99999999-9999-4999-8999-999999999999"},
	}
	if !slices.Equal(w.settings.written, want) {
		t.Errorf("written: %+v", w.settings.written)
	}
	same(t, "setup", []string{"keep language", "keep name", "keep supervisor", "keep scanner", "keep customer", "keep partner", "restart"}, w.setup.calls)
}

// TestTheWayOfAResellerIsTheFile: there is nothing to sign in to.
func TestTheWayOfAResellerIsTheFile(t *testing.T) {
	w := newWizard(t, ui.SetupState{Due: true, Real: true, Step: "partner"}, nil)
	w.command(fyne.KeyDown)
	w.command(fyne.KeyDown)
	w.ctrlKey(fyne.KeyReturn)
	if want := []ui.SettingChange{{Key: "partner_center.account", Value: "indirect-reseller"}}; !slices.Equal(w.settings.written, want) {
		t.Errorf("written: %+v", w.settings.written)
	}
	same(t, "setup", []string{"keep partner", "restart"}, w.setup.calls)
}

// TestAStepIsSkipped and gone back to, and the end says what is not set up.
func TestAStepIsSkipped(t *testing.T) {
	w := newWizard(t, ui.SetupState{Due: true, Real: true, Step: "supervisor"}, nil)
	for range 4 {
		w.command(fyne.KeyF8)
	}
	w.at(t, "7 / 7")
	for _, id := range []string{"setup.done.supervisor.not", "setup.done.scanner.not", "setup.done.customer.not"} {
		if !w.shows(w.Say(id)) {
			t.Errorf("%s is not said", id)
		}
	}
	w.command(fyne.KeyF5)
	w.at(t, "6 / 7")
	w.command(fyne.KeyF8)
	w.setup.calls = nil
	w.ctrlKey(fyne.KeyReturn)
	w.at(t, "")
	same(t, "setup", []string{"keep done"}, w.setup.calls)
}

// TestTheEndPractises in the demo, or starts anew where something waits for that.
func TestTheEndPractises(t *testing.T) {
	w := newWizard(t, ui.SetupState{Due: true, Real: true, Step: "done"}, nil)
	w.setup.calls = nil
	w.command(fyne.KeyF7)
	same(t, "setup", []string{"keep done", "restart as demo"}, w.setup.calls)
	w = newWizard(t, ui.SetupState{Due: true, Real: true, Step: "done"}, func(_ *ui.Options, s *teller) { s.all[0].Waits = true })
	w.setup.calls = nil
	w.ctrlKey(fyne.KeyReturn)
	same(t, "setup", []string{"keep done", "restart"}, w.setup.calls)
}

// TestTheDemoIsNoWayOutOfAKiosk: it has nobody whose PIN keeps people in.
func TestTheDemoIsNoWayOutOfAKiosk(t *testing.T) {
	w := newWizard(t, ui.SetupState{Due: true, Real: true, Step: "done"}, func(o *ui.Options, _ *teller) { o.Kiosk = true })
	w.guard.state.Supervisors = []string{"Ana"}
	w.Reguard()
	w.setup.calls = nil
	w.command(fyne.KeyF7)
	same(t, "setup", nil, w.setup.calls)
}

// TestTheTrialComesBack to the setting up, which says what it showed.
func TestTheTrialComesBack(t *testing.T) {
	trial := &trier{}
	w := newWizard(t, ui.SetupState{Due: true, Real: true, Step: "scanner"}, func(o *ui.Options, _ *teller) { o.Trial = trial })
	w.command(fyne.KeyF7)
	if !w.OnTrial() || w.PanelTitle() != "" {
		t.Fatalf("on trial %t, panel %q", w.OnTrial(), w.PanelTitle())
	}
	trial.on(ui.Tried{Findings: []words.Finding{good()}, Advice: []string{"fine"}})
	w.command(fyne.KeyEscape)
	w.at(t, "4 / 7")
	if !w.shows(w.Say("trial.advice.fine")) {
		t.Error("what the trial showed is not said")
	}
	if slices.Contains(w.setup.calls, "keep later") {
		t.Error("the trial ended the setting up")
	}
}

// TestWhatTheEnvironmentFixesIsSkippedInWords: it is said, and cannot be typed.
func TestWhatTheEnvironmentFixesIsSkippedInWords(t *testing.T) {
	w := newWizard(t, ui.SetupState{Due: true, Real: true, Step: "name"}, func(_ *ui.Options, s *teller) {
		s.all[0].Origin, s.all[0].Variable, s.all[0].Value = ui.FromEnvironment, "PKIDSTATION_STATION_NAME", "Quai 9"
	})
	if len(w.Fields()) > 0 || !w.shows("PKIDSTATION_STATION_NAME") || !w.shows("Quai 9") {
		t.Errorf("%d fields:\n%s", len(w.Fields()), strings.Join(texts(w.bench), "\n"))
	}
	w.ctrlKey(fyne.KeyReturn)
	w.at(t, "3 / 7")
	if len(w.settings.written) > 0 {
		t.Errorf("written: %+v", w.settings.written)
	}
}

// TestScansGoThroughTheSettingUp: whatever is asked, they are read, fill in nothing,
// press nothing and turn to no other step.
func TestScansGoThroughTheSettingUp(t *testing.T) {
	for _, step := range []string{"language", "name", "supervisor", "customer", "partner"} { // the others have no field either
		w := newWizard(t, ui.SetupState{Due: true, Real: true, Step: step}, nil)
		title, before := w.PanelTitle(), texts(w.bench)
		w.setup.calls = nil
		for _, code := range []string{"5CG4071QZ8\t", "AB C9 EF\r"} {
			w.scan(code)
			w.clock.pass(1e9)
		}
		same(t, step, []string{"5CG4071QZ8", "AB C9 EF"}, w.scanned())
		if after := texts(w.bench); w.PanelTitle() != title || !slices.Equal(before, after) || len(w.setup.calls)+len(w.settings.written) > 0 {
			t.Errorf("%s: %q, calls %v, written %v", step, w.PanelTitle(), w.setup.calls, w.settings.written)
		}
	}
	w := newWizard(t, ui.SetupState{Due: true, Name: "PC-7"}, demo)
	w.scan("3305123456781\r")
	w.clock.pass(1e9)
	if ui.FieldText(w.Fields()[0]) != "PC-7" || len(w.setup.calls) > 0 {
		t.Errorf("welcome: %q, %v", ui.FieldText(w.Fields()[0]), w.setup.calls)
	}
}
