package config

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"pkidstation/scanner/label"
)

// isRuleList says whether a value is rules of a site that can all be read.
func isRuleList(v any) bool {
	list, ok := v.([]string)
	if !ok || len(list) > maxRules {
		return false
	}
	_, _, bad := badRule(list)
	return !bad
}

// badRule is the first of the rules that cannot be read: the rule with its
// mistake, and what may stand there.
func badRule(list []string) (wrong, allowed string, bad bool) {
	for _, text := range list {
		_, err := label.ParseRule(text)
		if fault, ok := errors.AsType[*label.RuleError](err); ok {
			return fmt.Sprintf("%s (column %d: %s)", strconv.Quote(clip(text)), fault.Column, fault.Problem), fault.Allowed, true
		}
	}
	return "", "", false
}

// split cuts the list of a variable at its commas. What has no colon is no rule
// but the end of the one before it, whose maker has a comma.
func (s setting) split(text string) []any {
	items := splitList(text)
	if s.name() != "label.rules" {
		return items
	}
	var rules []any
	for _, item := range items {
		part, _ := item.(string)
		if last := len(rules) - 1; last >= 0 && !strings.Contains(part, ":") {
			rules[last] = fmt.Sprint(rules[last], ", ", part)
			continue
		}
		rules = append(rules, part)
	}
	return rules
}

// refusal is a refused value for a person, and what is allowed instead. Of a
// list of rules it shows the one that is wrong, and where.
func (s setting) refusal(value any) (shown, allowed string) {
	shown, allowed = s.shown(value), s.rule().allowed
	if text, ok := value.(string); ok {
		value = s.split(text) // as a variable has it
	}
	if s.name() != "label.rules" {
		return shown, allowed
	}
	typed, ok := s.convert(value)
	list, isList := typed.([]string)
	if !ok || !isList || len(list) > maxRules {
		return shown, allowed
	}
	wrong, instead, bad := badRule(list)
	if !bad {
		return shown, allowed
	}
	if instead == "" {
		instead = allowed
	}
	return wrong, instead
}
