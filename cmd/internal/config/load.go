package config

import (
	"cmp"
	"errors"
	"maps"
	"path/filepath"
	"slices"
)

// FileName is the name of the settings' file in the data folder.
const FileName = "station.toml"

// maxProblems is how many problems are reported; a file with more is none of
// ours.
const maxProblems = 20

// Load gives the settings: the defaults, over them station.toml in folder
// (which may be missing), over it the PKIDSTATION_ variables of environ, which
// is as os.Environ gives it. Everything that is wrong is in the error, joined,
// each an *Error; the Config is then the defaults with what was right.
func Load(folder string, environ []string) (Config, error) {
	file, env := filepath.Join(folder, FileName), parseEnviron(environ)
	text, problem := readText(file)
	c, _, problems := loadText(file, text, env)
	if problem != nil {
		problems = append([]*Error{problem}, problems...)
	}
	return c, join(problems)
}

// loadText is Load of a file with this text.
func loadText(file string, text []byte, env environment) (Config, document, []*Error) {
	c := Default()
	doc, problem := parseDocument(file, text)
	var problems []*Error
	if problem != nil {
		problems = []*Error{problem}
	} else {
		problems = doc.setAll(settings(&c))
	}
	problems = slices.Concat(problems, c.readEnvironment(env), c.settleWay(doc, env))
	c.Upload.PollFirst = min(c.Upload.PollFirst, c.Upload.PollMax)
	c.Upload.RetryFirst = min(c.Upload.RetryFirst, c.Upload.RetryMax)
	if c.Station.Language == "" {
		c.Station.Language = env.language()
	}
	return c, doc, problems
}

// settleWay makes CSV the way of an indirect reseller, who has no API, and refuses
// the API where someone asked for it.
func (c *Config) settleWay(doc document, env environment) []*Error {
	if c.PartnerCenter.Account != AccountIndirectReseller || c.PartnerCenter.Way != WayAPI {
		return nil
	}
	c.PartnerCenter.Way = WayCSV
	problem := &Error{
		Problem: BadValue, Key: "partner_center.way", Value: `"api"`,
		Allowed: `"csv" with account = "indirect-reseller": Microsoft gives indirect resellers no API`,
	}
	table, _ := doc.tables["partner_center"].(map[string]any)
	const variable = variablePrefix + "PARTNER_CENTER_WAY"
	switch {
	case env[variable] == string(WayAPI):
		problem.Variable = variable
	case table["way"] == string(WayAPI):
		problem.File, problem.Line = doc.file, doc.line("partner_center", "way")
	default:
		return nil // nobody asked for it: it is the default
	}
	return []*Error{problem}
}

// readEnvironment lays what the variables say over c.
func (c *Config) readEnvironment(env environment) []*Error {
	var problems []*Error
	known := map[string]bool{variableData: true, variableToken: true, variablePIN: true}
	for _, s := range settings(c) {
		known[s.variable()] = true
		if text, ok := env[s.variable()]; ok && !s.setText(text) {
			shown, allowed := s.refusal(text)
			problems = append(problems, &Error{Problem: BadValue, Variable: s.variable(), Key: s.name(), Value: shown, Allowed: allowed})
		}
	}
	token, problem := env.token()
	if problem != nil {
		problems = append(problems, problem)
	}
	c.AccessToken = token
	c.Warnings = env.unknown(known)
	return problems
}

// join is errors.Join over the first problems, in the order of their lines.
func join(problems []*Error) error {
	slices.SortStableFunc(problems, func(a, b *Error) int { return cmp.Compare(a.Line, b.Line) })
	var all []error
	for _, problem := range problems[:min(len(problems), maxProblems)] {
		all = append(all, problem)
	}
	return errors.Join(all...)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
