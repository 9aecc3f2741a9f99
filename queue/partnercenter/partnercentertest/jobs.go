package partnercentertest

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"pkidstation/queue/autopilot"
)

// A job is one accepted upload, or update of profiles, and what becomes of its
// devices.
type job struct {
	id       string
	customer *customer
	taken    time.Time
	takes    time.Duration
	rows     []*outcome
	// stutter are the first answers: 404, or the status unknown.
	stutter []string
	// stuck is what it says for ever, empty if it ends; vanishes makes it 404
	// once it was asked for.
	stuck           string
	vanishes, asked bool
	// status is what it says once it is done; numeric gives codes as numbers.
	status  string
	numeric bool
}

// An outcome is what becomes of one device row.
type outcome struct {
	autopilot.Device

	id   string
	code autopilot.Code
	// wrong is what a row is refused for as it was sent, whatever the directory
	// says; hashed that it was sent with a hardware hash.
	wrong  autopilot.Code
	hashed bool
	// untold rows are in no answer.
	untold bool
}

// newJob has room for its rows, which it keeps in one piece.
func (s *Server) newJob(c *customer, rows int) *job {
	j := &job{id: uuid.NewString(), customer: c, taken: s.at}
	outcomes := make([]outcome, rows)
	for i := range outcomes {
		j.rows = append(j.rows, &outcomes[i])
	}
	return j
}

// sent are the rows in the order in which they came.
func (j *job) sent() []*outcome { return slices.Clone(j.rows) }

// take accepts device rows: each is decided and registered in its order, and a
// job tells of it.
func (s *Server) take(c *customer, b *batch, rows []deviceIn, requestID string) reply {
	j, first := s.newJob(c, len(rows)), len(s.rows)
	for i, row := range rows {
		sent := row.device()
		d := sent.Named() // an answer names what is in a hash, never the hash
		*j.rows[i] = outcome{Device: d, code: CodePending, wrong: wrong(sent), hashed: sent.Hash != ""}
		s.rows = append(s.rows, Row{
			PKID: d.PKID, Serial: d.Serial, Customer: c.ID, Batch: b.id,
			RequestID: requestID, TrackingID: j.id, Code: CodePending, At: j.taken,
		})
	}
	sent := j.sent()
	return s.start(j, func() {
		had := make(map[string]bool, len(sent))
		for i, row := range sent {
			s.settle(b, j, row, had)
			s.rows[first+i].Code = row.code
		}
	})
}

// start begins a job whose work is done at once, or when it ends.
func (s *Server) start(j *job, work func()) reply {
	s.drawFate(j)
	finish := func() {
		work()
		s.drawStatus(j)
	}
	switch {
	case !s.opts.CommitLate:
		finish()
	case j.stuck == "":
		s.later(j.taken.Add(j.takes), finish)
	}
	s.drawAnswers(j)
	s.jobs[j.id] = j
	return reply{status: http.StatusAccepted}.with("Location", "/customers/"+string(j.customer.ID)+"/batchJobStatus/"+j.id)
}

// settle decides one row and registers it if nothing is wrong with it.
func (s *Server) settle(b *batch, j *job, row *outcome, had map[string]bool) {
	c, key := j.customer, s.identity(row.Device)
	if row.code = row.wrong; row.code == "" {
		row.code = s.code(c, row.Device, key, had[key])
		had[key] = true
	}
	if row.code != "" {
		return
	}
	row.id = uuid.NewString()
	d := &registered{Device: row.Device, id: row.id, at: s.at, batch: b, commit: len(s.ledger)}
	s.owners[key] = registration{c.key, d}
	c.devices[d.id] = d
	b.devices = append(b.devices, d)
	b.count++
	s.ledger = append(s.ledger, Commit{PKID: d.PKID, Serial: d.Serial, Customer: c.ID, Batch: b.id, TrackingID: j.id, At: s.at})
}

func (s *Server) jobStatus(c *customer, id string) reply {
	j := s.jobs[strings.ToLower(id)]
	if j == nil || j.customer != c || s.opts.JobLife > 0 && s.at.Sub(j.taken) > s.opts.JobLife || j.vanishes && j.asked {
		return s.missing()
	}
	status := s.progress(j)
	if len(j.stutter) > 0 {
		status, j.stutter = j.stutter[0], j.stutter[1:]
	}
	if status == "404" {
		return s.missing()
	}
	j.asked = true
	return s.ok(s.jobWire(j, status))
}

func (s *Server) progress(j *job) string {
	switch age := s.at.Sub(j.taken); {
	case j.stuck != "" && age >= j.takes/3:
		return j.stuck
	case age >= j.takes:
		return j.status
	case age >= j.takes/3:
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
		wire["completedTime"] = s.moment(j.taken.Add(j.takes))
		wire["devicesStatus"] = s.rowsWire(j, true)
	}
	return wire
}

// rowsWire tells of the devices. A row with a PKID comes without its serial
// number as often as not.
func (s *Server) rowsWire(j *job, done bool) []map[string]any {
	rows := make([]map[string]any, 0, len(j.rows))
	for _, row := range j.rows {
		if row.untold {
			continue
		}
		wire := map[string]any{"status": "processing", "attributes": attributes("DeviceUploadDetails")}
		s.name(wire, row)
		if done {
			row.settled(wire, j.numeric)
		}
		rows = append(rows, wire)
	}
	return rows
}

// name is what a row calls its device. One that was sent by its hash comes by the
// PKID or by the serial number inside, as drawn.
func (s *Server) name(wire map[string]any, row *outcome) {
	pkid := row.PKID != "" && (!row.hashed || row.Serial == "" || s.rng.IntN(2) == 0)
	if pkid {
		wire["productKey"] = row.PKID
	}
	if row.Serial != "" && (!pkid || s.rng.IntN(2) == 0) {
		wire["serialNumber"] = row.Serial
	}
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
