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
//
// The customer's batches are asked for before there is a plan: as long as
// Partner Center does not answer or will not talk about the customer, entries
// stay ready and in people's hands. One request is under way at a time.
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
//     could give them to another customer. Why it waits is noted on it.
//   - Where a batch turns out to be there that a request in doubt was to create,
//     it is listed before anything is appended: it may be that request's.
//   - An attempt that was answered, whatever the answer, was not taken unless it
//     was a 202, and its id is not used again.
//   - Outages, throttling, refusals as a whole and missing sign-ins change no
//     device's state, but that entries of a plan of which nothing can be on its
//     way are ready again. They hold back the customer, or the station.
//
// # How a device is decided
//
// Only by its own terminal row, or by being listed in the batch where the job
// is silent, was never named, or is gone. Finished is registered. 806 is
// registered, and marked queue.AlreadyThere only if no earlier request of ours
// can have registered it: not after a request in doubt, nor if the device was
// in an attempt of any plan before (queue.Plan.Again). The mark may be
// missing, it never lies. Every other code is a refusal, also passing ones such
// as 640: from there a person's retry is the only way back that the states
// know.
//
// A job without an outcome after Options.JobDeadline is noted on the plan and
// waits for a person; it is asked about all the same.
//
// # What holds things back
//
// No answer holds back the station, with one probe a step of the backoff
// whatever is waiting, and the customer a little longer, so that one customer
// whose requests always fail does not starve the others. Throttling holds back
// the station for as long as was asked, and so does a failure that names a
// time: every call counts, and no person's hurry shortens it. A missing sign-in
// holds back the station, a missing relationship or a refusal the customer,
// each until somebody acts (a refusal without a word, only the fourth time):
// that is seen at the next start, after [Uploader.Retry], or within
// Options.RetryMax.
package upload
