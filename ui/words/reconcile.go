package words

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/manifest"
)

// ListClash is why a row of a list was not taken that is announced already.
func (w *Words) ListClash(r manifest.Refusal, c queue.Clash) string {
	why := w.Say("list.why."+string(r.Reason), "Value", Shown(r.Text), "PKID", orNone(identity(c.Other.PKID)), "Serial", orNone(Shown(c.Other.Serial)),
		"Row", c.Other.Row, "List", c.Other.List, "Other", w.work(queue.Work{Customer: c.Other.Customer, Order: c.Other.Order}))
	return w.Say("list.refused", "Place", w.listPlace(r), "Why", why)
}

// List is what else came of a list that was taken in, a sentence each; named is
// the order that it names where another one was given, "" for none.
func (w *Words) List(a queue.Announcing, named string) (said []string) {
	if a.Again {
		said = append(said, w.Count("list.again", a.Taken, "When", w.Moment(a.At, time.Now()), "By", w.Operator(a.By, a.ByNumber), "Number", a.Number))
	}
	if named != "" && !a.Again {
		said = append(said, w.Say("list.named", "Order", Shown(named)))
	}
	for _, n := range []struct {
		id    string
		count int
	}{
		{"list.known", a.Known}, {"list.doubted", len(a.Doubted)}, {"list.sent", len(a.Sent)}, {"list.freed", len(a.Freed)}, {"list.waiting", len(a.Waiting)},
	} {
		if n.count > 0 && !a.Again {
			said = append(said, w.Count(n.id, n.count))
		}
	}
	return said
}

// Dropped is when a list was dropped, "" while it counts.
func (w *Words) Dropped(a queue.Announcement, now time.Time) string {
	if !a.Dropped() {
		return ""
	}
	return w.Say("list.dropped", "When", w.Moment(a.DroppedAt, now))
}

// DeviceStatus says of a device of an order whether it came.
func (w *Words) DeviceStatus(d queue.ReconciledDevice) string {
	if d.Unscanned {
		return w.Say("status.unscanned")
	}
	return w.Say("status." + string(d.Status))
}

// Staying is why an order may not leave for a device, "" where it may.
func (w *Words) Staying(d queue.ReconciledDevice) string {
	switch {
	case d.State == queue.Registered && d.Status == queue.Contradicted:
		return w.Say("staying.conflict")
	case d.State == queue.Registered:
		return ""
	case d.State == "":
		return w.Say("staying.missing")
	case d.State == queue.Held:
		e := queue.Entry{Device: d.Device, Number: d.Number, State: d.State, Reason: d.Reason}
		if d.Listed != nil {
			e.Listed = *d.Listed
		}
		return w.Say("staying.held", "Why", w.Why(e))
	case d.State == queue.Rejected && d.Code != "":
		return w.Code(d.Code, "").What
	default:
		return w.State(d.State)
	}
}

// Leaving is the one word on an order and what it rests on: how many are
// registered and, where it may not leave, what keeps it.
func (w *Words) Leaving(r queue.Reconciliation) string {
	data := []any{"Count", w.Number(r.Registered), "Of", w.Number(r.Due())}
	if r.MayLeave() {
		said := []string{w.Say("leaving.may", data...)}
		if r.Missing > 0 {
			said[0] += "."
			said = append(said, w.Count("leaving.unscanned", r.Missing))
		}
		return sentences(said...)
	}
	return sentences(append([]string{w.Say("leaving.stays", data...)}, w.kept(r)...)...)
}

// kept are the counts of what keeps an order.
func (w *Words) kept(r queue.Reconciliation) (said []string) {
	var refused, held, way int
	for _, d := range r.Staying() {
		switch {
		case d.Status != queue.Arrived: // counted above
		case d.State == queue.Rejected:
			refused++
		case d.State == queue.Held:
			held++
		default:
			way++
		}
	}
	for _, n := range []struct {
		id    string
		count int
	}{
		{"leaving.missing", r.Missing},
		{"leaving.conflict", r.Conflicts},
		{"leaving.unexpected", r.Unexpected},
		{"leaving.refused", refused},
		{"leaving.held", held},
		{"leaving.way", way},
	} {
		if n.count > 0 {
			said = append(said, w.Count(n.id, n.count))
		}
	}
	if r.Unread() {
		said = append(said, w.Count("leaving.unread", r.Refused))
	}
	if r.Lists == 0 && r.Open > 0 {
		said = append(said, w.Say("leaving.open"))
	}
	return said
}

// StayingBoxes are the boxes for which an order may not leave, a line for each
// pallet: their running numbers.
func (w *Words) StayingBoxes(r queue.Reconciliation) (lines []string) {
	pallets := map[string][]int{}
	for _, d := range r.Staying() {
		if d.Number > 0 {
			pallets[d.Pallet] = append(pallets[d.Pallet], d.Number)
		}
	}
	for _, pallet := range slices.SortedFunc(maps.Keys(pallets), cmp.Compare[string]) {
		numbers := pallets[pallet]
		slices.Sort(numbers)
		id := "leaving.pallet"
		if pallet == "" {
			id = "leaving.pallet.none"
		}
		lines = append(lines, w.Say(id, "Pallet", Shown(pallet), "Boxes", boxes(numbers)))
	}
	return lines
}

// boxes are running numbers in a row, those that follow each other as a range.
func boxes(numbers []int) string {
	var said []string
	for i := 0; i < len(numbers); {
		last := i
		for last+1 < len(numbers) && numbers[last+1] <= numbers[last]+1 {
			last++
		}
		text := strconv.Itoa(numbers[i])
		if numbers[last] > numbers[i] {
			text += "–" + strconv.Itoa(numbers[last])
		}
		said = append(said, text)
		i = last + 1
	}
	return strings.Join(said, ", ")
}
