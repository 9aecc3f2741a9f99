package queue

import (
	"time"

	"pkidstation/queue/autopilot"
)

// Work is what a reception is for. Two receptions with the same work are the
// same work: a PKID read again in it is Seen.
type Work struct {
	Customer autopilot.TenantID `json:"customer,omitempty"`
	GroupTag autopilot.GroupTag `json:"group_tag,omitempty"`
	Order    string             `json:"order,omitempty"`
}

// A Reception is a piece of work at the dock, opened and closed by somebody.
type Reception struct {
	ID string `json:"id"`
	Work
	OpenedBy string    `json:"opened_by"`
	OpenedAt time.Time `json:"opened_at"`
	ClosedBy string    `json:"closed_by,omitempty"`
	ClosedAt time.Time `json:"closed_at,omitzero"`
	// The numbers of these two operators: on the disk they stand for the names.
	OpenedByNumber uint64 `json:"opened_by_number,omitempty"`
	ClosedByNumber uint64 `json:"closed_by_number,omitempty"`
	// Boxes is the running number of its last entry.
	Boxes int `json:"boxes"`
	// First is the sequence of its first entry, so that looking for its entries
	// need not begin at the first of all.
	First uint64 `json:"first,omitempty"`
	// Expected is how many boxes somebody said will come, 0 where nobody did.
	Expected int `json:"expected,omitempty"`
	// Layers is how many layers of its pallet are done, LayerFrom the running number
	// of the last box of them, LayerBefore that of those before the last one.
	Layers      int `json:"layers,omitempty"`
	LayerFrom   int `json:"layer_from,omitempty"`
	LayerBefore int `json:"layer_before,omitempty"`
	// Pallet is the number (SSCC) of the pallet that its boxes come from now.
	Pallet string `json:"pallet,omitempty"`
}

// Open says whether the reception still takes captures.
func (r Reception) Open() bool { return r.ClosedAt.IsZero() }
