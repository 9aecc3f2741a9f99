package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter/signin"
	"pkidstation/queue/watch"
	"pkidstation/ui"
)

// A signInSource signs people in and out. Browser and DeviceCode wait for the
// person, until ctx ends.
type signInSource interface {
	Browser(ctx context.Context, open func(address string) error) error
	DeviceCode(ctx context.Context, show func(prompt)) error
	SignOut(ctx context.Context) error
	// Look reads what is kept, which another program may have changed.
	Look(ctx context.Context)
	// Standing is how things are; it asks nobody.
	Standing() signState
	Watch() (changed <-chan struct{}, stop func())
}

// A prompt is what a person needs on another device.
type prompt struct {
	code, address string
	until         time.Time
}

// A signState is how things are with a sign-in, in the window's words.
type signState struct {
	who                    string
	needs                  queue.Reason
	memoryOnly, fromOthers bool
	err                    error
}

// signing is the window's sign-in: at most one person signs in at a time.
type signing struct {
	source signInSource
	// uploads tells what Partner Center thinks of the token.
	uploads ui.Uploads
	// open opens the system's browser; hurry has what waits tried at once.
	open  func(address string) error
	hurry func()

	running  sync.WaitGroup
	watchers watch.Watchers

	mu sync.Mutex
	// looked says that what is kept was read: before, nobody misses a sign-in.
	looked  bool
	attempt int // counts those begun: one that was replaced says nothing more
	way     ui.SignInWay
	prompt  prompt
	failed  error
	stop    context.CancelFunc
}

func newSigning(source signInSource, uploads ui.Uploads, hurry func()) *signing {
	return &signing{
		source: source, uploads: uploads, hurry: hurry,
		open: func(string) error { return errors.ErrUnsupported },
	}
}

// State says that a person must sign in where the source or Partner Center does.
func (s *signing) State() ui.SignInState {
	is := s.source.Standing()
	s.mu.Lock()
	defer s.mu.Unlock()
	state := ui.SignInState{
		Who: is.who, Needs: is.needs, MemoryOnly: is.memoryOnly, FromOutside: is.fromOthers, Err: is.err,
		Way: s.way, Code: s.prompt.code, Address: s.prompt.address, Until: s.prompt.until,
	}
	if s.failed != nil {
		state.Err = s.failed
	}
	if !s.looked {
		return ui.SignInState{FromOutside: is.fromOthers}
	}
	if state.Needs == "" {
		state.Needs = s.refused()
	}
	return state
}

// refused is why the whole station waits, if a person must sign in for it.
func (s *signing) refused() queue.Reason {
	for _, wait := range s.uploads.Status().Waits {
		switch wait.Reason { //nolint:exhaustive // the others are no matter of a sign-in
		case queue.SignIn, queue.NeedsMFA, queue.WrongRole:
			if wait.Customer == "" {
				return wait.Reason
			}
		}
	}
	return ""
}

func (s *signing) Watch() (changed <-chan struct{}, stop func()) { return s.watchers.Watch() }

// run passes on what changes at the source and the uploader, until ctx ends; it
// then waits for the sign-in under way.
func (s *signing) run(ctx context.Context) {
	source, stopSource := s.source.Watch()
	defer stopSource()
	uploads, stopUploads := s.uploads.Watch()
	defer stopUploads()
	defer s.running.Wait()
	s.source.Look(ctx)
	s.changed(func() { s.looked = true })
	for {
		select {
		case <-ctx.Done():
			s.end()
			return
		case <-source:
		case <-uploads:
		}
		s.changed(func() {})
	}
}

// changed does something about the state and wakes the watchers.
func (s *signing) changed(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	do()
	s.watchers.Tell()
}

// end stops the sign-in under way, and says whether there was one.
func (s *signing) end() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	was := s.stop != nil
	if was {
		s.stop()
	}
	s.attempt++
	s.way, s.prompt, s.stop, s.failed = "", prompt{}, nil, nil
	s.watchers.Tell()
	return was
}

func (s *signing) Begin(ctx context.Context, way ui.SignInWay) error {
	if s.source.Standing().fromOthers {
		return nil // there is nothing to sign in to, and no button for it
	}
	s.end()
	ctx, stop := context.WithCancel(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.attempt++
	attempt := s.attempt
	s.way, s.stop = way, stop
	s.running.Go(func() {
		defer stop()
		s.done(attempt, s.person(ctx, attempt, way))
	})
	s.watchers.Tell()
	return nil
}

// person waits for the person.
func (s *signing) person(ctx context.Context, attempt int, way ui.SignInWay) error {
	if way == ui.ByBrowser {
		return s.source.Browser(ctx, s.open)
	}
	return s.source.DeviceCode(ctx, func(p prompt) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.attempt == attempt {
			s.prompt = p
			s.watchers.Tell()
		}
	})
}

// done keeps what came of an attempt, unless it was replaced.
func (s *signing) done(attempt int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.attempt != attempt {
		return
	}
	s.way, s.prompt, s.stop, s.failed = "", prompt{}, nil, err
	if err == nil {
		s.hurry()
	}
	s.watchers.Tell()
}

// SignOut ends the sign-in under way, else it signs out.
func (s *signing) SignOut(ctx context.Context) error {
	if s.end() {
		return nil
	}
	err := s.source.SignOut(ctx)
	s.changed(func() {})
	return err
}

// personal is the configured sign-in as the window's.
type personal struct{ *signin.Source }

func (p personal) Browser(ctx context.Context, open func(address string) error) error {
	_, err := p.Source.Browser(ctx, open)
	return err
}

func (p personal) DeviceCode(ctx context.Context, show func(prompt)) error {
	_, err := p.Source.DeviceCode(ctx, func(s signin.Prompt) { show(prompt{s.Code, s.URL, s.Expires}) })
	return err
}

func (p personal) Look(ctx context.Context) { p.Source.Look(ctx) }

func (p personal) Standing() signState {
	is := p.State()
	state := signState{who: is.Account.Name, memoryOnly: is.MemoryOnly, err: is.Err}
	switch is.Standing {
	case signin.SignedIn:
	case signin.FromOther:
		state.fromOthers = true
	case signin.NeedsMFA:
		state.needs = queue.NeedsMFA
	case signin.Never, signin.Again:
		state.needs = queue.SignIn
	}
	return state
}
