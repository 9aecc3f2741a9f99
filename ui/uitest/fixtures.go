package uitest

import (
	"fmt"
	"strings"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/upload"
	"pkidstation/ui"
)

// The customers of the gallery. Fabrikam has not accepted the relationship, and
// nobody asked for that of Lemoine, who has no group tag.
const (
	contoso  autopilot.TenantID = "11111111-1111-4111-8111-111111111111"
	fabrikam autopilot.TenantID = "22222222-2222-4222-8222-222222222222"
	lemoine  autopilot.TenantID = "44444444-4444-4444-8444-444444444444"
	tailspin autopilot.TenantID = "55555555-5555-4555-8555-555555555555"
)

const (
	order = "BL-2026-0118"
	tag   = autopilot.GroupTag("LYON-3")
	// pkid and serial are of the box that the tile tells of.
	pkid   = "3305123456781"
	serial = "5CG4071QZ8"
)

// work is what the open reception is for.
func work() queue.Work { return queue.Work{Customer: contoso, GroupTag: tag, Order: order} }

func newStation(*clock) *station {
	return &station{
		customers: customers(),
		reception: queue.Reception{ID: "r1", Work: work(), OpenedBy: "Ana Dupont", OpenedAt: at(8, 2), Boxes: 46, Expected: 48},
		open:      true,
		entries:   entries(),
		seqs:      map[string]uint64{},
		history:   history(),
		status:    upload.Status{Online: upload.OnlineYes, Since: at(8, 0), LastContact: at(14, 36)},
		sign:      ui.SignInState{Who: "ana.dupont@partenaire.example"},
		bundle:    bundle(),
		scanners:  reading(),
		tally:     ui.Tally{Reception: "r1", Here: 46, Of: 48},
		settings:  allSettings(),
		guard:     ui.GuardState{Supervisors: []string{"Ana Dupont", "Marie-Christine de La Rochefoucauld"}},
	}
}

func customers() []queue.CustomerSetting {
	checked := at(9, 5)
	return []queue.CustomerSetting{
		{
			ID: contoso, Name: "Contoso SARL", Domain: "contoso.example", Relationship: autopilot.RelationshipReseller, CheckedAt: checked,
			GroupTag: tag, Tags: []autopilot.GroupTag{"LYON-4", "GRENOBLE-1"}, Profile: "p1", ProfileName: "Bureau",
		},
		{
			ID: fabrikam, Name: "Fabrikam Industrie", Domain: "fabrikam.example", Relationship: autopilot.RelationshipNone, CheckedAt: checked,
			GroupTag: "FAB-1",
		},
		{ID: lemoine, Name: "Établissements Lemoine et Fils"},
		{
			ID: tailspin, Name: "Tailspin Formation", Domain: "tailspin.example", Relationship: autopilot.RelationshipReseller,
			CheckedAt: checked.Add(-24 * time.Hour), GroupTag: "SALLES",
		},
	}
}

// box is one of the open reception, by its running number there.
func box(number int, state queue.State) queue.Entry {
	return queue.Entry{
		ID: fmt.Sprintf("e%d", number), Seq: uint64(max(number, 0)), Number: number, Reception: "r1", State: state,
		Device: autopilot.Device{
			PKID: autopilot.PKID(fmt.Sprintf("33051234567%02d", number)), Serial: fmt.Sprintf("5CG4071Q%02d", number),
			Manufacturer: "HP", Model: "HP EliteBook 840 14 inch G10",
		},
		Customer: contoso, GroupTag: tag, Order: order, CapturedAt: at(14, number-10), Operator: "Karim", Source: "wedge",
	}
}

// why is a box for a reason.
func why(number int, state queue.State, reason queue.Reason) queue.Entry {
	e := box(number, state)
	e.Reason = reason
	return e
}

// refused is one that Microsoft said no to.
func refused(number int, code autopilot.Code, retry time.Time) queue.Entry {
	e := box(number, queue.Rejected)
	e.Code, e.Sent, e.RetryAt, e.TrackingID = code, true, retry, "11a2b3c4-0000-4000-8000-000000000001"
	e.Batch = "PKID-2026-11-24-1"
	return e
}

