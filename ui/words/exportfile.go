package words

import (
	"strings"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/autopilot/makers"
	"pkidstation/queue/export"
)

// SiteSteps are what a person does on the Partner Center web site with a file of
// package export, in order, until the site has answered. What the site said is
// then confirmed here.
func (w *Words) SiteSteps(customer autopilot.TenantID, tag autopilot.GroupTag, file string) []string {
	group := w.Say("site.group", "Tag", string(tag)) // parsed when it was given: plain characters
	if tag == "" {
		group = w.Say("site.group.none")
	}
	return []string{
		w.Say("site.sign-in"),
		w.Say("site.path", "Customer", w.customer(customer)),
		group,
		w.Say("site.browse", "File", file),
		w.Say("site.wait"),
	}
}

// A SurfaceRequest is what Microsoft Support must know to register, to
// deregister or to give the hardware hashes of Surface devices.
type SurfaceRequest struct {
	Customer autopilot.TenantID
	Domain   string
	// File has the serial numbers, Count is how many.
	File  string
	Count int
	Made  time.Time
}

// SurfaceChecklist is the request as a person prepares it, line by line.
func (w *Words) SurfaceChecklist(r SurfaceRequest) []string {
	return []string{
		w.Say("surface.title"),
		w.Say("surface.made", "When", w.day(r.Made)),
		"",
		w.Say("surface.tenant", "ID", string(r.Customer)),
		w.Say("surface.domain", "Domain", r.Domain),
		w.Count("surface.serials", r.Count, "File", r.File),
		"",
		w.Say("surface.types"),
		w.Say("surface.register"),
		w.Say("surface.hash"),
		w.Say("surface.deregister"),
		"",
		w.Say("surface.steps"),
		w.Say("surface.invoice"),
		w.Say("surface.form", "Address", export.SurfaceForm),
		w.Say("surface.attach", "File", r.File),
		w.Say("surface.number"),
		w.Say("surface.result"),
		"",
		w.Say("surface.other-way"),
		w.Say("surface.by-tuple", "Maker", makers.Microsoft),
		w.Say("surface.not-both"),
		"",
		w.Say("surface.source"),
	}
}

// NotOurs is why a file is none that package export wrote, and what to do now.
func (w *Words) NotOurs(e *export.ReadError) string {
	why := w.Say(w.first("file.why."+string(e.Reason), "cli.export.why."+string(e.Reason)))
	if e.Column != "" {
		why = e.Column + ": " + why
	}
	if e.Line == 0 {
		return w.Say("file.not-ours", "Why", why)
	}
	return w.Say("file.not-ours.line", "Line", e.Line, "Why", why)
}

// CustomerName is a customer's name where it is known, else "".
func (w *Words) CustomerName(id autopilot.TenantID) string {
	if name := w.names(id); name != string(id) {
		return name
	}
	return ""
}

// Answered is what became of an entry or holds it up, and what to do, in one
// line; "" where there is nothing to say.
func (w *Words) Answered(e queue.Entry) string {
	if e.State == queue.Rejected && recognise(e.Code, e.Answer) == autopilot.CodeAlreadyHere {
		if !e.RetryAt.IsZero() {
			return sentences(w.Say("outcome.806.removed"), w.Say("outcome.808.waits"))
		}
		return w.advice(w.Say("outcome.806.removed"), "outcome.806.removed.next", "who.supervisor").String()
	}
	if e.Code != "" || e.State == queue.Rejected {
		return w.Code(e.Code, e.Answer).String()
	}
	return w.Why(e)
}

// Mark is what is particular about a registration: that the device was there
// before and not by us, or that a person, by, said that it is registered. Else
// it is "".
func (w *Words) Mark(e queue.Entry, by string) string {
	if e.State != queue.Registered {
		return ""
	}
	byHand := e.Reason == queue.ConfirmedByHand
	var marks []string
	if e.Reason == queue.AlreadyThere || byHand && e.Code.MeansRegistered() {
		marks = append(marks, w.Say("mark.already-there"))
	}
	if byHand {
		marks = append(marks, w.Say("mark.confirmed-by-hand", "By", Shown(by)))
	}
	return strings.Join(marks, " · ")
}

// day is a local date.
func (w *Words) day(t time.Time) string {
	t = t.Local()
	return w.Say("day", "Year", t.Year(), "Month", int(t.Month()), "Day", t.Day())
}
