package label

import "strings"

// customerPart is the AI under which makers give the model.
const customerPart = "241"

// applicationMessage reads a GS1 message: one in brackets as printed below the
// bars, one from a symbol that is known to be GS1, or one whose separators
// show it. It is false where the text is none. A message with an identifier
// that is in no row cannot be split and tells nothing.
func (d *dictionary) applicationMessage(text string, known bool) (Code, bool) {
	var fields []field
	switch bracketed := d.bracketFields(text); {
	case len(bracketed) > 0:
		fields = bracketed
	case known && len(text) == 14 && GTIN(text):
		// DataBar without its identifier, as some decoders give it.
		fields = []field{{"01", text}}
	case known || strings.Contains(text, groupSeparator):
		fields = d.applicationFields(text)
	}
	if len(fields) == 0 || strings.ContainsAny(text, recordSeparator+endOfMessage) {
		return Code{}, false
	}
	return d.tellFields(fields, d.ofGS1, text), true
}

// bracketFields splits "(01)…(21)…"; none if an identifier is no GS1's.
func (d *dictionary) bracketFields(text string) []field {
	var fields []field
	for text != "" {
		if text[0] != '(' {
			return nil
		}
		id, rest, ok := strings.Cut(text[1:], ")")
		end := strings.IndexAny(rest, "()")
		if end < 0 {
			end = len(rest)
		}
		known, isKnown := d.applicationAt(id)
		if !ok || !isKnown || known.size != len(id) || !known.takes(rest[:end]) {
			return nil
		}
		fields = append(fields, field{id, rest[:end]})
		text = rest[end:]
	}
	return fields
}

// applicationFields splits a message as scanners send it; none if it does not
// come out even.
func (d *dictionary) applicationFields(text string) []field {
	var fields []field
	for text = strings.TrimPrefix(text, groupSeparator); text != ""; text = strings.TrimPrefix(text, groupSeparator) {
		known, ok := d.applicationAt(text)
		if !ok {
			return nil
		}
		id, rest := text[:known.size], text[known.size:]
		end := known.end(rest)
		if !known.takes(rest[:end]) {
			return nil
		}
		fields = append(fields, field{id, rest[:end]})
		text = rest[end:]
	}
	return fields
}

func (d *dictionary) applicationAt(text string) (*identifier, bool) {
	for i := range d.ofGS1 {
		if d.ofGS1[i].opens(text) {
			return &d.ofGS1[i], true
		}
	}
	return nil, false
}
