package queue_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// An op is one call of a script. Its numbers pick what there is, whatever
// there is, so that a script with lines taken out is still a script.
type op struct {
	what    string
	a, b, c int
}

func (o op) String() string { return fmt.Sprintf("{%q, %d, %d, %d},", o.what, o.a, o.b, o.c) }

// atTheDock and afterwards are what scripts are made of: half of them is mostly
// what happens before a box is sent, the other half what happens after.
const (
	atTheDock = "open close capture capture capture doubtful capture-into serial serial-into serial-into model-into doubtful-into again " +
		"confirm confirm strike strike doubt unreadable unreadable-into " +
		"release release release2 hold discard retry assign assign undo undo-any plan plan3 plan3 attempt submit submit settle settle settle withdraw replan note day give-up2 export"
	afterwards = "open close capture capture capture capture capture release release retry discard assign2 assign2 assign2 plan plan3 plan3 plan3 " +
		"attempt attempt submit settle settle settle settle settle settle settle withdraw replan replan note note note note day day give-up give-up give-up give-up2 give-up2 give-up2 export export " +
		"remove remove2 remove2 remove2 remove2 remove-site ask ask ask yes yes yes wait wait wait gone gone gone-site again-removal again-removal again-removal anew-removal anew-removal due confirm-export confirm-export2 " +
		"tuple want want profiled profiled relist relist"
)

func randomOps(rng *rand.Rand, n int) []op {
	words := strings.Fields([]string{atTheDock, afterwards}[rng.IntN(2)])
	ops := []op{{"open", 0, 0, 0}}
	for len(ops) < n {
		ops = append(ops, op{words[rng.IntN(len(words))], rng.IntN(60), rng.IntN(60), rng.IntN(60)})
	}
	return ops
}

// A twin runs each op on a queue and on the oracle and compares.
type twin struct {
	q     *queue.Queue
	o     *oracle
	rooms []string // reception IDs, in the order they were opened
	made  int
	again op
	clock *clock
}

func works() []queue.Work {
	return []queue.Work{
		{Customer: contoso, GroupTag: "TAG"}, {Customer: fabrik, GroupTag: "TAG"}, {}, {Customer: contoso, GroupTag: "TAG", Order: "BL-2"},
	}
}

func modelPKID(n int) autopilot.PKID { return autopilot.PKID(fmt.Sprintf("330512345678%d", n%6)) }

// play runs a script in a queue of its own and says where it went wrong.
func play(ctx context.Context, folder string, ops []op, reached *sync.Map) (err error) {
	c := &clock{}
	c.set(noon())
	q, err := queue.Open(folder, queue.Options{Station: "dock 1", Now: c.now})
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, q.Close()); err == nil {
			err = rebuiltAlike(folder)
		}
	}()
	if err := q.SetCustomer(ctx, queue.CustomerSetting{ID: contoso, Profile: "p1", ProfileName: "Standard"}, queue.Act{}); err != nil {
		return err
	}
	w := twin{q: q, clock: c, o: &oracle{lines: map[string]int{}, rooms: map[string]room{}}}
	for i, o := range ops {
		if err := w.step(ctx, o); err != nil {
			return fmt.Errorf("op %d, %v: %w", i, o, err)
		}
		for _, b := range w.o.boxes {
			if reached != nil {
				reached.Store(b.State, true)
			}
		}
	}
	if wrong, err := q.Check(ctx); err != nil || len(wrong) > 0 {
		return fmt.Errorf("check: %v %w", wrong, err)
	}
	return w.histories(ctx)
}

func (w *twin) step(ctx context.Context, o op) error {
	before := w.o.clone()
	got, want, err := w.do(ctx, o)
	if err != nil {
		return err
	}
	if want.Error != "" {
		w.o = before // all or none
	}
	if diff := cmp.Diff(want, got); diff != "" {
		return fmt.Errorf("the answer (-contract +queue):\n%s", diff)
	}
	return w.compare(ctx)
}

func (w *twin) compare(ctx context.Context) error {
	var got []box
	past, states := map[autopilot.PKID]string{}, map[queue.State]int{}
	for e, err := range w.q.List(ctx, queue.Filter{}) {
		if err != nil {
			return err
		}
		b := boxOf(e)
		got = append(got, b)
		states[b.State]++
		if first, twice := past[b.PKID]; twice && b.PKID != "" && b.past() {
			return fmt.Errorf("%s and %s of one PKID are past held", first, b.ID)
		}
		if b.past() {
			past[b.PKID] = b.ID
		}
	}
	if diff := cmp.Diff(w.o.boxes, got); diff != "" {
		return fmt.Errorf("the boxes (-contract +queue):\n%s", diff)
	}
	counts, err := w.q.Counts(ctx)
	if want := countOf(states); counts != want {
		return fmt.Errorf("counts %+v, listed %+v", counts, want)
	}
	return errors.Join(err, w.comparePlans(ctx), w.compareRemovals(ctx), w.compareMarks(ctx), w.compareReady(ctx), w.compareTallies(ctx))
}

