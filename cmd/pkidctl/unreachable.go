package main

import (
	"errors"

	"pkidstation/queue/partnercenter"
)

// unreachable gives an error of the network its own exit code.
func unreachable(err error) error {
	e, ok := errors.AsType[*partnercenter.Error](err)
	if ok && (e.Kind() == partnercenter.Unreachable || e.Kind() == partnercenter.NoAnswer) {
		return &exitError{code: exitUnreachable, err: err}
	}
	return err
}
