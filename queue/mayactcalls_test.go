package queue_test

import (
	"context"
	"io"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/autopilot/autopilottest"
	"pkidstation/queue/queuetest"
)

// callings are the calls that need a supervisor, by method.
func callings() map[string]calling {
	return map[string]calling{
		"Release": entriesAct(heldBack, (*queue.Queue).Release), "Discard": entriesAct(readied, (*queue.Queue).Discard),
		"Retry": entriesAct(refusedBy("808"), (*queue.Queue).Retry), "RetryByTuple": entriesAct(withTuple, (*queue.Queue).RetryByTuple),
		"Assign": entriesAct(readied, func(q *queue.Queue, ctx context.Context, ids []string, act queue.Act) error {
			return q.Assign(ctx, ids, fabrik, "X", act)
		}),
		"GiveUp": entriesAct(unheard, (*queue.Queue).GiveUp),
		"GiveHash": entriesAct(readied, func(q *queue.Queue, ctx context.Context, ids []string, act queue.Act) error {
			_, err := q.GiveHash(ctx, ids[0], autopilottest.Hash(autopilot.HashContents{Serial: "S1"}), act)
			return err
		}),
		"Remove": entriesAct(registered, func(q *queue.Queue, ctx context.Context, ids []string, act queue.Act) error {
			_, err := q.Remove(ctx, ids, false, act)
			return err
		}),
		"RetryRemoval": entriesAct(takenBack, (*queue.Queue).RetryRemoval), "TakeBackAnew": entriesAct(anew, (*queue.Queue).TakeBackAnew),
		"TakeOnSite": entriesAct(takenBack, (*queue.Queue).TakeOnSite), "RemovedOnSite": entriesAct(anew, (*queue.Queue).RemovedOnSite),
		"Exported": entriesAct(readied, func(q *queue.Queue, ctx context.Context, ids []string, act queue.Act) error {
			return q.Exported(ctx, ids, "STD", act)
		}),
		"ConfirmExport": entriesAct(exported, func(q *queue.Queue, ctx context.Context, ids []string, act queue.Act) error {
			_, err := q.ConfirmExport(ctx, []queue.Outcome{{Entry: ids[0], Registered: true}}, act)
			return err
		}),
		"WantProfile": entriesAct(registered, func(q *queue.Queue, ctx context.Context, ids []string, act queue.Act) error {
			return q.WantProfile(ctx, ids, "p1", "Standard", act)
		}),
		"Undo": entriesAct(readied, func(q *queue.Queue, ctx context.Context, _ []string, act queue.Act) error {
			_, err := q.Undo(ctx, "", act)
			return err
		}),
		"UndoFrom": entriesAct(readied, func(q *queue.Queue, ctx context.Context, _ []string, act queue.Act) error {
			_, err := q.UndoFrom(ctx, "", nil, act)
			return err
		}),
		"Confirm": asked((*queue.Queue).Confirm), "Strike": asked((*queue.Queue).Strike),
		"SetCustomer": changes(func(q *queue.Queue, ctx context.Context, act queue.Act) error {
			return q.SetCustomer(ctx, queue.CustomerSetting{ID: fabrik, Name: "Fabrikam"}, act)
		}),
		"ChangeCustomer": changes(func(q *queue.Queue, ctx context.Context, act queue.Act) error {
			_, err := q.ChangeCustomer(ctx, contoso, act, func(c *queue.CustomerSetting) { c.GroupTag = "STD" })
			return err
		}),
		"ImportCustomers": changes(func(q *queue.Queue, ctx context.Context, act queue.Act) error {
			_, err := q.ImportCustomers(ctx, []queue.CustomerSetting{{ID: fabrik, GroupTag: "STD"}}, act)
			return err
		}),
		"ForgetCustomer": changes(func(q *queue.Queue, ctx context.Context, act queue.Act) error {
			return q.ForgetCustomer(ctx, contoso, act)
		}),
		"Learn": changes(func(q *queue.Queue, ctx context.Context, act queue.Act) error {
			return q.Learn(ctx, queue.LearnRule, "serial:CD", "", act)
		}),
		"Forget": changes(func(q *queue.Queue, ctx context.Context, act queue.Act) error {
			return q.Forget(ctx, queue.LearnRule, "serial:AB", act)
		}),
		"HandOver": func(p planner) func(context.Context, queue.Act) error {
			p = readied(p)
			code, err := queuetest.OpenIn(p.T, p.TempDir()).StationCode(p.Context())
			p.must(err)
			return func(ctx context.Context, act queue.Act) error {
				_, err := p.q.HandOver(ctx, queue.Departure{To: code, Entries: p.ids}, act)
				return err
			}
		},
		"TakeIn": func(p planner) func(context.Context, queue.Act) error {
			file := sentTo(p)
			return func(ctx context.Context, act queue.Act) error {
				_, _, err := p.q.TakeIn(ctx, file, act)
				return err
			}
		},
		"EraseOperator": changes(func(q *queue.Queue, ctx context.Context, act queue.Act) error {
			_, err := q.EraseOperator(ctx, 1, queue.Act{By: act.By, Pass: act.Pass, Reason: "asked for"})
			return err
		}),
		"ExportAudit": changes(func(q *queue.Queue, ctx context.Context, act queue.Act) error {
			_, err := q.ExportAudit(ctx, io.Discard, act)
			return err
		}),
		"RegisterAnnounced": announces(func(q *queue.Queue, ctx context.Context, act queue.Act) error {
			_, err := q.RegisterAnnounced(ctx, order("BL-1"), act)
			return err
		}),
		"DropAnnouncement": announces(func(q *queue.Queue, ctx context.Context, act queue.Act) error {
			_, err := q.DropAnnouncement(ctx, 1, act)
			return err
		}),
		"ChangeSettings": changes(func(q *queue.Queue, ctx context.Context, act queue.Act) error {
			return q.ChangeSettings(ctx, "sound.volume = 5", act, func() error { return nil })
		}),
		"SetReview": changes(func(q *queue.Queue, ctx context.Context, act queue.Act) error {
			return q.SetReview(ctx, queue.ReviewAll, act)
		}),
		"SetRetention": changes(func(q *queue.Queue, ctx context.Context, act queue.Act) error {
			return q.SetRetention(ctx, queue.Retention{Identity: 1900, Rest: 100}, act)
		}),
		"SetPIN": changes(func(q *queue.Queue, ctx context.Context, act queue.Act) error {
			return q.SetPIN(ctx, "Max", pinMax, act)
		}),
		"RemoveSupervisor": changes(func(q *queue.Queue, ctx context.Context, act queue.Act) error {
			return q.RemoveSupervisor(ctx, "Zoé", act)
		}),
	}
}

