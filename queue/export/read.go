package export

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"pkidstation/queue/autopilot"
)

// maxFile is the most bytes that a file of Write can have: MaxRows tuples, and
// a header, with commas and line ends; as many hardware hashes of the longest.
const maxFile = MaxRows*(3*MaxValue+6+autopilot.MaxHardwareHash) + 5*MaxValue + 6

// Why a file cannot be read back.
var (
	// ErrNotOurs: the file is none that Write made. Each *ReadError is one.
	ErrNotOurs = errors.New("not a file that this program wrote")
	// ErrNotOrdinary: a folder, a link, a pipe or a device. It is not opened.
	ErrNotOrdinary = errors.New("not an ordinary file")
)

// A ReadError says where a file differs from what Write writes. It has no value
// of the file. It is ErrNotOurs.
type ReadError struct {
	Line int // from 1; 0 means the whole file
	// Column is the header's name of the column, in Header's words whatever the
	// file says; empty where the whole line is meant.
	Column string
	Reason Reason
}

func (e *ReadError) Error() string {
	text := ErrNotOurs.Error()
	if e.Line > 0 {
		text += fmt.Sprintf(": line %d", e.Line)
	}
	if e.Column != "" {
		text += ": " + e.Column
	}
	return text + ": " + string(e.Reason)
}

// Is says that it is ErrNotOurs.
func (e *ReadError) Is(target error) bool { return target == ErrNotOurs }

// ReadFile is Read of a file. Only an ordinary file is opened, and no more of it
// is read than Write can have written: else ErrNotOrdinary or a *ReadError.
func ReadFile(path string, opts Options) ([]autopilot.Device, error) {
	before, err := os.Lstat(path)
	if err != nil {
		return nil, fmt.Errorf("looking at the file: %w", err)
	}
	if !before.Mode().IsRegular() {
		return nil, ErrNotOrdinary
	}
	f, err := os.OpenFile(filepath.Clean(path), os.O_RDONLY|withoutWaiting, 0)
	if err != nil {
		return nil, fmt.Errorf("opening the file: %w", err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	opened, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("looking at the file: %w", err)
	}
	if !os.SameFile(before, opened) { // another one took its name in between
		return nil, ErrNotOrdinary
	}
	return Read(f, opts)
}

// Read gives the devices of a file that Write wrote, in their order, each as its
// row has it: the PKID alone, the tuple, or the hash with what is beside it. It takes back what Write writes, byte
// for byte, and nothing else: whatever a spreadsheet or an editor made of the
// file fails with a *ReadError. The header may be that of opts or the constant
// Header, so that a file outlives a change of the setting.
func Read(r io.Reader, opts Options) ([]autopilot.Device, error) {
	header, err := opts.header()
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("reading the file: %w", err)
	}
	if len(text) > maxFile {
		return nil, &ReadError{Reason: TooBig}
	}
	first, rows, ok := strings.Cut(string(text), lineEnd)
	if !ok || first != header && first != Header {
		return nil, &ReadError{Line: 1, Reason: OtherHeader}
	}
	return parseRows(rows)
}

// parseRows reads what follows the header.
func parseRows(text string) ([]autopilot.Device, error) {
	if text == "" {
		return nil, &ReadError{Reason: NoRows}
	}
	lines := strings.Split(text, lineEnd)
	last := len(lines) - 1
	switch {
	case last > MaxRows:
		return nil, &ReadError{Reason: TooManyRows}
	case lines[last] != "":
		return nil, &ReadError{Line: last + 2, Reason: LineEnd}
	}
	devices, seen := make([]autopilot.Device, 0, last), map[string]bool{}
	for i, line := range lines[:last] {
		device, column, why := parseRow(line)
		if why == "" && seen[line] {
			why = Duplicate
		}
		if why != "" {
			return nil, &ReadError{Line: i + 2, Column: column, Reason: why}
		}
		seen[line] = true
		devices = append(devices, device)
	}
	return devices, nil
}

// parseRow reads one line without its end. What row would not write the same is
// none of ours.
func parseRow(line string) (device autopilot.Device, column string, why Reason) {
	switch {
	case strings.Contains(line, `"`):
		return device, "", Quote
	case strings.ContainsAny(line, "\r\n"):
		return device, "", Newline
	}
	values := strings.Split(line, ",")
	if len(values) != len(strings.Split(Header, ",")) {
		return device, "", Columns
	}
	device = autopilot.Device{
		Serial: values[0], PKID: autopilot.PKID(values[1]), Hash: autopilot.HardwareHash(values[2]), Manufacturer: values[3], Model: values[4],
	}
	again, column, why := row(device)
	if why == "" && again != line {
		return device, "", Mixed
	}
	return device, column, why
}
