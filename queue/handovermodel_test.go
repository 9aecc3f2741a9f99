package queue_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// A fleet is three stations, the files that went between them, and what became of
// each box: a box is what was captured once, under one event UUID.
type fleet struct {
	rng      *rand.Rand
	folders  [3]string
	stations [3]*queue.Queue
	codes    [3]string
	files    []stick
	captured map[string]autopilot.PKID // event → PKID
	sent     map[string]int            // event → how often it was planned
	read     [3]map[string]bool        // handovers that a station has read
	ops      map[string]int
	n        int
	// forgetful is the control: stations that do not know what they took in.
	forgetful bool
}

// A stick is a file that was written, as often as it was.
type stick struct {
	id   string
	from int
	data []byte
}

func newFleet(t *testing.T, seed uint64) *fleet {
	t.Helper()
	f := &fleet{
		rng: rand.New(rand.NewPCG(seed, 41)), captured: map[string]autopilot.PKID{}, sent: map[string]int{}, ops: map[string]int{},
	}
	for i := range f.stations {
		f.folders[i], f.read[i] = t.TempDir(), map[string]bool{}
		must(t, f.start(i))
		code, err := f.stations[i].StationCode(t.Context())
		must(t, err)
		f.codes[i] = code
	}
	t.Cleanup(func() {
		for _, q := range f.stations {
			must(t, q.Close())
		}
	})
	return f
}

func (f *fleet) start(i int) (err error) {
	f.stations[i], err = queue.Open(f.folders[i], queue.Options{Station: fmt.Sprint("dock ", i), Segment: 32 << 10})
	return err
}

// step does one thing at one station.
func (f *fleet) step(ctx context.Context) error {
	i := f.rng.IntN(3)
	what := strings.Fields("capture capture capture capture hold release plan out out out again lost in in in in twice twice crash crash-out crash-in torn-out torn-in")
	op := what[f.rng.IntN(len(what))]
	f.ops[op]++
	switch op {
	case "capture":
		return f.capture(ctx, i)
	case "hold", "release":
		return f.review(ctx, i, op)
	case "plan":
		return f.plan(ctx, i)
	case "out":
		return f.out(ctx, i, true)
	case "crash-out": // the change is made and the file is not
		return errors.Join(f.out(ctx, i, false), f.crash(i))
	case "again":
		return f.again(ctx, i)
	case "lost":
		if len(f.files) > 0 {
			f.files = slices.Delete(f.files, 0, 1)
		}
		return nil
	case "in":
		return f.in(ctx, i)
	case "crash-in":
		return errors.Join(f.in(ctx, i), f.crash(i))
	case "torn-out":
		return f.torn(ctx, i, func() error { return f.out(ctx, i, false) })
	case "torn-in":
		return f.torn(ctx, i, func() error { return f.in(ctx, i) })
	case "twice":
		return errors.Join(f.in(ctx, i), f.in(ctx, (i+1)%3), f.in(ctx, i))
	default:
		return f.crash(i)
	}
}

// crash lets a station go as a killed process does, and starts it anew.
func (f *fleet) crash(i int) error {
	queue.Abandon(f.stations[i])
	return f.start(i)
}

func (f *fleet) capture(ctx context.Context, i int) error {
	q := f.stations[i]
	r, err := q.OpenReception(ctx, works()[f.rng.IntN(len(works()))], "Ana")
	if err != nil {
		return err
	}
	f.n++
	id := fmt.Sprintf("event-%06d", f.n)
	p := pkid(f.rng.IntN(12)) // few enough to meet again at another station
	v, err := q.Capture(ctx, queue.Capture{ID: id, Reception: r.ID, PKID: p, By: "Ana", Read: queue.Read{Text: string(p)}})
	if err == nil && v.Entry.ID == id {
		f.captured[id] = p
	}
	return err
}

func (f *fleet) some(ctx context.Context, i int, states ...queue.State) (ids []string, err error) {
	for e, err := range f.stations[i].List(ctx, queue.Filter{States: states}) {
		if err != nil {
			return nil, err
		}
		if f.rng.IntN(2) == 0 {
			ids = append(ids, e.ID)
		}
	}
	return ids, nil
}

func (f *fleet) review(ctx context.Context, i int, op string) error {
	from, do := queue.Ready, f.stations[i].Hold
	if op == "release" {
		from, do = queue.Held, f.stations[i].Release
	}
	ids, err := f.some(ctx, i, from)
	for _, id := range ids {
		if do(ctx, []string{id}, queue.Act{By: "Léa"}) == nil && f.rng.IntN(3) == 0 {
			break
		}
	}
	return err
}

// plan has the uploader take what is ready, and notes that it was sent.
func (f *fleet) plan(ctx context.Context, i int) error {
	q := f.stations[i]
	ids, err := f.some(ctx, i, queue.Ready)
	if err != nil || len(ids) == 0 {
		return err
	}
	first, err := q.Entry(ctx, ids[0])
	if err != nil {
		return err
	}
	p, err := q.Plan(ctx, first.Customer, first.GroupTag, ids)
	if err != nil {
		return err
	}
	for _, id := range p.Entries {
		e, err := q.Entry(ctx, id)
		if err != nil {
			return err
		}
		f.sent[eventOf(e)]++
	}
	return nil
}

