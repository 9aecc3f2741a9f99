package lists

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest"
	"pkidstation/queue/manifest/table"
)

// A Glimpse is the beginning of a file whose columns nobody can tell, for a person
// to say what they are.
type Glimpse struct {
	Columns []manifest.Column
	// HeaderRow is the row that most likely names them, 0 for none.
	HeaderRow int
	Rows      []manifest.Preview
	// Profile is how it is to be read, without a name and columns.
	Profile manifest.Profile
}

// glimpsed is how many rows below the header are in a Glimpse.
const glimpsed = 10

// Glance reads the beginning of a file, of a workbook that of the sheet, or of the
// fullest one where sheet is "", and takes nothing for anything. It fails with what
// package table refuses, or manifest.ErrNoDevices.
func Glance(ctx context.Context, name, sheet string) (Glimpse, error) {
	file, err := openList(name)
	if err != nil {
		return Glimpse{}, err
	}
	defer file.Close() //nolint:errcheck // it was only read
	info, err := file.Stat()
	if err != nil {
		return Glimpse{}, fmt.Errorf("looking at the list: %w", err)
	}
	f, err := table.Open(ctx, file, info.Size())
	if err != nil {
		return Glimpse{}, err
	}
	rows, profile, err := widest(f, sheet)
	if err != nil {
		return Glimpse{}, err
	}
	return glimpse(rows, profile), nil
}

// widest are the first rows by the separator, or of the sheet, that gives most
// cells; of a workbook whose sheet is said, that one's.
func widest(f *table.File, said string) (rows []table.Row, profile manifest.Profile, err error) {
	most := 0
	try := func(separator rune, sheet string) error {
		head, cells, err := head(f, separator, sheet)
		if err == nil && cells > most {
			rows, most = head, cells
			profile = manifest.Profile{Sheet: sheet}
			if separator != 0 {
				profile.Separator = string(separator)
			}
		}
		return err
	}
	if f.Format == table.Workbook {
		for _, sheet := range f.Sheets {
			if said != "" && !manifest.SheetIs(sheet, said) {
				continue
			}
			if err := try(0, sheet); err != nil {
				return nil, profile, err
			}
		}
	} else {
		for _, separator := range table.Separators() {
			if err := try(separator, ""); err != nil {
				return nil, profile, err
			}
		}
	}
	if most == 0 {
		err = manifest.ErrNoDevices
	}
	return rows, profile, err
}

// head are the first rows that can be read, and how many cells have something.
func head(f *table.File, separator rune, sheet string) (rows []table.Row, cells int, err error) {
	for row, err := range f.Rows(separator, sheet) {
		if err != nil {
			return nil, 0, err
		}
		if row.Fault != "" {
			continue
		}
		if row.Number > manifest.MaxHeaderRow+glimpsed {
			break
		}
		row.Cells = slices.Clone(row.Cells) // the next row uses their room
		rows = append(rows, row)
		cells += filled(row)
	}
	return rows, cells, nil
}

func filled(row table.Row) (n int) {
	for _, c := range row.Cells {
		if strings.TrimSpace(c.Text) != "" {
			n++
		}
	}
	return n
}

// glimpse finds the header: the first of the fullest rows above the first device.
func glimpse(rows []table.Row, profile manifest.Profile) Glimpse {
	g := Glimpse{Profile: profile}
	header, most, wide := -1, 1, 0
	for n, row := range rows {
		if wide = max(wide, len(row.Cells)); hasPKID(row) {
			break
		}
		if row.Number <= manifest.MaxHeaderRow && filled(row) > most {
			header, most = n, filled(row)
		}
	}
	for _, row := range rows {
		wide = max(wide, len(row.Cells))
	}
	for i := range wide {
		c := manifest.Column{Letter: table.ColumnName(i)}
		if header >= 0 && i < len(rows[header].Cells) {
			c.Header = clipped(rows[header].Cells[i].Text)
		}
		g.Columns = append(g.Columns, c)
	}
	if header >= 0 {
		g.HeaderRow = rows[header].Number
	}
	g.Profile.NoHeader = header < 0
	for _, row := range rows[header+1:] {
		if len(g.Rows) < glimpsed {
			g.Rows = append(g.Rows, previewOf(row))
		}
	}
	return g
}

func hasPKID(row table.Row) bool {
	for _, c := range row.Cells {
		if _, err := autopilot.ParsePKID(strings.TrimSpace(c.Text)); err == nil {
			return true
		}
	}
	return false
}

func previewOf(row table.Row) manifest.Preview {
	p := manifest.Preview{Place: manifest.Place{Row: row.Number, Line: row.Line}}
	for _, c := range row.Cells {
		p.Cells = append(p.Cells, clipped(c.Text))
	}
	return p
}

// clipped is a value as it may be shown: short, printable, and nothing of a product
// key.
func clipped(text string) string {
	const longest = 60
	text = strings.TrimSpace(text)
	if autopilot.HoldsProductKey(text) {
		return ""
	}
	letters := []rune(strings.Map(printed, text))
	if len(letters) > longest {
		return string(letters[:longest]) + "…"
	}
	return string(letters)
}

// printed is a letter as it may be shown.
func printed(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case !unicode.IsPrint(r):
		return -1
	default:
		return r
	}
}
