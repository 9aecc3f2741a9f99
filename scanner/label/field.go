package label

import (
	"slices"
	"strings"
)

// A field is one identifier of a GS1 or MH10.8 message, and its value.
type field struct{ id, value string }

// A meaning is what a field's identifier says that its value is.
type meaning struct {
	id   string
	kind Kind
	// holds says whether a value can be that; nil takes any.
	holds func(value string) bool
}

// tellFields gives the code of the first meaning that a message has, in the
// order of meanings: the serial before the order number. Two different serials
// are several devices' and tell nothing.
func tellFields(fields []field, meanings []meaning, text string) Code {
	for _, m := range meanings {
		values := valuesOf(fields, m.id)
		if len(values) == 0 || m.holds != nil && !m.holds(values[0]) {
			continue
		}
		if len(values) > 1 {
			return refused(Unknown, printable(text))
		}
		return Code{Kind: m.kind, Confidence: High, Text: values[0], Model: modelBeside(fields, m.kind)}
	}
	return refused(Unknown, printable(text))
}

// modelBeside is the model in the message of a serial: GS1 AI 241.
func modelBeside(fields []field, kind Kind) string {
	models := valuesOf(fields, customerPart)
	if kind != Serial || len(models) != 1 {
		return ""
	}
	return models[0]
}

// valuesOf are the different values of an identifier.
func valuesOf(fields []field, id string) []string {
	var values []string
	for _, f := range fields {
		if f.id == id && !slices.Contains(values, f.value) {
			values = append(values, f.value)
		}
	}
	return values
}

// printable shows the separators of a message as spaces.
func printable(text string) string {
	spaced := strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, text)
	return strings.TrimSpace(spaced)
}
