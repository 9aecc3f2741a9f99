package vision_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestDecodeLabels plays the synthetic device labels: how much is read is
// shown only (recall there is a later piece of work), but nothing may be read
// that is not on the label. Every fifth frame keeps it short, and the race
// detector sees two, see TestDecodeCorpus; the long form has all.
func TestDecodeLabels(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(corpus, "labels")
	want := labelTexts(t, filepath.Join(folder, "truth.tsv"))
	step := 5
	switch {
	case os.Getenv("PKIDSTATION_TORTURE") != "":
		step = 1
	case raceDetector:
		withoutRace(t, t.Name())
		step = 70
	}
	right, all := 0, 0
	for _, r := range readEvery(t, folder, step) {
		texts := want[r.file]
		all += len(texts)
		for _, c := range r.codes {
			if slices.Contains(texts, c.Text) {
				right++
			} else {
				t.Errorf("%s: read %s %q, which is not on the label (%q)", r.file, c.Symbology, c.Text, texts)
			}
		}
	}
	t.Logf("%d of %d codes", right, all)
}

// labelTexts are the texts on each label by its file, from the fifth column.
func labelTexts(t *testing.T, table string) map[string][]string {
	t.Helper()
	b, err := os.ReadFile(table)
	if err != nil {
		t.Skip("the corpus of labels is not beside the project")
	}
	texts := make(map[string][]string)
	for line := range strings.Lines(string(b)) {
		column := strings.Split(strings.TrimSpace(line), "\t")
		if len(column) < 5 {
			continue
		}
		for code := range strings.SplitSeq(column[4], ";") {
			if part := strings.Split(code, "|"); len(part) > 1 {
				texts[column[2]] = append(texts[column[2]], part[1])
			}
		}
	}
	return texts
}
