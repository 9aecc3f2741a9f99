package label

import "log/slog"

// A Code is what a scan was taken for. Two codes are the same if they are ==.
type Code struct {
	Kind       Kind
	Confidence Confidence
	// Text is the value without caption, data identifier and AIM identifier:
	// the 13 digits of a PKID, the 12 hexadecimal digits of a MAC.
	Text string
	// Reason is set for Secret, Other and whatever is Ambiguous.
	Reason Reason
	// Model is the model that the same code carries beside its serial, as
	// Lenovo's 1S codes and GS1 AI 241 do; else empty.
	Model string
	// Or is the other reading of a serial that may or may not begin with a
	// data identifier: the text without it, where Text keeps it.
	Or string
	// Maker is the manufacturer exactly as its firmware has it, where caption
	// or shape prove it; else empty.
	Maker string
	// Stands is what an ExpressCode or SNID stands for: Dell's service tag, or
	// characters 11 to 18 of Acer's serial; else empty. See Proves.
	Stands string
}

// LogValue keeps what was read out of logs.
func (c Code) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("kind", string(c.Kind)),
		slog.String("confidence", string(c.Confidence)),
		slog.String("reason", string(c.Reason)),
	)
}

func refused(reason Reason, text string) Code {
	return Code{Kind: Other, Confidence: Certain, Reason: reason, Text: text}
}
