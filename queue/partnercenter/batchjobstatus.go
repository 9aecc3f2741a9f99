package partnercenter

import (
	"context"
	"errors"
	"strings"
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
	what := call{op: "job status", customer: customer, path: []string{"batchJobStatus", trackingID}}
	if err := addressable(customer); err != nil {
		return Job{}, NewError(what.op, Invalid, err)
	}
	if !isSegment(trackingID) {
		return Job{}, NewError(what.op, Invalid, errNoTrackingID)
	}
	var wire jobWire
	if err := c.get(ctx, what, wire.read); err != nil {
		return Job{}, err
	}
	if wire.Status == "" && wire.BatchTrackingID == "" {
		return Job{}, NewError(what.op, NoAnswer, errNotPartnerCenter)
	}
	return Job{
		TrackingID: trackingID, Status: wire.Status.status(), Devices: wire.devices,
		Started: wire.StartedTime.time(), Completed: wire.CompletedTime.time(),
	}, nil
}

// jobWire is a job as it comes.
type jobWire struct {
	BatchTrackingID, Status    text
	StartedTime, CompletedTime text

	devices []DeviceStatus
}

func (w *jobWire) read(r *reading) error {
	_, err := r.object(func(name string) error {
		switch strings.ToLower(name) {
		case "batchtrackingid":
			return r.value(&w.BatchTrackingID)
		case "status":
			return r.value(&w.Status)
		case "startedtime":
			return r.value(&w.StartedTime)
		case "completedtime":
			return r.value(&w.CompletedTime)
		case "devicesstatus":
			return w.readDevices(r)
		default:
			return r.skip()
		}
	})
	return err
}

func (w *jobWire) readDevices(r *reading) error {
	w.devices = nil
	_, err := r.array(func() error {
		var row deviceWire
		if err := r.value(&row); err != nil {
			return err
		}
		w.devices = append(w.devices, row.outcome())
		return r.hold(w.devices[len(w.devices)-1])
	})
	return err
}

// outcome is the row as a job's.
func (w deviceWire) outcome() DeviceStatus {
	return DeviceStatus{
		Device: w.identity(), DeviceID: w.DeviceID.trimmed(), Status: w.Status.status(),
		Code: codeOf(w.ErrorCode, w.ErrorDescription), Description: w.ErrorDescription.shown(),
	}
}