// compareTallies holds what the dock counts against the orders gone through.
func (w *twin) compareTallies(ctx context.Context) error {
	open, err := w.q.OpenReceptions(ctx)
	if err != nil {
		return err
	}
	for _, r := range open {
		got, err := w.q.Tally(ctx, r.ID)
		if err != nil {
			return err
		}
		if want, err := queue.TallyGoneThrough(ctx, w.q, r); err != nil || got != want && r.Order != "" {
			return fmt.Errorf("the dock counts %+v of %q, there are %+v, %w", got, r.Order, want, err)
		}
	}
	return nil
}

// compareReady holds what the queue remembers of what is ready against the entries.
func (w *twin) compareReady(ctx context.Context) error {
	groups, err := w.q.Ready(ctx)
	if err != nil {
		return err
	}
	work, err := w.q.ReadyWork(ctx, time.Unix(1<<40, 0), 0)
	if err != nil {
		return err
	}
	var want, got []string
	for _, g := range groups {
		for _, e := range g.Entries {
			if e.ToSend().Identified() {
				want = append(want, fmt.Sprint(g.Customer, g.Tag, e.Seq))
			}
		}
	}
	for _, w := range work {
		for _, seq := range w.Due {
			got = append(got, fmt.Sprint(w.Customer, w.Tag, seq))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		return fmt.Errorf("what is ready (-the entries +remembered):\n%s", diff)
	}
	return nil
}

func countOf(n map[queue.State]int) queue.Counts {
	return queue.Counts{
		Held: n["held"], Ready: n["ready"], Planned: n["planned"], Submitted: n["submitted"], Registered: n["registered"],
		Rejected: n["rejected"], Exported: n["exported"], Removing: n["removing"], Removed: n["removed"], Moved: n["moved"], Discarded: n["discarded"],
	}
}

func (w *twin) comparePlans(ctx context.Context) error {
	open, err := w.q.OpenPlans(ctx)
	if err != nil {
		return err
	}
	var got, want []string
	for _, p := range open {
		got = append(got, fmt.Sprint(p.ID, p.Customer, p.Entries, p.State, p.Attempt, p.Again, p.Open))
	}
	for _, p := range w.o.plans {
		if p.state == queue.PlanPlanned || p.state == queue.PlanSubmitted {
			n := len(w.o.in(p, queue.Planned, queue.Submitted))
			want = append(want, fmt.Sprint(p.id, p.customer, p.entries, p.state, p.attempt, p.again, n))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		return fmt.Errorf("the open plans (-contract +queue):\n%s", diff)
	}
	return nil
}

// histories: each change left exactly one line, with an actor, and the lines
// lead along the ways of the contract to where the box stands.
func (w *twin) histories(ctx context.Context) error {
	ways := "held>ready held>discarded ready>held ready>planned ready>exported ready>discarded planned>submitted planned>ready " +
		"submitted>registered submitted>rejected rejected>ready rejected>discarded exported>registered exported>rejected " +
		"registered>removing removing>removed"
	for _, b := range w.o.boxes {
		lines, err := w.q.History(ctx, b.ID)
		if err != nil || len(lines) != w.o.lines[b.ID] {
			return fmt.Errorf("%s has %d lines, want %d, %w", b.ID, len(lines), w.o.lines[b.ID], err)
		}
		at := queue.State("")
		for _, l := range lines {
			way := string(l.From) + ">" + string(l.To)
			if l.By == "" || l.From != at || l.From != "" && l.From != l.To && !slices.Contains(strings.Fields(ways), way) {
				return fmt.Errorf("%s: line %d by %q goes %s", b.ID, l.Number, l.By, way)
			}
			at = l.To
		}
		if at != b.State {
			return fmt.Errorf("%s is %s, its history ends %s", b.ID, b.State, at)
		}
	}
	return nil
}

// shrink takes lines out of a failing script while it still fails.
func shrink(t *testing.T, ops []op) (least []op, why error) {
	t.Helper()
	fails := func(ops []op) error { return play(t.Context(), t.TempDir(), ops, nil) }
	least, why = ops, fails(ops)
	for size := len(ops) / 2; size > 0; size /= 2 {
		for at := 0; at+size <= len(least); {
			shorter := slices.Delete(slices.Clone(least), at, at+size)
			if err := fails(shorter); err != nil {
				least, why = shorter, err
			} else {
				at += size
			}
		}
	}
	return least, why
}

// TestPrinciple3AgainstTheContract runs thousands of random calls on the queue and on an
// oracle made from the contract. A difference is printed as a short script.
func TestPrinciple3AgainstTheContract(t *testing.T) {
	t.Parallel()
	runs := 24
	var reached sync.Map
	t.Cleanup(func() {
		for s := range strings.FieldsSeq("held ready planned submitted registered rejected exported discarded removing removed") {
			if _, ok := reached.Load(queue.State(s)); !ok {
				t.Errorf("no run ever reached %s", s)
			}
		}
	})
	if torture() {
		runs = 1000
	}
	for run := range runs {
		t.Run(fmt.Sprint(run), func(t *testing.T) {
			t.Parallel()
			ops := randomOps(rand.New(rand.NewPCG(7, uint64(run))), 200)
			if err := play(t.Context(), t.TempDir(), ops, &reached); err != nil {
				least, why := shrink(t, ops)
				t.Errorf("%v\nthe shortest script:\n%v", why, least)
			}
		})
	}
}
