package queue_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pkidstation/queue"
)

// do makes one call on both sides.
func (w *twin) do(ctx context.Context, o op) (got, want answer, err error) {
	switch o.what {
	case "open", "close":
		return answer{}, answer{}, w.reception(ctx, o)
	case "again":
		o, w.made = w.again, w.made-1 // the same event UUID
		if o.what == "" {
			w.made++
			return answer{}, answer{}, nil
		}
	}
	if len(w.rooms) == 0 {
		return answer{}, answer{}, nil
	}
	kind, into := strings.CutSuffix(o.what, "-into")
	switch kind {
	case "capture", "doubtful", "serial", "model", "unreadable":
		w.again = o
		got, want = w.scan(ctx, o, kind, into)
	case "confirm", "strike", "doubt":
		got, want = w.answer(ctx, o)
	case "undo", "undo-any":
		got, want = w.undo(ctx, o)
	case "ask", "yes", "wait", "gone", "gone-site", "again-removal", "anew-removal":
		got, want = w.takeBack(ctx, o)
	case "due", "confirm-export", "confirm-export2", "profiled", "relist":
		got, want = w.later(ctx, o, kind)
	case "day":
		w.clock.set(w.clock.now().Add(25 * time.Hour))
		w.o.day()
	case "plan", "plan3", "attempt", "submit", "settle", "withdraw", "replan", "note":
		got, want = w.upload(ctx, o)
	default:
		got, want = w.review(ctx, o)
	}
	return got, want, nil
}

func (w *twin) reception(ctx context.Context, o op) error {
	work := works()[o.a%len(works())]
	if o.what == "open" {
		r, err := w.q.OpenReception(ctx, work, "Ana")
		known, ok := w.o.rooms[r.ID]
		if err != nil || ok && (known.closed || known.work != work) {
			return fmt.Errorf("opening gave %+v, %w", r, err)
		}
		for id, other := range w.o.rooms {
			if !ok && other.work == work && !other.closed {
				return fmt.Errorf("a second reception is open for the work of %s", id)
			}
		}
		if !ok {
			w.o.rooms[r.ID] = room{work: work}
			w.rooms = append(w.rooms, r.ID)
		}
		return nil
	}
	if len(w.rooms) == 0 {
		return nil
	}
	id := w.rooms[o.a%len(w.rooms)]
	r, err := w.q.CloseReception(ctx, id, "Ana")
	known := w.o.rooms[id]
	known.closed = true
	w.o.rooms[id] = known
	if err != nil || r.Open() || r.Boxes != known.boxes {
		return fmt.Errorf("closing gave %+v, %w", r, err)
	}
	return nil
}

// scan reads a code. Most into-scans go into the newest box, as at the dock.
func (w *twin) scan(ctx context.Context, o op, kind string, joins bool) (got, want answer) {
	w.made++
	id, reception, into := fmt.Sprintf("e%03d", w.made), w.rooms[o.b%len(w.rooms)], ""
	if n := len(w.o.boxes); joins && n > 0 {
		into = w.o.boxes[max(0, n-1-o.c%3)].ID
		reception = w.o.boxes[max(0, n-1-o.c%3)].Reception
	}
	read := queue.Read{Text: o.String(), Source: "script"}
	if kind == "unreadable" {
		b := queue.Illegible{ID: id, Reception: reception, Into: into, Read: read, By: "Ana"}
		v, err := w.q.KeepUnreadable(ctx, b)
		return told(v, err), w.o.unreadable(b)
	}
	if kind == "serial" || kind == "model" || kind == "doubtful" && joins {
		p := queue.Part{ID: id, Reception: reception, Into: into, Read: read, By: "Ana"}
		if kind == "model" {
			p.Model = fmt.Sprint("M", o.a%3)
		} else {
			p.Serial = fmt.Sprint("S", o.a%5)
		}
		if kind == "doubtful" {
			p.Doubt = queue.Conflict
		}
		v, err := w.q.Attach(ctx, p)
		return told(v, err), w.o.attach(p)
	}
	c := queue.Capture{ID: id, Reception: reception, Into: into, PKID: modelPKID(o.a), Read: read, By: "Ana"}
	if kind == "doubtful" {
		c.Hold = queue.CouldBeGTIN
	}
	v, err := w.q.Capture(ctx, c)
	return told(v, err), w.o.capture(c)
}

