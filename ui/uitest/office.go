package uitest

import (
	"context"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/ui"
)

func (p office) Keep(context.Context, queue.CustomerSetting) error { return p.refusal }

func (p office) Refresh(context.Context) (fresh int, err error) { return 2, p.refusal }

func (p office) Import(context.Context, string) (ui.Imported, error) {
	refused := []ui.RefusedRow{
		{Row: 4, Column: "tenant-id", Value: "…1234", Why: "tenant-id"},
		{Row: 9, Column: "group-tag", Value: "Entrepôt 3", Why: "group-tag"},
	}
	return ui.Imported{Taken: 31, Fresh: 7, Refused: refused}, p.refusal
}

func (p office) Pauses(context.Context) ([]queue.Pause, error) { return p.pauses, nil }

func (p office) Link(context.Context) (string, error) {
	return "https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship&partnerId=33333333-3333-4333-8333-333333333333&msppId=0", p.refusal
}

func (p office) Check(context.Context, autopilot.TenantID) (autopilot.Relationship, error) {
	return autopilot.RelationshipNone, p.refusal
}

func (p office) Profiles(context.Context, autopilot.TenantID) ([]ui.Profile, error) {
	return []ui.Profile{
		{ID: "p1", Name: "Bureau", Description: "Utilisateur, Entra ID"},
		{ID: "p2", Name: "Kiosque accueil", Description: "Auto-déploiement"},
	}, p.refusal
}

func (p office) ByTuple(context.Context, []string, string) error { return p.refusal }

func (p office) Marks(context.Context) (queue.Marks, error) { return p.marks, nil }

func (p office) Path(_ autopilot.TenantID, tag autopilot.GroupTag) string {
	if tag == "" {
		return "D:/PKID/contoso.csv"
	}
	return "D:/PKID/contoso-" + string(tag) + ".csv"
}

func (p office) Write(_ context.Context, customer autopilot.TenantID, tag autopilot.GroupTag, path string) (ui.Written, error) {
	written := p.written
	written.Path, written.Customer, written.Tag = path, customer, tag
	return written, p.refusal
}

func (p office) Confirm(context.Context, []queue.Outcome, string) error { return p.refusal }

// Look finds the hash of the box that is asked about, which says nothing of its PKID,
// as most do.
func (p hashes) Look(context.Context, string, string) (ui.FoundHash, error) {
	return ui.FoundHash{Hash: "T0FM…", Row: 2, Inside: autopilot.HashContents{
		Serial: box(45, queue.Held).Serial, Manufacturer: "HP", Model: "HP EliteBook 840 14 inch G10",
	}}, p.refusal
}

func (p hashes) Give(context.Context, string, autopilot.HardwareHash, string) error { return p.refusal }

func (p signIn) State() ui.SignInState { return p.sign }

func (p signIn) Begin(context.Context, ui.SignInWay) error { return p.refusal }

func (p signIn) SignOut(context.Context) error { return p.refusal }

func (p removals) Remove(context.Context, []string, bool, string) error { return p.refusal }

func (p removals) Open(context.Context) ([]queue.Removal, error) { return p.removals, nil }

func (p removals) Again(context.Context, []string) error { return p.refusal }

func (p removals) Anew(context.Context, []string) error { return p.refusal }

func (p removals) OnSite(context.Context, []string) error { return p.refusal }
