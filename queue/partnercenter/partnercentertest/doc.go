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
// text or as numbers, byte order marks, pages of 100 with a continuation token.
//
// The outcomes: a job is queued, processing, then finished or
// finished_with_errors, and either may hold failed devices; its devices come
// shuffled and without serial numbers; it may be 404 or unknown right after
// its 202. A device that is registered for the same customer answers 806, for
// another 808, and what Options.Directory says otherwise.
//
// The line: with Options.Faults, requests are reset before or after they were
// processed, throttled, answered with 5xx, cut, slowed down, or caught by a
// guest network's sign-in page. Strike makes one happen now.
//
// # What is the truth
//
// [Server.Ledger] has each registration once, for that is how the directory
// works. So a client that does wrong shows up as a ledger row with the wrong
// customer or batch, as rows in [Server.Rows] that answer 806 or 808, or as
// rows after a 202 that it had received. GET /simulator/ledger, /simulator/rows
// and /simulator/requests give the same as JSON lines, GET /simulator/choices
// the list of what Microsoft documents nowhere and this model had to choose.
//
// It is a model: sign-in, removal and profiles are not in it.
package partnercentertest
