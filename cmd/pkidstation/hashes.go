package main

import (
	"context"
	"strings"

	"pkidstation/cmd/internal/lists"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui"
)

// hashes gives boxes their hardware hashes.
type hashes struct{ *desk }

// Look reads the file as any list, as pkidctl queue hash does.
func (p hashes) Look(ctx context.Context, id, path string) (ui.FoundHash, error) {
	e, err := p.queue.Entry(ctx, id)
	if err != nil {
		return ui.FoundHash{}, err
	}
	m, err := lists.Read(ctx, p.queue, path, lists.Options{})
	if err != nil {
		return ui.FoundHash{}, err
	}
	row, err := m.HashOf(e.Device)
	if err != nil {
		return ui.FoundHash{}, err
	}
	return ui.FoundHash{Hash: autopilot.HardwareHash(strings.Clone(string(row.Hash))), Row: row.Row, Inside: row.Hash.Contents()}, nil
}

func (p hashes) Give(ctx context.Context, id string, hash autopilot.HardwareHash, reason string) error {
	return review(p).by(reason, func(a queue.Act) error {
		_, err := p.queue.GiveHash(ctx, id, hash, a)
		return err
	})
}
