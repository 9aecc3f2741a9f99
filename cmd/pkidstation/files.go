package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pkidstation/cmd/internal/typed"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
	"pkidstation/ui"
)

// files is the window's way by the web site's CSV.
type files struct{ *desk }

// Path proposes a file in the user's documents, whose name says for whom it is
// and when it was written: no file is ever written over.
func (p files) Path(customer autopilot.TenantID, tag autopilot.GroupTag) string {
	name := plain(p.called(customer))
	if tag != "" {
		name += "-" + string(tag)
	}
	return dated(name, ".csv")
}

// dated is a path in the user's documents whose name says when it was made.
func dated(name, ending string) string {
	folder, err := os.UserHomeDir()
	if err != nil {
		folder = os.TempDir()
	}
	if info, err := os.Stat(filepath.Join(folder, "Documents")); err == nil && info.IsDir() {
		folder = filepath.Join(folder, "Documents")
	}
	return filepath.Join(folder, name+"-"+time.Now().Format("20060102-150405")+ending)
}

// called is what a customer is called here, else the Microsoft ID.
func (p files) called(id autopilot.TenantID) string {
	if c, err := p.queue.Customer(context.Background(), id); err == nil && c.Name != "" {
		return c.Name
	}
	return string(id)
}

// plain is a name that every file system takes.
func plain(name string) string {
	const longest = 40
	clean := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		default:
			return '-'
		}
	}, name)
	clean = strings.Trim(clean[:min(len(clean), longest)], "-")
	if clean == "" {
		return "pkid"
	}
	return clean
}

// Write writes the file first and moves the entries then; see package export
// for what a crash in between leaves.
func (p files) Write(ctx context.Context, customer autopilot.TenantID, tag autopilot.GroupTag, path string) (ui.Written, error) {
	written := ui.Written{Path: path, Customer: customer, Tag: tag}
	if err := typed.Check(path); err != nil {
		return written, err
	}
	entries, err := p.ready(ctx, customer, tag)
	if err != nil || len(entries) == 0 {
		return written, err
	}
	taken, refused, rest, err := export.WriteFile(path, entries, export.Options{Header: p.header})
	if err != nil {
		return written, err
	}
	written.Refused, written.Rest = refused, len(rest)
	if len(taken) == 0 {
		return written, nil
	}
	for _, e := range taken {
		written.Entries = append(written.Entries, e.ID)
	}
	err = p.queue.Exported(ctx, written.Entries, string(tag), p.act(export.Note(path, taken)))
	if _, unknown := errors.AsType[*queue.CommitError](err); err == nil || unknown {
		return written, err // unknown: the entries may be exported, the file must stay
	}
	return written, errors.Join(err, os.Remove(path))
}

// ready is what is ready for a customer under a group tag, with the tag that it
// goes out under.
func (p files) ready(ctx context.Context, customer autopilot.TenantID, tag autopilot.GroupTag) ([]queue.Entry, error) {
	groups, err := p.queue.Ready(ctx)
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		if g.Customer == customer && g.Tag == tag {
			entries := slices.Clone(g.Entries)
			for i := range entries {
				entries[i].GroupTag = g.Tag
			}
			return entries, nil
		}
	}
	return nil, nil
}

// Confirm keeps what a person says that the web site took.
func (p files) Confirm(ctx context.Context, outcomes []queue.Outcome, by string) error {
	for _, o := range outcomes {
		if err := typed.Check(string(o.Code)); err != nil {
			return err
		}
	}
	if err := typed.Check(by); err != nil {
		return err
	}
	act := p.act("")
	act.By = by // else who says so: once there are supervisors it is who unlocked
	_, err := p.queue.ConfirmExport(ctx, outcomes, act)
	return err
}
