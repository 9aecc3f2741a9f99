package table

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// The allowances for what a workbook is opened by. Its directory names a few
// dozen parts; one with a hundred thousand is a bomb of its own.
const (
	mostDirectory = 512 << 10
	mostIndex     = 8 << 20 // of the parts that name sheets and styles, unpacked
)

// A workbook is the index of an opened one.
type workbook struct {
	from    *watched
	parts   map[string]*zip.File // by name in lower case
	sheets  []sheet
	strings string // names of parts, "" where there is none
	styles  string
	// What cells refer to, once it is read: the shared strings, one behind the
	// other, where each ends, and which styles show dates.
	shared []byte
	ends   []uint32
	dates  []bool
	loaded bool
}

type sheet struct{ name, part string }

// unzip opens a zip as a workbook, or says what else it is.
func (f *File) unzip(head []byte) error {
	if !bytes.HasPrefix(head, []byte("PK")) {
		return &FormatError{Format: Archive}
	}
	f.from.read, f.from.allow = 0, mostDirectory
	defer func() { f.from.allow = 0 }()
	z, err := zip.NewReader(f.from, f.size)
	if err != nil {
		return broken("its directory", err)
	}
	f.from.allow = 0
	w := &workbook{from: f.from, parts: map[string]*zip.File{}}
	for _, part := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(part.Name, `\`, "/"), "/"))
		if w.parts[name] != nil {
			return broken("two parts of one name", nil)
		}
		w.parts[name] = part
	}
	if format := w.other(); format != "" {
		return &FormatError{Format: format}
	}
	if err := w.index(); err != nil {
		return err
	}
	f.Format, f.parts = Workbook, w
	for _, s := range w.sheets {
		f.Sheets = append(f.Sheets, s.name)
	}
	return nil
}

// other is what a zip without a workbook in it is, "" for a workbook.
func (w *workbook) other() Format {
	switch {
	case w.parts["xl/workbook.bin"] != nil:
		return BinaryWorkbook
	case w.parts["word/document.xml"] != nil:
		return Document
	case w.parts["_rels/.rels"] != nil:
		return ""
	case w.parts["mimetype"] != nil && w.parts["content.xml"] != nil:
		return OpenDocument
	default:
		return Archive
	}
}

// broken is ErrBroken, unless the reading itself was stopped or found a bomb.
func broken(what string, err error) error {
	for _, known := range []error{ErrUnpacks, ErrBroken, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, known) {
			return err
		}
	}
	if err == nil {
		return fmt.Errorf("%w: %s", ErrBroken, what)
	}
	return fmt.Errorf("%w: %s: %w", ErrBroken, what, err)
}

// index finds the sheets, the shared strings and the styles.
func (w *workbook) index() error {
	book := ""
	top, err := w.relations("")
	if err != nil {
		return err
	}
	for _, r := range top {
		if strings.HasSuffix(r.kind, "/officedocument") {
			book = r.part
		}
	}
	if w.parts[book] == nil {
		return broken("no workbook part", nil)
	}
	byID := map[string]string{}
	related, err := w.relations(book)
	if err != nil {
		return err
	}
	for _, r := range related {
		switch {
		case strings.HasSuffix(r.kind, "/worksheet"):
			byID[r.id] = r.part
		case strings.HasSuffix(r.kind, "/sharedstrings"):
			w.strings = r.part
		case strings.HasSuffix(r.kind, "/styles"):
			w.styles = r.part
		}
	}
	return w.visible(book, byID)
}

// A relation is where a part of the workbook is, and what for.
type relation struct{ id, kind, part string }

// relations are those of a part, or with "" the file's own.
func (w *workbook) relations(of string) ([]relation, error) {
	folder, base := path.Split(of)
	var all []relation
	err := w.each(folder+"_rels/"+base+".rels", mostIndex, func(x *elements) error {
		start, ok := x.token.(xml.StartElement)
		if !ok || start.Name.Local != "Relationship" || strings.EqualFold(attribute(start, "TargetMode"), "External") {
			return nil
		}
		if len(all) == 4*MaxSheets {
			return ErrUnpacks
		}
		target := strings.ToLower(strings.ReplaceAll(attribute(start, "Target"), `\`, "/"))
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", folder, target)
		}
		all = append(all, relation{
			id: attribute(start, "Id"), kind: strings.ToLower(attribute(start, "Type")), part: strings.TrimPrefix(path.Clean(target), "/"),
		})
		return nil
	})
	return all, err
}

// visible takes the sheets that a person sees.
func (w *workbook) visible(book string, byID map[string]string) error {
	return w.each(book, mostIndex, func(x *elements) error {
		start, ok := x.token.(xml.StartElement)
		if !ok || start.Name.Local != "sheet" {
			return nil
		}
		name, part := attribute(start, "name"), byID[attribute(start, "id")]
		if state := attribute(start, "state"); state == "hidden" || state == "veryHidden" || part == "" {
			return nil
		}
		if len(w.sheets) == MaxSheets {
			return ErrUnpacks
		}
		if slices.ContainsFunc(w.sheets, func(s sheet) bool { return s.name == name }) {
			return broken("two sheets of one name", nil)
		}
		w.sheets = append(w.sheets, sheet{name: name, part: part})
		return nil
	})
}

// part is the one of a sheet, nil where there is none.
func (w *workbook) part(name string) *zip.File {
	for _, s := range w.sheets {
		if s.name == name {
			return w.parts[s.part]
		}
	}
	return nil
}

func (w *workbook) packed(name string) int64 {
	if part := w.part(name); part != nil {
		return int64(part.CompressedSize64) //nolint:gosec // no file of MaxFile has more
	}
	return 0
}

// each reads a part element by element. A part that is not there has none.
func (w *workbook) each(name string, most int64, do func(*elements) error) error {
	part := w.parts[strings.ToLower(name)]
	if part == nil {
		return nil
	}
	if part.UncompressedSize64 > uint64(most) { //nolint:gosec // a constant
		return ErrUnpacks
	}
	content, err := part.Open()
	if err != nil {
		return broken(name, err)
	}
	defer content.Close() //nolint:errcheck // it was only read
	x := newElements(content)
	for x.next() {
		if err := do(x); err != nil {
			return err
		}
	}
	if x.err != nil {
		if err := w.from.ctx.Err(); err != nil {
			return err
		}
		return broken(name, x.err)
	}
	return nil
}

// elements walks through XML, one element in memory at a time.
type elements struct {
	from  *xml.Decoder
	room  *allowance
	token xml.Token // valid until the next
	depth int
	err   error
}

// The most that one element and its attributes, or one text, may have, and the
// most elements inside one another.
const (
	mostElement = 1 << 20
	mostDepth   = 64
)

func newElements(content io.Reader) *elements {
	room := &allowance{from: content, left: mostElement}
	return &elements{from: xml.NewDecoder(room), room: room}
}

// next reads the next token, and says whether there was one.
func (x *elements) next() bool {
	x.room.left = mostElement
	x.token, x.err = x.from.RawToken()
	if errors.Is(x.err, io.EOF) && x.depth == 0 {
		x.err = nil
		return false
	}
	if x.err != nil {
		return false
	}
	switch x.token.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > mostDepth {
			x.err = ErrUnpacks
		}
	case xml.EndElement:
		if x.depth--; x.depth < 0 {
			x.err = ErrBroken
		}
	case xml.Directive: // a document type, which no workbook has, defines entities
		x.err = ErrBroken
	}
	return x.err == nil
}

// allowance gives up when one element is longer than any.
type allowance struct {
	from io.Reader
	left int
}

func (a *allowance) Read(p []byte) (int, error) {
	if a.left <= 0 {
		return 0, ErrUnpacks
	}
	n, err := a.from.Read(p[:min(len(p), a.left)])
	a.left -= n
	return n, err
}

// attribute is an attribute of an element by its name without its prefix.
func attribute(start xml.StartElement, name string) string {
	for _, a := range start.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
