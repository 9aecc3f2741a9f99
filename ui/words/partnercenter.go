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

// A refusal is a code of Partner Center's whose meaning is known, with the kinds
// of failure that it explains: with any other kind the kind is what counts, for
// it is what the uploader acts on.
type refusal struct {
	code  string
	id    string // of the sentence
	kinds []partnercenter.Kind
}

// refusals are the codes of
// https://learn.microsoft.com/en-us/partner-center/developer/error-codes that
// have a sentence of their own.
func refusals() []refusal {
	const (
		signIn, forbidden, missing = partnercenter.SignIn, partnercenter.Forbidden, partnercenter.NotFound
		invalid, unclear           = partnercenter.Invalid, partnercenter.NoAnswer
	)
	only := func(kinds ...partnercenter.Kind) []partnercenter.Kind { return kinds }
	return []refusal{
		{"900421", "partner.mfa", only(signIn)},
		{"800001", "partner.no-partner", only(signIn, invalid)},
		{"20002", "partner.no-relationship", only(forbidden)},
		{"900150", "partner.role", only(forbidden)},
		{"2032", "partner.access-denied", only(forbidden)},
		{"800039", "partner.not-active", only(forbidden, invalid)},
		{"900149", "partner.not-active", only(forbidden, invalid)},
		{"900124", "partner.agreement", only(forbidden, invalid)},
		{"900123", "partner.agreement-reseller", only(forbidden, invalid)},
		{"1000", "partner.nothing-there", only(missing)},
		{"800037", "partner.nothing-there", only(missing)},
		{"60003", "partner.no-tenant", only(missing)},
		{"900118", "partner.customer-id", only(invalid)},
		{"3000", "partner.bad-request", only(invalid)},
		{"800002", "partner.bad-request", only(invalid)},
		{"900126", "partner.bad-request", only(invalid)},
		{"900127", "partner.environment", only(invalid)},
		{"800003", "partner.their-fault", only(unclear)},
	}
}

// partnerID is the id of the text for a failure: its code's, or else its kind's;
// "" for one that is not known.
func partnerID(e *partnercenter.Error) string {
	for _, r := range refusals() {
		if r.code == e.Code && slices.Contains(r.kinds, e.Kind()) {
			return r.id
		}
	}
	return kindID(e)
}

func kindID(e *partnercenter.Error) string {
	switch e.Kind() {
	case partnercenter.NoAnswer:
		return "partner.no-answer"
	case partnercenter.Unreachable:
		return "partner.unreachable"
	case partnercenter.Throttled:
		return throttledID(e)
	case partnercenter.SignIn:
		return "partner.sign-in"
	case partnercenter.Forbidden:
		return "partner.forbidden"
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
