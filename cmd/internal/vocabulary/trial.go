package vocabulary

import (
	"pkidstation/scanner/label"
	"pkidstation/scanner/sight"
	"pkidstation/scanner/trial"
	"pkidstation/ui/words"
)

// Finding is what a scan showed of a scanner, as ui/words takes it.
func Finding(f trial.Finding) words.Finding {
	return words.Finding{
		Grade: string(f.Grade()), Raw: f.Raw, AIM: f.AIM, Symbology: string(f.Symbology), Terminator: string(f.Terminator),
		Keys: f.Keys, Average: f.Average, Longest: f.Longest, Layout: f.Layout, Unsure: f.Unsure, Kind: string(f.Code.Kind),
		Text: f.Code.Text, Reason: string(f.Code.Reason), Doubt: f.Code.Confidence == label.Ambiguous, Advice: Advice(f.Advice),
	}
}

// Advice is advice as ui/words takes it; it is never nil.
func Advice(advice []trial.Advice) []string {
	all := make([]string, 0, len(advice))
	for _, a := range advice {
		all = append(all, string(a))
	}
	return all
}

// Sight is a camera's advice as ui/words takes it; it is never nil.
func Sight(advice []sight.Advice) []string {
	all := make([]string, 0, len(advice))
	for _, a := range advice {
		all = append(all, string(a))
	}
	return all
}
