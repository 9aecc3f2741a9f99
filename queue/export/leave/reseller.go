package leave

import (
	"io"
	"slices"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
	"pkidstation/queue/export/report"
)

// Contents are the boxes of an order that were scanned, registered or not, in the
// order of a paper. It fails with *OrderError.
func Contents(o Order) ([]Box, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	boxes := slices.DeleteFunc(slices.Clone(o.Boxes), func(b Box) bool { return !b.scanned() })
	slices.SortStableFunc(boxes, inOrder)
	return boxes, nil
}

// WriteContents writes the list of an order's Contents for people at a downstream
// reseller, PKIDs first, as XLSX or CSV, and says how many there are. For the web
// site it is WriteUpload.
func WriteContents(w io.Writer, o Order, format report.Format, opts Options) (n int, err error) {
	boxes, err := Contents(o)
	if err != nil {
		return 0, err
	}
	rows := func(yield func([]report.Cell) bool) {
		for _, b := range boxes {
			row := []report.Cell{
				{Text: string(b.PKID)},
				{Text: b.Serial},
				{Text: b.Manufacturer},
				{Text: b.Model},
				{Text: o.Order},
				{Text: b.Pallet},
				{Text: shownNumber(b)},
			}
			if !yield(row) {
				return
			}
		}
	}
	s := setter{Options: opts}
	return len(boxes), report.WriteTable(w, s.table(opts.Words.Say("leave.contents"), rows, []report.Column{
		{Name: "report.pkid", Width: 15},
		{Name: "report.serial", Width: 20},
		{Name: "report.manufacturer", Width: 22},
		{Name: "report.model", Width: 26},
		{Name: "report.order", Width: 18},
		{Name: "report.pallet", Width: 22},
		{Name: "report.number", Width: 8},
	}), format, opts.Words)
}

// A Refusal is a box that is not in the file for the web site. Column and Reason
// are export.Refusal's.
type Refusal struct {
	Box    Box
	Column string
	Reason export.Reason
}

// WriteUpload writes boxes, an order's Contents, as the file that a downstream
// partner uploads to the web site: package export's five columns, byte exact.
// Taken is how many are in it, rest what came after it was full, for a file of
// their own. Where none is taken nothing is written.
func WriteUpload(w io.Writer, boxes []Box, opts export.Options) (taken int, refused []Refusal, rest []Box, err error) {
	devices := make([]autopilot.Device, 0, len(boxes))
	for _, b := range boxes {
		devices = append(devices, b.Device)
	}
	looked, no, err := export.Devices(w, devices, opts)
	if err != nil {
		return 0, nil, nil, err
	}
	for _, r := range no {
		refused = append(refused, Refusal{Box: boxes[r.Index], Column: r.Column, Reason: r.Reason})
	}
	return looked - len(refused), refused, boxes[looked:], nil
}
