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

// A ComparingStore is a Store that can clear one token and no other. Of two
// processes that renew the same token at once, one is refused: what it clears
// must not be what the other kept a moment ago. Where a Store is none, the
// Source looks first and clears then, which leaves a moment in between.
type ComparingStore interface {
	Store

	// ClearIf forgets the token where it is still the one that is kept, and does
	// nothing where another is or none. No process's Save comes between the look
	// and the clearing, or what it saved is there in the end.
	ClearIf(ctx context.Context, refused Token) error
}

// clearIf has the store forget a token, and no newer one.
func clearIf(ctx context.Context, store Store, refused Token) error {
	if comparing, ok := store.(ComparingStore); ok {
		return comparing.ClearIf(ctx, refused) //nolint:wrapcheck // it is logged as it is
	}
	kept, err := store.Load(ctx)
	if err != nil || !kept.same(refused) {
		return nil //nolint:nilerr // what cannot be read is not known to be the refused one
	}
	return store.Clear(ctx) //nolint:wrapcheck // it is logged as it is
}

// forgetful is no store: the Source's own memory is all there is.
type forgetful struct{}

func (forgetful) Load(context.Context) (Token, error) { return Token{}, ErrNeverSignedIn }

func (forgetful) Save(context.Context, Token) error { return ErrMemoryOnly }

func (forgetful) Clear(context.Context) error { return nil }
