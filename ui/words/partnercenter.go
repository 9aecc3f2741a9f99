package words

import (
	"errors"
	"slices"

	"pkidstation/queue/partnercenter"
)

// partner is what went wrong with a call to Partner Center.
func (w *Words) partner(err error) (text string, ok bool) {
	if text, ok = w.signedOut(err); ok {
		return text, true
	}
	e, ok := errors.AsType[*partnercenter.Error](err)
	if !ok {
		return "", false
	}
	id := partnerID(e)
	if id == "" {
		return "", false
	}
	text = w.Say(id, "After", w.Duration(e.RetryAfter))
	if said := joined(e.Code, e.Description); said != "" && forSupport(e.Kind()) {
		text += " " + w.Say("partner.said", "Text", shown(said, supportRunes))
	}
	if asked := joined(e.RequestID, e.CorrelationID); asked != "" && forSupport(e.Kind()) {
		text += " " + w.Say("partner.support", "ID", shown(asked, supportRunes))
	}
	return text, true
}

// partnerID is the id of the text for a kind of failure, "" for one that is
// not known.
func partnerID(e *partnercenter.Error) string {
	switch e.Kind() {
	case partnercenter.NoAnswer:
		return "partner.no-answer"
	case partnercenter.Unreachable:
		return "partner.unreachable"
	case partnercenter.Throttled:
		return throttledID(e)
	case partnercenter.SignIn:
		return signInID(e)
	case partnercenter.Forbidden:
		return forbiddenID(e)
	case partnercenter.NotFound:
		return "partner.not-found"
	case partnercenter.Conflict:
		return "partner.conflict"
	case partnercenter.TooLarge:
		return "partner.too-large"
	case partnercenter.Invalid:
		return "partner.invalid"
	case partnercenter.Untracked:
		return "partner.untracked"
	default:
		return ""
	}
}

func throttledID(e *partnercenter.Error) string {
	if e.RetryAfter > 0 {
		return "partner.throttled.after"
	}
	return "partner.throttled"
}

func signInID(e *partnercenter.Error) string {
	if e.MFA() {
		return "partner.mfa"
	}
	return "partner.sign-in"
}

func forbiddenID(e *partnercenter.Error) string {
	if e.NoRelationship() {
		return "partner.no-relationship"
	}
	return "partner.forbidden"
}

// forSupport says whether Microsoft's words and ids help with a kind: only
// where a person must find out why.
func forSupport(k partnercenter.Kind) bool {
	return slices.Contains([]partnercenter.Kind{
		partnercenter.Forbidden, partnercenter.NotFound, partnercenter.Invalid,
	}, k)
}

// joined are the texts that are not empty, with a comma between.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}
