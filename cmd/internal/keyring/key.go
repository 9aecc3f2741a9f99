package keyring

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"sync"
	"time"
)

// ErrNoKeyring says that the system has no keyring, or that it does not answer.
var ErrNoKeyring = errors.New("the system's keyring cannot be used")

// Service is what the keyring's entries are called.
const Service = "PKID Station"

const (
	keySize = 32
	patient = 5 * time.Second
)

// A keyholder asks the ring for one key, one question at a time, and remembers
// the key.
type keyholder struct {
	ring    Ring
	account string

	mu     sync.Mutex
	key    []byte
	asking chan struct{} // closed when the question under way is answered
	failed error         // its answer, if it was not the key
	late   bool          // someone waited for it in vain
}

// get gives the key. Without one it makes one, or fails with ErrNoKey where it
// must not.
func (k *keyholder) get(ctx context.Context, create bool) ([]byte, error) {
	k.mu.Lock()
	if k.key != nil {
		defer k.mu.Unlock()
		return k.key, nil
	}
	if k.asking == nil {
		k.asking, k.late = make(chan struct{}), false
		go k.ask(k.asking, create)
	}
	asking, late := k.asking, k.late
	k.mu.Unlock()
	if !answered(ctx, asking, late) {
		k.mu.Lock()
		defer k.mu.Unlock()
		k.late = true
		return nil, fmt.Errorf("%w: it does not answer", ErrNoKeyring)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.key != nil {
		return k.key, nil
	}
	return nil, k.failed
}

// answered waits for the keyring, but not a second time for the same question.
func answered(ctx context.Context, asking <-chan struct{}, late bool) bool {
	if late {
		select {
		case <-asking:
			return true
		default:
			return false
		}
	}
	timer := time.NewTimer(patient)
	defer timer.Stop()
	select {
	case <-asking:
		return true
	case <-timer.C:
		return false
	case <-ctx.Done():
		return false
	}
}

// ask asks the ring, for as long as that takes: a keyring has no way to be told
// to stop.
func (k *keyholder) ask(asking chan struct{}, create bool) {
	key, err := k.read()
	if create && (errors.Is(err, ErrNoKey) || errors.Is(err, errNotOurs)) {
		key, err = k.make()
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.key, k.failed, k.asking = key, err, nil
	close(asking)
}

var errNotOurs = errors.New("what the keyring has is no key of ours")

func (k *keyholder) read() ([]byte, error) {
	text, err := k.ring.Get(Service, k.account)
	if errors.Is(err, ErrNoKey) {
		return nil, ErrNoKey
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoKeyring, err)
	}
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(key) != keySize {
		return nil, errNotOurs
	}
	return key, nil
}

// make keeps a new key, and gives what the keyring then has: another process may
// have made one at the same time.
func (k *keyholder) make() ([]byte, error) {
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // never fails
	if err := k.ring.Set(Service, k.account, base64.StdEncoding.EncodeToString(key)); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoKeyring, err)
	}
	return k.read()
}
