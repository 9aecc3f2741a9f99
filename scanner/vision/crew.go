package vision

import (
	"context"
	"slices"
	"sync"
)

// A job looks at one part of a frame, beside others that look at theirs.
type job struct {
	// long jobs are begun first: a crew that ends together ends sooner.
	long bool
	look func(*work) []find
	// moot, if set, says that there is nothing to look for beside what was found
	// before.
	moot func(found []find) bool
	// undo, if set, takes back what looking has left beside its finds: one worker
	// alone would not have looked.
	undo func()
}

func (j job) needed(found []find) bool { return j.moot == nil || !j.moot(found) }

// A crew is the workers of one picture, each with buffers of its own. What they
// find is what one of them alone would have found, in the same order: also where
// the budget of work ends, which it does at the same job and in the midst of it.
type crew struct {
	workers []*work
	bars    *barsStage // of the picture that was read last.
}

func newCrew(ctx context.Context, size int) *crew {
	c := &crew{}
	for range size {
		c.workers = append(c.workers, newWork(ctx))
	}
	return c
}

// done leaves the crew's buffers to the next picture.
func (c *crew) done() {
	for _, w := range c.workers {
		w.done()
	}
}

// alone is a crew of one worker, for what is a job itself.
func (w *work) alone() *crew { return &crew{workers: []*work{w}} }

// again readies a crew for the next picture of a camera.
func (c *crew) again(ctx context.Context, p *past) {
	for _, w := range c.workers {
		w.ctx, w.left, w.past = ctx, maxWork, p //nolint:fatcontext // the same for each worker
		w.release(0, 0)
	}
	c.bars = &barsStage{}
}

// lead is the worker that does what is not shared out. Its budget is the crew's.
func (c *crew) lead() *work { return c.workers[0] }

// A sharing does n things, in no order that counts.
type sharing func(n int, do func(i int))

// share is the sharing among a crew.
func (c *crew) share(n int, do func(i int)) { c.at(n, func(_ *work, i int) { do(i) }) }

// inTurn is the sharing of who is alone.
func inTurn(n int, do func(i int)) {
	for i := range n {
		do(i)
	}
}

// run does the jobs, after those that found what is given, and gives what each
// found.
func (c *crew) run(jobs []job, found []find) [][]find {
	if len(c.workers) == 1 || len(jobs) < 2 {
		return c.alone(jobs, found)
	}
	s := newShift(c, jobs)
	s.before, s.known = found, slices.Clone(found)
	c.at(2*len(jobs), func(w *work, i int) {
		if i < len(jobs) {
			s.one(w)
		} else {
			s.late(w, i-len(jobs))
		}
	})
	return s.settle()
}

// alone does the jobs one after the other.
func (c *crew) alone(jobs []job, before []find) [][]find {
	found := make([][]find, len(jobs))
	before = slices.Clone(before)
	for i, j := range jobs {
		if c.lead().spent() {
			break
		}
		if j.needed(before) {
			found[i] = j.look(c.lead())
			before = append(before, found[i]...)
		}
	}
	return found
}

// at has the workers do n things. A panic in one of them is the caller's, as if
// it had done all itself.
func (c *crew) at(n int, do func(w *work, i int)) {
	var (
		group sync.WaitGroup
		mu    sync.Mutex
		next  int
		fault any
	)
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		next++
		return next - 1, next <= n && fault == nil
	}
	member := func(w *work) {
		defer func() {
			if v := recover(); v != nil {
				mu.Lock()
				defer mu.Unlock()
				fault = v
			}
		}()
		for i, ok := take(); ok; i, ok = take() {
			do(w, i)
		}
	}
	for _, w := range c.workers[1:min(len(c.workers), max(n, 1))] {
		group.Go(func() { member(w) })
	}
	member(c.lead())
	group.Wait()
	if fault != nil {
		panic(fault)
	}
}

// A shift is a list of jobs while a crew is at it.
type shift struct {
	crew  *crew
	jobs  []job
	order []int // the long ones first.
	left  int   // the budget at its beginning.

	before []find // what was found until then.

	mu    sync.Mutex
	known []find // and since, by whichever job.
	begun int    // of order.
	cost  []int
	found [][]find
	moot  []bool // passed over for what was known.
	done  []bool
}

func newShift(c *crew, jobs []job) *shift {
	n := len(jobs)
	s := &shift{crew: c, jobs: jobs, left: c.lead().left, cost: make([]int, n), found: make([][]find, n), moot: make([]bool, n), done: make([]bool, n)}
	for i := range jobs {
		s.order = append(s.order, i)
	}
	slices.SortStableFunc(s.order, func(a, b int) int { return rank(jobs[a]) - rank(jobs[b]) })
	return s
}

func rank(j job) int {
	if j.long {
		return 0
	}
	return 1
}

// one does the next job, unless those before it have used up the budget or what is
// known by now makes it moot.
func (s *shift) one(w *work) {
	s.mu.Lock()
	i := s.order[s.begun]
	s.begun++
	budget, needed := s.budget(i), s.jobs[i].needed(s.known)
	s.moot[i] = !needed
	s.mu.Unlock()
	if needed {
		s.look(w, i, budget)
	}
}

// late does job i where only what jobs after it found has made it moot: one worker
// alone would have done it.
func (s *shift) late(w *work, i int) {
	s.mu.Lock()
	budget, needed := s.budget(i), s.moot[i] && s.jobs[i].needed(slices.Concat(s.before, slices.Concat(s.found[:i]...)))
	s.moot[i] = false
	s.mu.Unlock()
	if needed {
		s.look(w, i, budget)
	}
}

// look does job i, if the budget allows.
func (s *shift) look(w *work, i, budget int) {
	if w.left = budget; w.spent() {
		return
	}
	found := s.jobs[i].look(w)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known = append(s.known, found...)
	s.found[i], s.cost[i], s.done[i] = found, budget-w.left, w.ctx.Err() == nil || len(found) > 0
}

// budget is the most that may be left for job i.
func (s *shift) budget(i int) int {
	left := s.left
	for before, cost := range s.cost[:i] {
		if s.done[before] {
			left -= cost
		}
	}
	return left
}

// settle goes through the jobs in their order. One that a worker alone would
// have broken off for want of budget is done again with what would have been left.
func (s *shift) settle() [][]find {
	lead, before := s.crew.lead(), slices.Clone(s.before)
	lead.left = s.left
	for i, j := range s.jobs {
		switch {
		case lead.ctx.Err() != nil:
			continue // what was found until then.
		case lead.left <= 0, !j.needed(before):
			s.found[i] = nil
			if j.undo != nil {
				j.undo()
			}
		case s.done[i] && s.cost[i] < lead.left:
			lead.left -= s.cost[i]
		default:
			s.found[i] = j.look(lead)
		}
		before = append(before, s.found[i]...)
	}
	return s.found
}
