package words

import (
	"errors"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/autopilot/makers"
	"pkidstation/queue/manifest"
)

// HashAdvice is why no device should be booted for its hardware hash.
func (w *Words) HashAdvice() string { return w.Say("hash.advice") }

// HashWays is what a person must know before they give a box its hardware hash: why
// Microsoft advises against it, and of a Surface its two ways.
func (w *Words) HashWays(e queue.Entry) []string {
	if Surface(e) {
		return []string{w.HashAdvice(), w.SurfaceWays()}
	}
	return []string{w.HashAdvice()}
}

// Surface says whether a box is one of Microsoft's Surface.
func Surface(e queue.Entry) bool { return makers.Surface(e.Manufacturer, e.Model) }

// hashes is that a file does not say which hardware hash is a box's.
func (w *Words) hashes(e *manifest.HashesError) string {
	switch {
	case e.Hashes == 0 && len(e.Refused) > 0:
		return w.Say("error.hashes.refused", "Why", w.ListRefusal(e.Refused[0]))
	case e.Hashes == 0:
		return w.Say("error.hashes.none")
	case e.Fitting == 0:
		return w.Count("error.hashes.others", e.Hashes)
	default:
		return w.Count("error.hashes.several", e.Fitting)
	}
}

// hash is that a hardware hash is another device's.
func (w *Words) hash(err error) (text string, ok bool) {
	if e, ok := errors.AsType[*manifest.HashesError](err); ok {
		return w.hashes(e), true
	}
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
