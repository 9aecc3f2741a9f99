package partnercentertest

import (
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"pkidstation/queue/autopilot"
)

// A job is one accepted upload and what becomes of its devices.
type job struct {
	id       string
	customer *customer
	taken    time.Time
	rows     []outcome
	// stutter are the first answers: 404, or the status unknown.
	stutter []string
	// status is what it says once it is done; numeric gives codes as numbers.
	status  string
	numeric bool
}

// An outcome is what becomes of one device row.
type outcome struct {
	autopilot.Device

	id   string
	code autopilot.Code
}

// A registration is whose a device is.
type registration struct {
	customer *customer
}

// take processes device rows: it decides and commits each, in order, and
// starts the job that tells of it.
func (s *Server) take(c *customer, b *batch, rows []deviceIn, requestID string) reply {
	j := &job{id: uuid.NewString(), customer: c, taken: s.opts.Clock()}
	inThis := map[string]bool{}
	for _, row := range rows {
		done := s.settle(c, b, j, row.device(), inThis)
		j.rows = append(j.rows, done)
		s.rows = append(s.rows, Row{
			PKID: done.PKID, Serial: done.Serial, Customer: c.ID, Batch: b.id,
			RequestID: requestID, TrackingID: j.id, Code: done.code, At: j.taken,
		})
	}
	s.drawJob(j)
	s.jobs[j.id] = j
	answer := reply{status: http.StatusAccepted}
	answer.set("Location", "/customers/"+string(c.ID)+"/batchJobStatus/"+j.id)
	return answer
}

// settle decides one row and commits it if nothing is wrong with it.
func (s *Server) settle(c *customer, b *batch, j *job, d autopilot.Device, inThis map[string]bool) outcome {
	key := identity(d)
	done := outcome{Device: d, code: s.code(c, d, key, inThis[key])}
	inThis[key] = true
	if done.code != "" {
		return done
	}
	done.id = uuid.NewString()
	s.owners[key] = registration{c}
	b.devices = append(b.devices, registered{Device: d, id: done.id, at: j.taken})
	s.ledger = append(s.ledger, Commit{PKID: d.PKID, Serial: d.Serial, Customer: c.ID, Batch: b.id, TrackingID: j.id, At: j.taken})
	return done
}

// code is what the directory says of a device, empty if it may be registered.
func (s *Server) code(c *customer, d autopilot.Device, key string, again bool) autopilot.Code {
	if _, err := autopilot.ParsePKID(string(d.PKID)); !d.Identified() || d.PKID != "" && err != nil {
		return autopilot.CodeMissingIdentity
	}
	if again {
		return autopilot.CodeDuplicate
	}
	if owner, owned := s.owners[key]; owned && owner.customer == c {
		return autopilot.CodeAlreadyHere
	} else if owned {
		return autopilot.CodeOtherTenant
	}
	if s.opts.Directory == nil {
		return ""
	}
	return s.opts.Directory(d)
}

// identity is what the directory knows a device by.
func identity(d autopilot.Device) string {
	if d.PKID != "" {
		return "pkid " + string(d.PKID)
	}
	return strings.Join([]string{"tuple", d.Serial, d.Manufacturer, d.Model}, "\x00")
}

// drawJob decides what the documentation leaves open.
func (s *Server) drawJob(j *job) {
	j.status = "finished"
	for _, row := range j.rows {
		if row.code != "" && s.rng.IntN(2) == 0 {
			j.status = "finished_with_errors"
			break
		}
	}
	j.numeric = s.rng.IntN(4) == 0
	switch s.rng.IntN(6) {
	case 0:
		j.stutter = []string{"404"}
	case 1:
		j.stutter = []string{"unknown"}
	case 2:
		j.stutter = []string{"404", "unknown"}
	}
	s.rng.Shuffle(len(j.rows), func(i, k int) { j.rows[i], j.rows[k] = j.rows[k], j.rows[i] })
}

func (s *Server) jobStatus(c *customer, id string) reply {
	j := s.jobs[strings.ToLower(id)]
	if j == nil || j.customer != c || s.opts.JobLife > 0 && s.opts.Clock().Sub(j.taken) > s.opts.JobLife {
		return s.missing()
	}
	status := s.progress(j)
	if len(j.stutter) > 0 {
		status, j.stutter = j.stutter[0], j.stutter[1:]
	}
	if status == "404" {
		return s.missing()
	}
	return s.ok(s.jobWire(j, status))
}

func (s *Server) progress(j *job) string {
	switch age := s.opts.Clock().Sub(j.taken); {
	case age >= s.opts.JobTime:
		return j.status
	case age >= s.opts.JobTime/3:
		return "processing"
	default:
		return "queued"
	}
}

func (s *Server) jobWire(j *job, status string) map[string]any {
	wire := map[string]any{
		"batchTrackingId": j.id, "status": status, "startedTime": s.moment(j.taken), "completedTime": s.moment(time.Time{}),
		"devicesStatus": []map[string]any{}, "attributes": attributes("BatchUploadDetails"),
	}
	switch status {
	case "queued", "unknown":
		wire["startedTime"] = s.moment(time.Time{})
	case "processing":
		if s.rng.IntN(2) == 0 {
			wire["devicesStatus"] = s.rowsWire(j, false)
		}
	default:
		wire["completedTime"] = s.moment(j.taken.Add(s.opts.JobTime))
		wire["devicesStatus"] = s.rowsWire(j, true)
	}
	return wire
}

// rowsWire tells of the devices. A row with a PKID comes without its serial
// number as often as not.
func (s *Server) rowsWire(j *job, done bool) []map[string]any {
	rows := make([]map[string]any, 0, len(j.rows))
	for _, row := range j.rows {
		wire := map[string]any{"status": "processing", "attributes": attributes("DeviceUploadDetails")}
		if row.PKID != "" {
			wire["productKey"] = row.PKID
		}
		if row.Serial != "" && (row.PKID == "" || s.rng.IntN(2) == 0) {
			wire["serialNumber"] = row.Serial
		}
		if done {
			row.settled(wire, j.numeric)
		}
		rows = append(rows, wire)
	}
	return rows
}

func (o outcome) settled(wire map[string]any, numeric bool) {
	wire["status"] = "finished"
	if o.id != "" {
		wire["deviceId"] = o.id
	}
	if o.code == "" {
		return
	}
	wire["status"] = "finished_with_errors"
	wire["errorCode"], wire["errorDescription"] = codeWire(o.code, numeric), describe(o.code)
}
