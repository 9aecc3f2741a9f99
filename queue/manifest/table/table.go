package table

import "errors"

// The limits. More is no list of devices.
const (
	// MaxFile is the most bytes of a file.
	MaxFile = 64 << 20
	// MaxUnpacked is the most bytes of one part of a workbook, unpacked.
	MaxUnpacked = 128 << 20
	// MaxLine is the most bytes of a row of text, in UTF-8.
	MaxLine = 256 << 10
	// MaxCell is the most bytes of a cell of a workbook, which itself allows 32,767
	// characters.
	MaxCell = 64 << 10
	// MaxColumns is the most cells of a row.
	MaxColumns = 256
	// MaxStrings is the most bytes of the strings that a workbook's cells share, and
	// maxStringCount how many there may be.
	MaxStrings     = 16 << 20
	maxStringCount = 500_000
	// MaxSheets is the most sheets of a workbook.
	MaxSheets = 64
)

// Why a file cannot be read.
var (
	// ErrTooBig: it is longer than MaxFile.
	ErrTooBig = errors.New("the file is larger than any list")
	// ErrUnpacks: it unpacks to more than a list can hold; a bomb, or by accident.
	ErrUnpacks = errors.New("the workbook unpacks to more than any list holds")
	// ErrBroken: it is a workbook that is cut off, or not made as workbooks are.
	ErrBroken = errors.New("the workbook is damaged")
	// ErrChanged: somebody wrote to it while it was read.
	ErrChanged = errors.New("the file changed while it was read")
)

// A Format is what a file is.
type Format string

// The formats that are read.
const (
	Text     Format = "text"
	Workbook Format = "xlsx"
)

// The formats that are known and not read.
const (
	OldWorkbook       Format = "xls"
	BinaryWorkbook    Format = "xlsb"
	ProtectedWorkbook Format = "protected" // with a password
	OpenDocument      Format = "ods"
	PDF               Format = "pdf"
	HTML              Format = "html" // also where its name ends in .xls
	XML               Format = "xml"
	RTF               Format = "rtf"
	Picture           Format = "picture"
	Archive           Format = "archive"
	Document          Format = "docx"
	Binary            Format = "binary" // anything else that is no text
)

// A FormatError refuses a file that is something else than a list.
type FormatError struct{ Format Format }

func (e *FormatError) Error() string { return "a file of this kind is not read: " + string(e.Format) }

// An Encoding is how a text is written.
type Encoding string

// The encodings.
const (
	UTF8        Encoding = "UTF-8"
	UTF16LE     Encoding = "UTF-16LE"
	UTF16BE     Encoding = "UTF-16BE"
	Windows1252 Encoding = "Windows-1252"
)

// A Kind is what a cell is to its spreadsheet. Cells of text are all Plain.
type Kind int

// The kinds of cells.
const (
	Plain   Kind = iota
	Number       // its digits, see the package comment
	Date         // a number that is shown as a date or a time
	Boolean      // "TRUE" or "FALSE"
	Error        // such as "#REF!"
	Formula      // Text is what the formula last came to, and may be empty
	Long         // more than MaxCell; Text is its beginning
)

// A Cell is one cell. Its Text may hold anything, also what is not printable.
type Cell struct {
	Text string
	Kind Kind
}

// A Fault is why a row cannot be read as cells.
type Fault string

// The faults of rows.
const (
	OpenQuote Fault = "open-quote" // a quotation mark is never closed
	LongLine  Fault = "long-line"  // more than MaxLine
	WideRow   Fault = "wide-row"   // more than MaxColumns
	Hidden    Fault = "hidden"     // a person who opens the workbook does not see it
)

// A Row is one row that is not empty. Its cells are valid until the next is read.
type Row struct {
	// Number is the one that a spreadsheet shows, from 1.
	Number int
	// Line is that of the text, from 1; 0 in a workbook.
	Line  int
	Cells []Cell
	// Fault is "" for a row that can be read. Else there may be no cells.
	Fault Fault
	// Stray: a quotation mark stands where none belongs, and is taken as it is.
	Stray bool
}

// Blank says whether nothing is in the row.
func (r Row) Blank() bool {
	if r.Fault != "" {
		return false
	}
	for _, c := range r.Cells {
		if !blank(c.Text) || c.Kind == Formula || c.Kind == Long {
			return false
		}
	}
	return true
}
