package label

import "slices"

// indexed is the longest text whose rules have a list of their own.
const indexed = 64

// A table is rules in order: the first that fits decides. They are listed by
// the lengths that they take, so that few are tried.
type table [indexed + 1][]*Rule

func newTable(rules []Rule) *table {
	var t table
	for i := range rules {
		u := &rules[i]
		for length := u.pattern.least; length <= u.pattern.most; length++ {
			at := min(length, indexed)
			if !slices.Contains(t[at], u) {
				t[at] = append(t[at], u)
			}
		}
	}
	return &t
}

// of is the rules that could fit a text of a length.
func (t *table) of(length int) []*Rule { return t[min(length, indexed)] }
