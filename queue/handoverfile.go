package queue

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// handoverFormat and handoverVersion are how a handover's file begins. A file of
// a higher version is refused, never guessed at.
const (
	handoverFormat  = "pkidstation-handover"
	handoverVersion = 1
)

// maxHandoverFile is the longest file that is looked at: what its entries become
// here must fit into one line of the journal, which may have four times that.
// A backup takes a record of the double.
const maxHandoverFile = 8 << 20

// A handoverFile is the file.
type handoverFile struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	// Sum is the SHA-256 of Handover without the spaces between its parts.
	Sum      string          `json:"sum"`
	Handover json.RawMessage `json:"handover"`
}

// A handoverBody is what a handover's file says.
type handoverBody struct {
	ID         string            `json:"id"`
	Station    string            `json:"station"`
	From       string            `json:"from"`
	To         string            `json:"to"`
	By         string            `json:"by"`
	At         time.Time         `json:"at"`
	Reason     string            `json:"reason"`
	Receptions []Reception       `json:"receptions"`
	Customers  []CustomerSetting `json:"customers"`
	Entries    []Entry           `json:"entries"`
}

func sumOfBody(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// file is the handover's file: the same each time, because the body is kept as it
// was written.
func (h Handover) file() []byte {
	head := fmt.Sprintf(`{"format":%q,"version":%d,"sum":%q,"handover":`, handoverFormat, handoverVersion, h.Sum)
	return append(append([]byte(head), h.Body...), '}', '\n')
}

// ReadHandover reads a handover's file for TakeIn, and no more of it than one can
// have.
func ReadHandover(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxHandoverFile+1))
	if err != nil {
		return nil, fmt.Errorf("reading a handover: %w", err)
	}
	if len(data) > maxHandoverFile {
		return nil, faulty(FaultSize, "")
	}
	return data, nil
}

// parseHandover reads a handover's file, or says with a *HandoverError what is
// wrong with it and where. sum is that of what it says.
func parseHandover(data []byte) (b handoverBody, sum string, err error) {
	if len(data) > maxHandoverFile {
		return b, "", faulty(FaultSize, "")
	}
	if at := brokenText(data); at >= 0 {
		return b, "", faulty(FaultText, "byte "+strconv.Itoa(at))
	}
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(data, &head); err != nil || head.Format != handoverFormat {
		return b, "", faulty(FaultFormat, placeOf(err))
	}
	if head.Version != handoverVersion {
		return b, "", faulty(FaultVersion, "version")
	}
	var f handoverFile
	if err := strictly(data, &f); err != nil {
		return b, "", faulty(FaultFormat, placeOf(err))
	}
	var body bytes.Buffer
	if err := json.Compact(&body, f.Handover); err != nil {
		return b, "", faulty(FaultFormat, "handover")
	}
	if sum = sumOfBody(body.Bytes()); sum != f.Sum {
		return b, "", faulty(FaultSum, "")
	}
	if err := strictly(body.Bytes(), &b); err != nil {
		return b, "", faulty(FaultFormat, placeOf(err))
	}
	return b, sum, b.check()
}

// brokenText is where the first byte stands that is no UTF-8, -1 for nowhere.
func brokenText(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	at := 0
	for at < len(data) {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return at
}

// strictly reads one JSON value that has nothing unknown in it, and nothing after.
func strictly(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is more than one value")
	}
	return nil
}

// placeOf is where JSON could not be read, as far as that is known.
func placeOf(err error) string {
	if wrong, ok := errors.AsType[*json.SyntaxError](err); ok {
		return "byte " + strconv.FormatInt(wrong.Offset, 10)
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return strings.ReplaceAll(wrong.Field, "Device.", "") // it is embedded: the file does not name it
	}
	return ""
}
