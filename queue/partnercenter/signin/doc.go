// Package signin signs a person in to Microsoft for Partner Center, keeps what
// that gave, and hands out the access token of each request.
//
// # The ways in
//
//   - [Source.Browser]: the system's browser, authorization code with PKCE, and a
//     redirect to a port of this machine that is open for this one answer.
//   - [Source.DeviceCode]: a code that is typed on another device.
//   - [External]: a token that someone else obtained.
//
// A station cannot keep a client secret, so it is a public client.
//
// # The states
//
//	          Browser, DeviceCode                    invalid_grant,
//	          or another process did                 refused twice
//	never ───────────────────────────▶ signed in ───────────────────▶ sign in again
//	  ▲                                 │  ▲  │                            │
//	  └───────────── SignOut ───────────┘  │  └─ AADSTS50076, no mfa ──▶ needs MFA
//	                                       └───────────── Browser, DeviceCode ──┘
//
// Signed in is as long as a refresh token is there that Microsoft has not
// refused; that the access token ran out, or that the network is away, changes
// no state.
//
// # What it promises
//
//   - The access token is renewed five minutes before it ends, by one goroutine
//     whatever the number of callers, and what came is in the [Store] before
//     anybody gets the new access token. While renewing fails, an access token
//     that is still good is used.
//   - Refresh tokens are turned: each answer brings a new one. A crash between
//     Microsoft's turning and our keeping leaves the old one, which the next
//     renewal is refused with (invalid_grant). Then the store is looked at once
//     more, for another process may have turned it; where it did not, the token
//     is cleared and the answer is [ErrSignInAgain], from then on without asking
//     Microsoft. There is no loop. What another process kept in that moment is
//     not cleared, and is taken: for this a store must be a [ComparingStore].
//   - A refusal that an administrator can undo (a policy, a missing consent, an app
//     registration) keeps the token; Microsoft is asked again after five minutes.
//   - A failing network, a 429 or a 5xx of the token's endpoint, and a guest
//     network's page are no lost sign-in: the token stays, and the error is a
//     partnercenter.Error of kind Unreachable, NoAnswer or Throttled.
//   - [Source.Rejected] gives back an access token that was answered 401: the next
//     one is new. When that is refused too, it is ErrMFA for a token that says
//     that it is without MFA, else ErrSignInAgain.
//   - Ends are judged by the wall clock, which goes on while a computer sleeps. A
//     token that was obtained in the future is renewed.
//   - Whoever is never signed in looks into the store at each call, so that a
//     sign-in by another process (pkidctl login beside the station) counts.
//   - A Store that fails does not lose a sign-in: it goes on in memory, and
//     [State.MemoryOnly] says so.
//
// Tokens are opaque. Their payload is read for showing who signed in and for two
// checks (the tenant, the factors), and is never trusted: what counts is what
// Partner Center answers. No token is in a log, an error or a printed value.
//
// # The library
//
// golang.org/x/oauth2 has PKCE and the device code, is the Go team's, and brings
// nothing along. Microsoft's own MSAL Go insists on an https authority and on
// instance discovery, so that no test could drive it end to end against a
// simulator on loopback, and its cache would still have to be put away by us. What
// x/oauth2 does not do is here: keeping the turned refresh token, telling a lost
// sign-in from a lost network, and waiting on the loopback port. Only loopback may
// be an authority of plain http.
//
// The protocol is described at
// https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow
// and https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-device-code ;
// error codes are at
// https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes .
package signin
