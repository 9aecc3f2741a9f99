package queuetest

import (
	"errors"

	"pkidstation/queue"
)

// closed says whether the queue was closed already.
func closed(err error) bool { return errors.Is(err, queue.ErrClosed) }