func told(v queue.Verdict, err error) answer {
	if err != nil {
		return failed(wordOf(err))
	}
	return answer{Word: v.Word, Reason: v.Reason, ID: v.Entry.ID}
}

func wordOf(err error) string {
	if isWay(err) {
		return "way"
	}
	if _, ok := errors.AsType[*queue.TooSoonError](err); ok {
		return "too-soon"
	}
	if _, ok := errors.AsType[*queue.ClaimedError](err); ok {
		return "claimed"
	}
	for word, known := range map[string]error{
		"closed": queue.ErrReceptionClosed, "no-customer": queue.ErrNoCustomer, "no-identity": queue.ErrNoIdentity, "sent": queue.ErrSent,
		"question": queue.ErrNoQuestion, "not-ours": queue.ErrNotOurs, "tuple": queue.ErrNoTuple,
		"nothing": queue.ErrNothingToUndo, "nothing-ready": queue.ErrNothingReady, "moved": queue.ErrPlanMoved,
	} {
		if errors.Is(err, known) {
			return word
		}
	}
	return err.Error()
}

func (w *twin) undo(ctx context.Context, o op) (got, want answer) {
	reception := ""
	if o.what == "undo" {
		reception = w.rooms[o.a%len(w.rooms)]
	}
	e, err := w.q.Undo(ctx, reception, queue.Act{By: "Ana"})
	got = answer{ID: e.ID}
	if err != nil {
		got = failed(wordOf(err))
	}
	return got, w.o.undo(reception)
}

// some are up to n boxes, the newest more often than others.
func (w *twin) some(o op, n int) (ids []string) {
	for i := range min(n, len(w.o.boxes)) {
		at := []int{o.a, o.b, o.c}[i] % len(w.o.boxes)
		ids = append(ids, w.o.boxes[len(w.o.boxes)-1-at].ID)
	}
	return ids
}

// apt are up to n boxes that stand where the call takes them from, if there are
// any, and now and then any others.
func (w *twin) apt(o op, n int, states ...queue.State) (ids []string) {
	for _, b := range w.o.boxes {
		if slices.Contains(states, b.State) {
			ids = append(ids, b.ID)
		}
	}
	if len(ids) == 0 || o.c%4 == 0 {
		return w.some(o, n)
	}
	at := o.a % len(ids)
	return append(slices.Clone(ids[at:]), ids[:at]...)[:min(n, len(ids))]
}

// from is where a person's call takes boxes from.
func from(what string) []queue.State {
	return map[string][]queue.State{
		"release": {queue.Held}, "hold": {queue.Ready}, "discard": {queue.Held, queue.Ready, queue.Rejected}, "export": {queue.Ready},
		"retry": {queue.Rejected}, "tuple": {queue.Rejected}, "want": {queue.Registered}, "remove": {queue.Registered},
		"give-up": {queue.Planned, queue.Submitted}, "remove-site": {queue.Registered}, "assign": {queue.Held, queue.Ready, queue.Removed}, "confirm-export": {queue.Exported},
	}[what]
}

func (w *twin) review(ctx context.Context, o op) (got, want answer) {
	what, two := strings.CutSuffix(o.what, "2")
	ids := w.apt(o, 1, from(what)...)
	if two {
		ids = w.apt(o, 2, from(what)...)
	}
	customer, act := works()[o.b%2].Customer, queue.Act{By: "Léa", Reason: "checked"}
	var err error
	switch what {
	case "release":
		err = w.q.Release(ctx, ids, act)
	case "hold":
		err = w.q.Hold(ctx, ids, act)
	case "discard":
		err = w.q.Discard(ctx, ids, act)
	case "retry":
		err = w.q.Retry(ctx, ids, act)
	case "give-up":
		err = w.q.GiveUp(ctx, ids, act)
	case "export":
		err = w.q.Exported(ctx, ids, "file.csv", act)
	case "remove", "remove-site":
		_, err = w.q.Remove(ctx, ids, what == "remove-site", act)
	case "tuple":
		err = w.q.RetryByTuple(ctx, ids, act)
	case "want":
		err = w.q.WantProfile(ctx, ids, "p2", "Kiosk", act)
	default:
		err = w.q.Assign(ctx, ids, customer, "TAG", act)
	}
	if err != nil {
		got = failed(wordOf(err))
	}
	return got, w.o.review(what, ids, customer, w.fresh(ctx))
}

