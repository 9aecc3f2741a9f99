package words

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"syscall"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/upload"
)

// Error is what went wrong, why, and what to do now. nil is "". An error that
// is not known gives its own text, shortened, for support.
func (w *Words) Error(err error) string {
	if err == nil {
		return ""
	}
	if id, ok := w.registered(err); ok {
		return w.Say(id)
	}
	if text, ok := w.typed(err); ok {
		return text
	}
	if text, ok := w.partner(err); ok {
		return text
	}
	if id := known(err); id != "" {
		return w.Say(id)
	}
	return w.Say("error.unknown", "Text", shown(err.Error(), supportRunes))
}

// typed are the errors of queue that carry more than their name.
func (w *Words) typed(err error) (text string, ok bool) {
	if e, ok := errors.AsType[*queue.WayError](err); ok {
		return w.Say("error.way", "Number", e.Number, "From", w.State(e.From), "To", w.State(e.To)), true
	}
	if e, ok := errors.AsType[*queue.RecoveredError](err); ok {
		return w.Recovery(e.Recovery), true
	}
	if text, ok := w.care(err); ok {
		return text, true
	}
	if e, ok := errors.AsType[*queue.TooSoonError](err); ok {
		return w.tooSoon(e, time.Now()), true
	}
	if e, ok := errors.AsType[*queue.PINError](err); ok {
		return w.pin(e), true
	}
	if e, ok := errors.AsType[*queue.LeanedError](err); ok {
		return w.Say("error.leaned", "Number", e.Number, "By", e.By), true
	}
	if e, ok := errors.AsType[*queue.ClaimedError](err); ok {
		return w.Say("error.claimed", "Number", e.By.Number,
			"Customer", w.customer(e.By.Customer), "State", w.State(e.By.State)), true
	}
	if e, ok := errors.AsType[*queue.InUseError](err); ok {
		return w.inUse(e.Owner), true
	}
	if e, ok := errors.AsType[*queue.CommitError](err); ok {
		return w.commit(e), true
	}
	if text, known := w.handover(err); known {
		return text, true
	}
	if text, known := w.list(err); known {
		return text, true
	}
	if text, known := w.hash(err); known {
		return text, true
	}
	return w.audited(err)
}

// tooSoon is why an entry cannot be given up yet.
func (w *Words) tooSoon(e *queue.TooSoonError, now time.Time) string {
	switch {
	case !e.Until.IsZero():
		return w.Say("error.too-soon.young", "Number", e.Number, "When", w.Moment(e.Until, now))
	case e.State == queue.Submitted:
		return w.Say("error.too-soon.submitted", "Number", e.Number)
	default:
		return w.Say("error.too-soon.planned", "Number", e.Number)
	}
}

func (w *Words) inUse(o queue.Owner) string {
	if o.PID == 0 {
		return w.Say("error.in-use.unknown")
	}
	return w.Say("error.in-use", "Program", Shown(o.Program), "PID", o.PID,
		"Host", Shown(o.Host), "Since", w.Moment(o.Since, time.Now()))
}

// commit says first that the outcome is unknown, then why where that is known.
func (w *Words) commit(e *queue.CommitError) string {
	text := w.Say("error.commit")
	if id := known(e.Err); id != "" {
		text += " " + w.Say(id)
	}
	return text
}

// known is the id of the text for an error that is known by its name, else "".
// What our own packages say goes before what the system says under it.
func known(err error) string {
	for _, s := range slices.Concat(sentinels(), listErrors(), hashErrors()) {
		if errors.Is(err, s.err) {
			return s.id
		}
	}
	if diskFull(err) {
		return "error.disk-full"
	}
	if readOnly(err) {
		return "error.read-only"
	}
	return system(err)
}

