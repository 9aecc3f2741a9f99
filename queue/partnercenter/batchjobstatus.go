package partnercenter

import (
	"context"
	"time"

	"pkidstation/queue/autopilot"
)

// A JobStatus is how far a job, or one device of it, has come.
type JobStatus string

// The statuses. What Partner Center says beyond these is StatusUnknown, which
// is not terminal.
const (
	StatusUnknown            JobStatus = "unknown"
	StatusQueued             JobStatus = "queued"
	StatusProcessing         JobStatus = "processing"
	StatusFinished           JobStatus = "finished"
	StatusFinishedWithErrors JobStatus = "finished_with_errors"
)

// Terminal says whether nothing more will happen.
func (s JobStatus) Terminal() bool { return s == StatusFinished || s == StatusFinishedWithErrors }

// A Job is one upload on its way through Partner Center. Its Status is never
// the outcome of a device: look at each of Devices, which come in any order
// and may be fewer than were sent.
type Job struct {
	TrackingID string
	Status     JobStatus
	Devices    []DeviceStatus
	// Started and Completed are zero until then.
	Started, Completed time.Time
}

// A DeviceStatus is what a job says about one device, which it names by PKID
// or serial number.
type DeviceStatus struct {
	autopilot.Device

	// DeviceID is Microsoft's id of the device, once it has one.
	DeviceID string
	Status   JobStatus
	// Code is empty where nothing is wrong; Description goes with it.
	Code        autopilot.Code
	Description string
}

// JobStatus asks how far a job is.
func (c *Client) JobStatus(ctx context.Context, customer autopilot.TenantID, trackingID string) (Job, error) {
	return Job{}, NewError("job status", Unreachable, nil)
}
