package directory

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// maxSheet is the most bytes of a file with customers.
const maxSheet = 8 << 20

// Why a file is refused as a whole.
var (
	// ErrTooBig: it is longer than any list of customers.
	ErrTooBig = errors.New("the file is too large for a list of customers")
	// ErrHeader: no column has the customers' Microsoft IDs.
	ErrHeader = errors.New("no column of the file is the tenant id")
	// ErrEmpty: it has no row below the header.
	ErrEmpty = errors.New("the file has no customers")
)

// A Sheet is what is in a file with customers.
type Sheet struct {
	Customers []queue.CustomerSetting
	Refused   []Refusal
}

// ReadCSV reads a file with customers: one a row below a header that names the
// columns tenant id, name, domain, group tags and reseller, in any order, also
// by their French names and those of Partner Center's own export; columns of
// other names are passed over. Values are set apart by commas, semicolons or
// tabs, group tags by spaces or "|", the usual one first. It reads UTF-8, UTF-16
// with its mark, and Windows-1252.
//
// It fails with ErrTooBig, ErrHeader, ErrEmpty or what reading gave; anything
// wrong with a row is a Refusal.
func ReadCSV(from io.Reader) (Sheet, error) {
	raw, err := io.ReadAll(io.LimitReader(from, maxSheet+1))
	if err != nil {
		return Sheet{}, fmt.Errorf("reading the customers: %w", err)
	}
	if len(raw) > maxSheet {
		return Sheet{}, ErrTooBig
	}
	text, err := decoded(raw)
	if err != nil {
		return Sheet{}, err
	}
	lines := strings.Lines(string(text))
	return readRows(lines, separator(text))
}

// readRows reads each line for itself, so that a quotation mark that is left
// open costs its own row and no other.
func readRows(lines iter.Seq[string], comma rune) (Sheet, error) {
	var sheet Sheet
	var columns columns
	seen := map[autopilot.TenantID]bool{}
	number := 0
	for line := range lines {
		row, err := fields(line, comma)
		switch number++; {
		case number > maxCustomers:
			return sheet, ErrTooBig
		case number == 1:
			if columns = columnsOf(row); columns == nil {
				return sheet, ErrHeader
			}
		case err != nil:
			sheet.Refused = append(sheet.Refused, Refusal{Row: number, Why: Syntax})
		case !blank(row):
			sheet.take(columns, row, number, seen)
		}
	}
	if len(sheet.Customers)+len(sheet.Refused) == 0 {
		return sheet, ErrEmpty
	}
	return sheet, nil
}

// take takes one row, or refuses it.
func (s *Sheet) take(columns columns, row []string, number int, seen map[autopilot.TenantID]bool) {
	c, refusal := columns.customer(row, seen)
	if refusal != nil {
		refusal.Row = number
		s.Refused = append(s.Refused, *refusal)
		return
	}
	seen[c.ID] = true
	s.Customers = append(s.Customers, c)
}

// fields are the values of one line.
func fields(line string, comma rune) ([]string, error) {
	lines := csv.NewReader(strings.NewReader(strings.TrimRight(line, "\r\n")))
	lines.Comma, lines.FieldsPerRecord, lines.TrimLeadingSpace = comma, -1, comma != '\t'
	row, err := lines.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil // nothing on the line
	}
	if err != nil {
		return nil, fmt.Errorf("reading a row: %w", err)
	}
	return row, nil
}

func blank(row []string) bool { return strings.TrimSpace(strings.Join(row, "")) == "" }

// separator is what sets the header's values apart: whatever of the three there
// is most of.
func separator(text []byte) rune {
	header, _, _ := bytes.Cut(text, []byte("\n"))
	best, most := ',', bytes.Count(header, []byte(","))
	for _, r := range []rune{';', '\t'} {
		if n := bytes.Count(header, []byte(string(r))); n > most {
			best, most = r, n
		}
	}
	return best
}

// decoded is the file as UTF-8 without a mark. What is no UTF-8 was written by
// a spreadsheet on a French or English Windows.
func decoded(raw []byte) ([]byte, error) {
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		from = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case !utf8.Valid(raw):
		from = charmap.Windows1252
	default:
		return bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), nil
	}
	text, err := from.NewDecoder().Bytes(raw)
	if err != nil {
		return nil, fmt.Errorf("reading the customers: %w", err)
	}
	return text, nil
}
