package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"pkidstation/cmd/internal/config"
	"pkidstation/queue"
	"pkidstation/ui"
)

// An again is what the program starts with when it is to start anew.
type again struct {
	mu           sync.Mutex
	wanted, demo bool
}

// want has the program start anew.
func (a *again) want(demo bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.wanted, a.demo = true, demo
}

// args are those to start anew with, nil where nobody wants that, or where the program
// was told to end meanwhile: the same, but for what says that the demo is wanted.
func (a *again) args(ctx context.Context, args []string) []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.wanted || ctx.Err() != nil {
		return nil
	}
	next := slices.DeleteFunc(slices.Clone(args), func(arg string) bool {
		name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		return strings.HasPrefix(arg, "-") && name == "demo"
	})
	if a.demo {
		next = slices.Insert(next, 0, "--demo")
	}
	if next == nil {
		next = []string{}
	}
	return next
}

// settingUp is the window's way from the demo to a real station, and how far that is.
type settingUp struct {
	*desk

	folder  string
	environ []string
	cfg     config.Config
	again   *again
	// quiet says that the demo was asked for: nobody is asked anything.
	quiet bool
}

// State: the demo of a station that is not set up asks whether it is to be. A real
// one goes on where it was, and begins where nothing was ever done at it.
func (p settingUp) State(ctx context.Context) (ui.SetupState, error) {
	s := ui.SetupState{Name: p.cfg.Station.Name, Real: p.cfg.Configured()}
	if p.demo {
		s.Due = !p.quiet && !s.Real
		return s, nil
	}
	kept, is, err := p.queue.Learnt(ctx, queue.LearnSetup, "")
	s.Step = kept.Value
	switch {
	case err != nil:
		return s, err
	case is:
		s.Due = s.Step != ui.SetupDone && s.Step != ui.SetupLater
	default:
		s.Due, err = p.fresh(ctx)
	}
	return s, err
}

// fresh says that nothing was ever done at this station.
func (p settingUp) fresh(ctx context.Context) (bool, error) {
	supervisors, err := p.queue.Supervisors(ctx)
	if err != nil || len(supervisors) > 0 {
		return false, err
	}
	for _, err := range p.queue.List(ctx, queue.Filter{Limit: 1}) {
		return false, err
	}
	open, err := p.queue.OpenReceptions(ctx)
	return len(open) == 0, err
}

func (p settingUp) Keep(ctx context.Context, step string) error {
	if p.demo {
		return nil // it is thrown away
	}
	return p.queue.Learn(ctx, queue.LearnSetup, "", step, p.act(""))
}

// Begin writes the settings of the real station, whose data folder the demo does not
// touch. One that became real meanwhile keeps what it was told: that is a supervisor's
// to change, of whom the demo knows nothing.
func (p settingUp) Begin(_ context.Context, name, language string) error {
	if now, err := config.Load(p.folder, p.environ); err == nil && now.Configured() {
		return nil
	}
	sheet, err := config.Read(p.folder, p.environ)
	if err != nil {
		return err
	}
	changes := []config.Change{{Key: "station.set_up", Text: "true"}}
	for key, text := range map[string]string{"station.name": name, "station.language": language} {
		if v, _ := sheet.Value(key); v.Origin != config.FromEnvironment && v.Text != text {
			changes = append(changes, config.Change{Key: key, Text: text})
		}
	}
	_, err = sheet.Change(changes)
	return err
}

func (p settingUp) Restart(demo bool) { p.again.want(demo) }

// told is what the station is told, for the window to read and change.
type told struct {
	*desk

	folder  string
	environ []string
	// hold has what was changed hold at once, by key.
	hold map[string]func(config.Config)
	// begun is what the station was told when it started.
	begun config.Sheet

	mu    sync.Mutex
	sheet config.Sheet
}

func newTold(d *desk, folder string, environ []string) *told {
	t := &told{desk: d, folder: folder, environ: environ}
	t.hold = map[string]func(config.Config){
		"station.language": func(config.Config) {}, // the window speaks it already
		"sound.volume":     func(c config.Config) { d.voice.SetVolume(float64(c.Sound.Volume) / 100) },
	}
	t.begun, _ = config.Read(folder, environ) // it was read a moment ago; else all of it waits
	t.sheet = t.begun
	return t
}

func (t *told) Read(context.Context) ([]ui.Setting, error) {
	sheet, err := config.Read(t.folder, t.environ)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	t.sheet = sheet
	t.mu.Unlock()
	var all []ui.Setting
	for _, v := range sheet.Values {
		if v.Key == "station.set_up" {
			continue // it is real: there is nothing to choose
		}
		_, atOnce := t.hold[v.Key]
		before, _ := t.begun.Value(v.Key)
		all = append(all, ui.Setting{
			Key: v.Key, Variable: v.Variable, Value: v.Text, Default: v.Default, Origin: ui.SettingOrigin(v.Origin), Words: v.Words,
			Masked: v.Masked, ByHand: v.ByHand, AtOnce: atOnce, Waits: !atOnce && before.Text != v.Text,
		})
	}
	return all, nil
}

func (t *told) read() config.Sheet {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.sheet
}

func (t *told) Check(changes []ui.SettingChange) []ui.SettingFault {
	err := t.read().Check(changesOf(changes))
	var faults []ui.SettingFault
	for _, one := range each(err) {
		fault := ui.SettingFault{Err: one}
		if e, is := errors.AsType[*config.Error](one); is && e.Problem == config.BadValue {
			fault = ui.SettingFault{Key: e.Key, Value: e.Value, Allowed: e.Allowed, Rule: e.Allowed == config.Allowed(e.Key)}
		}
		faults = append(faults, fault)
	}
	return faults
}

// each is what was joined.
func each(err error) []error {
	joined, is := err.(interface{ Unwrap() []error })
	switch {
	case err == nil:
		return nil
	case is:
		return joined.Unwrap()
	default:
		return []error{err}
	}
}

func changesOf(changes []ui.SettingChange) []config.Change {
	var all []config.Change
	for _, c := range changes {
		all = append(all, config.Change{Key: c.Key, Text: c.Value, Back: c.Back})
	}
	return all
}

// Change is a supervisor's, and is in the audit by its keys.
func (t *told) Change(ctx context.Context, changes []ui.SettingChange) error {
	if t.demo {
		return errors.ErrUnsupported // nobody there may say who may
	}
	sheet := t.read()
	var note []string
	for _, c := range changes {
		note = append(note, c.Key)
	}
	written := false
	err := t.queue.ChangeSettings(ctx, strings.Join(note, ", "), t.act(""), func() error {
		if written { // the line of it is written once more
			return nil
		}
		after, err := sheet.Change(changesOf(changes))
		if errors.Is(err, config.ErrChanged) {
			return fmt.Errorf("%w: %w", ui.ErrSettingsChanged, err)
		}
		if err != nil {
			return err
		}
		written, sheet = true, after
		return nil
	})
	if err != nil {
		return err
	}
	t.mu.Lock()
	t.sheet = sheet
	t.mu.Unlock()
	now, err := config.Load(t.folder, t.environ)
	if err != nil {
		return err
	}
	for _, c := range changes {
		if hold := t.hold[c.Key]; hold != nil {
			hold(now)
		}
	}
	return nil
}

// UseCamera keeps a camera's address, by the sheet of now: a person who tries cameras
// has not looked at the settings.
func (t *told) UseCamera(ctx context.Context, address string) error {
	if _, err := t.Read(ctx); err != nil {
		return err
	}
	return t.Change(ctx, []ui.SettingChange{{Key: "scanner.camera", Value: address}})
}
