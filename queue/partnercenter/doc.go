// Package partnercenter is a client for the part of Microsoft's Partner Center
// that registers devices for Windows Autopilot: device batches and the jobs they
// start, the devices in them and their removal, policies (Autopilot profiles),
// and the partner's customers and the relationship with them. It stands on the
// standard library, a UUID and a backoff, works with any http.Client, and needs
// nothing else of this program but the words of the field.
//
//	call                                  file                    what it asks
//	Batches, CreateBatch, AppendBatch     devicebatches.go        /deviceBatches
//	BatchDevices                          devices.go              /deviceBatches/B/devices
//	DeleteDevice                          deletedevice.go         /deviceBatches/B/devices/D
//	JobStatus                             batchjobstatus.go       /batchJobStatus/T
//	Policies, Policy                      policies.go             /policies
//	ApplyPolicy                           devicepolicyupdates.go  /DevicePolicyUpdates
//	Customers, CustomersMatching          customers.go            /customers
//	Customer                              customers.go            /customers/C
//	Resellers                             relationships.go        /customers/C/relationships
//	RelationshipRequest                   relationshiprequest.go  /customers/relationshiprequests
//
// # What it promises
//
//   - One call is one HTTP request (or one request a page). It is not retried in
//     here: the caller owns the plan, the pauses and the clock. Only the further
//     pages of a list are asked for again, a few times (again.go): what was read
//     is not read anew for one page that is lost. A Retry-After of more than 30 s
//     is the caller's, and ends the list; a token that Partner Center forgot has
//     it begun anew once.
//   - Each customer has one request in flight, whoever calls from wherever, and
//     so has what is asked of no customer. Calls take turns in the order of
//     coming, lists page by page; a call whose context ends while it waits is
//     [Unreachable], for nothing was sent. The token is asked for when the turn
//     has come.
//   - Every failure is an *[Error], and its [Kind] says what the caller may
//     conclude. The one question that counts is whether the request can have
//     been processed: only [Unreachable] and the refusals say that it was not.
//     Error and [Accepted] have the ids that Microsoft's support asks for.
//   - A 202 is an outcome of its own: [Accepted] is taken, not registered. A
//     202 that names no job is [Untracked]: taken, and nobody can ask about it.
//     A device that DeleteDevice took is not gone before BatchDevices lacks it.
//   - The same plan gives the same bytes ([Body], [AppendBody], the arguments of
//     ApplyPolicy), so that a request sent again under its MS-RequestId is the
//     same request.
//   - The devices of a batch come complete, whatever the page size, or not at
//     all.
//   - Bodies are read as they come, up to 32 MiB, and cost what is kept of them
//     and not what was sent: one answer takes less than 64 MiB whatever is in it,
//     and no list keeps more than 128 MiB. The status survives a body that cannot be
//     read, no redirect is followed, and no answer makes the client do anything
//     but return.
//   - What a network on the way makes up (the page to sign in at, with a 302 or
//     a 200) is never a yes. A status that it makes up is believed: a 404 may be
//     a proxy's, so look before concluding that something is gone.
//   - No token, no whole PKID and no hardware hash is in any error text.
//   - A device goes in one of the six combinations that Microsoft names. A hardware
//     hash that is another device's than what is beside it is not sent.
//
// # What Microsoft sends
//
// Answers begin with a byte order mark or not, spell the same count two ways,
// give codes as text or as numbers, and give times with and without a zone.
// The readers in lenient.go take all of it; unknown names are passed over in
// reading.go, unknown statuses are [StatusUnknown], and unknown codes are kept as
// received. testdata/requests.txt and testdata/answers.txt show each request as
// it is sent, and what is made of each answer.
//
// The wire contract is described at
// https://learn.microsoft.com/en-us/partner-center/developer/ ; what it leaves
// open is listed by partnercentertest's Server.Choices.
package partnercenter
