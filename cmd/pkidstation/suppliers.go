package main

import (
	"context"
	"errors"

	"pkidstation/cmd/internal/lists"
	"pkidstation/cmd/internal/typed"
	"pkidstation/queue/manifest"
	"pkidstation/ui"
)

// unnamed is what a profile is called that a person has not named yet: without a
// name none is read by.
const unnamed = "-"

// listOptions are a person's wishes for a list.
func listOptions(ask ui.ListRequest) lists.Options {
	o := lists.Options{Customer: ask.Customer, Order: ask.Order, Sheet: ask.Sheet, Progress: ask.Progress}
	if ask.Profile != nil {
		profile := *ask.Profile
		if profile.Name == "" {
			profile.Name = unnamed
		}
		o.Profile = &profile
	}
	return o
}

// Look reads a list. Where its columns cannot be told the person says what they
// are: then only its beginning is read.
func (p suppliers) Look(ctx context.Context, ask ui.ListRequest) (ui.ListPreview, error) {
	m, err := lists.Read(ctx, p.queue, ask.Path, listOptions(ask))
	if _, several := errors.AsType[*manifest.MappingError](err); several || errors.Is(err, manifest.ErrNoHeader) {
		return glance(ctx, ask, err)
	}
	if err != nil {
		return ui.ListPreview{}, err
	}
	found := previewOf(m)
	found.Customer, err = lists.Whose(ctx, p.queue, m)
	if _, unknown := errors.AsType[*manifest.CustomerError](err); unknown {
		found.CustomerErr, err = err, nil
	}
	return found, err
}

// glance is the beginning of a list whose columns cannot be told.
func glance(ctx context.Context, ask ui.ListRequest, unclear error) (ui.ListPreview, error) {
	g, err := lists.Glance(ctx, ask.Path, ask.Sheet)
	if err != nil {
		return ui.ListPreview{}, unclear // it says more
	}
	return ui.ListPreview{Columns: g.Columns, HeaderRow: g.HeaderRow, Rows: g.Rows, Profile: g.Profile, Unclear: unclear}, nil
}

func previewOf(m *manifest.Manifest) ui.ListPreview {
	found := ui.ListPreview{
		Columns: m.Columns, HeaderRow: m.HeaderRow, Rows: m.Preview, Profile: m.Profile(""), Taken: m.Taken(), Refused: len(m.Refused),
		Warnings: m.Warnings, InOrder: map[string]int{},
	}
	found.Profile.Columns = nil
	for _, r := range m.Refused {
		found.Wrong = append(found.Wrong, ui.RefusedListRow{Refusal: r})
	}
	for d := range m.Rows() {
		if d.Order != "" && found.InOrder[d.Order] == 0 {
			if found.Orders++; found.Orders == 1 {
				found.Order = d.Order
			}
		}
		found.InOrder[d.Order]++
	}
	return found
}

// Take takes a list in. What is wrong with a row is in what it gives.
func (p suppliers) Take(ctx context.Context, ask ui.ListRequest) (ui.TakenList, error) {
	if err := typed.Check(ask.Order); err != nil {
		return ui.TakenList{}, err
	}
	got, err := lists.Import(ctx, p.queue, ask.Path, listOptions(ask), p.act(""))
	taken := ui.TakenList{Announcing: got.Announced, Named: got.Named}
	if got.Manifest != nil {
		taken.Warnings = got.Manifest.Warnings
	}
	for _, r := range got.Refused {
		taken.Rows = append(taken.Rows, ui.RefusedListRow{Refusal: r.Refusal, Clash: r.Clash})
	}
	return taken, err
}

func (p suppliers) Profiles(ctx context.Context) ([]manifest.Profile, error) {
	return lists.Profiles(ctx, p.queue)
}

func (p suppliers) Keep(ctx context.Context, profile manifest.Profile) error {
	if err := typed.Check(profile.Name); err != nil {
		return err
	}
	return lists.Save(ctx, p.queue, profile, p.act(""))
}
