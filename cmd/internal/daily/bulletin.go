package daily

import (
	"io"

	"pkidstation/queue/export"
	"pkidstation/queue/export/report"
	"pkidstation/queue/morning"
	"pkidstation/ui/words"
)

// WriteFile writes a morning into a file, in the place of one that is there; its
// format is that of its ending, HTML or XLSX.
func WriteFile(path string, m morning.Morning, spoken *words.Words) error {
	format, err := report.FormatOf(path)
	if err != nil {
		return err
	}
	return export.Replace(path, func(w io.Writer) error { return report.WriteBulletin(w, bulletin(m, spoken), format, spoken) })
}

// bulletin is a morning as tables: the matters, and what the charts show.
func bulletin(m morning.Morning, spoken *words.Words) report.Bulletin {
	say := spoken.Say
	b := report.Bulletin{
		Title: say("morning.report.title") + " · " + m.Station,
		Made:  say("morning.report.made", "Station", m.Station, "When", spoken.Date(m.At)),
	}
	matters := report.Section{
		Title: say("morning.report.matters"), Sheet: say("morning.report.matters"),
		Columns: []report.Column{
			{Name: say("morning.report.part"), Width: 28},
			{Name: say("morning.report.grade"), Width: 16},
			{Name: say("morning.report.text"), Width: 80},
			{Name: say("morning.report.next"), Width: 60},
		},
	}
	for _, part := range spoken.Morning(m) {
		for _, one := range part.Matters {
			grade := report.Text(one.Word)
			grade.Strong = one.Grade != words.GradeWell
			matters.Rows = append(matters.Rows, []report.Value{report.Text(part.Title), grade, report.Text(one.Text), report.Text(one.Next)})
		}
	}
	b.Sections = []report.Section{matters}
	for n, f := range []words.Figure{spoken.MorningHours(m), spoken.MorningFailures(m), spoken.MorningAges(m)} {
		sheet := []string{"morning.report.sheet.hours", "morning.report.sheet.failures", "morning.report.sheet.ages"}[n]
		b.Sections = append(b.Sections, figure(f, say(sheet), spoken))
	}
	return b
}

// figure is a chart as a table.
func figure(f words.Figure, sheet string, spoken *words.Words) report.Section {
	s := report.Section{
		Title: f.Title, Sheet: sheet, None: f.None,
		Columns: []report.Column{{Name: spoken.Say("morning.report.label"), Width: 60}},
	}
	most := 0
	for _, name := range f.Series {
		if name == "" {
			name = spoken.Say("morning.report.count")
		}
		s.Columns = append(s.Columns, report.Column{Name: name, Width: 14})
	}
	for _, bar := range f.Bars {
		for _, n := range bar.Values {
			most = max(most, n)
		}
	}
	for _, bar := range f.Bars {
		if most == 0 {
			break // None says so
		}
		row := []report.Value{report.Text(bar.Label)}
		for _, n := range bar.Values {
			row = append(row, report.Count(n, most))
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}
