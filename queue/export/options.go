package export

import (
	"errors"
	"strings"
)

// Header is the first line of the file as Microsoft documents it. Its case
// counts.
const Header = columnSerial + "," + columnPKID + "," + columnHash + "," + columnManufacturer + "," + columnModel

const (
	columnSerial       = "Device Serial Number"
	columnPKID         = "Windows Product ID"
	columnHash         = "Hardware Hash"
	columnManufacturer = "Manufacturer name"
	columnModel        = "Device model"
)

// MaxRows is how many devices the web site takes in one file.
const MaxRows = 1000

// What Options and entries are refused for as a whole. Nothing is written.
var (
	ErrHeader           = errors.New("a header is five names in printable ASCII with commas between them, without quotes")
	ErrSeveralCustomers = errors.New("a file is for one customer")
	ErrSeveralGroupTags = errors.New("a file is for one group tag")
	ErrNoCustomer       = errors.New("an entry without a customer cannot be exported")
	ErrNotReady         = errors.New("only entries that are ready can be exported")
)

// Options may be zero.
type Options struct {
	// Header replaces the first line, without its end, for the day when the
	// sample file on the web site has another. Empty means the constant Header;
	// what is not five columns fails with ErrHeader.
	Header string
	// Rows is the most devices in the file; 0, and what is above, mean MaxRows.
	Rows int
}

func (o Options) rows() int {
	if o.Rows <= 0 || o.Rows > MaxRows {
		return MaxRows
	}
	return o.Rows
}

func (o Options) header() (string, error) {
	if o.Header == "" {
		return Header, nil
	}
	return o.Header, CheckHeader(o.Header)
}

// CheckHeader says whether a text can be the file's first line: five names in
// printable ASCII with commas between them, else ErrHeader.
func CheckHeader(text string) error {
	columns := strings.Split(text, ",")
	if len(columns) != len(strings.Split(Header, ",")) {
		return ErrHeader
	}
	for _, column := range columns {
		if strings.TrimSpace(column) == "" || reason(column) != "" {
			return ErrHeader
		}
	}
	return nil
}
