package words

import (
	"errors"

	"pkidstation/queue/partnercenter/signin"
)

// SignIn is how things are with the sign-in: who, and what to do now.
func (w *Words) SignIn(state signin.State) string {
	id := "signin.state." + string(state.Standing)
	name := Shown(state.Account.Name)
	if name == "" {
		id = w.first(id+".nameless", id)
	}
	if state.Standing == signin.FromOther && state.Err != nil {
		id += ".refused"
	}
	text := w.Say(id, "Name", name)
	if state.Standing == signin.Never || state.Standing == signin.Again {
		// The reason says more than that it is so.
		if why := w.Error(state.Err); state.Err != nil && why != "" {
			text = why
		}
	}
	if state.MemoryOnly {
		text += " " + w.Say("signin.state.memory")
	}
	return text
}

// SignInPage is what the browser shows at the end of a sign-in.
func (w *Words) SignInPage(err error) signin.Page {
	id := "signin.page.done"
	if err != nil {
		id = "signin.page.failed"
	}
	return signin.Page{Language: w.Language(), Title: w.Say(id + ".title"), Text: w.Say(id + ".text")}
}

// signedOut is why there is no access token or no sign-in, with Microsoft's code
// where it gave one.
func (w *Words) signedOut(err error) (text string, ok bool) {
	for _, s := range signInSentinels() {
		if !errors.Is(err, s.err) {
			continue
		}
		text = w.Say(s.id)
		if refusal, ok := errors.AsType[*signin.Refusal](err); ok && refusal.Code != "" {
			text += " " + w.Say("signin.code", "Code", Shown(refusal.Code))
		}
		return text, true
	}
	return "", false
}

func signInSentinels() []sentinel {
	return []sentinel{
		{signin.ErrMemoryOnly, "signin.error.memory-only"},
		{signin.ErrNeverSignedIn, "signin.error.never"},
		{signin.ErrSignInAgain, "signin.error.again"},
		{signin.ErrMFA, "signin.error.mfa"},
		{signin.ErrWrongTenant, "signin.error.wrong-tenant"},
		{signin.ErrDeclined, "signin.error.declined"},
		{signin.ErrCodeExpired, "signin.error.code-expired"},
		{signin.ErrBlockedByPolicy, "signin.error.policy"},
		{signin.ErrNoBrowser, "signin.error.no-browser"},
		{signin.ErrTimedOut, "signin.error.timed-out"},
		{signin.ErrClientUnknown, "signin.error.client-unknown"},
		{signin.ErrNotPublicClient, "signin.error.not-public"},
		{signin.ErrConsent, "signin.error.consent"},
		{signin.ErrRefused, "signin.error.refused"},
		{signin.ErrExternal, "signin.error.external"},
		{signin.ErrNotSetUp, "signin.error.not-set-up"},
		{signin.ErrAuthority, "signin.error.authority"},
		{signin.ErrNationalCloud, "signin.error.national-cloud"},
	}
}
