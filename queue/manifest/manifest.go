package manifest

import (
	"context"
	"crypto/sha256"
	"io"
	"iter"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest/table"
)

// MaxRows is the most rows of a list, the header aside.
const MaxRows = 110_000

// defaultPreview is how many rows are kept to be shown.
const defaultPreview = 10

// Options say how to read a list. The zero value finds everything by itself.
type Options struct {
	// Profile is the supplier's; nil means that the columns are found.
	Profile *Profile
	// Sheet is the name of a workbook's sheet, before the profile's.
	Sheet string
	// Expected is the customer whom the list must be for; zero means whoever the
	// list names, if it is one.
	Expected Expected
	// SerialsSuffice takes rows that have a serial and nothing else that a device
	// could be registered by: a list to tick off, not to register from.
	SerialsSuffice bool
	// Preview is how many of the first rows are kept to be shown; 0 means 10.
	Preview int
	// Progress is called now and then, and at the end, by the goroutine that reads.
	Progress func(Progress)
}

// Expected is a customer as lists may name them.
type Expected struct {
	ID autopilot.TenantID
	// Names are compared without case, accents and signs.
	Names []string
}

// Progress is how far reading is.
type Progress struct {
	Rows     int   // looked at
	Done, Of int64 // bytes
}

// A Manifest is what a list holds.
type Manifest struct {
	SHA256 [sha256.Size]byte
	Size   int64
	Format table.Format
	// Encoding and Separator are a text's; the separator is 0 where there is one
	// column only. Sheet is a workbook's.
	Encoding  table.Encoding
	Separator rune
	Sheet     string
	// HeaderRow is the row of the header, 0 for a list without one.
	HeaderRow int
	Columns   []Column
	// Preview are the first rows below the header, all columns of them.
	Preview []Preview
	// Refused are the rows that were not taken, in their order.
	Refused []Refusal
	// Warnings are about rows that were taken, by their first rows: at most 100.
	Warnings []Warning

	rows    blocks[Row]
	dropped map[int]bool // of rows, by index
}

// A Preview is one row to be shown: its values are clipped and printable.
type Preview struct {
	Place
	Cells []string
}

// A Row is one device as the list announces it.
type Row struct {
	Place
	autopilot.Device

	GroupTag autopilot.GroupTag
	Order    string
	Pallet   string
	Box      string
	// Tenant and Customer are whom the row names, "" where it names nobody.
	Tenant   autopilot.TenantID
	Customer string
	// CouldBeGTIN: nothing in the list says that these 13 digits are a PKID, and
	// they pass the check of an article number.
	CouldBeGTIN bool
}

// Rows are the rows that were taken, in their order. They are the manifest's: do
// not change them.
func (m *Manifest) Rows() iter.Seq[*Row] {
	return func(yield func(*Row) bool) {
		for i := range m.rows.n {
			if !m.dropped[i] && !yield(m.rows.at(i)) {
				return
			}
		}
	}
}

// Drain are the rows that were taken, in their order, and lets go of them on the
// way: a hundred thousand of them are long. There is nothing to be had of them
// afterwards.
func (m *Manifest) Drain() iter.Seq[*Row] {
	return func(yield func(*Row) bool) {
		for i := range m.rows.n {
			if i%blockSize == 0 && i > 0 {
				m.rows.all[i/blockSize-1] = nil
			}
			if !m.dropped[i] && !yield(m.rows.at(i)) {
				break
			}
		}
		m.rows, m.dropped = blocks[Row]{}, map[int]bool{}
	}
}

// Taken is how many rows were taken.
func (m *Manifest) Taken() int { return m.rows.n - len(m.dropped) }

// Read reads a list of size bytes. A row that is wrong is a Refusal and no error.
// It fails with what package table refuses, ErrNoHeader, ErrNoDevices,
// ErrTooManyRows, a *MappingError, a *SheetsError, a *ProfileError, what ctx says,
// or what reading gave; then there is no manifest.
func Read(ctx context.Context, r io.ReaderAt, size int64, o Options) (*Manifest, error) {
	if o.Profile != nil {
		if err := o.Profile.Check(); err != nil {
			return nil, err
		}
	}
	f, err := table.Open(ctx, r, size)
	if err != nil {
		return nil, err
	}
	l, err := find(f, o)
	if err != nil {
		return nil, err
	}
	m := &Manifest{
		SHA256: f.SHA256, Size: size, Format: f.Format, Encoding: f.Encoding, Separator: l.separator, Sheet: l.sheet,
		HeaderRow: l.header, Columns: l.columns, dropped: map[int]bool{},
	}
	if l.separator == whole {
		m.Separator = 0
	}
	if err := newReader(m, l, o).all(ctx, f); err != nil {
		return nil, err
	}
	if err := f.Unchanged(); err != nil {
		return nil, err
	}
	if m.rows.n == 0 && len(m.Refused) == 0 {
		return nil, ErrNoDevices
	}
	return m, nil
}

// blocks hold things without ever copying them: a slice that grows needs more
// than twice its room while it does.
type blocks[T any] struct {
	all [][]T
	n   int
}

const blockSize = 512

func (b *blocks[T]) add(one T) {
	if b.n%blockSize == 0 {
		b.all = append(b.all, make([]T, 0, blockSize))
	}
	last := len(b.all) - 1
	b.all[last] = append(b.all[last], one)
	b.n++
}

func (b *blocks[T]) at(i int) *T { return &b.all[i/blockSize][i%blockSize] }
