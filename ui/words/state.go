package words

import "pkidstation/queue"

// State is where an entry stands. A state that is none is shown as it is.
func (w *Words) State(s queue.State) string {
	if !s.Valid() {
		return Shown(string(s))
	}
	return w.Say("state." + string(s))
}

// Standing is where an entry stands. Of one that a person gave up Microsoft
// refused nothing.
func (w *Words) Standing(e queue.Entry) string {
	if givenUp(e) {
		return w.Say("outcome.given-up.state")
	}
	return w.State(e.State)
}

func givenUp(e queue.Entry) bool { return e.State == queue.Rejected && e.Reason == queue.NoOutcome }

// Kind is what a code on a label is: scanner/label's word, as a label for a
// person. A kind that is not known is "other".
func (w *Words) Kind(kind string) string {
	return w.Say(w.first("kind."+kind, "kind.other"))
}

// Reason is why something is held, refused, ignored or waits, in one sentence;
// for the state in a Seen verdict it is the state. No reason is "".
func (w *Words) Reason(r queue.Reason) string {
	if r == "" {
		return ""
	}
	if s := queue.State(r); s.Valid() {
		return w.State(s)
	}
	if id := "reason." + string(r); w.has(id) {
		return w.Say(id)
	}
	return Shown(string(r))
}

// Action is what happened to an entry, for its history. An action that is not
// known is shown as it is.
func (w *Words) Action(a queue.Action) string {
	if id := "action." + string(a); w.has(id) {
		return w.Say(id)
	}
	return Shown(string(a))
}

// work is what a reception is for, in words.
func (w *Words) work(work queue.Work) string {
	return w.Say("work", "Customer", w.customer(work.Customer),
		"Tag", Shown(string(work.GroupTag)), "Order", Shown(work.Order))
}
