package queue

import (
	"context"
	"time"

	"pkidstation/queue/autopilot"
)

// A DeviceStatus says of one device of an order whether it came.
type DeviceStatus string

const (
	// Arrived is announced, and here.
	Arrived DeviceStatus = "arrived"
	// Missing is announced, and not here.
	Missing DeviceStatus = "missing"
	// Unexpected is here, and not announced.
	Unexpected DeviceStatus = "unexpected"
	// Contradicted is announced and here, and something of it is another's.
	Contradicted DeviceStatus = "conflict"
)

// A ReconciledDevice is one device of an order: as announced, as it is here, or
// both.
type ReconciledDevice struct {
	autopilot.Device

	Status DeviceStatus
	// Announced says that a list has it; List, Row, Pallet and Box are that list's.
	// Unscanned says that it was registered from the list, and no label was read.
	// ByHash says that it goes by its hardware hash, which is told to nobody: the
	// entry's, or the list's where no entry stands for it. The PKID and the serial number
	// are those inside where it has no others.
	Announced, Unscanned, ByHash bool

	List        uint64
	Row         int
	Pallet, Box string
	// Entry is the ID of the entry that stands for it, "" for none. What follows is
	// the entry's; its pallet, where it has one, is in Pallet.
	Entry      string
	Number     int
	State      State
	Reason     Reason
	Code       autopilot.Code
	Listed     *Listed // nil where no list says anything of the entry, as a rule
	CapturedAt time.Time
}

// A Reconciliation is an order as it was announced beside what is here of it.
type Reconciliation struct {
	Order    string
	Customer autopilot.TenantID // "" for any
	// Lists is how many lists announce it. Without one, what is here is all there is.
	Lists int
	// Expected is the count that somebody gave at the dock, where there is no list.
	Expected int
	// Open is how many of its receptions are open.
	Open int
	// Of the announced devices, how many there are and how many of them are here,
	// missing or contradicted; and how many are here that were not announced.
	Announced, Arrived, Missing, Conflicts, Unexpected int
	// Refused is how many rows of its lists were not taken: nobody knows which devices
	// they are, until a list with all that was taken comes whole, or somebody counts.
	Refused int
	// Registered is how many of all are registered.
	Registered int
	// Devices are all of them: the announced ones in the order of their lists, then
	// the others in that of their capture.
	Devices []ReconciledDevice
	runs    []run
}

// Due is how many devices must be registered before the order may leave: those
// that were announced and those that were registered besides, or as many as somebody
// counted where those are more, else those that are here.
func (r Reconciliation) Due() int {
	if r.Lists == 0 {
		return max(r.Expected, r.Arrived)
	}
	besides := 0
	for i := range r.Devices {
		if d := &r.Devices[i]; !d.Announced && d.State == Registered {
			besides++
		}
	}
	return max(r.Expected, r.Announced+besides)
}

// Unread says whether rows that were refused keep the order.
func (r Reconciliation) Unread() bool { return r.Refused > 0 && r.Expected != r.Announced }

// MayLeave says whether every device that is due is registered and no other box is
// in doubt. Where nobody knows how many are due, the receptions must be closed, too.
// What a supervisor registered from a list counts, scanned or not.
func (r Reconciliation) MayLeave() bool {
	return r.Due() > 0 && len(r.Staying()) == 0 && len(r.Devices) >= r.Due() && !r.Unread() && (r.Lists > 0 || r.Expected > 0 || r.Open == 0)
}

// Staying are the devices for which the order may not leave.
func (r Reconciliation) Staying() []ReconciledDevice {
	var staying []ReconciledDevice
	for _, d := range r.Devices {
		if d.State != Registered || d.Status == Contradicted {
			staying = append(staying, d)
		}
	}
	return staying
}

// Reconcile holds what is here of an order against what was announced of it; of all
// customers who have an order of that name where the customer is empty. Missing is a
// device that was registered from a list and not scanned, too.
func (q *Queue) Reconcile(ctx context.Context, order string, customer autopilot.TenantID) (Reconciliation, error) {
	r := reconciling{
		queue: q, got: Reconciliation{Order: order, Customer: customer},
		lists: map[uint64]bool{}, texts: map[string]string{},
	}
	for _, step := range []func(context.Context) error{r.announced, r.receptions, r.elsewhere} {
		if err := step(ctx); err != nil {
			return Reconciliation{}, err
		}
	}
	r.count()
	return r.got, nil
}
