package queue_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/queuetest"
)

// A story is an order as it really is: what was sent, what is on the pallets, and
// how the dock reads it. It knows nothing of how the queue reconciles.
type story struct {
	counter

	random *rand.Rand
	order  string
	with   bool // the labels have serials, and they are read
	sent   []int
	// serials are what is printed on the boxes, by device.
	serials map[int]string
	want    map[autopilot.PKID]queue.DeviceStatus
	ids     map[autopilot.PKID]string
}

func newStory(t *testing.T, seed uint64) *story {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 6))
	s := &story{
		counter: newCounter(t), random: random, order: fmt.Sprintf("BL-%d", seed), with: random.IntN(2) == 0,
		serials: map[int]string{}, want: map[autopilot.PKID]queue.DeviceStatus{}, ids: map[autopilot.PKID]string{},
	}
	for n := range 1 + random.IntN(40) {
		s.sent = append(s.sent, n)
		s.serials[n] = device(n).Serial
		s.want[queuetest.PKID(n)] = queue.Missing
	}
	return s
}

// swap has pairs of boxes that carry each other's serial.
func (s *story) swap() (swapped map[int]bool) {
	swapped = map[int]bool{}
	for at := 0; at+1 < len(s.sent); at += 2 {
		if s.with && s.random.IntN(12) == 0 {
			a, b := s.sent[at], s.sent[at+1]
			s.serials[a], s.serials[b] = s.serials[b], s.serials[a]
			swapped[a], swapped[b] = true, true
		}
	}
	return swapped
}

// scan reads one box, perhaps twice.
func (s *story) scan(n int) {
	w := order(s.order)
	for range 1 + s.random.IntN(5)/4 {
		if serial := s.serials[n]; s.with && serial != "" {
			s.both(w, n, serial, s.random.IntN(2) == 0)
		} else {
			s.pkid(w, n)
		}
	}
	for e, err := range s.q.List(s.Context(), queue.Filter{Text: string(queuetest.PKID(n))}) {
		s.must(err)
		s.ids[queuetest.PKID(n)] = e.ID
	}
}

