package main

import (
	"context"
	"errors"
	"slices"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/uplink"
	"pkidstation/queue"
	"pkidstation/queue/upload"
)

// relisted gives the entries as they are after those that are marked as
// somebody else's were held against the lists of their customers. Where nobody
// can be asked they are given as they were, and a person is told why.
func (p *program) relisted(ctx context.Context, q *queue.Queue, cfg config.Config, entries []queue.Entry) ([]queue.Entry, error) {
	marked := func(e queue.Entry) bool { return e.State == queue.Registered && e.Reason == queue.AlreadyThere }
	if !slices.ContainsFunc(entries, marked) {
		return entries, nil
	}
	found, err := p.relist(ctx, q, cfg, entries)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case errors.Is(err, uplink.ErrCSVOnly):
		return entries, nil
	case err != nil:
		p.log.InfoContext(ctx, "what is marked as somebody else's could not be looked up", "error", err)
		p.remark(p.words().Say("cli.remove.unasked", "Why", p.words().Error(asked(err))))
		return entries, nil
	case len(found) > 0:
		p.remark(p.words().Count("cli.remove.ours", len(found)))
	}
	now := slices.Clone(entries)
	for i, e := range now {
		if slices.Contains(found, e.ID) {
			if now[i], err = q.Entry(ctx, e.ID); err != nil {
				return nil, err
			}
		}
	}
	return now, nil
}

func (p *program) relist(ctx context.Context, q *queue.Queue, cfg config.Config, entries []queue.Entry) ([]string, error) {
	client, err := p.client(cfg)
	if err != nil {
		return nil, err
	}
	return upload.Relist(ctx, client, q, entries)
}
