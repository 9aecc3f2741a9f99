package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// write prints the table, the project's standing against the budget and what
// is longest.
func write(out io.Writer, project figures, models []figures, longest []size) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	row(table, name("codebase"), "files", "file p50", "p90", "max", "func p50", "p90", "p99", "test:code", "documented")
	for _, f := range append(models, project) {
		row(table, name(f.name), f.files, f.file.p50, f.file.p90, f.file.most,
			f.function.p50, f.function.p90, f.function.p99,
			fmt.Sprintf("%.2f", f.testShare), fmt.Sprintf("%.0f %%", 100*f.documented))
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	return lines(out, append(standing(project), longestLines(longest)...))
}

// name fills a cell to the left, where the table fills it to the right.
func name(of string) string { return fmt.Sprintf("%-24s", of) }

func row(table io.Writer, cells ...any) {
	for _, c := range cells {
		_, _ = fmt.Fprintf(table, "%v\t", c) // Flush gives the error
	}
	_, _ = fmt.Fprintln(table)
}

// standing says of each figure in the budget whether the project keeps it.
func standing(f figures) []string {
	says := func(kept bool, what string, is, budget any) string {
		word := "kept  "
		if !kept {
			word = "MISSED"
		}
		return fmt.Sprintf("  %s  %-28s %6v  (%v)", word, what, is, budget)
	}
	return []string{
		"", "The budget that the tight ones agree on:",
		says(f.function.p50 <= 12, "median function, lines", f.function.p50, "at most 12"),
		says(f.function.p90 <= 45, "90 % of functions, lines", f.function.p90, "at most 45"),
		says(f.file.p90 <= 400, "90 % of files, lines", f.file.p90, "at most 400"),
		says(f.testShare >= 1, "test lines to a line of code", fmt.Sprintf("%.2f", f.testShare), "at least 1"),
		says(f.documented >= 0.9, "exported functions, share", fmt.Sprintf("%.2f", f.documented), "documented, at least 0.90"),
	}
}

func longestLines(longest []size) []string {
	says := []string{"", "Longest here:"}
	for _, s := range longest {
		says = append(says, fmt.Sprintf("  %5d  %s", s.lines, s.what))
	}
	return says
}

func lines(out io.Writer, all []string) error {
	for _, l := range all {
		if _, err := fmt.Fprintln(out, l); err != nil {
			return fmt.Errorf("writing the report: %w", err)
		}
	}
	return nil
}
