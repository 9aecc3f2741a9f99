package manifest

import (
	"strings"

	"pkidstation/queue/autopilot"
)

// How many values a column needs before it is judged as a whole, so that chance
// does not judge it: three PKIDs that end in three zeros each come once in a
// billion lists, six that all pass the check of an article number once in a
// million.
const (
	roundedRows  = 3
	serialRows   = 3 // of the greatest length
	roundedZeros = "000"
	articleRows  = 6
)

// wholes looks at columns as wholes, and drops the rows that they condemn.
func (r *reader) wholes() {
	n, rounded, articles := 0, true, true
	for d := range r.m.Rows() {
		if d.PKID == "" {
			continue
		}
		n++
		rounded = rounded && strings.HasSuffix(string(d.PKID), roundedZeros)
		articles = articles && isGTIN(string(d.PKID))
	}
	switch {
	case n >= roundedRows && rounded:
		r.dropPKIDs(TrailingZeros)
	case n >= articleRows && articles:
		r.dropPKIDs(ArticleCode)
	}
	r.shortSerials()
}

func (r *reader) dropPKIDs(why Reason) {
	for i := range r.m.rows.n {
		if d := r.m.rows.at(i); d.PKID != "" {
			r.drop(i, PKID, string(d.PKID), why, 0)
		}
	}
}

// shortSerials finds serials that lost their zeros: where all are digits, most
// have one length, and none of those begins with a zero, the shorter ones did.
func (r *reader) shortSerials() {
	lengths, longest := map[int]int{}, 0
	n, zero := 0, false
	for d := range r.m.Rows() {
		switch {
		case d.Serial == "":
			continue
		case !digitsOnly(d.Serial):
			return
		}
		n++
		zero = zero || d.Serial[0] == '0'
		lengths[len(d.Serial)]++
		longest = max(longest, len(d.Serial))
	}
	if zero || lengths[longest] == n || lengths[longest] < serialRows || lengths[longest]*2 < n || longest < leastLost {
		return
	}
	for i := range r.m.rows.n {
		if d := r.m.rows.at(i); d.Serial != "" && len(d.Serial) < longest {
			r.drop(i, Serial, d.Serial, LostZeros, 0)
		}
	}
}

// isGTIN says whether 13 digits pass the check of an article number (EAN).
func isGTIN(digits string) bool {
	if len(digits) != autopilot.PKIDLength {
		return false
	}
	sum := 0
	for i := range len(digits) {
		n := int(digits[i] - '0')
		if i%2 == 1 {
			n *= 3
		}
		sum += n
	}
	return sum%10 == 0
}
