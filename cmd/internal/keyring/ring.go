package keyring

import (
	"errors"

	"github.com/zalando/go-keyring"
)

// ErrNoKey says that the keyring works and has no such key.
var ErrNoKey = errors.New("the keyring has no such key")

// A Ring is the system's keyring, or what a test has instead. Its methods may
// take for ever.
type Ring interface {
	// Get gives a secret, or ErrNoKey.
	Get(service, account string) (string, error)
	// Set keeps a secret in place of the one before.
	Set(service, account, secret string) error
}

// System is the keyring of the person who runs the program.
func System() Ring { return system{} }

type system struct{}

func (system) Get(service, account string) (string, error) {
	secret, err := keyring.Get(service, account)
	if errors.Is(err, keyring.ErrNotFound) {
		return "", ErrNoKey
	}
	return secret, err
}

func (system) Set(service, account, secret string) error {
	return keyring.Set(service, account, secret)
}
