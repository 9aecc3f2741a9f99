package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed page.html.tmpl
var pageText string

// page is the report to read and print: one file that needs no other.
type page struct {
	w        io.Writer
	template *template.Template
	words    Words
	columns  []column
	cells    []pageCell
}

type pageCell struct {
	Text   string
	Number bool
}

type pageHead struct {
	Language, Title, Made string
	Names                 []string
}

type pageEnd struct {
	Title, Customer, Tenant string
	Names                   []string
	Lines                   []pageLine
}

type pageLine struct {
	Customer, Tenant string
	Counts           []string
}

func newPage(w io.Writer, o Options) (*page, error) {
	parsed, err := template.New("page").Parse(pageText)
	if err != nil {
		return nil, fmt.Errorf("reading the page's template: %w", err)
	}
	p := &page{w: w, template: parsed, words: o.Words, columns: columns()}
	made := o.Words.Say("report.made", "When", shownTime(o.Words, o.Made), "Station", Plain(o.Station))
	head := pageHead{Language: o.Words.Language(), Title: o.Words.Say("report.title"), Made: made, Names: heading(o.Words).names()}
	if err := parsed.ExecuteTemplate(w, "head", head); err != nil {
		return nil, fmt.Errorf("beginning the report: %w", err)
	}
	return p, nil
}

func (p *page) row(l line) error {
	p.cells = p.cells[:0]
	for _, c := range p.columns {
		p.cells = append(p.cells, pageCell{Text: c.shown(l), Number: c.kind == integer})
	}
	return p.template.ExecuteTemplate(p.w, "row", p.cells)
}

func (p *page) end(all *tally) error {
	end := pageEnd{
		Title: p.words.Say("report.counts"), Names: all.names(),
		Customer: p.words.Say("report.customer"), Tenant: p.words.Say("report.tenant"),
	}
	for _, l := range all.lines() {
		shown := pageLine{Customer: l.Customer, Tenant: l.Tenant}
		for _, n := range l.Counts {
			shown.Counts = append(shown.Counts, p.words.Number(n))
		}
		end.Lines = append(end.Lines, shown)
	}
	return p.template.ExecuteTemplate(p.w, "end", end)
}

func (p *page) close() error { return nil }
