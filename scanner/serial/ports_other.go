//go:build !linux && !windows

package serial

import (
	"errors"
	"fmt"
)

// A listing is not known here.
type listing struct{}

func (Finder) look() *listing { return &listing{} }

func (*listing) ports() ([]Port, error) {
	return nil, fmt.Errorf("listing serial ports: %w", errors.ErrUnsupported)
}
