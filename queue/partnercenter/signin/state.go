package signin

import (
	"errors"
	"time"
)

// A Standing is how things are with the sign-in, as a fixed word.
type Standing string

// The standings; the chart is in the package's comment.
const (
	Never     Standing = "never"
	SignedIn  Standing = "signed-in"
	Again     Standing = "again"
	NeedsMFA  Standing = "needs-mfa"
	FromOther Standing = "external" // the token comes from outside
)

// A State is what a screen shows of the sign-in.
type State struct {
	Standing Standing
	// Account is who is signed in, or was.
	Account Account
	// Expires is when the access token ends; it is renewed before. Zero for none.
	Expires time.Time
	// MemoryOnly says that a restart will need a new sign-in.
	MemoryOnly bool
	// Err is why the last renewal failed, or why what was kept could not be used;
	// nil when all is well.
	Err error
}

// State is how things are now. It asks neither the store nor Microsoft.
func (s *Source) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	state := State{
		Standing: Never, Account: s.token.Account, Expires: s.token.Expires, MemoryOnly: s.unsaved && s.token.Refresh != "", Err: s.failed,
	}
	switch {
	case s.external != "":
		state.Standing = FromOther
	case s.over != nil:
		state.Standing, state.Err = Again, s.over
		if errors.Is(s.over, ErrMFA) {
			state.Standing = NeedsMFA
		}
	case s.token.Refresh != "", s.token.good(s.now()):
		state.Standing = SignedIn
	}
	return state
}

// Watch gives a channel that gets a value when the state may have changed, until
// stop is called.
func (s *Source) Watch() (changed <-chan struct{}, stop func()) { return s.watchers.Watch() }

func (s *Source) tell() { s.watchers.Tell() }
