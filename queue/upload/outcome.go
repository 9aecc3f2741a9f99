package upload

import (
	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
)

// judge gives the outcomes that a job has for the plan's devices. Only a
// device's own terminal status settles it. Of several rows about one device
// the one that says registered counts.
func judge(p queue.Plan, job partnercenter.Job) []queue.Outcome {
	find := newFinder(p.Devices)
	found := map[int]queue.Outcome{}
	for _, d := range job.Devices {
		i, ok := find.device(d.Device)
		if !ok || !d.Status.Terminal() {
			continue
		}
		o := outcome(d)
		if before, twice := found[i]; twice && before.Registered {
			continue
		}
		o.Entry = p.Entries[i]
		found[i] = o
	}
	return inOrder(p, found)
}

// outcome reads one device's row. Every code but 806 is a refusal, passing
// faults such as 640 too: retryAt says which of them are tried again. 806 is
// marked AlreadyThere, and then the lists have their say: see whose.
func outcome(d partnercenter.DeviceStatus) queue.Outcome {
	o := queue.Outcome{DeviceID: d.DeviceID, Code: d.Code, Answer: d.Description}
	switch {
	case d.Code.MeansRegistered():
		o.Registered, o.Reason = true, queue.AlreadyThere
	case d.Code == "" && d.Status == partnercenter.StatusFinished:
		o.Registered = true
	}
	return o
}

// inOrder are the outcomes in the order of the plan.
func inOrder(p queue.Plan, found map[int]queue.Outcome) []queue.Outcome {
	outcomes := make([]queue.Outcome, 0, len(found))
	for i := range p.Entries {
		if o, ok := found[i]; ok {
			outcomes = append(outcomes, o)
		}
	}
	return outcomes
}
