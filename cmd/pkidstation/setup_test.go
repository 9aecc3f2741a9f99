package main_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pkidstation/cmd/internal/config"
	pkidstation "pkidstation/cmd/pkidstation"
	"pkidstation/queue"
	"pkidstation/ui"
)

// TestADemoBecomesAStation: what is chosen is written for the next start, which is a
// real one that keeps what is read, and sends nothing.
func TestADemoBecomesAStation(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	cfg, err := config.Load(folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	demo := desk(t, folder, cfg)
	setup := demo.Setup(folder, nil, cfg, false)
	state, err := setup.State(t.Context())
	if err != nil || !demo.IsDemo() || !state.Due || state.Real {
		t.Fatalf("%+v, %v, demo %t", state, err, demo.IsDemo())
	}
	if asked, _ := demo.Setup(folder, nil, cfg, true).State(t.Context()); asked.Due {
		t.Error("who asked for the demo is asked something")
	}
	if err := setup.Begin(t.Context(), "Quai 3", "fr"); err != nil {
		t.Fatal(err)
	}
	if cfg, err = config.Load(folder, nil); err != nil || cfg.Station.Name != "Quai 3" || cfg.Station.Language != "fr" {
		t.Fatalf("%+v, %v", cfg.Station, err)
	}
	if err := setup.Begin(t.Context(), "Quai 4", "en"); err != nil {
		t.Fatal(err)
	}
	if now, _ := config.Load(folder, nil); now.Station.Name != "Quai 3" {
		t.Errorf("a demo that still runs calls the real station %q", now.Station.Name)
	}
	station := desk(t, folder, cfg)
	if station.IsDemo() {
		t.Fatal("it is the demo again")
	}
	intake, _, _, _, uploads := station.Ports()
	if v, err := intake.Typed(t.Context(), "3305123456781"); err != nil || v.Word != queue.OnHold || v.Entry.Station != "Quai 3" {
		t.Errorf("typed: %+v, %v", v, err)
	}
	if s := uploads.Status(); len(s.Waits) != 1 || s.Waits[0].Reason != queue.SignIn {
		t.Errorf("uploads: %+v", s)
	}
}

// TestTheSettingUpIsAskedForOnce: at a station where nothing was ever done, and from
// then on only while it was begun and neither ended nor left.
func TestTheSettingUpIsAskedForOnce(t *testing.T) {
	t.Parallel()
	due := func(d pkidstation.Desk, folder string) bool {
		s, err := d.Setup(folder, nil, byCSV(), false).State(t.Context())
		if err != nil {
			t.Error(err)
		}
		return s.Due
	}
	folder := t.TempDir()
	d := desk(t, folder, byCSV())
	if !due(d, folder) {
		t.Error("a new station is not set up")
	}
	for _, step := range []struct {
		kept string
		due  bool
	}{{"partner", true}, {ui.SetupLater, false}, {ui.SetupDone, false}} {
		if err := d.Setup(folder, nil, byCSV(), false).Keep(t.Context(), step.kept); err != nil || due(d, folder) != step.due {
			t.Errorf("after %q: %t, %v", step.kept, !step.due, err)
		}
	}
	for what, prepare := range map[string]func(*queue.Queue){
		"boxes":        func(q *queue.Queue) { capture(t, q, open(t, q, "BL-1"), "3305123456781", "") },
		"a reception":  func(q *queue.Queue) { open(t, q, "BL-1") },
		"a supervisor": func(q *queue.Queue) { _ = q.SetPIN(t.Context(), "Léa", "27182", queue.Act{By: "Léa"}) },
	} {
		folder := t.TempDir()
		d := desk(t, folder, byCSV())
		prepare(d.Queue())
		if due(d, folder) {
			t.Errorf("a station with %s is set up anew", what)
		}
	}
}

// TestAgain: the program starts anew as it was started, but for the demo.
func TestAgain(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args []string
		demo bool
		want []string
	}{
		{[]string{}, false, []string{}},
		{[]string{"--data", "x", "--full-screen"}, false, []string{"--data", "x", "--full-screen"}},
		{[]string{"-demo", "--data", "demo", "--demo=true"}, false, []string{"--data", "demo"}},
		{[]string{"--data", "x"}, true, []string{"--demo", "--data", "x"}},
	} {
		if got := pkidstation.Again(t.Context(), tt.args, true, tt.demo); got == nil || !slices.Equal(got, tt.want) {
			t.Errorf("%v: %v, want %v", tt.args, got, tt.want)
		}
	}
	if got := pkidstation.Again(t.Context(), []string{"--demo"}, false, false); got != nil {
		t.Errorf("where nobody wants it: %v", got)
	}
	told, end := context.WithCancel(t.Context())
	end()
	if got := pkidstation.Again(told, []string{}, true, false); got != nil {
		t.Errorf("where the session ended meanwhile: %v", got)
	}
}

