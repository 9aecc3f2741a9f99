package main

import (
	"fmt"
	"runtime"
	"strings"
	"time"
)

// markdown is the report: who read, the pooled scores, and those by cell.
func (t *tally) markdown(o options, start time.Time) string {
	var b strings.Builder
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(&b, format+"\n", args...) }
	say("Measured on %s in one run of %d frames, %.0f s, one core each, %s %s/%s.", start.Format(time.DateOnly), t.seen,
		time.Since(start).Seconds(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	for i, r := range t.readers {
		crashed := ""
		if n := t.crashes[i]; n > 0 {
			crashed = fmt.Sprintf("; it crashed on %d frames", n)
			if p, ok := r.(*peer); ok && p.again != nil {
				crashed += " and was asked again with " + strings.Join(p.again, " ")
			}
		}
		say("- %s: %s%s", r.name(), r.version(), crashed)
	}
	say("\nTime is processor time a frame, median / 95 %%; a peer's is its process's, less what it takes to start and to load the frame.")
	t.sections(say, o)
	return b.String()
}

func (t *tally) sections(say func(string, ...any), o options) {
	if frames := t.frames(labels); frames > 0 {
		say("\n**Generated labels** (seeds %s, %d frames)\n", strings.Trim(fmt.Sprint(o.seeds), "[]"), frames)
		t.pooled(say, labels)
		t.folded(say, labels)
	}
	if frames := t.frames(adversaries); frames > 0 {
		say("\n**Adversarial frames** (%d): wrong texts, of which 13 digits; median ms\n", frames)
		t.byCell(say, adversaries, "frames", wrongTexts)
	}
	if frames := t.frames(corpus); frames > 0 {
		say("\n**Labels of the corpus** (%d frames)\n", frames)
		t.pooled(say, corpus)
		t.folded(say, corpus)
	}
	if frames := t.frames(photos); frames > 0 {
		say("\n**Photographs** (%d): right of all, wN = N with only a wrong text; median ms\n", frames)
		t.byCell(say, photos, "folder", photographsRead)
	}
}

func (t *tally) frames(of section) int {
	if s := t.scores[place{of, ""}]; len(s) > 0 {
		return s[0].frames
	}
	return 0
}

// pooled is the table of all frames of a section.
func (t *tally) pooled(say func(string, ...any), of section) {
	say("| reader | codes | PKIDs | whole labels | wrong texts | wrong PKIDs | ms at 720p | ms at 1080p |")
	say("|---|---|---|---|---|---|---|---|")
	for i, r := range t.readers {
		s := t.scores[place{of, ""}][i]
		say("| %s | %s | %s | %s | %d | %d | %s | %s |", r.name(), percent(s.right, s.codes), percent(s.pkidsRight, s.pkids),
			percent(s.whole, s.labels), s.wrong, s.wrongPKIDs, t.times(of, "720", i), t.times(of, "1080", i))
	}
	say("")
}

func (t *tally) times(of section, height string, reader int) string {
	s, ok := t.scores[place{of, height}]
	if !ok {
		return "-"
	}
	const most = 0.95
	return fmt.Sprintf("%s / %s", millis(s[reader].quantile(half)), millis(s[reader].quantile(most)))
}

// folded is the share of codes by cell, which a page shows when it is asked to.
func (t *tally) folded(say func(string, ...any), of section) {
	say("<details><summary>By what makes the frame hard</summary>\n")
	t.byCell(say, of, "cell, % of codes", shareRead)
	say("\n</details>")
}

// byCell is a table with a column for each reader.
func (t *tally) byCell(say func(string, ...any), of section, title string, cell func(score) string) {
	head, rule := "| "+title+" |", "|---|"
	for _, r := range t.readers {
		head, rule = head+" "+r.name()+" |", rule+"---|"
	}
	say("%s\n%s", head, rule)
	for _, p := range t.in(of) {
		line := []string{p.cell}
		for _, s := range t.scores[p] {
			line = append(line, cell(s))
		}
		say("| %s |", strings.Join(line, " | "))
	}
}

// half of the frames took less than the median.
const half = 0.5

func shareRead(s score) string { return strings.TrimSuffix(percent(s.right, s.codes), " %") }

func wrongTexts(s score) string {
	return fmt.Sprintf("%d, %d; %s", s.wrong, s.wrongPKIDs, millis(s.quantile(half)))
}

func photographsRead(s score) string {
	if s.codes == 0 {
		return fmt.Sprintf("%d wrong of %d; %s", s.wrong, s.frames, millis(s.quantile(half)))
	}
	said := fmt.Sprintf("%d/%d", s.right, s.frames)
	if s.wrongOnly > 0 {
		said += fmt.Sprintf(" w%d", s.wrongOnly)
	}
	return said + "; " + millis(s.quantile(half))
}

func percent(part, whole int) string {
	if whole == 0 {
		return "-"
	}
	const hundred = 100
	return fmt.Sprintf("%.0f %%", hundred*float64(part)/float64(whole))
}

func millis(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	const fine = 10
	if ms < fine {
		return fmt.Sprintf("%.1f", ms)
	}
	return fmt.Sprintf("%.0f", ms)
}
