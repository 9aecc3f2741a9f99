package listing

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// A Column is what a list can be sorted by.
type Column int

// The columns, as they stand on the screen from the left. What was captured when the
// entries' own order says, never a clock.
const (
	Captured Column = iota
	Number
	PKID
	Serial
	Customer
	Order
	State
	Reason
)

// Columns are all of them, in the order of the screen.
func Columns() []Column {
	return []Column{Number, PKID, Serial, Customer, Order, State, Reason, Captured}
}

// A Sort is an order. Zero is the newest first.
type Sort struct {
	By Column
	// Other turns it around: the oldest first, or from Z to A.
	Other bool
}

// Newest says whether entries should come the newest first.
func (s Sort) Newest() bool { return s.By != Captured || !s.Other }

// Beside is the order by the next column to the right, or to the left.
func (s Sort) Beside(right bool) Sort {
	all := Columns()
	at := slices.Index(all, s.By)
	if right {
		at++
	} else {
		at += len(all) - 1
	}
	return Sort{By: all[at%len(all)]}
}

// Texts are what a list is sorted by where the screen says it in words.
type Texts struct {
	Language string
	Customer func(autopilot.TenantID) string
	Reason   func(queue.Entry) string
}

// keys are what rows are sorted by: a text each, or the place of a word that many
// have. Rows of one place come by number, and then the newest first, whichever way
// round; what has none comes last.
type keys struct {
	sorted Sort
	texts  Texts
	text   []string
	word   []uint32 // into words
	words  []string
	known  map[word]uint32
}

// A word is what a text on the screen is made of.
type word struct {
	customer autopilot.TenantID
	order    string
	state    queue.State
	reason   queue.Reason
	code     autopilot.Code
}

func newKeys(s Sort, t Texts) keys { return keys{sorted: s, texts: t, known: map[word]uint32{}} }

func (k *keys) add(e queue.Brief) {
	switch k.sorted.By {
	case PKID:
		k.text = append(k.text, string(e.PKID))
	case Serial:
		k.text = append(k.text, strings.ToUpper(e.Serial))
	case Customer:
		k.addWord(word{customer: e.Customer}, func() string { return k.texts.Customer(e.Customer) })
	case Order:
		k.addWord(word{order: e.Order}, func() string { return e.Order })
	case State:
		k.addWord(word{state: e.State}, func() string { return "" })
	case Reason:
		like := queue.Entry{State: e.State, Reason: e.Reason, Code: e.Code}
		k.addWord(word{state: e.State, reason: e.Reason, code: e.Code}, func() string { return k.texts.Reason(like) })
	case Captured, Number:
	}
}

func (k *keys) addWord(w word, text func() string) {
	at, known := k.known[w]
	if !known {
		at = uint32(len(k.words)) //nolint:gosec // no more than rows
		k.known[w] = at
		k.words = append(k.words, text())
	}
	k.word = append(k.word, at)
}

// places are where each word stands among the others; 0 for none.
func (k *keys) places() []uint32 {
	places := make([]uint32, len(k.words))
	if k.sorted.By == State {
		for w, at := range k.known {
			places[at] = uint32(slices.Index(queue.States(), w.state) + 2) //nolint:gosec // a handful
		}
		return places
	}
	in := collate.New(language.Make(k.texts.Language), collate.IgnoreCase, collate.Numeric)
	texts := slices.Clone(k.words)
	in.SortStrings(texts)
	place, before := uint32(0), ""
	of := map[string]uint32{"": 0}
	for _, text := range texts {
		if text == "" {
			continue
		}
		if place == 0 || in.CompareString(before, text) != 0 {
			place++
		}
		of[text], before = place, text
	}
	for at, text := range k.words {
		places[at] = of[text]
	}
	return places
}

// sort sorts the rows that were added, which come the newest first, or the oldest.
func (k *keys) sort(rows []Row) {
	switch {
	case k.sorted.By == Captured:
	case k.sorted.By == Number:
		slices.SortStableFunc(rows, func(a, b Row) int {
			if k.sorted.Other {
				a, b = b, a
			}
			return cmp.Compare(a.Number, b.Number)
		})
	case k.text != nil:
		sortBy(rows, k.text, k.sorted.Other)
	case k.word != nil:
		places := k.places()
		ranks := make([]uint32, len(k.word))
		for n, at := range k.word {
			ranks[n] = places[at]
		}
		sortBy(rows, ranks, k.sorted.Other)
	}
}

// sortBy sorts rows by a key each, of which the zero comes last.
func sortBy[K cmp.Ordered](rows []Row, of []K, other bool) {
	type keyed struct {
		key K
		row Row
	}
	var none K
	all := make([]keyed, len(rows))
	for n, r := range rows {
		all[n] = keyed{of[n], r}
	}
	slices.SortStableFunc(all, func(a, b keyed) int {
		switch {
		case a.key == b.key:
			return cmp.Compare(a.row.Number, b.row.Number)
		case a.key == none:
			return 1
		case b.key == none:
			return -1
		case other:
			return cmp.Compare(b.key, a.key)
		default:
			return cmp.Compare(a.key, b.key)
		}
	})
	for n, one := range all {
		rows[n] = one.row
	}
}
