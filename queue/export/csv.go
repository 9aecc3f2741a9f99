package export

import (
	"fmt"
	"io"
	"strings"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// lineEnd ends each line, the last too.
const lineEnd = "\r\n"

// Write writes the file's bytes to w, in one call: a row for each entry that is
// taken, in the order given. What is refused is not in it; rest is what came
// after the file was full, and was not looked at. Where nothing is taken nothing
// is written.
//
// All entries must be ready, of one customer and one group tag, or nothing is
// done (ErrNotReady, ErrNoCustomer, ErrSeveralCustomers, ErrSeveralGroupTags).
// A caller that gives entries without a tag their customer's sets it before.
// With an error nothing is taken.
func Write(w io.Writer, entries []queue.Entry, opts Options) (taken []queue.Entry, refused []Refusal, rest []queue.Entry, err error) {
	s, err := compose(entries, opts)
	if err != nil || len(s.taken) == 0 {
		return nil, s.refused, s.rest, err
	}
	if _, err := io.WriteString(w, s.text); err != nil {
		return nil, nil, nil, fmt.Errorf("writing the CSV: %w", err)
	}
	return s.taken, s.refused, s.rest, nil
}

// A sheet is the file before it is written.
type sheet struct {
	text    string
	taken   []queue.Entry
	refused []Refusal
	rest    []queue.Entry
}

// compose makes the file's text.
func compose(entries []queue.Entry, opts Options) (sheet, error) {
	header, err := opts.header()
	if err != nil {
		return sheet{}, err
	}
	if err := checkTogether(entries); err != nil {
		return sheet{}, err
	}
	var s sheet
	g := newRows(header)
	for i, e := range entries {
		if g.count == opts.rows() {
			s.rest = entries[i:]
			break
		}
		if column, why := g.add(e.ToSend()); why != "" {
			s.refused = append(s.refused, Refusal{Entry: e, Column: column, Reason: why})
			continue
		}
		s.taken = append(s.taken, e)
	}
	s.text = g.text.String()
	return s, nil
}

// rows are the file's lines as they are added.
type rows struct {
	text  strings.Builder
	count int
	seen  map[string]bool
}

func newRows(header string) *rows {
	r := &rows{seen: map[string]bool{}}
	r.text.WriteString(header + lineEnd)
	return r
}

// add adds the device's row, or says which column is in the way, and why.
func (r *rows) add(device autopilot.Device) (column string, why Reason) {
	line, column, why := row(device)
	switch {
	case why != "":
		return column, why
	case r.seen[line]:
		return "", Duplicate
	}
	r.seen[line] = true
	r.count++
	r.text.WriteString(line + lineEnd)
	return "", ""
}

// checkTogether says whether the entries may be in one file at all.
func checkTogether(entries []queue.Entry) error {
	for _, e := range entries {
		switch first := entries[0]; {
		case e.State != queue.Ready:
			return fmt.Errorf("%w: entry %s is %s", ErrNotReady, e.ID, e.State)
		case e.Customer == "":
			return fmt.Errorf("%w: entry %s", ErrNoCustomer, e.ID)
		case e.Customer != first.Customer:
			return fmt.Errorf("%w: %s, and %s", ErrSeveralCustomers, first.Customer, e.Customer)
		case e.GroupTag != first.GroupTag:
			return fmt.Errorf("%w: %q, and %q", ErrSeveralGroupTags, first.GroupTag, e.GroupTag)
		}
	}
	return nil
}
