package lists

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest"
	"pkidstation/queue/manifest/table"
)

// Options say how a list is taken in.
type Options struct {
	// Customer is whom it is for, empty for whom the list itself names.
	Customer autopilot.TenantID
	// Order is the order of rows that name none, and of all where the list names
	// one order at most. Rows for another are refused where it names several.
	Order string
	// Profile is the supplier's, nil for columns that are found.
	Profile *manifest.Profile
	// Sheet is a workbook's, "" for the profile's, or the one that can be a list.
	Sheet string
	// Strict takes nothing where a row is refused, DryRun in any case.
	Strict, DryRun bool
	Progress       func(manifest.Progress)
}

// A Result is what came of a list.
type Result struct {
	Manifest  *manifest.Manifest
	Announced queue.Announcing
	// Refused are the rows that were not taken, in their order.
	Refused []Refused
	// Named is the order that the list itself names, where another one was given.
	Named string
}

// Taken is how many rows were taken: known ones too.
func (r Result) Taken() int {
	if r.Announced.Again {
		return 0
	}
	return r.Announced.Taken + r.Announced.Known
}

// A Refused row is one that was not taken: for what stands in it, or for what is
// announced already.
type Refused struct {
	manifest.Refusal

	Clash *queue.Clash
}

// OtherOrder is why a row is refused that names another order than the one asked
// for.
const OtherOrder manifest.Reason = "other-order"

// Import takes the list in a file into the queue. It fails with what package
// manifest, table or the queue refuse, or a *manifest.CustomerError; a row that is wrong is
// in the Result. With Strict and a refused row it fails with queue.ErrClashes or
// ErrRefused, and the Result says which.
func Import(ctx context.Context, q *queue.Queue, file string, o Options, act queue.Act) (Result, error) {
	lean.begin()
	defer lean.end()
	m, err := Read(ctx, q, file, o)
	if err != nil {
		return Result{}, err
	}
	t := taking{queue: q, Options: o, got: Result{Manifest: m}}
	return t.take(ctx, filepath.Base(file), act)
}

// ErrRefused is that a list was refused for its rows, as Strict asks.
var ErrRefused = errors.New("the list has rows that are refused")

// Read reads the list in a file, with the customer's names from the directory.
// Where no column has PKIDs or hashes, serials suffice: it is ticked off by them.
func Read(ctx context.Context, q *queue.Queue, file string, o Options) (*manifest.Manifest, error) {
	from, err := openList(file)
	if err != nil {
		return nil, err
	}
	defer from.Close() //nolint:errcheck // it was only read
	info, err := from.Stat()
	if err != nil {
		return nil, fmt.Errorf("looking at the list: %w", err)
	}
	options := manifest.Options{Profile: o.Profile, Sheet: o.Sheet, Progress: o.Progress}
	if o.Customer != "" {
		c, err := q.Customer(ctx, o.Customer)
		if err != nil && !errors.Is(err, queue.ErrUnknownCustomer) {
			return nil, err
		}
		options.Expected.ID = o.Customer
		if c.Name != "" {
			options.Expected.Names = []string{c.Name}
		}
	}
	return readEither(ctx, from, info.Size(), options)
}

// openList opens a list. What is no file is looked at before: to open a pipe that
// nobody writes to never ends.
func openList(file string) (*os.File, error) {
	info, err := os.Stat(file)
	if err == nil && !info.Mode().IsRegular() {
		err = table.ErrBroken
	}
	if err != nil {
		return nil, fmt.Errorf("looking at the list: %w", err)
	}
	from, err := os.Open(file) //nolint:gosec // the person names the file
	if err != nil {
		return nil, fmt.Errorf("opening the list: %w", err)
	}
	return from, nil
}

func readEither(ctx context.Context, from io.ReaderAt, size int64, o manifest.Options) (*manifest.Manifest, error) {
	m, err := manifest.Read(ctx, from, size, o)
	if err != nil || slices.ContainsFunc(m.Columns, func(c manifest.Column) bool { return c.Field == manifest.PKID || c.Field == manifest.Hash }) {
		return m, err
	}
	o.SerialsSuffice = true
	return manifest.Read(ctx, from, size, o)
}

// A taking is a list on its way from its file into the queue.
type taking struct {
	Options

	queue *queue.Queue
	got   Result
}

