package uitest

import (
	"context"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest"
	"pkidstation/ui"
)

func (p arrivals) Tally(context.Context) (ui.Tally, error) { return p.tally, nil }

func (p arrivals) Orders(context.Context, time.Time) ([]queue.OrderHead, error) { return p.heads, nil }

func (p arrivals) Reconcile(_ context.Context, order string, customer autopilot.TenantID) (queue.Reconciliation, error) {
	r := p.orders[order]
	r.Order, r.Customer = order, customer
	return r, nil
}

func (p arrivals) Expect(context.Context, string, autopilot.TenantID, int) error { return p.refusal }

func (p arrivals) RegisterAnnounced(context.Context, queue.Work, string) (queue.Unscanned, error) {
	return queue.Unscanned{Made: make([]queue.Entry, 2), Here: 46}, p.refusal
}

func (p arrivals) Path(order string, _ autopilot.TenantID, format ui.PaperFormat) string {
	return "D:/PKID/" + order + "-" + string(format) + ".pdf"
}

func (p arrivals) SaveLeaving(context.Context, ui.LeavingPaper) error { return p.refusal }

func (p supplies) Look(_ context.Context, ask ui.ListRequest) (ui.ListPreview, error) {
	if ask.Progress != nil {
		ask.Progress(manifest.Progress{Rows: 5000, Done: 40, Of: 100})
	}
	return p.preview, p.looked
}

func (p supplies) Take(context.Context, ui.ListRequest) (ui.TakenList, error) {
	return p.taken, p.refusal
}

func (p supplies) Profiles(context.Context) ([]manifest.Profile, error) { return p.sources, nil }

func (p supplies) Keep(context.Context, manifest.Profile) error { return p.refusal }

func (p supplies) Announcements(context.Context) ([]queue.Announcement, error) { return p.lists, nil }

func (p supplies) Drop(context.Context, uint64, string) error { return p.refusal }
