package upload_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
	"pkidstation/queue/upload"
)

// The six invariants at the end of the facts about Partner Center's API, each
// with a real queue, the real client and the simulator.

// A recording line notes each POST with its body.
type recording struct {
	http.RoundTripper

	check func(post)

	mu    sync.Mutex
	posts []post
}

type post struct{ path, requestID, body string }

func (l *recording) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodPost {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		p := post{r.URL.Path, r.Header.Get("MS-RequestId"), string(body)}
		l.mu.Lock()
		l.posts = append(l.posts, p)
		l.mu.Unlock()
		if l.check != nil {
			l.check(p)
		}
	}
	return l.RoundTripper.RoundTrip(r)
}

func overLine(t *testing.T, server *partnercentertest.Server, q *queue.Queue, line http.RoundTripper, change ...func(*upload.Options)) *upload.Uploader {
	t.Helper()
	if line == nil {
		line = server.RoundTripper()
	}
	return uploader(t, q, "http://127.0.0.1:1", line, change...)
}

// 1. The plan, with its request id, attempt and devices in order, is on disk
// before the request leaves; after the 202 its job is; and what got no answer
// goes again with the same id and the same bytes, unless the list has it.
func TestInvariant1PlanBeforeSend(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q := dockQueue(t, 40)
		server := partnercentertest.NewServer(partnercentertest.Options{Seed: 1, ListLag: 5 * time.Second})
		line := &recording{RoundTripper: server.RoundTripper()}
		line.check = func(p post) {
			open, err := q.OpenPlans(t.Context())
			if err != nil {
				t.Error(err)
			}
			onDisk := slices.ContainsFunc(open, func(plan queue.Plan) bool {
				body := partnercenter.Body("Dock", plan.Devices)
				if plan.Append {
					body = partnercenter.AppendBody(plan.Devices)
				}
				return plan.RequestID == p.requestID && plan.Attempt > 0 && string(body) == p.body
			})
			if !onDisk {
				t.Errorf("request %s left without its plan on disk", p.requestID)
			}
		}
		server.Strike("", partnercentertest.FaultReset, "", partnercentertest.FaultReset, "", partnercentertest.FaultResetAfter)
		up := overLine(t, server, q, line)
		if _, err := up.UntilSettled(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantExactlyOnce(t, q, server, 40)
		if len(line.posts) < 3 || line.posts[0] != line.posts[1] || line.posts[1] != line.posts[2] {
			t.Errorf("what got no answer did not go again as it was: %d posts", len(line.posts))
		}
		for e, err := range q.List(t.Context(), queue.Filter{}) {
			if err != nil || e.TrackingID == "" && e.Code == "" && e.DeviceID == "" {
				t.Errorf("no trace of the job: %+v, %v", e, err)
			}
		}
	})
}

// 2. 806 is success: registered, and never rejected.
func TestInvariant2AlreadyAssignedIsSuccess(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := partnercentertest.NewServer(partnercentertest.Options{Seed: 2})
		for range 2 { // the second station has the same boxes
			q := dockQueue(t, 30)
			status, err := overLine(t, server, q, nil).UntilSettled(t.Context())
			if err != nil || status.Counts.Registered != 30 || status.Marks.AlreadyThere != 0 {
				t.Fatalf("%+v, %v", status, err)
			}
			for e, err := range q.List(t.Context(), queue.Filter{}) {
				if err != nil || e.DeviceID == "" || e.Batch != "Dock" {
					t.Errorf("registered by us, but not known by what: %+v, %v", e, err)
				}
			}
		}
		if n := len(server.Ledger()); n != 30 {
			t.Errorf("%d rows in the ledger", n)
		}
	})
}

// 3. Only a device's own terminal row, or the list, settles it: never the
// status of the job.
func TestInvariant3OnlyTerminalRowsSettle(t *testing.T) {
	t.Parallel()
	statuses := []partnercenter.JobStatus{
		partnercenter.StatusUnknown, partnercenter.StatusQueued, partnercenter.StatusProcessing, partnercenter.StatusFinished,
		partnercenter.StatusFinishedWithErrors, "something-new",
	}
	for _, job := range statuses {
		for _, row := range statuses {
			t.Run(fmt.Sprintf("%s of %s", row, job), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					b := newBench()
					b.add(contoso, "Dock", "r1", 1)
					b.center.shape = func(j *partnercenter.Job) {
						j.Status, j.Devices[0].Status = job, row
						b.center.batches[key(contoso, "Dock")] = nil // the list says nothing
					}
					b.run(t, time.Hour)
					want, ok := map[partnercenter.JobStatus]queue.State{
						partnercenter.StatusFinished: queue.Registered, partnercenter.StatusFinishedWithErrors: queue.Rejected,
					}[row]
					if !ok {
						want = queue.Submitted
					}
					b.want(t, map[queue.State]int{want: 1})
				})
			})
		}
	}
}

