package vision_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"pkidstation/scanner/vision"
)

// A tally is what was read of the labels of one cell.
type tally struct {
	frames, whole, codes, read, pkids, pkidsRead, wrong int
	took                                                []time.Duration
}

func (s *tally) add(o *tally) {
	s.frames, s.whole, s.codes, s.read = s.frames+o.frames, s.whole+o.whole, s.codes+o.codes, s.read+o.read
	s.pkids, s.pkidsRead, s.wrong = s.pkids+o.pkids, s.pkidsRead+o.pkidsRead, s.wrong+o.wrong
	s.took = append(s.took, o.took...)
}

// at is the nth part of hundred of the durations.
func (s *tally) at(percent int) float64 {
	slices.Sort(s.took)
	return float64(s.took[len(s.took)*percent/100].Microseconds()) / 1000
}

// TestRecall measures what is read of the synthetic labels, cell by cell, one
// frame at a time. PKIDSTATION_LABELS names another folder of the same form.
func TestRecall(t *testing.T) { //nolint:paralleltest // it measures time.
	if os.Getenv("PKIDSTATION_TORTURE") == "" || raceDetector {
		t.Skip("it measures: only with PKIDSTATION_TORTURE=1 and without the race detector")
	}
	folder := cmp.Or(os.Getenv("PKIDSTATION_LABELS"), filepath.Join(corpus, "labels"))
	b, err := os.ReadFile(filepath.Join(folder, "truth.tsv"))
	if err != nil {
		t.Skip("the corpus of labels is not beside the project")
	}
	cells := make(map[string]*tally)
	all := &tally{}
	for line := range strings.Lines(string(b)) {
		column := strings.Split(strings.TrimSpace(line), "\t")
		if len(column) < 5 || column[0] == "group" || !strings.HasPrefix(column[2], os.Getenv("PKIDSTATION_CELL")) {
			continue
		}
		one := measure(t, filepath.Join(folder, column[2]), strings.Split(column[4], ";"))
		cell := column[0] + " " + column[1]
		if cells[cell] == nil {
			cells[cell] = &tally{}
		}
		cells[cell].add(one)
		all.add(one)
	}
	show(t, cells, all)
}

// measure reads one frame; a truth is "symbology|text|x|y".
func measure(t *testing.T, file string, truths []string) *tally {
	t.Helper()
	img, err := load(file)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	codes := vision.Decode(img)
	s := &tally{frames: 1, codes: len(truths), took: []time.Duration{time.Since(start)}}
	var missed []string
	for _, truth := range truths {
		text := strings.Split(truth, "|")[1]
		read := slices.ContainsFunc(codes, func(c vision.Code) bool { return c.Text == text })
		pkid := len(text) == len("8732103856091")
		if pkid {
			s.pkids++
		}
		switch {
		case read && pkid:
			s.pkidsRead++
			fallthrough
		case read:
			s.read++
		default:
			missed = append(missed, truth)
		}
		codes = slices.DeleteFunc(codes, func(c vision.Code) bool { return c.Text == text })
	}
	if len(missed) == 0 {
		s.whole = 1
	}
	s.wrong = len(codes)
	for _, c := range codes {
		t.Errorf("%s: %s %q is not on the label", filepath.Base(file), c.Symbology, c.Text)
	}
	if len(missed) > 0 && testing.Verbose() {
		t.Logf("%s: not read: %q", filepath.Base(file), missed)
	}
	return s
}

func show(t *testing.T, cells map[string]*tally, all *tally) {
	t.Helper()
	names := make([]string, 0, len(cells))
	for name := range cells {
		names = append(names, name)
	}
	slices.Sort(names)
	cells["all"] = all
	table := tabwriter.NewWriter(t.Output(), 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(table, "cell\tframes\tcodes\tPKIDs\twhole\twrong\tmedian ms\tp95 ms\t")
	for _, name := range append(names, "all") {
		s := cells[name]
		percent := func(part, of int) string { return fmt.Sprintf("%.0f %%", 100*float64(part)/float64(max(of, 1))) }
		_, _ = fmt.Fprintf(table, "%s\t%d\t%s\t%s\t%s\t%d\t%.1f\t%.1f\t\n", name, s.frames, percent(s.read, s.codes),
			percent(s.pkidsRead, s.pkids), percent(s.whole, s.frames), s.wrong, s.at(50), s.at(95))
	}
	if err := table.Flush(); err != nil {
		t.Error(err)
	}
}
