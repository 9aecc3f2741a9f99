package ui

import "context"

// A Setup is how the station becomes a real one, and how far that is. It may be nil:
// then nothing is set up here.
type Setup interface {
	// State tells how far the setting up is; it may wait for a disk.
	State(ctx context.Context) (SetupState, error)
	// Keep keeps how far it is: a step's name, SetupLater or SetupDone.
	Keep(ctx context.Context, step string) error
	// Begin makes a station that shows the demo a real one, from the next start on.
	Begin(ctx context.Context, name, language string) error
	// Restart has the program start anew once the window is closed, as the demo if
	// that is wanted. It never waits.
	Restart(demo bool)
}

// A SetupState is how far the setting up is.
type SetupState struct {
	// Due says that a person is to be asked now: a station that is new, or one
	// whose setting up has begun and was neither left nor ended.
	Due bool
	// Step is what was kept last, "" for nothing.
	Step string
	// Real says that the station is a real one, whatever is shown now; Name is what
	// it is or would be called.
	Real bool
	Name string
}

// What is kept of a setting up that goes on no more.
const (
	SetupLater = "later"
	SetupDone  = "done"
)

// Settings is what the station is told. It may be nil: then nothing is changed here.
type Settings interface {
	// Read gives every key with what it holds now.
	Read(ctx context.Context) ([]Setting, error)
	// Check gives what is wrong with changes of what was read last, nothing where
	// all are allowed. It is called by Fyne's goroutine and never waits.
	Check(changes []SettingChange) []SettingFault
	// Change writes changes of what was read last, all or none. It fails with
	// queue.ErrNeedsSupervisor where a supervisor must allow it, and with
	// ErrSettingsChanged where they are not what was read.
	Change(ctx context.Context, changes []SettingChange) error
}

// A Setting is one key of station.toml and what it holds, as a person types it.
type Setting struct {
	// Key is the dotted key, Variable what of the environment would set it.
	Key, Variable  string
	Value, Default string
	Origin         SettingOrigin
	// Words are what is allowed, where there are only so many.
	Words []string
	// Masked says that Value is not all of it, ByHand that only a person can change
	// it, in the file.
	Masked, ByHand bool
	// AtOnce says that a change holds at once; Waits that one was made which holds
	// from the next start on.
	AtOnce, Waits bool
}

// Changeable says whether it can be changed here.
func (s Setting) Changeable() bool { return s.Origin != FromEnvironment && !s.ByHand }

// A SettingOrigin is where a value comes from.
type SettingOrigin string

// The origins.
const (
	FromDefault     SettingOrigin = "default"
	FromFile        SettingOrigin = "file"
	FromEnvironment SettingOrigin = "environment"
)

// A SettingChange is what is wanted of a key: a value, or the default.
type SettingChange struct {
	Key, Value string
	Back       bool
}

// A SettingFault is why a change is refused: what was given, and what is allowed, in
// the words of whoever reads station.toml.
type SettingFault struct {
	Key, Value, Allowed string
	// Rule says that Allowed is the key's own rule, and not what another key asks.
	Rule bool
	// Err is why, where it is no value that is refused.
	Err error
}