// fresh are the boxes that the contract does not know of yet, oldest first.
func (w *twin) fresh(ctx context.Context) (ids []string) {
	for e, err := range w.q.List(ctx, queue.Filter{}) {
		if err == nil && e.From != "" && w.o.find(e.ID) == nil {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

func (w *twin) upload(ctx context.Context, o op) (got, want answer) {
	if strings.HasPrefix(o.what, "plan") {
		ids, customer := w.apt(o, 1, queue.Ready), works()[o.b%2].Customer
		if o.what == "plan3" {
			ids = w.apt(o, 3, queue.Ready)
		}
		p, err := w.q.Plan(ctx, customer, "TAG", ids)
		return planned(p, err), w.o.plan(customer, unique(ids), false)
	}
	if len(w.o.plans) == 0 {
		return answer{}, answer{}
	}
	n := len(w.o.plans) - 1 - o.a%min(4, len(w.o.plans))
	if o.what == "note" {
		return w.note(ctx, o)
	}
	return w.advance(ctx, o, w.o.plans[n]), w.o.advance(o.what, n, endings()[o.b%4])
}

func (w *twin) advance(ctx context.Context, o op, p upload) answer {
	next, err := queue.Plan{ID: p.id}, error(nil)
	switch o.what {
	case "attempt":
		next, err = w.q.Attempt(ctx, p.id, queue.Attempt{RequestID: "request"})
	case "submit":
		next, err = w.q.Submitted(ctx, p.id, "job-"+p.id)
	case "settle":
		next, err = w.q.Settle(ctx, p.id, w.outcomes(p, endings()[o.b%4]))
	case "withdraw":
		err = w.q.Withdraw(ctx, p.id, queue.Offline)
	case "replan":
		next, err = w.q.Replan(ctx, p.id)
	}
	return planned(next, err)
}

// note writes on an open plan why it waits.
func (w *twin) note(ctx context.Context, o op) (got, want answer) {
	var open []int
	for n, p := range w.o.plans {
		if p.state == queue.PlanPlanned && (p.attempt > 0 || p.rest) || p.state == queue.PlanSubmitted {
			open = append(open, n)
		}
	}
	if len(open) == 0 {
		return answer{}, answer{}
	}
	p := &w.o.plans[open[o.a%len(open)]]
	*p = p.noted([]queue.Reason{queue.NoOutcome, queue.Refused, queue.NoOutcome, queue.NoOutcome, queue.Offline, ""}[o.b%6])
	return planned(queue.Plan{ID: p.id}, w.q.Note(ctx, p.id, p.note)), answer{ID: p.id}
}

// outcomes tell of the first open box of the plan.
func (w *twin) outcomes(p upload, end ending) []queue.Outcome {
	open := w.o.in(p, queue.Planned, queue.Submitted)
	if len(open) == 0 {
		return []queue.Outcome{{Entry: "nobody", Registered: true}}
	}
	return []queue.Outcome{end.of(open[0])}
}

func (e ending) of(entry string) queue.Outcome {
	o := queue.Outcome{Entry: entry, Registered: e.state == queue.Registered, Code: e.code, Reason: e.reason}
	if e.later {
		o.RetryAt = retryAt()
	}
	return o
}

func planned(p queue.Plan, err error) answer {
	if err != nil {
		return failed(wordOf(err))
	}
	return answer{ID: p.ID}
}

func unique(ids []string) (once []string) {
	for _, id := range ids {
		if !slices.Contains(once, id) {
			once = append(once, id)
		}
	}
	return once
}
