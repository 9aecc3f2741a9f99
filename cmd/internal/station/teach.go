package station

import (
	"context"
	"fmt"
	"slices"

	"pkidstation/queue"
	"pkidstation/scanner/label"
)

// KnowLabels has the station tell codes apart by its site's own rules too: those
// of station.toml, and those it was taught.
func (s *Station) KnowLabels(ctx context.Context, set []string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.set = set
	return s.relearn(ctx)
}

func (s *Station) relearn(ctx context.Context) error {
	taught, err := s.queue.AllLearnt(ctx, queue.LearnRule)
	if err != nil {
		return fmt.Errorf("reading the labels that were taught: %w", err)
	}
	lines := slices.Clone(s.set)
	for _, l := range taught {
		lines = append(lines, l.Key)
	}
	rules := make([]label.Rule, 0, len(lines))
	for _, line := range lines {
		rule, err := label.ParseRule(line)
		if err != nil {
			return fmt.Errorf("reading a label rule: %w", err)
		}
		rules = append(rules, rule)
	}
	s.classify = label.NewClassifier(rules).Classify
	return nil
}

// Teach has the station know codes of a kind ("pkid", "serial", "model", "part")
// by their prefix and length from now on. keepPrefix says whether the prefix is
// part of the value. Once there are supervisors it takes one.
func (s *Station) Teach(ctx context.Context, kind, prefix string, length int, keepPrefix bool, act queue.Act) error {
	rule, err := label.Teach(label.Kind(kind), prefix, length, keepPrefix)
	if err != nil {
		return fmt.Errorf("teaching a label: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if act.By == "" {
		act.By = s.operator
	}
	if err := s.queue.Learn(ctx, queue.LearnRule, rule.String(), "", act); err != nil {
		return fmt.Errorf("keeping a label that was taught: %w", err)
	}
	return s.relearn(ctx)
}
