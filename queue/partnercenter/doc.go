// Package partnercenter is a client for the part of Microsoft's Partner Center
// that registers devices for Windows Autopilot: device batches, the jobs they
// start, and the partner's customers.
//
// # What it promises
//
//   - One call is one HTTP request (or one request a page). Nothing is retried
//     in here: the caller owns the plan, the pauses and the clock.
//   - Every failure is an *[Error], and its [Kind] says what the caller may
//     conclude. The one question that counts is whether the request can have
//     been processed: only [Unreachable] and the refusals say that it was not.
//   - A 202 is an outcome of its own: [Accepted] is taken, not registered. A
//     202 that names no job is [Untracked]: taken, and nobody can ask about it.
//   - The same plan gives the same bytes ([Body], [AppendBody]), so that a
//     request sent again under its MS-RequestId is the same request.
//   - The devices of a batch come complete, whatever the page size, or not at
//     all.
//   - Bodies are read up to a bound, the status survives a body that cannot be
//     read, no redirect is followed, and no answer makes the client do anything
//     but return.
//   - No token and no whole PKID is in any error text.
//
// # What Microsoft sends
//
// Answers begin with a byte order mark or not, spell the same count two ways,
// give codes as text or as numbers, and give times with and without a zone.
// The readers in lenient.go take all of it; unknown keys are ignored, unknown
// statuses are [StatusUnknown], and unknown codes are kept as received.
//
// The wire contract is described at
// https://learn.microsoft.com/en-us/partner-center/developer/ ; what it leaves
// open is listed by partnercentertest's Server.Choices.
package partnercenter
