package uitest

import (
	"fmt"
	"slices"

	"pkidstation/ui"
)

// A State is a screen with what is on it.
type State struct {
	// Screen and Name name it, of small letters, digits and hyphens; together they
	// are no other state's.
	Screen, Name string

	// before changes what the window is made with, nil for nothing; show brings it
	// there, nil for what it shows at first.
	before func(*ui.Options, *station)
	show   func(*Shot)
}

// String names the state: "dock-ready".
func (s State) String() string { return s.Screen + "-" + s.Name }

// States are all there are, by screen.
func States() []State {
	return slices.Concat(dockStates(), askedStates(), queueStates(), orderStates(), listStates(), returnStates(), trialStates(), morningStates(),
		customerStates(), partnerStates(), exportStates(), guardStates(), setupStates(), settingsStates(), helpingStates(), sourceStates(), windowStates(), cameraStates(), hostileStates())
}

// Find is the state with that name, and whether there is one.
func Find(name string) (State, bool) {
	all := States()
	n := slices.IndexFunc(all, func(s State) bool { return s.String() == name })
	if n < 0 {
		return State{}, false
	}
	return all[n], true
}

// Show makes a window in the state. It fails where the way there is not the one that
// it was: a key does something else, a button is gone.
func (s State) Show(view View) (*Shot, error) {
	shot, err := newShot(view, s.before)
	if err != nil {
		return nil, err
	}
	if s.show != nil {
		s.show(shot)
	}
	shot.settle()
	if shot.fault != nil {
		shot.Close()
		return nil, fmt.Errorf("showing %s: %w", s, shot.fault)
	}
	return shot, nil
}

// state is one that is shown with nothing changed before.
func state(screen, name string, show func(*Shot)) State {
	return State{Screen: screen, Name: name, show: show}
}

// with is one of another station.
func with(screen, name string, change func(*station), show func(*Shot)) State {
	return State{Screen: screen, Name: name, before: func(_ *ui.Options, s *station) { change(s) }, show: show}
}
