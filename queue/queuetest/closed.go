package queuetest

import (
	"errors"

	berrors "go.etcd.io/bbolt/errors"
)

// closed says whether the queue was closed already.
func closed(err error) bool { return errors.Is(err, berrors.ErrDatabaseNotOpen) }
