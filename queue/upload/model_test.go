package upload_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/upload"
)

// TestModel is the must-hold: two stations with the same group tags and two
// customers between a bad line and a service that forgets, lags, throttles,
// withdraws and signs out, each killed at random points; and in the end each
// device is registered once, for the right customer, and both stations say so.
//
// PKIDSTATION_TORTURE=1 runs 2,400 of them, else 30. One alone:
//
//	PKIDSTATION_TORTURE=1 go test ./queue/upload -run 'TestModel/seed=1777$'
func TestModel(t *testing.T) {
	t.Parallel()
	runs := 30
	if os.Getenv("PKIDSTATION_TORTURE") == "1" {
		runs = 2400
	}
	for seed := 1; seed <= runs; seed++ {
		t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(uint64(seed))
				w.run(t)
				if t.Failed() {
					t.Logf("%+v\nagain: PKIDSTATION_TORTURE=1 go test ./queue/upload -run 'TestModel/seed=%d$'", w, seed)
				}
			})
		})
	}
}

// A world is one run: what was drawn for it, and what it is at the moment.
type world struct {
	Seed      uint64
	Again     partnercentertest.Mode
	Duplicate partnercentertest.Mode
	Faults    float64
	Lag       time.Duration
	JobTime   time.Duration
	JobLife   time.Duration
	Batch     int
	Shared    int  // devices that both stations have
	Files     bool // the first station has a real queue

	draw   *rand.Rand
	server *partnercentertest.Server
	signed atomic.Bool
	calm   time.Time // from then on nothing goes wrong

	mu    sync.Mutex
	taken map[autopilot.PKID]time.Time // when a station wrote down its 202
}

func newWorld(seed uint64) *world {
	draw := rand.New(rand.NewPCG(seed, 1))
	w := &world{
		Seed: seed, draw: draw, taken: map[autopilot.PKID]time.Time{},
		Again:     []partnercentertest.Mode{partnercentertest.IdempotencyReplay, partnercentertest.IdempotencyIgnore}[seed%2],
		Duplicate: []partnercentertest.Mode{partnercentertest.DuplicateAppend, partnercentertest.Duplicate400, partnercentertest.DuplicateConflict}[seed/2%3],
		Faults:    []float64{0.05, 0.2, 0.3, 0.5}[draw.IntN(4)],
		Lag:       time.Duration(draw.IntN(50)) * time.Second,
		JobTime:   time.Duration(draw.IntN(600)) * time.Second,
		Batch:     1 + draw.IntN(6),
		Files:     seed%6 == 0,
		calm:      time.Now().Add(time.Duration(10+draw.IntN(30)) * time.Minute),
	}
	if draw.IntN(3) == 0 {
		w.JobLife = time.Duration(1+draw.IntN(600)) * time.Second
	}
	if draw.IntN(3) == 0 {
		w.Shared = 1 + draw.IntN(4)
	}
	w.server = partnercentertest.NewServer(partnercentertest.Options{
		Seed: seed, Faults: w.Faults, Idempotency: w.Again, DuplicateBatch: w.Duplicate, ListLag: w.Lag, JobTime: w.JobTime, JobLife: w.JobLife,
		BOM: seed%2 == 0, PageSize: 4, RetryAfter: time.Duration(1+draw.IntN(40)) * time.Second, Token: "good",
		CommitLate: seed%4 == 1, JobTimeMax: w.JobTime * 2,
		JobVanish: []float64{0, 0.3}[seed/4%2], RowsMissing: []float64{0, 0.2}[seed/8%2],
		Customers: []autopilot.Customer{{ID: contoso}, {ID: fabrikam}},
	})
	w.signed.Store(true)
	return w
}

func (w *world) run(t *testing.T) {
	t.Helper()
	stations := []*station{w.station(t, 0, w.Files), w.station(t, 1, false)}
	var busy sync.WaitGroup
	busy.Go(w.trouble)
	for _, s := range stations {
		busy.Go(func() { s.work(t) })
	}
	busy.Wait()
	for _, s := range stations {
		s.check(t)
	}
	w.checkLedger(t, stations)
}

// trouble is all that goes wrong by itself, until the calm.
func (w *world) trouble() {
	draw := rand.New(rand.NewPCG(w.Seed, 2))
	for time.Now().Before(w.calm) {
		<-time.After(time.Duration(1+draw.IntN(120)) * time.Second)
		end := w.strike(draw)
		<-time.After(time.Duration(draw.IntN(300)) * time.Second)
		end()
	}
	w.server.SetFaults(0)
}

// strike begins something and gives its end.
func (w *world) strike(draw *rand.Rand) (end func()) {
	id := []autopilot.TenantID{contoso, fabrikam}[draw.IntN(2)]
	switch draw.IntN(5) {
	case 0:
		w.server.SetOutage(true)
		return func() { w.server.SetOutage(false) }
	case 1:
		w.server.SetRelationship(id, false)
		return func() { w.server.SetRelationship(id, true) }
	case 2:
		w.signed.Store(false)
		return func() { w.signed.Store(true) }
	case 3:
		w.server.SetFaults(0.9)
		return func() { w.server.SetFaults(w.Faults) }
	default:
		rare := []partnercentertest.Fault{
			partnercentertest.FaultSignIn, partnercentertest.FaultMFA, partnercentertest.FaultRole, partnercentertest.FaultTooLarge,
			partnercentertest.FaultNoLocation, partnercentertest.FaultLink, partnercentertest.FaultResetAfter, partnercentertest.FaultHangAfter,
		}
		for range 1 + draw.IntN(4) {
			w.server.Strike(rare[draw.IntN(len(rare))])
		}
		return func() {}
	}
}

