package upload_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/upload"
)

var _ upload.Registrar = (*center)(nil)

// A center stands in for Partner Center: batches, a directory, jobs, and
// faults on demand.
type center struct {
	mu      sync.Mutex
	batches map[string][]partnercenter.Device // customer/BATCH → devices
	names   map[string]string                 // customer/BATCH → name as written
	home    map[autopilot.PKID]autopilot.TenantID
	jobs    map[string]*job
	replies map[string]partnercenter.Accepted // request id → its 202

	calls []call
	// at is asked before and after each call takes effect; an error is what
	// the caller gets in place of the answer.
	at func(c call, after bool) error
	// codes are what is answered for a device.
	codes map[autopilot.PKID]autopilot.Code
	// replay answers a request id again as it was answered before.
	replay bool
	// hidden leaves batches out of lists for this long.
	hidden  time.Duration
	made    map[string]time.Time
	jobTime time.Duration
	// shape changes a job before it is shown.
	shape func(*partnercenter.Job)
}

type job struct {
	partnercenter.Job

	at time.Time
}

// A call is one that arrived.
type call struct {
	op        string // list, devices, create, append, status
	customer  autopilot.TenantID
	batch     string
	requestID string
	pkids     []autopilot.PKID
	at        time.Time
	number    int
}

func newCenter() *center {
	return &center{
		batches: map[string][]partnercenter.Device{}, names: map[string]string{}, home: map[autopilot.PKID]autopilot.TenantID{},
		jobs: map[string]*job{}, replies: map[string]partnercenter.Accepted{}, made: map[string]time.Time{}, replay: true,
	}
}

func failure(kind partnercenter.Kind) *partnercenter.Error {
	return partnercenter.NewError("test", kind, errors.New("on demand"))
}

func key(customer autopilot.TenantID, batch string) string {
	return string(customer) + "/" + strings.ToUpper(batch)
}

// serve runs one call with its faults.
func (c *center) serve(ctx context.Context, what call, answer func() error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	what.at, what.number = time.Now(), len(c.calls)+1
	c.calls = append(c.calls, what)
	if c.at != nil {
		if err := c.at(what, false); err != nil {
			return err
		}
	}
	if err := answer(); err != nil {
		return err
	}
	if c.at != nil {
		return c.at(what, true)
	}
	return nil
}

// lag has a batch list only its first devices until some time has passed. It is
// for at, which holds the lock.
func (c *center) lag(k string, shown int, late time.Duration) {
	hidden := slices.Clone(c.batches[k][shown:])
	c.batches[k] = c.batches[k][:shown]
	time.AfterFunc(late, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.batches[k] = append(c.batches[k], hidden...)
	})
}

func (c *center) Batches(ctx context.Context, customer autopilot.TenantID) (list []partnercenter.Batch, err error) {
	err = c.serve(ctx, call{op: "list", customer: customer}, func() error {
		for k, name := range c.names {
			if strings.HasPrefix(k, string(customer)+"/") && time.Since(c.made[k]) >= c.hidden {
				list = append(list, partnercenter.Batch{ID: name})
			}
		}
		return nil
	})
	return list, err
}

func (c *center) BatchDevices(ctx context.Context, customer autopilot.TenantID, batch string) (list []partnercenter.Device, err error) {
	err = c.serve(ctx, call{op: "devices", customer: customer, batch: batch}, func() error {
		if _, ok := c.names[key(customer, batch)]; !ok {
			return failure(partnercenter.NotFound)
		}
		list = slices.Clone(c.batches[key(customer, batch)])
		return nil
	})
	return list, err
}

func (c *center) CreateBatch(ctx context.Context, customer autopilot.TenantID, batch string, devices []autopilot.Device, id string) (partnercenter.Accepted, error) {
	return c.post(ctx, call{op: "create", customer: customer, batch: batch, requestID: id}, devices, false)
}

func (c *center) AppendBatch(ctx context.Context, customer autopilot.TenantID, batch string, devices []autopilot.Device, id string) (partnercenter.Accepted, error) {
	return c.post(ctx, call{op: "append", customer: customer, batch: batch, requestID: id}, devices, true)
}

func (c *center) post(ctx context.Context, what call, devices []autopilot.Device, exists bool) (got partnercenter.Accepted, err error) {
	for _, d := range devices {
		what.pkids = append(what.pkids, d.PKID)
	}
	err = c.serve(ctx, what, func() error {
		if before, ok := c.replies[what.requestID]; ok && c.replay {
			got = before
			return nil
		}
		k := key(what.customer, what.batch)
		switch _, is := c.names[k]; {
		case is && !exists:
			return failure(partnercenter.Conflict)
		case !is && exists:
			return failure(partnercenter.NotFound)
		case !is:
			c.names[k], c.made[k] = what.batch, time.Now()
		}
		got = partnercenter.Accepted{TrackingID: fmt.Sprintf("job-%d", len(c.jobs)+1), RequestID: what.requestID}
		c.replies[what.requestID] = got
		c.commit(what, k, devices, got.TrackingID)
		return nil
	})
	return got, err
}

// commit registers what can be registered, at once, and keeps the job's rows.
func (c *center) commit(what call, k string, devices []autopilot.Device, tracking string) {
	j := &job{at: time.Now(), Job: partnercenter.Job{TrackingID: tracking, Status: partnercenter.StatusFinished}}
	for _, d := range devices {
		row := partnercenter.DeviceStatus{Device: d, Status: partnercenter.StatusFinished, DeviceID: "id-" + string(d.PKID)}
		home, taken := c.home[d.PKID]
		switch code := c.codes[d.PKID]; {
		case code != "":
			row.Code = code
		case taken && home == what.customer:
			row.Code = autopilot.CodeAlreadyHere
		case taken:
			row.Code = autopilot.CodeOtherTenant
		default:
			c.home[d.PKID] = what.customer
			c.batches[k] = append(c.batches[k], partnercenter.Device{Device: d, ID: row.DeviceID})
		}
		if row.Code != "" {
			row.Status = partnercenter.StatusFinishedWithErrors
		}
		j.Devices = append(j.Devices, row)
	}
	c.jobs[tracking] = j
}

func (c *center) JobStatus(ctx context.Context, customer autopilot.TenantID, tracking string) (got partnercenter.Job, err error) {
	err = c.serve(ctx, call{op: "status", customer: customer, requestID: tracking}, func() error {
		j, ok := c.jobs[tracking]
		if !ok {
			return failure(partnercenter.NotFound)
		}
		got = j.Job
		got.Devices = slices.Clone(j.Devices)
		if time.Since(j.at) < c.jobTime {
			got.Status = partnercenter.StatusProcessing
			for i := range got.Devices {
				got.Devices[i].Status = partnercenter.StatusQueued
			}
		}
		if c.shape != nil {
			c.shape(&got)
		}
		return nil
	})
	return got, err
}

// posts are the calls that carried devices.
func (c *center) posts() (posts []call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, made := range c.calls {
		if made.pkids != nil {
			posts = append(posts, made)
		}
	}
	return posts
}

func (c *center) count(op string) (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, made := range c.calls {
		if made.op == op {
			n++
		}
	}
	return n
}

// strike makes the first calls of op fail, before or after they take effect.
func strike(op string, after bool, failures ...error) func(call, bool) error {
	return func(c call, late bool) error {
		if c.op != op || late != after || len(failures) == 0 {
			return nil
		}
		err := failures[0]
		failures = failures[1:]
		return err
	}
}

// total is how many calls arrived.
func (c *center) total() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.calls)
}
