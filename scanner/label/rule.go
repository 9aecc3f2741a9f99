package label

import "regexp"

// A rule is one row of the table: on such carriers, a text of such a shape
// whose value holds is this.
type rule struct {
	// on is the carriers that the rule is for.
	on carrier
	// shape is what the text in upper case must look like. Its first group,
	// if there is one, is the value.
	shape *regexp.Regexp
	// holds is asked of the value; nil is always true.
	holds func(value string) bool
	// unless keeps the rule from a text that by itself has a serial's shape.
	unless func(text string) bool
	// gives is the answer but for the Text.
	gives Code
	// fill puts the value into the answer; nil puts it into Text.
	fill func(answer Code, r reading, value string) Code
}

func (u *rule) read(r reading) (Code, bool) {
	if u.on&r.on == 0 {
		return Code{}, false
	}
	match := u.shape.FindStringSubmatch(r.upper)
	if match == nil {
		return Code{}, false
	}
	value := match[len(match)-1]
	if u.holds != nil && !u.holds(value) || u.unless != nil && u.unless(r.upper) {
		return Code{}, false
	}
	if u.fill != nil {
		return u.fill(u.gives, r, value), true
	}
	answer := u.gives
	answer.Text = value
	return answer, true
}

// asRead gives the text as it was read.
func asRead(answer Code, r reading, _ string) Code {
	answer.Text = r.text
	return answer
}

// withoutMarks gives an address without the marks between its bytes.
func withoutMarks(answer Code, _ reading, value string) Code {
	answer.Text = addressMarks.ReplaceAllString(value, "")
	return answer
}

// modelAndSerial parts Lenovo's 1S code: 10 characters model, 8 serial.
func modelAndSerial(answer Code, _ reading, value string) Code {
	answer.Model, answer.Text = value[:10], value[10:]
	return answer
}

// orWithoutS keeps the text whole and gives the reading without S beside it.
func orWithoutS(answer Code, r reading, value string) Code {
	answer.Text, answer.Or = r.upper, value
	return answer
}

// orWithoutSN cuts S, since the text fits no serial with it, and gives the
// reading without SN beside it.
func orWithoutSN(answer Code, r reading, value string) Code {
	answer.Text, answer.Or = r.upper[1:], value
	return answer
}

func sure(kind Kind) Code   { return Code{Kind: kind, Confidence: Certain} }
func likely(kind Kind) Code { return Code{Kind: kind, Confidence: High} }

func doubtful(kind Kind, reason Reason) Code {
	return Code{Kind: kind, Confidence: Ambiguous, Reason: reason}
}
