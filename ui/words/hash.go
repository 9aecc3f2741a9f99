package words

import (
	"errors"

	"pkidstation/queue/autopilot"
)

// HashAdvice is why no device should be booted for its hardware hash.
func (w *Words) HashAdvice() string { return w.Say("hash.advice") }

// hash is that a hardware hash is another device's.
func (w *Words) hash(err error) (text string, ok bool) {
	e, ok := errors.AsType[*autopilot.HashMismatchError](err)
	if !ok {
		return "", false
	}
	return w.Say("error.hash-mismatch." + e.Field), true
}

// hashErrors are why a text is no hardware hash.
func hashErrors() []sentinel {
	return []sentinel{
		{autopilot.ErrHashLength, "error.hash-length"},
		{autopilot.ErrHashShape, "error.hash-shape"},
		{autopilot.ErrHashHead, "error.hash-head"},
		{autopilot.ErrHashCut, "error.hash-cut"},
	}
}
