package queue_test

import (
	"context"
	"slices"

	"pkidstation/queue"
)

// answer answers what is asked about a box, or doubts boxes.
func (w *twin) answer(ctx context.Context, o op) (got, want answer) {
	ids := w.some(o, 1)
	if len(ids) == 0 {
		return answer{}, answer{}
	}
	switch o.what {
	case "confirm":
		v, err := w.q.Confirm(ctx, ids[0], queue.Act{By: "Ana"})
		return told(v, err), w.o.confirm(ids[0])
	case "strike":
		v, err := w.q.Strike(ctx, ids[0], queue.Act{By: "Ana"})
		return told(v, err), w.o.strike(ids[0])
	default:
		ids = w.some(o, 3)
		_, err := w.q.Doubt(ctx, ids, "Ana")
		return told(queue.Verdict{}, err), w.o.doubt(ids)
	}
}

func (o *oracle) asked(id string) bool {
	b := o.find(id)
	return b.State == queue.Held && b.Reason == queue.CouldBeGTIN
}

// confirm is as if the digits had been sure from the start.
func (o *oracle) confirm(id string) answer {
	if !o.asked(id) {
		return failed("question")
	}
	pkid := o.find(id).PKID
	others := o.standing(func(b box) bool { return b.PKID == pkid && b.ID != id })
	c := queue.Capture{PKID: pkid}
	if o.doubts[id] {
		c.Hold = queue.Conflict
	}
	return o.judge(id, others, c)
}

func (o *oracle) strike(id string) answer {
	if !o.asked(id) {
		return failed("question")
	}
	o.change(id, func(b *box) {
		if b.Other = ""; b.Serial == "" && b.Model == "" {
			b.State, b.Reason = queue.Discarded, ""
			return
		}
		b.PKID, b.Reason = "", queue.NoPKID
	})
	return answer{Word: queue.Ignored, Reason: queue.NotThePKID, ID: id}
}

func (o *oracle) doubt(ids []string) answer {
	for _, id := range ids {
		switch b := o.find(id); {
		case b.Serial == "":
		case b.State == queue.Ready:
			o.change(id, held(queue.Conflict, ""))
		case o.asked(id):
			if o.doubts == nil {
				o.doubts = map[string]bool{}
			}
			o.doubts[id] = true
			o.lines[id]++
		}
	}
	return answer{}
}

func (o *oracle) unreadable(u queue.Illegible) answer {
	if again := o.find(u.ID); again != nil {
		return about(again)
	}
	r, ok := o.rooms[u.Reception]
	if !ok || r.closed {
		return failed("closed")
	}
	into := o.find(u.Into)
	if into != nil && into.PKID == "" && into.State == queue.Held && into.Work == r.work &&
		(into.Reason == queue.NoPKID || into.Reason == queue.Unreadable) {
		if slices.Contains(o.kept[into.ID], u.ID) {
			return about(into)
		}
		o.keep(into.ID, u.ID)
		o.change(into.ID, held(queue.Unreadable, ""))
		return about(o.find(into.ID))
	}
	o.change(o.add(u.ID, u.Reception), held(queue.Unreadable, ""))
	return about(o.find(u.ID))
}
