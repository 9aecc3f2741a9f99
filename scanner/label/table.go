package label

// indexed is the longest text whose rules have a list of their own.
const indexed = 64

// A table is rules in order: the first that fits decides. They are listed by
// the lengths that they take.
type table [indexed + 1][]entry

// An entry is a rule and what keeps it from most texts at a glance.
type entry struct {
	first charset
	on    carrier
	rule  *Rule
}

func newTable(rules []Rule) *table {
	var t table
	for i := range rules {
		p := &rules[i].pattern
		for length := p.least; length <= min(p.most, indexed); length++ {
			t[length] = append(t[length], entry{p.first, rules[i].on, &rules[i]})
		}
		if p.least > indexed {
			t[indexed] = append(t[indexed], entry{p.first, rules[i].on, &rules[i]})
		}
	}
	return &t
}

// next is the first rule from an index on that could take the text, and the
// index behind it; nil if there is none.
func (t *table) next(from int, r *reading) (*Rule, int) {
	if r.upper == "" {
		return nil, 0
	}
	list, c := t[min(len(r.upper), indexed)], r.upper[0]
	for i := from; i < len(list); i++ {
		if list[i].on&r.on != 0 && list[i].first.has(c) {
			return list[i].rule, i + 1
		}
	}
	return nil, len(list)
}