func sentinels() []sentinel {
	return []sentinel{
		{queue.ErrBackupExists, "error.backup-exists"},
		{queue.ErrBackupRunning, "error.backup-running"},
		{queue.ErrNotBackup, "error.not-backup"},
		{queue.ErrUnavailable, "error.unavailable"},
		{queue.ErrVanished, "error.vanished"},
		{queue.ErrClosed, "error.closed"},
		{queue.ErrDamaged, "error.damaged"},
		{queue.ErrNotQueue, "error.not-queue"},
		{queue.ErrNewer, "error.newer"},
		{queue.ErrNoEntry, "error.no-entry"},
		{queue.ErrNoReception, "error.no-reception"},
		{queue.ErrNoPlan, "error.no-plan"},
		{queue.ErrReceptionClosed, "error.reception-closed"},
		{queue.ErrRetention, "error.retention"},
		{queue.ErrNoCustomer, "error.no-customer"},
		{queue.ErrNoIdentity, "error.no-identity"},
		{queue.ErrNoQuestion, "error.no-question"},
		{queue.ErrNothingToUndo, "error.nothing-to-undo"},
		{queue.ErrSent, "error.sent"},
		{queue.ErrNoReason, "error.no-reason"},
		{queue.ErrNotOurs, "error.not-ours"},
		{queue.ErrInDoubt, "error.in-doubt"},
		{queue.ErrNoTuple, "error.no-tuple"},
		{queue.ErrNoRemoval, "error.no-removal"},
		{queue.ErrUnknownCustomer, "error.unknown-customer"},
		{queue.ErrNeedsSupervisor, "error.needs-supervisor"},
		{queue.ErrWeakPIN, "error.weak-pin"},
		{queue.ErrNoSupervisor, "error.no-supervisor"},
		{queue.ErrLastSupervisor, "error.last-supervisor"},
		{queue.ErrSupervisorName, "error.supervisor-name"},
		{queue.ErrNoPolicy, "error.no-policy"},
		{queue.ErrNoAnnouncement, "error.no-announcement"},
		{queue.ErrLeaned, "error.leaned.list"},
		{queue.ErrNothingNew, "error.nothing-new"},
		{queue.ErrClashes, "error.clashes"},
		{queue.ErrListed, "error.listed"},
		{queue.ErrExpected, "error.expected"},
		{queue.ErrNothingReady, "error.nothing-ready"},
		{queue.ErrPlanMoved, "error.plan-moved"},
		{queue.ErrNothingHandedOver, "error.nothing-handed-over"},
		{queue.ErrNoHandover, "error.no-handover"},
		{queue.ErrHandoverGone, "error.handover-gone"},
		{queue.ErrStationCode, "error.station-code"},
		{upload.ErrRunning, "error.running"},
		{upload.ErrNoContact, "error.no-contact"},
		{autopilot.ErrPKIDShape, "error.pkid-shape"},
		{autopilot.ErrPKIDAllEqual, "error.pkid-all-equal"},
		{autopilot.ErrTenantID, "error.tenant-id"},
		{autopilot.ErrGroupTag, "error.group-tag"},
		{ErrLink, "error.link"},
	}
}

// system are the errors of the system. That a data folder cannot be written
// comes last of the disk's, because a full disk can be the reason for it.
func system(err error) string {
	switch {
	case errors.Is(err, queue.ErrNotWritable):
		return "error.not-writable"
	case errors.Is(err, fs.ErrNotExist):
		return "error.not-exist"
	case errors.Is(err, fs.ErrPermission):
		return "error.permission"
	case errors.Is(err, context.Canceled):
		return "error.stopped"
	case errors.Is(err, context.DeadlineExceeded):
		return "error.timeout"
	case errors.Is(err, queue.ErrNotOpened):
		return "error.not-opened"
	case errors.Is(err, queue.ErrNotClosed):
		return "error.not-closed"
	default:
		return ""
	}
}

func diskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || isAny(err, diskFullNumbers())
}

func readOnly(err error) bool {
	return errors.Is(err, syscall.EROFS) || isAny(err, readOnlyNumbers())
}

func isAny(err error, numbers []syscall.Errno) bool {
	for _, n := range numbers {
		if errors.Is(err, n) {
			return true
		}
	}
	return false
}
