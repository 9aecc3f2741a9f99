package signin

import (
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// A Token is what a sign-in gave. It prints as "[redacted]"; only encoding it as
// JSON gives its text, for a Store that encrypts.
type Token struct {
	// Access authorizes requests until Expires, Refresh gets the next one.
	Access  string `json:"access"`
	Refresh string `json:"refresh"`
	// Obtained and Expires are wall clock times.
	Obtained time.Time `json:"obtained"`
	Expires  time.Time `json:"expires"`
	// Account is whose it is, as far as the token says.
	Account Account `json:"account"`
	// Authority, Tenant and ClientID are what it was obtained for: it is good for
	// nothing else.
	Authority string `json:"authority"`
	Tenant    string `json:"tenant"`
	ClientID  string `json:"client_id"`
}

const redacted = "[redacted]"

// String hides the token from fmt.
func (Token) String() string { return redacted }

// GoString hides the token from %#v.
func (Token) GoString() string { return redacted }

// LogValue hides the token from slog.
func (Token) LogValue() slog.Value { return slog.StringValue(redacted) }

// Factors say how the person signed in.
type Factors string

// The factors. A token need not say.
const (
	FactorsUnknown Factors = ""
	SingleFactor   Factors = "single"
	MultiFactor    Factors = "multi"
)

// An Account is who signed in, for showing. Nothing is decided by it.
type Account struct {
	// Name is the user name, such as ana@partner.example; empty if not said.
	Name string `json:"name"`
	// Tenant is the tenant id of the token.
	Tenant  string  `json:"tenant"`
	Factors Factors `json:"factors"`
}

// How long an access token may be good at all, and how long one is whose answer
// did not say.
const (
	longestLife = 24 * time.Hour
	unsaidLife  = 5 * time.Minute
)

// tokenOf takes the library's token, with its end by our clock.
func (s *Source) tokenOf(got *oauth2.Token) Token {
	life := min(time.Duration(got.ExpiresIn)*time.Second, longestLife)
	if life <= 0 {
		life = unsaidLife
	}
	now := s.now()
	identity, _ := got.Extra("id_token").(string)
	return Token{
		Access: got.AccessToken, Refresh: got.RefreshToken, Obtained: now, Expires: now.Add(life),
		Account:   accountOf(got.AccessToken, identity),
		Authority: s.opts.Authority, Tenant: s.opts.Tenant, ClientID: s.opts.ClientID,
	}
}

// life is how long the access token was good for when it came.
func (t Token) life() time.Duration { return t.Expires.Sub(t.Obtained) }

// good says whether the access token serves at a time. One from the future, or
// with an end beyond all ends, was obtained under another clock.
func (t Token) good(now time.Time) bool {
	const skew = time.Minute
	return t.Access != "" && now.Before(t.Expires) && !t.Obtained.After(now.Add(skew)) && t.life() <= longestLife
}

// early is how long before its end it is renewed: five minutes, or a quarter of
// a short life.
func (t Token) early() time.Duration { return min(5*time.Minute, t.life()/4) }

// same says whether two tokens are the same sign-in at the same turn.
func (t Token) same(other Token) bool { return t.Access == other.Access && t.Refresh == other.Refresh }

// claims are what of a token's payload is looked at.
type claims struct {
	TID       string   `json:"tid"`
	UPN       string   `json:"upn"`
	Preferred string   `json:"preferred_username"`
	Unique    string   `json:"unique_name"`
	AMR       []string `json:"amr"`
}

// accountOf reads the access token first: it is what Partner Center will see.
func accountOf(access, identity string) Account {
	var account Account
	for _, token := range []string{access, identity} {
		said := read(token)
		for _, name := range []string{account.Name, said.UPN, said.Preferred, said.Unique} {
			if account.Name = clip(name); account.Name != "" {
				break
			}
		}
		if account.Tenant == "" {
			account.Tenant = clip(strings.ToLower(said.TID))
		}
		if account.Factors == FactorsUnknown && said.AMR != nil {
			account.Factors = SingleFactor
			if slices.Contains(said.AMR, "mfa") {
				account.Factors = MultiFactor
			}
		}
	}
	return account
}

// maxPayload is longer than any token that Microsoft gives.
const maxPayload = 64 << 10

// read gives the payload of a token in the usual shape, or nothing. A claim of
// another type takes the others with it, which costs what is shown.
func read(token string) claims {
	parts := strings.Split(token, ".")
	if len(parts) != 3 || len(parts[1]) > maxPayload {
		return claims{}
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil {
		return claims{}
	}
	var said claims
	if err := json.Unmarshal(payload, &said); err != nil {
		return claims{}
	}
	return said
}

// clip bounds what a token or an answer says about itself.
func clip(text string) string {
	const most = 200
	for at := range text {
		if at > most {
			return text[:at] + "…"
		}
	}
	return text
}
