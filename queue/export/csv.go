package export

import (
	"fmt"
	"io"
	"strings"

	"pkidstation/queue"
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
	var b strings.Builder
	b.WriteString(header + lineEnd)
	seen := map[string]bool{}
	for i, e := range entries {
		if len(s.taken) == opts.rows() {
			s.rest = entries[i:]
			break
		}
		line, column, why := row(e.ToSend())
		if why == "" && seen[line] {
			why = Duplicate
		}
		if why != "" {
			s.refused = append(s.refused, Refusal{Entry: e, Column: column, Reason: why})
			continue
		}
		seen[line] = true
		b.WriteString(line + lineEnd)
		s.taken = append(s.taken, e)
	}
	s.text = b.String()
	return s, nil
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
