package words

import (
	"errors"

	"pkidstation/queue/partnercenter"
)

// Asked is what went wrong with a question to Partner Center, where nothing was
// to be sent. What does not differ from a failed upload is said as Error does.
func (w *Words) Asked(err error) string {
	e, ok := errors.AsType[*partnercenter.Error](err)
	if !ok {
		return w.Error(err)
	}
	switch e.Kind() {
	case partnercenter.Unreachable:
		return w.Say("asked.unreachable")
	case partnercenter.NoAnswer:
		return w.Say("asked.no-answer")
	case partnercenter.NotFound:
		return w.Say("asked.not-found")
	case partnercenter.Throttled:
		return w.Say("asked.throttled")
	case partnercenter.SignIn, partnercenter.Forbidden, partnercenter.Conflict,
		partnercenter.TooLarge, partnercenter.Invalid, partnercenter.Untracked:
		return w.Error(err)
	default:
		return w.Error(err)
	}
}
