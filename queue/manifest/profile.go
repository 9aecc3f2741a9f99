package manifest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"pkidstation/queue/manifest/table"
)

// The limits of a profile.
const (
	// MaxHeaderRow is the last row that a header is looked for in, or set to.
	MaxHeaderRow = 25
	// MaxProfile is the most bytes of a profile's JSON.
	MaxProfile = 64 << 10
	maxName    = 100 // characters of a name, a header or a sheet
)

// A Profile says what the columns of one supplier's lists are. It is complete:
// columns that it does not name are passed over, whatever they are called.
type Profile struct {
	// Name is the supplier's, as a person types it.
	Name string `json:"name"`
	// NoHeader: the lists have none, and Columns go by their letters.
	NoHeader bool `json:"no_header,omitempty"`
	// HeaderRow is the row of the header, from 1; 0 means that it is looked for.
	// Without a header it is the row before the first device.
	HeaderRow int `json:"header_row,omitempty"`
	// Separator is one of table.Separators, "" means that it is found. Workbooks
	// have none.
	Separator string `json:"separator,omitempty"`
	// Sheet is the name of the list's sheet, "" means that it is found.
	Sheet   string    `json:"sheet,omitempty"`
	Columns []Mapping `json:"columns"`
}

// A Mapping says what one column is. Names are compared without case, accents
// and signs.
type Mapping struct {
	// Column is the column's header, or its letter in lists without one.
	Column string `json:"column"`
	Field  Field  `json:"field"`
}

// ParseProfile reads a profile as it is kept, and checks it. It fails with a
// *ProfileError.
func ParseProfile(text []byte) (Profile, error) {
	if len(text) > MaxProfile || !utf8.Valid(text) {
		return Profile{}, &ProfileError{Fault: ProfileSyntax}
	}
	var p Profile
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return Profile{}, &ProfileError{Fault: ProfileSyntax}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Profile{}, &ProfileError{Fault: ProfileSyntax}
	}
	if err := p.Check(); err != nil {
		return Profile{}, err
	}
	return p, nil
}

// Check says what is wrong with a profile, as a *ProfileError.
func (p Profile) Check() error {
	switch {
	case !nameable(p.Name):
		return &ProfileError{Fault: ProfileName, Value: shown(p.Name)}
	case p.HeaderRow < 0 || p.HeaderRow > MaxHeaderRow:
		return &ProfileError{Fault: ProfileHeaderRow, Value: strconv.Itoa(p.HeaderRow)}
	case p.Separator != "" && (utf8.RuneCountInString(p.Separator) != 1 || !slices.Contains(table.Separators(), []rune(p.Separator)[0])):
		return &ProfileError{Fault: ProfileSeparator, Value: shown(p.Separator)}
	case p.Sheet != "" && !nameable(p.Sheet):
		return &ProfileError{Fault: ProfileSheet, Value: shown(p.Sheet)}
	}
	return p.checkColumns()
}

func (p Profile) checkColumns() error {
	columns, fields, identified := map[string]bool{}, map[Field]bool{}, false
	for _, m := range p.Columns {
		name := p.column(m)
		switch {
		case name == "" || !nameable(m.Column):
			return &ProfileError{Fault: ProfileColumn, Value: shown(m.Column)}
		case !slices.Contains(Fields(), m.Field):
			return &ProfileError{Fault: ProfileField, Value: shown(string(m.Field))}
		case columns[name]:
			return &ProfileError{Fault: ProfileTwice, Value: shown(m.Column)}
		case fields[m.Field]:
			return &ProfileError{Fault: ProfileTwice, Value: string(m.Field)}
		}
		columns[name], fields[m.Field], identified = true, true, identified || m.Field.identifies()
	}
	if !identified {
		return &ProfileError{Fault: ProfileNoColumns}
	}
	return nil
}

// column is a mapping's column as it is compared, "" for one that names none.
func (p Profile) column(m Mapping) string {
	if !p.NoHeader {
		return key(m.Column)
	}
	letter := strings.ToUpper(strings.TrimSpace(m.Column))
	if at := table.ColumnIndex(letter); at < 0 || at >= table.MaxColumns {
		return ""
	}
	return letter
}

// nameable says whether a text can be a name on a screen.
func nameable(text string) bool {
	return text != "" && utf8.RuneCountInString(text) <= maxName && strings.TrimSpace(text) == text && printable(text) &&
		shown(text) != ""
}

// Profile is what was found in the list as a profile, for a person to change
// and to save under a supplier's name.
func (m *Manifest) Profile(supplier string) Profile {
	p := Profile{Name: supplier, NoHeader: m.HeaderRow == 0, Sheet: m.Sheet}
	if m.Separator != 0 {
		p.Separator = string(m.Separator)
	}
	for _, c := range m.Columns {
		if c.Field == "" {
			continue
		}
		name := c.Header
		if p.NoHeader {
			name = c.Letter
		}
		p.Columns = append(p.Columns, Mapping{Column: name, Field: c.Field})
	}
	return p
}
