package words

import (
	"strings"

	"pkidstation/queue"
)

// What a dock is told of its reception: whether the customer is still the right
// one, what a shift hands over, which layer of the pallet a box is of.

// inReception adds to what a command did the placeholders of what is told of a
// reception, and says which of its sentences is told: where it has a count that was
// expected, or boxes beside that.
func (w *Words) inReception(data map[string]any, v queue.Verdict) (which string) {
	data["Customer"] = w.customer(v.Work.Customer)
	data["Layer"], data["InLayer"] = w.Number(v.Layer.Number), w.Number(v.Layer.Boxes)
	data["Open"], data["Confirmed"] = w.unfinished(v), v.Work.Customer != ""
	data["Came"], data["Beside"] = w.Number(v.Count-v.Beside), w.Number(v.Beside)
	switch {
	case v.Reason != queue.ReceptionEnded || v.Of == 0:
		return ".what"
	case v.Beside > 0:
		return ".what.beside"
	default:
		return ".what.of"
	}
}

// besideReception adds what the dock should know of the reception beside the
// verdict itself.
func (w *Words) besideReception(what string, v queue.Verdict) string {
	switch {
	case v.Reason == queue.CustomerConfirmed && v.Of > 0:
		what += " " + w.Say("verdict.confirmed", "Count", w.Number(v.Count), "Of", w.Number(v.Of))
	case v.Reason == queue.ReceptionEnded && v.Held > 0:
		what += " " + w.Say("verdict.kept", "Count", w.Number(v.Held))
	case v.Reason == queue.Changed && v.Held > 0:
		what += " " + w.Say("verdict.nobodys", "Count", w.Number(v.Held))
	case v.Reason == queue.Changed && v.Count > 0:
		what += " " + w.Say("verdict.behind", "Count", w.Number(v.Count))
	case v.Entry.Unconfirmed && v.Reason != queue.Unconfirmed && v.Word != queue.Ignored:
		what += " " + w.Say("verdict.unconfirmed", "Customer", w.customer(v.Entry.Customer))
	}
	if v.Layer.Number > 0 && v.Reason != queue.LayerEnded {
		what += " " + w.Say("verdict.layer", "Layer", w.Number(v.Layer.Number), "InLayer", w.Number(v.Layer.Boxes))
	}
	return what
}

// counts says whether the numbers of a verdict are told in its own sentence, and
// are no carton's.
func counts(why queue.Reason) bool {
	switch why { //nolint:exhaustive // the others are a carton's, or have none
	case queue.CartonClosed, queue.CartonTotal, queue.ReceptionEnded, queue.CustomerConfirmed, queue.Changed, queue.LayerEnded:
		return true
	default:
		return false
	}
}

// mostWorks is how many open receptions are named; more than that nobody reads on a
// tile.
const mostWorks = 3

// unfinished is what a shift takes over, in one line.
func (w *Words) unfinished(v queue.Verdict) string {
	var said []string
	u := v.Unfinished
	for i, r := range u.Receptions {
		if i == mostWorks {
			said = append(said, w.Say("shift.more", "Count", w.Number(len(u.Receptions)-i)))
			break
		}
		id := "shift.reception"
		if r.Expected > 0 {
			id = "shift.reception.of"
		}
		said = append(said, w.Say(id, "Work", w.work(r.Work), "Count", w.Number(r.Here), "Of", w.Number(r.Expected)))
	}
	said = append(said, w.Say("shift.counts", "Boxes", w.Number(u.Boxes), "Held", w.Number(u.Held)))
	if u.Refused > 0 {
		said = append(said, w.Say("shift.refused", "Count", w.Number(u.Refused)))
	}
	if u.Unsent == 0 {
		return strings.Join(append(said, w.Say("shift.sent")), " ")
	}
	age := w.Duration(v.At.Sub(u.Oldest))
	return strings.Join(append(said, w.Say("shift.unsent", "Count", w.Number(u.Unsent), "Age", age)), " ")
}
