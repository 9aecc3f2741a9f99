package ui_test

import (
	"testing"
	"time"

	"pkidstation/ui"
)

// A pace tells of the last hundred, and of nothing before.
func TestPace(t *testing.T) {
	var p ui.Pace
	if !p.None() || p.Median() != 0 || p.Worst() != 0 {
		t.Error("nothing has a pace")
	}
	p.Add(time.Hour)
	for n := range 100 {
		p.Add(time.Duration(n+1) * time.Millisecond)
	}
	if p.None() || p.Median() != 51*time.Millisecond || p.Worst() != 100*time.Millisecond {
		t.Errorf("median %v, worst %v", p.Median(), p.Worst())
	}
}
