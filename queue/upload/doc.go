// Package upload sends what the queue has ready to Partner Center, exactly
// once, and brings back what Microsoft answered for each device.
//
// # The way of a batch
//
//	due ──► batches listed ──► plan on disk ──► attempt on disk ──► request
//	                                │                                  │
//	     ready again ◄── withdrawn ◄┤◄── refused, and never in doubt ──┤
//	                                │                                  │
//	                                │◄── throttled, unreachable ───────┤
//	                                │                                  │
//	      looked up ◄── in doubt ◄──┴◄── no answer, killed, stopped ───┤
//	                                                                   │
//	   settled ◄── each device by its own row ◄── submitted ◄── 202 ───┘
//	      │
//	      └──► refused for a reason that passes ──► ready again, when it is time
//
// The customer's batches are asked for before there is a plan: as long as
// Partner Center does not answer or will not talk about the customer, entries
// stay ready and in people's hands. A step asks once for each batch that it
// sends to: after a 202 it knows. One request is under way at a time. The
// batch's name is the group tag; two stations with one tag share the batch, and
// whoever creates it second appends.
//
// # What it guarantees
//
//   - Nothing is sent that is not on disk: neither devices that are in no plan,
//     nor a request whose id and kind are not written down.
//   - Once a 202 is written down, no device of the plan is ever sent again. An
//     answer that could not be written down is kept and written down later.
//   - A plan is in doubt from the moment a request leaves until its answer is
//     there, and also if the process ends meanwhile. In doubt, its batch is
//     listed first. What is listed is registered. If nothing of the plan is,
//     the same request goes out again, with the same id and the same bytes. If a
//     part is, the rest goes into a new plan, which the earlier request may
//     still register (queue.Plan.Rest). A plan in doubt, or such a rest, is
//     never withdrawn: its entries must not come into a person's hands, who
//     could give them to another customer. Why it waits is noted on it, as long
//     as the failure is the plan's own and not the line's: after a day of that a
//     person may give it up (queue.Queue.GiveUp). What was given up meanwhile is
//     not sent with the others.
//   - A plan with devices of a backup (queue.Plan.Restored) is in doubt from the
//     start: the station that the backup is of may have sent them since.
//   - Where a batch turns out to be there that a request in doubt was to create,
//     it is listed before anything is appended: it may be that request's.
//   - An attempt that was answered, whatever the answer, was not taken unless it
//     was a 202, and its id is not used again.
//   - Outages, throttling, refusals as a whole and missing sign-ins change no
//     device's state, but that entries of a plan of which nothing can be on its
//     way are ready again. They hold back the customer, or the station.
//   - A device is in one open plan at a time. Of a PKID the queue sees to it; of
//     a serial number with manufacturer and model, this package.
//
// # How a device is decided
//
// Only by its own terminal row, or by being listed in the batch where the job
// is silent, was never named, or is gone. Finished is registered. Every code
// but 806 is a refusal.
//
// 806 is registered: the customer has the device. By whom, the lists say, whatever
// was sent before: the customer's batches are listed, once for all devices of a
// question. Partner Center shows a partner only what it added itself, so what is
// in any of them was registered by this partner, by this plan or an earlier one,
// by another station or by this one before its queue was new, and the entry gets
// its device id and batch. What is in none is marked queue.AlreadyThere. Lists
// lag: that is not decided before Options.ListLag has passed since the 202, four
// times as long where an earlier request of ours may have done it
// (queue.Plan.Again). Until then the device is open, and the lists are looked at
// after one, two, four… minutes. A batch that is there and cannot be listed may
// have it: then until Options.JobDeadline. So the mark lies only of what a list
// shows later than that; before such a device is called somebody else's for good,
// as a removal would, the lists are asked again.
//
// What was taken back here from the same customer less than Options.AfterRemoval
// ago is another matter: 806 and a list may be of that registration still, unless
// the list has another id. Such a device is sent again like one that answers 808,
// and believed when that time is over.
//
// A refusal that is known to pass by itself is tried again, that device alone:
// Options.Retries and Options.AfterRemoval say which and when; the times are on
// the entry (queue.Entry.RetryAt). From there it is a person's. Nobody waits
// for them: UntilSettled ends, Run goes on.
//
// A refusal of a request's content is of no device until one was refused alone
// three times while others of its batch were taken: see tag. Then that device is
// rejected, with Microsoft's words.
//
// A job that is only ever refused, in whatever words, while lists can be had, is no
// outage: after three refusals the lists are asked in its place.
//
// A job without an outcome after Options.JobDeadline is noted on the plan and
// waits for a person; it is asked about all the same.
//
// # What is asked, and how often
//
// Questions go in one lane for each customer: after 5, 10, 20, 40, 60, 60…
// seconds one job is asked about, the one that was asked about longest ago,
// however many there are. A job that is over pays for another question at once,
// and so does new work for the first one after PollFirst. A question that took
// several requests, as lists of many pages do, makes the next one wait for each
// of them. So a station that only waits makes one request a minute for each
// customer, and 200 jobs that end together are known in one turn. Jobs that give
// profiles are in the same lane as uploads. Devices that are to get one and are in
// no list yet are looked for together, ever more rarely.
//
// # What holds things back
//
// No answer holds back the station, with one probe a step of the backoff
// whatever is waiting, and the batch or the customer a little longer, so that one
// whose requests always fail does not starve the others. After five in a row
// the circuit breaker opens: then nothing leaves before the station's pause is
// over, whoever calls, and one call does then. When that is, the backoff says;
// the breaker has no time of its own, so nobody waits twice.
//
// Throttling holds back the station for as long as was asked: every call counts,
// and for an hour no person's hurry shortens it. Another failure that names a time
// holds it back for as long, up to an hour; of one that names more than RetryMax a
// person may hurry past. A call that only looks does not make a throttle or a refused token forgotten that a
// request met: the next pause is longer. A token that is refused once costs RetryFirst, in which whoever gives
// tokens gets a fresh one; refused twice in a row, or for want of a second
// factor or of the role, it holds back the station until a person acts. A
// missing relationship holds back the customer, and the customer's jobs are not
// asked about either. What a batch's request or list is refused with holds back
// the batch, and what the list of batches is, the customer (a refusal without a
// word only the fourth time). All these are tried again within
// Options.RetryMax, at the next start, and after [Uploader.Retry]. A customer
// whose call holds back the station lets the others go first when that is over,
// and a removal whose request gets no answer or is forbidden is put off within an
// hour and goes after the customer's others.
//
// The network coming back, and a machine that wakes, cause a probe of what
// nobody answered, and no more: [Uploader.Probe]. A sleep is seen by the wall
// clock running ahead of the machine's own, or a timer that came late. Online
// is the station when an authenticated call succeeded.
//
// # What a crash leaves
//
//   - The station's and the customers' pauses are on disk when they begin
//     (queue.Pause), and leave it with the first call that succeeds. A new
//     process does not hurry past what Partner Center asked for; everything else
//     it shows with its reason and since when, and tries once. A crash between an
//     answer and its pause costs one more call; so does an end while the client itself
//     waits as it was asked to, half a minute at most.
//   - What became of a plan: see package queue. Its open plans say all.
//   - A refusal whose time to be tried again is on disk with it: nothing.
//   - A device open until lists had their time: the job says 806 again.
//   - That a device was missing from the lists once is on its removal
//     (queue.Removal.MissingAt): the second look may be another process's.
package upload