// 4. Trouble with sign-in, relationship, throttling or the network changes no
// device's state: it pauses the customer or the station.
func TestInvariant4TroubleChangesNoDevice(t *testing.T) {
	t.Parallel()
	for _, fault := range partnercentertest.AllFaults() {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				q := dockQueue(t, 10)
				server := partnercentertest.NewServer(partnercentertest.Options{Seed: 4, JobTime: time.Second})
				draw := rand.New(rand.NewPCG(4, 4))
				for range 60 {
					if draw.IntN(2) == 0 {
						server.Strike(fault)
					} else {
						server.Strike("")
					}
				}
				up := overLine(t, server, q, nil)
				for range 60 {
					if _, err := up.UntilSettled(t.Context()); err != nil {
						t.Fatal(err)
					}
					for e, err := range q.List(t.Context(), queue.Filter{States: []queue.State{queue.Rejected, queue.Held, queue.Discarded}}) {
						t.Fatalf("%s is %s, %v", e.PKID.Masked(), e.State, err)
					}
				}
				wantExactlyOnce(t, q, server, 10)
			})
		})
	}
}

// 5. No whole PKID and no token is logged, and the ids for Microsoft's support
// are.
func TestInvariant5NothingSecretIsLogged(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q := dockQueue(t, 30)
		server := partnercentertest.NewServer(partnercentertest.Options{Seed: 5, Faults: 0.4, JobTime: 3 * time.Second, Directory: func(d autopilot.Device) autopilot.Code {
			if d.PKID[12]%3 == 0 {
				return autopilot.CodeOtherTenant
			}
			return ""
		}})
		var log bytes.Buffer
		up := overLine(t, server, q, nil, func(o *upload.Options) {
			o.Logger = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		})
		if _, err := up.UntilSettled(t.Context()); err != nil {
			t.Fatal(err)
		}
		text := log.String()
		for n := 1; n <= 30; n++ {
			if strings.Contains(text, string(queuetest.PKID(n))) {
				t.Fatalf("a whole PKID is in the log")
			}
		}
		if strings.Contains(text, "Bearer") || strings.Contains(text, "secret-token") {
			t.Error("a token is in the log")
		}
		if !strings.Contains(text, `"correlation":"`) || !strings.Contains(text, `"request":"`) {
			t.Error("what support asks for is not in the log")
		}
	})
}

// 6. One request is for one customer and one batch, whose name is the group
// tag, which the customer sees: never an id of ours.
func TestInvariant6OneCustomerAnUpload(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q := queuetest.Open(t)
		owner := map[string]string{}
		for i, w := range []queue.Work{
			{Customer: contoso, GroupTag: "Dock"},
			{Customer: fabrikam, GroupTag: "Dock"},
			{Customer: contoso, GroupTag: "Berlin", Order: "4711"},
		} {
			queuetest.Fill(t, q, w, 1+100*i, 60)
			for n := range 60 {
				owner[string(queuetest.PKID(1+100*i+n))] = strings.ToLower(string(w.Customer) + " " + string(w.GroupTag))
			}
		}
		server := partnercentertest.NewServer(partnercentertest.Options{Seed: 6, Faults: 0.2, JobTime: time.Second})
		line := &recording{RoundTripper: server.RoundTripper()}
		if _, err := overLine(t, server, q, line).UntilSettled(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantExactlyOnce(t, q, server, 180)
		for _, p := range line.posts {
			of := map[string]bool{}
			for pkid, who := range owner {
				if strings.Contains(p.body, pkid) {
					of[who] = true
				}
			}
			if len(of) != 1 {
				t.Errorf("one request for %v", of)
			}
		}
		for _, row := range server.Rows() {
			if row.Batch != "Dock" && row.Batch != "Berlin" {
				t.Errorf("a batch of the name %q", row.Batch)
			}
		}
	})
}