// TestSettingsAreASupervisors: without the PIN nothing is written; with it the file
// has it, the audit too, and what can holds at once.
func TestSettingsAreASupervisors(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	d := desk(t, folder, byCSV())
	settings := d.Settings(folder, []string{"PKIDSTATION_PARTNER_CENTER_WAY=csv"})
	ctx := t.Context()
	if err := d.Guard().SetPIN(ctx, "Léa", "27182"); err != nil {
		t.Fatal(err)
	}
	if _, err := settings.Read(ctx); err != nil {
		t.Fatal(err)
	}
	volume, quiet := ui.SettingChange{Key: "sound.volume", Value: "15"}, ui.SettingChange{Key: "scanner.quiet", Value: "12s"}
	if err := settings.Change(ctx, []ui.SettingChange{volume}); !errors.Is(err, queue.ErrNeedsSupervisor) {
		t.Errorf("without a PIN: %v", err)
	}
	if _, err := os.Stat(filepath.Join(folder, config.FileName)); err == nil {
		t.Error("and it was written")
	}
	if err := d.Guard().Unlock(ctx, "Léa", "27182"); err != nil {
		t.Fatal(err)
	}
	if err := settings.Change(ctx, []ui.SettingChange{volume, quiet}); err != nil {
		t.Fatal(err)
	}
	all, err := settings.Read(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]ui.Setting{
		"sound.volume":       {Value: "15", Origin: ui.FromFile, AtOnce: true},
		"scanner.quiet":      {Value: "12s", Origin: ui.FromFile, Waits: true},
		"partner_center.way": {Value: "csv", Origin: ui.FromEnvironment},
	} {
		n := slices.IndexFunc(all, func(s ui.Setting) bool { return s.Key == key })
		got := all[n]
		if got.Value != want.Value || got.Origin != want.Origin || got.AtOnce != want.AtOnce || got.Waits != want.Waits {
			t.Errorf("%s: %+v", key, got)
		}
	}
	if got := d.Volume(); got != 0.15 {
		t.Errorf("the volume is %v", got)
	}
	theirs := os.WriteFile(filepath.Join(folder, config.FileName), []byte("[sound]\nvolume = 3\n"), 0o600)
	if err := settings.Change(ctx, []ui.SettingChange{volume}); theirs != nil || !errors.Is(err, ui.ErrSettingsChanged) {
		t.Errorf("over somebody else's: %v, %v", err, theirs)
	}
}

// TestTheCameraThatWasTriedIsKept, whatever became of the file since somebody looked at
// the settings.
func TestTheCameraThatWasTriedIsKept(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	camera := desk(t, folder, byCSV()).Settings(folder, nil).(ui.CameraSetting) //nolint:forcetypeassert // the program gives the same
	if err := os.WriteFile(filepath.Join(folder, config.FileName), []byte("[sound]\nvolume = 3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const address = "http://10.0.0.7/video"
	if err := camera.UseCamera(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	cfg, err := config.Load(folder, nil)
	if err != nil || cfg.Scanner.Camera != address || cfg.Sound.Volume != 3 {
		t.Errorf("%+v %+v, %v", cfg.Scanner, cfg.Sound, err)
	}
}

// TestFaultsSayWhatIsAllowed, of each change by itself.
func TestFaultsSayWhatIsAllowed(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	settings := desk(t, folder, byCSV()).Settings(folder, []string{"PKIDSTATION_UPLOAD_AFTER=1m"})
	faults := settings.Check([]ui.SettingChange{{Key: "sound.volume", Value: "loud"}, {Key: "station.name", Value: "Quai 3"}, {Key: "disk.warn", Value: "-1"}})
	if len(faults) != 2 || faults[0].Key != "sound.volume" || faults[0].Allowed != "0 to 100" || !faults[0].Rule || faults[1].Key != "disk.warn" {
		t.Errorf("%+v", faults)
	}
	if faults := settings.Check([]ui.SettingChange{{Key: "upload.after", Value: "2m"}}); len(faults) != 1 || !errors.Is(faults[0].Err, config.ErrFixed) {
		t.Errorf("what the environment sets: %+v", faults)
	}
	if faults := settings.Check([]ui.SettingChange{{Key: "sound.volume", Value: "5"}}); faults != nil {
		t.Errorf("what is allowed: %+v", faults)
	}
}

// TestTheDemoChangesNoSettings: nobody there may say who may.
func TestTheDemoChangesNoSettings(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	d := desk(t, folder, config.Default())
	if err := d.Settings(folder, nil).Change(context.Background(), []ui.SettingChange{{Key: "sound.volume", Value: "5"}}); err == nil {
		t.Error("the demo wrote station.toml")
	}
	if err := d.Setup(folder, nil, config.Default(), false).Keep(t.Context(), "name"); err != nil {
		t.Error(err)
	}
}