// announces is a call with the list of an order.
func announces(do func(*queue.Queue, context.Context, queue.Act) error) calling {
	return func(p planner) func(context.Context, queue.Act) error {
		_, err := p.q.Announce(p.Context(), listOf("BL-1", 500), queue.Act{By: "test"})
		p.must(err)
		return func(ctx context.Context, act queue.Act) error { return do(p.q, ctx, act) }
	}
}

// entriesAct is a call with entries of a planner's.
func entriesAct(prepare func(p planner) planner, do func(*queue.Queue, context.Context, []string, queue.Act) error) calling {
	return func(p planner) func(context.Context, queue.Act) error {
		p = prepare(p)
		return func(ctx context.Context, act queue.Act) error { return do(p.q, ctx, p.ids, act) }
	}
}

func readied(p planner) planner { return p.fill(1, 2) }

func heldBack(p planner) planner {
	p = readied(p)
	p.must(p.q.Hold(p.Context(), p.ids, queue.Act{By: "test"}))
	return p
}

func refusedBy(code autopilot.Code) func(planner) planner {
	return func(p planner) planner {
		p = readied(p)
		p.settled(queue.Outcome{Code: code})
		return p
	}
}

func registered(p planner) planner {
	p = readied(p)
	p.settled(queue.Outcome{Registered: true, DeviceID: "device"})
	return p
}

func takenBack(p planner) planner {
	p = readied(p)
	p.removing()
	return p
}

// anew has removals stand at the device's new registration.
func anew(p planner) planner {
	p = takenBack(p)
	open, err := p.q.OpenRemovals(p.Context())
	p.must(err)
	for _, r := range open {
		_, err := p.q.AttemptRemoval(p.Context(), r.ID, queue.RemovalStep{RequestID: "r"})
		p.must(err)
		_, err = p.q.WaitRemoval(p.Context(), r.ID, queue.RemovalStep{Note: queue.RegisteredAnew, Person: true})
		p.must(err)
	}
	return p
}
