package config

import (
	"runtime"
	"strings"
)

// The variables that are no keys.
const (
	variablePrefix = "PKIDSTATION_"
	variableData   = variablePrefix + "DATA"
	variableToken  = variablePrefix + "ACCESS_TOKEN"
	variablePIN    = variablePrefix + "PIN"
)

// An environment is what os.Environ gives, by name.
type environment map[string]string

// parseEnviron is as the system looks variables up: the first of a name is
// taken, and Windows takes no notice of case.
func parseEnviron(environ []string) environment {
	env := environment{}
	for _, line := range environ {
		name, value, ok := strings.Cut(line, "=")
		if runtime.GOOS == "windows" {
			name = strings.ToUpper(name)
		}
		if _, twice := env[name]; ok && name != "" && !twice {
			env[name] = value
		}
	}
	return env
}

// language is the language that the environment asks for: "fr", "en", or ""
// where it does not say. What is neither is given English.
func (env environment) language() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := strings.ToLower(env[name]); locale != "" {
			if locale == "fr" || strings.HasPrefix(locale, "fr_") || strings.HasPrefix(locale, "fr-") || strings.HasPrefix(locale, "fr.") {
				return "fr"
			}
			return "en"
		}
	}
	return ""
}

// maxToken is longer than any token that Microsoft gives.
const maxToken = 16 << 10

// token gives the access token. What could break a header is refused, without
// a word of it in the error.
func (env environment) token() (Token, *Error) {
	text := strings.TrimSpace(env[variableToken])
	outside := func(r rune) bool { return r <= ' ' || r > '~' }
	if len(text) > maxToken || strings.ContainsFunc(text, outside) {
		return "", &Error{
			Problem: BadValue, Variable: variableToken, Value: redacted,
			Allowed: `the bearer token alone, without "Bearer", spaces or line ends`,
		}
	}
	return Token(text), nil
}

// unknown are the variables that start like ours and are not known, sorted.
func (env environment) unknown(known map[string]bool) []*Error {
	var warnings []*Error
	for _, name := range sortedKeys(env) {
		if strings.HasPrefix(name, variablePrefix) && !known[name] {
			warnings = append(warnings, &Error{Problem: UnknownKey, Variable: clip(name), Suggest: suggestVariable(name, known)})
		}
	}
	return warnings
}

// suggestVariable compares what comes after the prefix that all have.
func suggestVariable(name string, known map[string]bool) string {
	if mentionsToken(name) {
		return variableToken
	}
	var ends []string
	for _, variable := range sortedKeys(known) {
		ends = append(ends, strings.TrimPrefix(variable, variablePrefix))
	}
	if end := nearest(strings.TrimPrefix(name, variablePrefix), ends); end != "" {
		return variablePrefix + end
	}
	return ""
}
