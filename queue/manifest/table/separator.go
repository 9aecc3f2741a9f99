package table

import "strings"

// Separators are what sets the values of a text apart.
func Separators() []rune { return []rune{',', ';', '\t', '|'} }

// Separator is whatever of the usual separators there is most of in a header, a
// comma where there is none. Quotation marks hide them.
func Separator(header string) rune {
	best, most := ',', 0
	for _, r := range Separators() {
		if n := separators(header, r); n > most {
			best, most = r, n
		}
	}
	return best
}

func separators(header string, r rune) int {
	n := 0
	for i, part := range strings.Split(header, `"`) {
		if i%2 == 0 {
			n += strings.Count(part, string(r))
		}
	}
	return n
}

// ColumnName is what a spreadsheet calls a column, counted from 0: "A", "Z",
// "AA".
func ColumnName(column int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// ColumnIndex is the column with a spreadsheet's name, counted from 0, or -1 for
// what names none.
func ColumnIndex(name string) int {
	if len(name) == 0 || len(name) > 3 {
		return -1
	}
	n := 0
	for _, c := range strings.ToUpper(name) {
		if c < 'A' || c > 'Z' {
			return -1
		}
		n = n*26 + int(c-'A') + 1
	}
	return n - 1
}
