package upload

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// takenBack are devices, by entry, whose registration was taken back so lately
// that Microsoft may not have forgotten it: what shows it still, an answer or a
// list, says nothing of one that came after it.
type takenBack map[string][]queue.TakenBack

// forgetting is how long that may take. Who wants nothing tried again after a removal
// is no more believed than others.
func (u *Uploader) forgetting() time.Duration {
	if u.opts.AfterRemoval <= 0 {
		return queue.Forgetting
	}
	return u.opts.AfterRemoval
}

// takenBack looks for such among entries, from one customer or from any. What a
// clock that was wrong has put into the future counts from when this process began.
func (u *Uploader) takenBack(ctx context.Context, entries []string, from autopilot.TenantID) (takenBack, error) {
	back, err := u.ledger.TakenBack(ctx, entries, from)
	if err != nil {
		return nil, fmt.Errorf("reading when devices were taken back: %w", err)
	}
	now := time.Now()
	lately := takenBack{}
	for entry, all := range back {
		for _, one := range all {
			if one.At.After(now) {
				one.At = u.born
			}
			if now.Before(one.At.Add(u.forgetting())) {
				lately[entry] = append(lately[entry], one)
			}
		}
	}
	return lately, nil
}

// takenBackOf are those of a plan, from its customer.
func (u *Uploader) takenBackOf(ctx context.Context, p queue.Plan) (takenBack, error) {
	return u.takenBack(ctx, p.Entries, p.Customer)
}

// shows says whether what is listed may be a registration that was taken back: it is
// not where all ids are known and differ.
func (b takenBack) shows(o queue.Outcome) bool {
	return slices.ContainsFunc(b[o.Entry], func(gone queue.TakenBack) bool {
		return gone.DeviceID == "" || o.DeviceID == "" || strings.EqualFold(gone.DeviceID, o.DeviceID)
	})
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
