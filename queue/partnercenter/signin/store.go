package signin

import "context"

// A Store keeps one token over restarts. Its methods may be called by several
// goroutines, and the token may be changed by another process between two calls.
type Store interface {
	// Load gives the token that was kept last. Without one it fails with
	// ErrNeverSignedIn; an error that wraps more than that says why what is there
	// cannot be used.
	Load(ctx context.Context) (Token, error)
	// Save keeps the token; it returns once it is durable. ErrMemoryOnly says that
	// it is kept as long as the process lives.
	Save(ctx context.Context, token Token) error
	// Clear forgets it. Nothing to forget is no error.
	Clear(ctx context.Context) error
}

// forgetful is no store: the Source's own memory is all there is.
type forgetful struct{}

func (forgetful) Load(context.Context) (Token, error) { return Token{}, ErrNeverSignedIn }

func (forgetful) Save(context.Context, Token) error { return ErrMemoryOnly }

func (forgetful) Clear(context.Context) error { return nil }