// boxes are what is on the pallets, in any order: some are missing, some are not
// the order's.
func (s *story) boxes(swapped map[int]bool) []int {
	var all []int
	for _, n := range s.sent {
		if swapped[n] {
			s.want[queuetest.PKID(n)] = queue.Contradicted
			all = append(all, n)
			continue
		}
		if s.random.IntN(10) > 0 {
			s.want[queuetest.PKID(n)] = queue.Arrived
			all = append(all, n)
		}
	}
	for n := range s.random.IntN(3) {
		extra := 500 + n
		s.want[queuetest.PKID(extra)] = queue.Unexpected
		s.serials[extra] = fmt.Sprintf("FOREIGN-%d", n)
		all = append(all, extra)
	}
	s.random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// receive has the list come before, between or after the boxes.
func (s *story) receive() {
	boxes := s.boxes(s.swap())
	at := s.random.IntN(len(boxes) + 1)
	for i, n := range boxes {
		if i == at {
			s.announce(listOf(s.order, s.sent...))
		}
		s.scan(n)
	}
	if at == len(boxes) {
		s.announce(listOf(s.order, s.sent...))
	}
}

// report is the queue's own view.
func (s *story) report() queue.Reconciliation {
	s.Helper()
	r, err := s.q.Reconcile(s.Context(), s.order, contoso)
	s.must(err)
	return r
}

func (s *story) holds(r queue.Reconciliation) {
	s.Helper()
	got := map[autopilot.PKID]queue.DeviceStatus{}
	for _, d := range r.Devices {
		if _, twice := got[d.PKID]; twice {
			s.Errorf("%s is told twice", d.PKID)
		}
		got[d.PKID] = d.Status
	}
	counts := map[queue.DeviceStatus]int{}
	for pkid, want := range s.want {
		counts[want]++
		if got[pkid] != want {
			s.Errorf("%s is %s, in truth %s", pkid, got[pkid], want)
		}
	}
	if len(got) != len(s.want) {
		s.Errorf("%d devices, in truth %d", len(got), len(s.want))
	}
	if r.Arrived != counts[queue.Arrived] || r.Missing != counts[queue.Missing] || r.Conflicts != counts[queue.Contradicted] ||
		r.Unexpected != counts[queue.Unexpected] || r.Announced != len(s.sent) {
		s.Errorf("it counts %+v, in truth %v", r, counts)
	}
}

// register has Microsoft answer for what is ready, a few at a time, and looks each
// time whether the order may leave.
func (s *story) register() {
	s.Helper()
	for {
		ready := s.inState(queue.Ready)
		if len(ready) == 0 {
			return
		}
		ready = ready[:1+s.random.IntN(len(ready))]
		p := planner{s.T, s.q, ready}
		made := p.plan()
		p.attempt(made.ID)
		var outcomes []queue.Outcome
		for _, id := range made.Entries {
			outcomes = append(outcomes, queue.Outcome{Entry: id, Registered: true, DeviceID: "device-" + id})
		}
		if s.random.IntN(8) == 0 {
			outcomes[0] = queue.Outcome{Entry: outcomes[0].Entry, Code: "808"}
		}
		s.leaves()
		_, err := s.q.Settle(s.Context(), made.ID, outcomes)
		s.must(err)
		s.leaves()
	}
}

func (s *story) inState(state queue.State) (ids []string) {
	s.Helper()
	for e, err := range s.q.List(s.Context(), queue.Filter{States: []queue.State{state}}) {
		s.must(err)
		ids = append(ids, e.ID)
	}
	return ids
}

// leaves holds the word against what each device really is.
func (s *story) leaves() {
	s.Helper()
	may := true
	for _, n := range s.sent {
		pkid := queuetest.PKID(n)
		may = may && s.ids[pkid] != "" && s.entry(s.ids[pkid]).State == queue.Registered
	}
	for pkid, status := range s.want {
		if status == queue.Unexpected && s.ids[pkid] != "" {
			e := s.entry(s.ids[pkid])
			may = may && (e.State.Gone() || e.State == queue.Registered)
		}
	}
	if r := s.report(); r.MayLeave() != may {
		s.Errorf("may leave: %v, in truth %v: %+v", r.MayLeave(), may, r)
	}
}

// mend is the supervisor: foreign boxes are discarded, the others released or
// sent again, and what is missing comes after all.
func (s *story) mend() {
	s.Helper()
	act := queue.Act{By: "Léa", Reason: "looked at the box"}
	for pkid, status := range s.want {
		if status == queue.Unexpected && s.entry(s.ids[pkid]).State != queue.Registered { // else it was before the list
			s.must(s.q.Discard(s.Context(), []string{s.ids[pkid]}, act))
			delete(s.want, pkid)
		}
	}
	if held := s.inState(queue.Held); len(held) > 0 {
		s.must(s.q.Release(s.Context(), held, act))
	}
	for _, n := range s.sent {
		if s.want[queuetest.PKID(n)] == queue.Missing {
			s.scan(n)
		}
		s.want[queuetest.PKID(n)] = queue.Arrived
	}
	s.holds(s.report())
	s.register()
	for rejected := s.inState(queue.Rejected); len(rejected) > 0; rejected = s.inState(queue.Rejected) {
		s.must(s.q.Retry(s.Context(), rejected, act))
		s.register()
	}
}

// TestReconcileModel: of a thousand random orders with missing, extra, swapped and
// repeated boxes the report is the truth in every one, and none may leave while one
// of its devices is not registered.
func TestReconcileModel(t *testing.T) {
	t.Parallel()
	stories := uint64(8)
	if torture() {
		stories = 1000
	}
	left := 0
	for seed := range stories {
		if t.Failed() {
			t.Fatalf("seed %d", seed-1)
		}
		s := newStory(t, seed)
		s.receive()
		s.holds(s.report())
		s.leaves()
		s.register()
		s.mend()
		if s.report().MayLeave() {
			left++
		}
		s.must(s.q.Close())
	}
	if left != int(stories) {
		t.Errorf("%d of %d orders left in the end", left, stories)
	}
}

// TestWithoutAList: what is here is all there is, or as many as somebody counted.
func TestWithoutAList(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	for n := range 3 {
		c.pkid(order("BL-1"), n)
	}
	room := c.room(order("BL-1"))
	reconcile := func() queue.Reconciliation {
		r, err := c.q.Reconcile(t.Context(), "BL-1", contoso)
		c.must(err)
		return r
	}
	if r := reconcile(); r.Arrived != 3 || r.Unexpected != 0 || r.Due() != 3 || r.Open != 1 || r.MayLeave() {
		t.Errorf("%+v", r)
	}
	s := &story{counter: c, random: rand.New(rand.NewPCG(1, 1)), order: "BL-1"}
	p := planner{t, c.q, s.inState(queue.Ready)}
	p.settled(queue.Outcome{Registered: true, DeviceID: "d"})
	if r := reconcile(); r.MayLeave() {
		t.Error("it may leave while boxes still come")
	}
	_, err := c.q.SetExpected(t.Context(), room, 4, "Ana")
	c.must(err)
	if r := reconcile(); r.Due() != 4 || r.MayLeave() {
		t.Errorf("three of four: %+v", r)
	}
	_, err = c.q.SetExpected(t.Context(), room, 0, "Ana")
	c.must(err)
	_, err = c.q.CloseReception(t.Context(), room, "Ana")
	c.must(err)
	if r := reconcile(); !r.MayLeave() || len(r.Staying()) != 0 {
		t.Errorf("closed, and all are registered: %+v", r)
	}
	if r, err := c.q.Reconcile(t.Context(), "BL", contoso); err != nil || len(r.Devices) != 0 || r.MayLeave() {
		t.Errorf("an order that nobody knows: %+v, %v", r, err)
	}
}