func (t *taking) take(ctx context.Context, name string, act queue.Act) (Result, error) {
	customer, err := t.whose(ctx)
	if err != nil {
		return t.got, err
	}
	for _, r := range t.got.Manifest.Refused {
		t.got.Refused = append(t.got.Refused, Refused{Refusal: r})
	}
	t.orders()
	if t.Strict && len(t.got.Refused) > 0 {
		return t.got, ErrRefused
	}
	list := queue.SupplierList{
		File: name, SHA256: hex.EncodeToString(t.got.Manifest.SHA256[:]), Customer: customer, Order: t.Order, Devices: t.devices(),
		Refused: len(t.got.Refused), Strict: t.Strict, DryRun: t.DryRun,
	}
	if t.Profile != nil {
		list.Supplier = t.Profile.Name
	}
	t.got.Announced, err = t.queue.Announce(ctx, list, act)
	for _, c := range t.got.Announced.Clashing {
		t.got.Refused = append(t.got.Refused, Refused{Refusal: t.clash(c), Clash: &c})
	}
	slices.SortStableFunc(t.got.Refused, func(a, b Refused) int { return cmp.Compare(a.Row, b.Row) })
	if errors.Is(err, queue.ErrNothingNew) && len(t.got.Refused) > 0 {
		err = nil // the rows say so
	}
	return t.got, err
}

// whose is whom the list is for.
func (t *taking) whose(ctx context.Context) (autopilot.TenantID, error) {
	if t.Customer != "" {
		return t.Customer, nil
	}
	return Whose(ctx, t.queue, t.got.Manifest)
}

// Whose is whom a list names, as the directory knows them: "" where it names
// nobody, a *manifest.CustomerError where that is nobody of the directory.
func Whose(ctx context.Context, q *queue.Queue, m *manifest.Manifest) (autopilot.TenantID, error) {
	id, name := m.Customer()
	if id != "" || name == "" {
		return id, nil
	}
	all, err := q.Customers(ctx)
	if err != nil {
		return "", err
	}
	called := slices.DeleteFunc(all, func(c queue.CustomerSetting) bool { return table.Key(c.Name) != table.Key(name) })
	if len(called) != 1 {
		return "", &manifest.CustomerError{Name: name, Several: len(called) > 1}
	}
	return called[0].ID, nil
}

// orders refuses the rows for other orders than the one asked for, where the list
// names several.
func (t *taking) orders() {
	if t.Order == "" {
		return
	}
	first, several := "", false
	for d := range t.got.Manifest.Rows() {
		switch {
		case d.Order == "":
		case first == "":
			first = d.Order
		case d.Order != first:
			several = true
		}
	}
	if !several {
		if first != t.Order {
			t.got.Named = first
		}
		return
	}
	for d := range t.got.Manifest.Rows() {
		if d.Order != "" && d.Order != t.Order {
			t.got.Refused = append(t.got.Refused, Refused{Refusal: t.at(manifest.Order, d.Place, OtherOrder, d.Order)})
		}
	}
}

// devices are the rows as the queue takes them, once: who takes a change up again
// reads the file again.
func (t *taking) devices() iter.Seq[queue.Announced] {
	return func(yield func(queue.Announced) bool) {
		several := t.Order != "" && slices.ContainsFunc(t.got.Refused, func(r Refused) bool { return r.Reason == OtherOrder })
		for d := range t.got.Manifest.Drain() {
			order := d.Order
			switch {
			case t.Order == "":
			case several && d.Order != "" && d.Order != t.Order:
				continue
			default:
				order = t.Order
			}
			if !yield(queue.Announced{
				Device: d.Device, GroupTag: d.GroupTag, Order: order, Pallet: d.Pallet, Box: d.Box, Row: d.Row, Unsure: d.CouldBeGTIN,
			}) {
				return
			}
		}
	}
}

// clash is a row that the queue refused as its refusal.
func (t *taking) clash(c queue.Clash) manifest.Refusal {
	place := manifest.Place{Row: c.Row}
	reason := manifest.Reason("announced-" + string(c.Reason))
	if c.PKID != "" {
		return t.at(manifest.PKID, place, reason, string(c.PKID))
	}
	return t.at(manifest.Serial, place, reason, c.Serial)
}

// at is a refusal in the column that was taken for a field.
func (t *taking) at(field manifest.Field, place manifest.Place, why manifest.Reason, text string) manifest.Refusal {
	r := manifest.Refusal{Place: place, Field: field, Reason: why, Text: text}
	for _, c := range t.got.Manifest.Columns {
		if c.Field == field {
			r.Column, r.Header = c.Letter, c.Header
		}
	}
	return r
}