// out hands some of what a station has over to another one.
func (f *fleet) out(ctx context.Context, i int, written bool) error {
	q, to := f.stations[i], f.codes[(i+1+f.rng.IntN(2))%3]
	d := queue.Departure{To: to}
	var err error
	if f.rng.IntN(2) == 0 {
		d.Filter.Order = "BL-2"
	} else if d.Entries, err = f.some(ctx, i, queue.Held, queue.Ready); err != nil || len(d.Entries) == 0 {
		return err
	}
	h, err := q.HandOver(ctx, d, queue.Act{By: "Léa"})
	if errors.Is(err, queue.ErrNothingHandedOver) {
		return nil
	}
	if err != nil || !written {
		return err
	}
	return f.write(ctx, i, h.ID)
}

func (f *fleet) write(ctx context.Context, i int, id string) error {
	_, data, err := f.stations[i].HandoverFile(ctx, id)
	f.files = append(f.files, stick{id, i, data})
	return err
}

// again writes the file of any handover that went out, however long ago.
func (f *fleet) again(ctx context.Context, i int) error {
	all, err := f.stations[i].Handovers(ctx)
	all = slices.DeleteFunc(all, func(h queue.Handover) bool { return h.Way != queue.HandoverOut })
	if err != nil || len(all) == 0 {
		return err
	}
	return f.write(ctx, i, all[f.rng.IntN(len(all))].ID)
}

// in reads any file at a station, be it for that one or not.
func (f *fleet) in(ctx context.Context, i int) error {
	if len(f.files) == 0 {
		return nil
	}
	s := f.files[f.rng.IntN(len(f.files))]
	data := s.data
	if f.forgetful {
		var err error
		if data, err = queue.AsAnother(data); err != nil {
			return err
		}
	}
	h, again, err := f.stations[i].TakeIn(ctx, data, queue.Act{By: "Zoé"})
	if refused, ok := errors.AsType[*queue.HandoverError](err); ok {
		if refused.Fault != queue.FaultStation && refused.Fault != queue.FaultOwn {
			return err
		}
		f.ops["refused"]++
		return nil
	}
	if err == nil && again != f.read[i][s.id] && !f.forgetful {
		return fmt.Errorf("station %d read %s before: %v, it says %v", i, s.id, f.read[i][s.id], again)
	}
	f.read[i][s.id] = true
	if again {
		f.ops["repeated"]++
	} else {
		f.ops["taken"] += h.Taken
		f.ops["seen"] += h.Seen
	}
	return err
}

// eventOf is the event UUID that a box was captured under, wherever it is now.
func eventOf(e queue.Entry) string { return e.Reads[0].Event }

// holds: each box has one owner that may send it, or is visibly moved and on its
// way; none was sent twice, and no station would send a PKID twice.
func (f *fleet) holds(ctx context.Context) error {
	owners, moved := map[string][]string{}, map[string]int{}
	for i, q := range f.stations {
		past := map[autopilot.PKID]string{}
		for e, err := range q.List(ctx, queue.Filter{}) {
			if err != nil {
				return err
			}
			if e.State == queue.Moved {
				moved[eventOf(e)]++
				continue
			}
			owners[eventOf(e)] = append(owners[eventOf(e)], fmt.Sprintf("%d (%s)", i, e.State))
			if e.State == queue.Held || e.State.Gone() {
				continue
			}
			if past[e.PKID] != "" {
				return fmt.Errorf("station %d: %s and %s would both be sent", i, past[e.PKID], e.ID)
			}
			past[e.PKID] = e.ID
		}
	}
	for id := range f.captured {
		if n := len(owners[id]); n > 1 || n == 0 && moved[id] == 0 {
			return fmt.Errorf("%s has the owners %v and is moved %d times", id, owners[id], moved[id])
		}
		if f.sent[id] > 1 {
			return fmt.Errorf("%s was sent %d times", id, f.sent[id])
		}
	}
	return nil
}

// ends has every file written and read once more, so that nothing is on its way,
// and looks at all that the stations have.
func (f *fleet) ends(ctx context.Context) error {
	for i, q := range f.stations {
		all, err := q.Handovers(ctx)
		if err != nil {
			return err
		}
		for _, h := range all {
			if h.Way != queue.HandoverOut {
				continue
			}
			_, data, err := q.HandoverFile(ctx, h.ID)
			if err != nil {
				return err
			}
			to := slices.Index(f.codes[:], h.To)
			if _, _, err := f.stations[to].TakeIn(ctx, data, queue.Act{By: "Zoé"}); err != nil {
				return fmt.Errorf("%s from %d to %d: %w", h.ID, i, to, err)
			}
		}
	}
	owned := map[string]bool{}
	for i, q := range f.stations {
		if wrong, err := q.Check(ctx); err != nil || len(wrong) > 0 {
			return fmt.Errorf("station %d: %v %w", i, wrong, err)
		}
		for e, err := range q.List(ctx, queue.Filter{}) {
			if err != nil {
				return err
			}
			owned[eventOf(e)] = owned[eventOf(e)] || e.State != queue.Moved
		}
	}
	for id := range f.captured {
		if !owned[id] {
			return fmt.Errorf("every file was read, and %s has no owner", id)
		}
	}
	return f.holds(ctx)
}

// runs plays a fleet for so many steps.
func (f *fleet) runs(ctx context.Context, steps int) error {
	for n := range steps {
		if err := f.step(ctx); err != nil {
			return fmt.Errorf("step %d: %w", n, err)
		}
		if err := f.holds(ctx); err != nil {
			return fmt.Errorf("after step %d: %w", n, err)
		}
	}
	return f.ends(ctx)
}
