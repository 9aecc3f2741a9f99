package partnercenter

import (
	"context"
	"errors"
	"net/http"
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

var errNoTrackingID = errors.New("no tracking id was given")

// JobStatus asks how far a job is. A job is NotFound for a moment after its
// 202, and again once Microsoft has forgotten it.
// https://learn.microsoft.com/en-us/partner-center/developer/get-the-status-of-a-device-batch-upload
func (c *Client) JobStatus(ctx context.Context, customer autopilot.TenantID, trackingID string) (Job, error) {
	what := call{
		op: "job status", method: http.MethodGet,
		path: []string{"customers", string(customer), "batchJobStatus", trackingID},
	}
	if customer == "" {
		return Job{}, NewError(what.op, Invalid, errNoCustomer)
	}
	if !isBatchName(trackingID) {
		return Job{}, NewError(what.op, Invalid, errNoTrackingID)
	}
	var wire jobWire
	if err := c.get(ctx, what, &wire); err != nil {
		return Job{}, err
	}
	if wire.Status == "" && wire.BatchTrackingID == "" {
		return Job{}, NewError(what.op, NoAnswer, errNotPartnerCenter)
	}
	job := wire.job()
	job.TrackingID = trackingID
	return job, nil
}

type jobWire struct {
	BatchTrackingID text         `json:"batchTrackingId"`
	Status          text         `json:"status"`
	StartedTime     text         `json:"startedTime"`
	CompletedTime   text         `json:"completedTime"`
	DevicesStatus   []deviceWire `json:"devicesStatus"`
}

func (w jobWire) job() Job {
	job := Job{Status: w.Status.status(), Started: w.StartedTime.time(), Completed: w.CompletedTime.time()}
	for _, row := range w.DevicesStatus {
		job.Devices = append(job.Devices, DeviceStatus{
			Device: row.identity(), DeviceID: row.DeviceID.trimmed(), Status: row.Status.status(),
			Code: codeOf(row.ErrorCode, row.ErrorDescription), Description: row.ErrorDescription.shown(),
		})
	}
	return job
}
