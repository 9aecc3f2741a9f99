package keyring_test

import (
	"errors"
	"testing"

	zalando "github.com/zalando/go-keyring"

	"pkidstation/cmd/internal/keyring"
)

// TestSystem is the system's ring over the library's stand-in: this machine may
// have none. It is not parallel, for the library has one keyring a process.
func TestSystem(t *testing.T) { //nolint:paralleltest // see above
	zalando.MockInit()
	r := keyring.System()
	if _, err := r.Get("s", "a"); !errors.Is(err, keyring.ErrNoKey) {
		t.Errorf("nothing there: %v", err)
	}
	if err := r.Set("s", "a", "secret"); err != nil {
		t.Fatal(err)
	}
	if got, err := r.Get("s", "a"); err != nil || got != "secret" {
		t.Errorf("%q, %v", got, err)
	}
}
