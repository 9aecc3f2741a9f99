package trial_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner"
	"pkidstation/scanner/command"
	"pkidstation/scanner/trial"
)

func TestJudge(t *testing.T) {
	t.Parallel()
	french := func(text string, unsure bool) scanner.Scan {
		return with(typed(text), func(s *scanner.Scan) { s.Layout, s.Unsure = "fr", unsure })
	}
	calibration := french("]C0"+command.Calibration, false)
	for name, tt := range map[string]struct {
		scans  []scanner.Scan
		want   []trial.Advice
		change bool
	}{
		"nothing scanned": {nil, nil, false},
		"all good":        {[]scanner.Scan{typed("]C0" + pkid), typed("]C0" + serial), typed("]E05901234123457")}, []trial.Advice{trial.Fine}, false},
		"each once, in order": {
			[]scanner.Scan{typed(pkid), french(pkid, false), typed(serial)},
			[]trial.Advice{trial.LayoutRepaired, trial.NoAIM},
			true,
		},
		"one of three": {[]scanner.Scan{typed("]C0" + pkid), typed("]C0" + pkid), typed(pkid)}, []trial.Advice{trial.NoAIM}, true},
		"calibrated": {
			[]scanner.Scan{french("]C0"+serial, true), calibration, french("]C0"+serial, false)},
			[]trial.Advice{trial.Calibrated, trial.Fine},
			false,
		},
		"unsure after it": {
			[]scanner.Scan{calibration, french("]C0"+serial, true)},
			[]trial.Advice{trial.LettersUnsure, trial.Calibrated},
			true,
		},
		"a pause in one": {[]scanner.Scan{paced(1e7, 2e8), typed("]C0" + pkid), paced(1e7, 1e8)}, []trial.Advice{trial.Fine}, false},
		"a pause in two": {[]scanner.Scan{paced(1e7, 101e6), typed("]C0" + pkid), paced(1e7, 101e6)}, []trial.Advice{trial.Slow}, true},
		"a product key is no fault of the scanner": {[]scanner.Scan{typed("]C0" + key)}, []trial.Advice{trial.Secret, trial.Fine}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var findings []trial.Finding
			for _, scan := range tt.scans {
				findings = append(findings, look(scan))
			}
			got := trial.Judge(findings)
			if diff := cmp.Diff(tt.want, got.Advice); diff != "" || got.Change() != tt.change {
				t.Errorf("change %v, want %v (-want +got):\n%s", got.Change(), tt.change, diff)
			}
		})
	}
}

// TestTheFourthStartsOver, and reports already given stay as they were.
func TestTheFourthStartsOver(t *testing.T) {
	t.Parallel()
	var tried trial.Trial
	var reports []trial.Report
	var counts []int
	for range 7 {
		reports = append(reports, tried.Take(look(typed(pkid))))
	}
	for _, r := range reports {
		counts = append(counts, len(r.Findings))
	}
	if want := []int{1, 2, 3, 1, 2, 3, 1}; !slices.Equal(counts, want) {
		t.Errorf("reports of %v findings, want %v", counts, want)
	}
}

func TestEveryAdviceIsGivenItsPlace(t *testing.T) {
	t.Parallel()
	seen := map[trial.Advice]bool{}
	for _, a := range trial.AllAdvice() {
		if seen[a] {
			t.Errorf("%s twice", a)
		}
		seen[a] = true
		if note := a == trial.Secret || a == trial.Calibrated || a == trial.Fine; a.Change() == note {
			t.Errorf("%s asks for a change: %v", a, a.Change())
		}
	}
}

// TestOnceCalibratedALayoutIsNoFault: neither where the station knew it before,
// nor after the calibration code, in later rounds too.
func TestOnceCalibratedALayoutIsNoFault(t *testing.T) {
	t.Parallel()
	french := func(text string) trial.Finding {
		return look(with(typed("]C0"+text), func(s *scanner.Scan) { s.Layout = "fr" }))
	}
	known, learning := trial.Trial{Calibrated: true}, trial.Trial{}
	if r := known.Take(french(pkid)); r.Change() || r.Findings[0].Grade() != trial.Good {
		t.Errorf("known before: %+v", r)
	}
	if r := learning.Take(french(pkid)); !r.Change() {
		t.Errorf("not known: %+v", r)
	}
	learning.Take(french(command.Calibration))
	for range 4 {
		if r := learning.Take(french(pkid)); r.Change() {
			t.Errorf("calibrated: %+v", r)
		}
	}
}
