package label

import (
	"slices"
	"strings"
)

// A field is one identifier of a GS1 or MH10.8 message, and its value.
type field struct{ id, value string }

// tellFields gives the code of the first identifier that a message has, in the
// order of the rules: the serial before the order number. Two different serials
// are several devices' and tell nothing.
func (d *dictionary) tellFields(fields []field, identifiers []identifier, text string) Code {
	for i := range identifiers {
		values := valuesOf(fields, &identifiers[i])
		if len(values) == 0 {
			continue
		}
		code, ok := identifiers[i].tells(values[0], d)
		if !ok {
			continue
		}
		if len(values) > 1 {
			return refused(Unknown, printable(text))
		}
		if model := modelBeside(fields, code.Kind); model != "" {
			code.Model = model
		}
		return code
	}
	return refused(whyNothing(fields, identifiers), printable(text))
}

// whyNothing is the reason for a message without a code of its own: all of it
// is known and tells no device, or something in it is wrong or not known.
func whyNothing(fields []field, identifiers []identifier) Reason {
	for _, f := range fields {
		at := slices.IndexFunc(identifiers, func(i identifier) bool { return i.is(f.id) })
		if at < 0 || identifiers[at].kind != "" {
			return Unknown
		}
	}
	if len(fields) == 0 {
		return Unknown
	}
	return NoIdentity
}

// modelBeside is the model in the message of a serial: GS1 AI 241.
func modelBeside(fields []field, kind Kind) string {
	models := valuesOf(fields, &identifier{prefix: customerPart, size: len(customerPart)})
	if kind != Serial || len(models) != 1 {
		return ""
	}
	return models[0]
}

// valuesOf are the different values of an identifier.
func valuesOf(fields []field, i *identifier) []string {
	var values []string
	for _, f := range fields {
		if i.is(f.id) && !slices.Contains(values, f.value) {
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
