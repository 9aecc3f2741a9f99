// Package partnercentertest is a model of Partner Center's device API, for
// tests, for the demo and for `pkidctl simulate`. It is a real HTTP server on
// loopback and a plain http.Handler, and it is as unkind as the real service
// is known to be.
//
// # What it is true to
//
// The wire: case-insensitive paths, percent-encoded batch names, bodies in
// camelCase or PascalCase, 202 with an empty body and a relative Location
// without /v1, devicesCount, sloppy dates, keys with a leading space, codes as
// text or as numbers, byte order marks, pages of 100 with a continuation token,
// customers by seeking and by filter.
//
// The caller: who calls is decided in one place, by the token. Without
// [SignInOptions] any token will do; with them the model has Microsoft's sign-in
// on the same address (authorization code with PKCE, device code, refresh tokens
// that turn), and takes only the tokens that it gave.
// What the account, the role, and a token without a user may do follows from
// it: [Account] and the choices.
//
// The outcomes: a job is queued, processing, then finished or
// finished_with_errors, and either may hold failed devices; its devices come
// shuffled and without serial numbers; it may be 404 or unknown right after
// its 202, and with the settings it stays so, vanishes, or never tells of some
// devices. A device that is registered for the same customer answers 806, for
// another 808, and what the directory says otherwise:
//
//	Options.Directory, KnownAfter  what Microsoft knows of it; SetDirectory changes it
//	Options.Twins                  PKID and serial, maker and model are one device
//	SetForeign                     somebody else registered it: in no list of ours
//
// A registration and its end:
//
//	POST ─ 202 ──────────────────────▶ registered ─ ListLag ─▶ in the lists
//	        └ CommitLate: at job's end ─┘    │
//	          DELETE ─ 204 ─ RemovalLag ─▶ in no list ─ OwnerLag ─▶ nobody's
//
// During the RemovalLag a device is in the lists, and until it is nobody's it
// answers 806 and 808, but DELETE of it says at once that it is gone. Lists hold only what this partner
// added. Profiles are given by a job too.
//
// The line: with Options.Faults, requests are reset before or after they were
// processed, throttled, answered with 5xx, cut, slowed down, or caught by a
// guest network's sign-in page. Strike makes one happen now, a [Trouble] on
// some requests only. A name that is not resolved and a refused connection
// happen before any server, and so not here.
//
// # The clock
//
// Jobs, lags, windows and dates go by Options.Clock and [Server.Advance]. Time
// stands still within a request, and what was due before it is done first, as
// of when it was due. Only what the line does (Options.Trickle) takes real time.
//
// # What is the truth
//
// [Server.Ledger] has each registration once, for that is how the directory
// works; nothing leaves it. [Server.Removals] has what was taken back, and
// [Server.Registered] what is left. So a client that does wrong shows up as a
// ledger row with the wrong customer or batch, as rows in [Server.Rows] that
// answer 806 or 808, or as rows after a 202 that it had received.
//
// The same as JSON lines, for a client in another process or language:
//
//	GET  /simulator/ledger, registered, removals, applied, rows, requests
//	GET  /simulator/choices    what Microsoft documents nowhere and this model chose
//	POST /simulator/advance?by=1h
//	POST /simulator/strike?fault=NAME&fault=NAME…
//	POST /simulator/faults?share=0.3
//	POST /simulator/relationship?customer=TENANT&is=none
//	POST /simulator/directory?pkid=PKID&code=812
//
// # What it keeps
//
// Everything, as long as it lives: rows, ledger, jobs, answers by their request
// id, and what is known of requests; no bodies and no tokens. Options.Forget
// leaves the headers out.
package partnercentertest
