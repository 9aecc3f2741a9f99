package config

import "log/slog"

const redacted = "[redacted]"

// A Token is a bearer token. Printing, logging or encoding one gives
// "[redacted]"; string(t) is the only way to its text.
type Token string

// String hides the token from fmt.
func (t Token) String() string {
	if t == "" {
		return ""
	}
	return redacted
}

// GoString hides the token from %#v.
func (t Token) GoString() string { return t.String() }

// LogValue hides the token from slog.
func (t Token) LogValue() slog.Value { return slog.StringValue(t.String()) }

// MarshalText hides the token from encoders.
func (t Token) MarshalText() ([]byte, error) { return []byte(t.String()), nil }