// entries are what is kept, the newest first: some of each state, with reasons that
// people see.
func entries() []queue.Entry {
	other := why(44, queue.Held, queue.OtherCustomer)
	other.Customer, other.GroupTag, other.Order = fabrikam, "FAB-1", "BL-2026-0117"
	noPKID := why(41, queue.Held, queue.NoPKID)
	noPKID.PKID, noPKID.Serial = "", "PF4Z9K2M"
	typed := why(39, queue.Held, queue.TypedByHand)
	typed.Source, typed.Serial = "typed", ""
	registered := box(29, queue.Registered)
	registered.DeviceID, registered.Batch = "7f1d3a52-0000-4000-8000-00000000d029", "PKID-2026-11-24-1"
	registered.Profile = queue.Profile{ID: "p1", Name: "Bureau", State: queue.ProfileApplied}
	return []queue.Entry{
		box(46, queue.Ready), why(45, queue.Held, queue.CouldBeGTIN), other, box(43, queue.Ready), why(42, queue.Held, queue.NotAnnounced),
		noPKID, box(40, queue.Ready), typed, why(38, queue.Held, queue.Conflict), box(37, queue.Planned), box(36, queue.Submitted),
		box(35, queue.Submitted), refused(34, autopilot.CodeUnknownDevice, at(14, 0).Add(24*time.Hour)),
		refused(33, autopilot.CodeOtherTenant, time.Time{}), refused(32, autopilot.CodeOtherParty, time.Time{}),
		why(31, queue.Registered, queue.AlreadyThere), box(30, queue.Registered), registered, box(28, queue.Registered),
		box(27, queue.Removing), box(26, queue.Removed), box(25, queue.Registered), box(24, queue.Registered), box(23, queue.Registered),
	}
}

// history is what happened to a box from the scan to Microsoft's answer.
func history() []queue.AuditLine {
	return []queue.AuditLine{
		{Number: 1, At: at(14, 19), By: "Karim", Action: queue.ActionCapture, To: queue.Held, Reason: queue.CouldBeGTIN},
		{Number: 2, At: at(14, 22), By: "Ana Dupont", Action: queue.ActionRelease, From: queue.Held, To: queue.Ready, Note: "comparé au bon de livraison"},
		{Number: 3, At: at(14, 23), By: "uploader", Action: queue.ActionPlan, From: queue.Ready, To: queue.Planned},
		{Number: 4, At: at(14, 24), By: "uploader", Action: queue.ActionSubmit, From: queue.Planned, To: queue.Submitted},
		{Number: 5, At: at(14, 31), By: "uploader", Action: queue.ActionOutcome, From: queue.Submitted, To: queue.Registered},
	}
}

// relationless is the pause of a customer who has not accepted.
func relationless() queue.Pause {
	return queue.Pause{Customer: fabrikam, Reason: queue.NoRelationship, Since: at(8, 10), Until: at(16, 10)}
}

// hostile is what nobody means to type, and somebody will: a name that fits nowhere,
// an order of 5,000 characters, one that turns what follows it around.
func (s *station) hostile() {
	long := strings.Repeat("Compagnie Européenne de Logistique et d'Entreposage ", 8)
	turned := "BL-\u202e8110-6202\u202c\u0007"
	s.customers[0].Name = long
	s.customers[1].Name = "Fabrikam\u202eirtsudnI\u202c\nIndustrie\t"
	s.reception.Order = strings.Repeat("BL2026-0118/", 417)[:5000]
	for n := range s.entries {
		s.entries[n].Order = s.reception.Order
		if n%3 == 1 {
			s.entries[n].Order = turned
		}
		if n%4 == 2 {
			s.entries[n].Serial = strings.Repeat("W", 64)
		}
	}
	s.heads = []queue.OrderHead{
		{Order: s.reception.Order, Customer: contoso, Listed: true, Open: true, At: at(9, 0)},
		{Order: turned, Customer: fabrikam, Listed: true, At: at(8, 0)},
	}
	s.orders = map[string]queue.Reconciliation{s.reception.Order: staying(), turned: leaving()}
	s.guard.Supervisors = []string{long}
}
