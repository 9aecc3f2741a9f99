package upload

import (
	"context"
	"fmt"
	"maps"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// takenBack are devices, by entry, whose registration was taken back so lately
// that Microsoft may not have forgotten it: what shows it still, an answer or a
// list, says nothing of one that came after it.
type takenBack map[string]queue.TakenBack

// takenBack looks for such among entries, from one customer or from any.
func (u *Uploader) takenBack(ctx context.Context, entries []string, from autopilot.TenantID) (takenBack, error) {
	if u.opts.AfterRemoval <= 0 {
		return nil, nil
	}
	back, err := u.ledger.TakenBack(ctx, entries, from)
	if err != nil {
		return nil, fmt.Errorf("reading when devices were taken back: %w", err)
	}
	now := time.Now()
	maps.DeleteFunc(back, func(_ string, b queue.TakenBack) bool { return !now.Before(b.At.Add(u.opts.AfterRemoval)) })
	return back, nil
}

// takenBackOf are those of a plan, from its customer.
func (u *Uploader) takenBackOf(ctx context.Context, p queue.Plan) (takenBack, error) {
	return u.takenBack(ctx, p.Entries, p.Customer)
}

// shows says whether what is listed may be the registration that was taken back:
// it is not where both ids are known and differ.
func (b takenBack) shows(o queue.Outcome) bool {
	gone, is := b[o.Entry]
	return is && (gone.DeviceID == "" || o.DeviceID == "" || gone.DeviceID == o.DeviceID)
}

// refuse has 806 refuse those that it may only say of the registration that was
// taken back: they are sent again, as what answers 808 is.
func (b takenBack) refuse(said []queue.Outcome, open map[string]bool) {
	for i, o := range said {
		if _, is := b[o.Entry]; is && open[o.Entry] {
			said[i].Registered, said[i].Reason = false, ""
		}
	}
}
