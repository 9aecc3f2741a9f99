package words_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/signin"
	"pkidstation/queue/upload"
	"pkidstation/ui/words"
)

// signInErrors are the errors of signin by name.
func signInErrors() map[string]error {
	return map[string]error{
		"ErrNeverSignedIn": signin.ErrNeverSignedIn, "ErrSignInAgain": signin.ErrSignInAgain, "ErrMFA": signin.ErrMFA, "ErrWrongTenant": signin.ErrWrongTenant,
		"ErrDeclined": signin.ErrDeclined, "ErrCodeExpired": signin.ErrCodeExpired, "ErrBlockedByPolicy": signin.ErrBlockedByPolicy,
		"ErrNoBrowser": signin.ErrNoBrowser, "ErrTimedOut": signin.ErrTimedOut, "ErrClientUnknown": signin.ErrClientUnknown,
		"ErrNotPublicClient": signin.ErrNotPublicClient, "ErrConsent": signin.ErrConsent, "ErrRefused": signin.ErrRefused, "ErrMemoryOnly": signin.ErrMemoryOnly,
		"ErrExternal": signin.ErrExternal, "ErrNotSetUp": signin.ErrNotSetUp, "ErrAuthority": signin.ErrAuthority, "ErrNationalCloud": signin.ErrNationalCloud,
	}
}

// TestEverySignInErrorHasWords: its own, also behind the client's error and as
// the reason for which entries wait, with Microsoft's code.
func TestEverySignInErrorHasWords(t *testing.T) {
	t.Parallel()
	all := signInErrors()
	for _, name := range errorNames(t, "../../queue/partnercenter/signin") {
		if all[name] == nil {
			t.Errorf("%s is new: give it words, and a row in this test", name)
		}
	}
	for _, w := range speakAll(t) {
		said := map[string]string{}
		for name, err := range all {
			refusal := &signin.Refusal{Reason: err, Code: "AADSTS50076", Description: "secret words"}
			client := fmt.Errorf("list: %w", partnercenter.NewError("list", partnercenter.SignIn, refusal))
			text := w.Error(err)
			whole(t, name, text)
			if other, ok := said[text]; ok {
				t.Errorf("%s and %s say the same", name, other)
			}
			said[text] = name
			wait := w.Wait(upload.Wait{Reason: queue.SignIn, Entries: 3, Err: client}, at(9, 5))
			for _, longer := range []string{w.Error(client), wait} {
				if !strings.Contains(longer, text) || !strings.Contains(longer, "AADSTS50076") || strings.Contains(longer, "secret words") {
					t.Errorf("%s: %q", name, longer)
				}
			}
		}
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	ana := signin.Account{Name: "ana@partner.example"}
	for _, c := range []struct {
		state           signin.State
		english, french string
	}{
		{signin.State{Standing: signin.Never}, "Nobody is signed in.", "Personne n'est connecté."},
		{signin.State{Standing: signin.SignedIn, Account: ana}, "Signed in as ana@partner.example.", "Connecté : ana@partner.example."},
		{signin.State{Standing: signin.SignedIn}, "Signed in.", "Connecté."},
		{
			signin.State{Standing: signin.SignedIn, Account: ana, MemoryOnly: true},
			"Signed in as ana@partner.example. After a restart, sign in again: this system's keyring cannot be used.",
			"Connecté : ana@partner.example. Après un redémarrage, reconnectez-vous : le trousseau de ce système est inutilisable.", //nolint:misspell // French
		},
		{signin.State{Standing: signin.Again, Account: ana}, "The sign-in of ana@partner.example is over. Sign in again.", "La connexion de ana@partner.example a pris fin. Reconnectez-vous."},
		{signin.State{Standing: signin.FromOther, Err: signin.ErrSignInAgain}, "Partner Center refuses the access token from PKIDSTATION_ACCESS_TOKEN. Get a new one.", "L'Espace partenaires refuse le jeton de PKIDSTATION_ACCESS_TOKEN. Obtenez-en un nouveau."},
	} {
		for language, want := range map[string]string{"en": c.english, "fr": c.french} {
			if got := strings.ReplaceAll(speak(t, language).SignIn(c.state), "\u00a0", " "); got != want {
				t.Errorf("%s %+v:\ngot  %q\nwant %q", language, c.state, got, want)
			}
		}
	}
	for _, w := range speakAll(t) {
		for _, s := range constants[signin.Standing](t, "../../queue/partnercenter/signin", "Standing") {
			whole(t, string(s), w.SignIn(signin.State{Standing: s, Account: signin.Account{Name: "a\x1b"}}))
		}
		blocked := w.SignIn(signin.State{Standing: signin.Again, Err: &signin.Refusal{Reason: signin.ErrBlockedByPolicy, Code: "AADSTS53003"}})
		if !strings.Contains(blocked, "AADSTS53003") {
			t.Errorf("why is not said: %q", blocked)
		}
	}
}

func TestSignInPage(t *testing.T) {
	t.Parallel()
	for _, language := range words.Languages() {
		w := speak(t, language.Tag)
		done, failed := w.SignInPage(nil), w.SignInPage(errors.New("x"))
		if done == failed || done.Language != language.Tag || done.Text == "" || failed.Title == "" {
			t.Errorf("%+v, %+v", done, failed)
		}
	}
}