// checkLedger holds what Microsoft has against what was captured.
func (w *world) checkLedger(t *testing.T, stations []*station) {
	t.Helper()
	want := map[autopilot.PKID]work{}
	for _, s := range stations {
		for _, e := range s.dock.list(t) {
			want[e.PKID] = work{e.Customer, e.GroupTag}
		}
	}
	rows := map[autopilot.PKID]int{}
	for _, c := range w.server.Ledger() {
		rows[c.PKID]++
		if got := (work{c.Customer, autopilot.GroupTag(c.Batch)}); got != want[c.PKID] {
			t.Errorf("%s is registered in %v, captured for %v", c.PKID.Masked(), got, want[c.PKID])
		}
	}
	for pkid := range want {
		if rows[pkid] != 1 {
			t.Errorf("%s is in the ledger %d times", pkid.Masked(), rows[pkid])
		}
	}
	for _, row := range w.server.Rows() {
		if at, ok := w.taken[row.PKID]; ok && row.At.After(at) {
			t.Errorf("%s was sent %v after its 202 was stored", row.PKID.Masked(), row.At.Sub(at))
		}
	}
}

// took notes what a station must never send again. Of devices that both have
// nothing follows.
func (w *world) took(p queue.Plan) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, d := range p.Devices {
		if d.PKID > pkid(w.Shared) {
			w.taken[d.PKID] = time.Now()
		}
	}
}

type work struct {
	customer autopilot.TenantID
	tag      autopilot.GroupTag
}

// A station is one dock and the lives of its uploader.
type station struct {
	*world

	dock  dockStore
	draw  *rand.Rand
	first int // number of the next device that it captures
	lives int
}

func (w *world) station(t *testing.T, n int, files bool) *station {
	t.Helper()
	s := &station{world: w, draw: rand.New(rand.NewPCG(w.Seed, 10+uint64(n))), first: 1000 * (n + 1)}
	s.dock = &fakeDock{store: newStore()}
	if files {
		s.dock = newFileDock(t)
	}
	for i := range w.Shared {
		s.dock.capture(t, work{contoso, "Dock"}, pkid(1+i))
	}
	s.capture(t)
	return s
}

func (s *station) capture(t *testing.T) {
	t.Helper()
	for _, w := range []work{{contoso, "Dock"}, {fabrikam, "Dock"}, {contoso, "Berlin"}} {
		for range s.draw.IntN(5) {
			s.dock.capture(t, w, pkid(s.first))
			s.first++
		}
	}
}

// work lives one life after the other until the calm, and then one that goes on
// until all is settled.
func (s *station) work(t *testing.T) {
	t.Helper()
	for time.Now().Before(s.calm) {
		s.live(t)
		<-time.After(time.Duration(s.draw.IntN(60_000)) * time.Millisecond)
		s.dock.restart(t)
		if s.lives < 4 {
			s.capture(t)
		}
	}
	<-time.After(time.Until(s.calm.Add(10 * time.Minute))) // the last trouble ends
	up := s.uploader(t, &mortal{Ledger: s.dock.ledger(), took: s.took})
	for range 5 { // a fault that was meant for somebody may strike late
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Hour)
		_, err := up.UntilSettled(ctx)
		cancel()
		if err != nil {
			t.Errorf("did not settle: %v, %+v", err, up.Status())
			return
		}
	}
}

// live is one life, which ends at a write, in a request, or any time.
func (s *station) live(t *testing.T) {
	t.Helper()
	s.lives++
	ctx, cancel := context.WithTimeout(t.Context(), time.Duration(1+s.draw.IntN(600))*time.Second)
	defer cancel()
	m := &mortal{Ledger: s.dock.ledger(), took: s.took, stop: cancel, late: s.draw.IntN(2) == 0}
	switch s.draw.IntN(4) {
	case 0:
		m.writes = 1 + s.draw.IntN(40)
	case 1:
		m.requests = 1 + s.draw.IntN(40)
	case 2:
		kill := time.AfterFunc(time.Duration(s.draw.IntN(300_000))*time.Millisecond, m.die)
		defer kill.Stop()
	}
	err := s.uploader(t, m).Run(ctx)
	if !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a life ended: %v", err)
	}
}

func (s *station) uploader(t *testing.T, m *mortal) *upload.Uploader {
	t.Helper()
	client, err := partnercenter.New(partnercenter.Options{
		BaseURL: "http://127.0.0.1:1", HTTPClient: &http.Client{Transport: mortalLine{s.server.RoundTripper(), m}},
		Token: func(context.Context) (string, error) {
			if s.signed.Load() {
				return "good", nil
			}
			if time.Now().Second()%2 == 0 {
				return "", errors.New("nobody is signed in")
			}
			return "withdrawn", nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return upload.New(upload.Options{Ledger: m, Registrar: client, BatchSize: s.Batch, RetryMax: time.Minute})
}

// check fails for every entry that is not registered, and registered by us.
func (s *station) check(t *testing.T) {
	t.Helper()
	for _, e := range s.dock.list(t) {
		if e.State != queue.Registered || e.Reason != "" {
			t.Errorf("%s of %s is %s %s %s", e.PKID.Masked(), e.Customer, e.State, e.Reason, e.Code)
		}
	}
}

// String is what was drawn.
func (w *world) String() string {
	return strings.Join([]string{
		fmt.Sprint("seed ", w.Seed), string(w.Again), string(w.Duplicate), fmt.Sprint("faults ", w.Faults), fmt.Sprint("lag ", w.Lag),
		fmt.Sprint("job ", w.JobTime), fmt.Sprint("kept ", w.JobLife), fmt.Sprint("batch ", w.Batch), fmt.Sprint("shared ", w.Shared), fmt.Sprint("files ", w.Files),
	}, ", ")
}
