package words

import (
	"errors"

	"pkidstation/queue"
	"pkidstation/queue/audittrail"
)

// Operator is what an operator is called: the name as it is, which is not fit for
// a screen yet, or that it was erased.
func (w *Words) Operator(name string, number uint64) string {
	if number > 0 && name == queue.ErasedName(number) {
		return w.Say("operator.erased", "Number", number)
	}
	if number == 0 && name == queue.Uploader {
		return w.Say("operator.uploader")
	}
	return name
}

// Finding is what is wrong with a place of an export of the audit: where, and why.
func (w *Words) Finding(f audittrail.Finding) string {
	where := w.Say("audit.whole")
	switch {
	case f.Number > 0:
		where = w.Say("audit.line.number", "Line", f.Line, "Number", f.Number)
	case f.Line > 0:
		where = w.Say("audit.line", "Line", f.Line)
	}
	return where + " " + w.Say("audit."+string(f.Reason))
}

// audited are the errors of the audit and its operators.
func (w *Words) audited(err error) (text string, ok bool) {
	if e, ok := errors.AsType[*audittrail.ChainError](err); ok {
		return w.Say("error.audit-broken", "Finding", w.Finding(e.Finding)), true
	}
	for _, s := range []sentinel{
		{queue.ErrNoOperator, "error.no-operator"},
		{queue.ErrReasonNames, "error.reason-names"},
		{queue.ErrStillSupervisor, "error.still-supervisor"},
	} {
		if errors.Is(err, s.err) {
			return w.Say(s.id), true
		}
	}
	return "", false
}
