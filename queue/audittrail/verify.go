package audittrail

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"unicode/utf8"
)

// maxFindings is how many findings are told before nobody reads on: a hostile
// text has no end of them.
const maxFindings = 1000

// A Report is what verifying an export came to.
type Report struct {
	Header Header
	// Lines is how many audit lines there are.
	Lines    uint64
	Findings []Finding
}

// Sound says whether nothing is wrong.
func (r Report) Sound() bool { return len(r.Findings) == 0 }

// Verify reads an export to its end and says what is wrong with it. fingerprint
// is the key that it must be signed with; "" takes any, and then only the
// signature's own key is known. An error is one of reading.
func Verify(r io.Reader, fingerprint string) (Report, error) {
	v := verifier{in: bufio.NewReaderSize(r, 64<<10), sum: sha256.New(), fingerprint: fingerprint}
	if err := v.all(); err != nil && !errors.Is(err, errEnough) {
		return v.report, fmt.Errorf("reading the export: %w", err)
	}
	return v.report, nil
}

// errEnough is that reading on makes no sense.
var errEnough = errors.New("enough")

type verifier struct {
	in          *bufio.Reader
	fingerprint string
	report      Report

	text     []byte
	line     uint64    // of the text
	sum      hash.Hash // of all lines before this one
	chain    Chain
	recorded string // the last key that the audit records
	key      ed25519.PublicKey
}

func (v *verifier) all() error {
	if err := v.header(); err != nil {
		return err
	}
	for {
		switch err := v.next(); {
		case errors.Is(err, io.EOF):
			return v.find(CutOff, 0)
		case err != nil:
			return err
		}
		if bytes.HasPrefix(v.text, []byte(`{"trailer":`)) {
			return v.trailer()
		}
		if err := v.take(); err != nil {
			return err
		}
	}
}

// find notes what is wrong with the line at hand.
func (v *verifier) find(why Reason, number uint64) error {
	if len(v.report.Findings) == maxFindings {
		why, number = TooMany, 0
	}
	v.report.Findings = append(v.report.Findings, Finding{Line: v.line, Number: number, Reason: why})
	if why == TooMany {
		return errEnough
	}
	return nil
}

// next reads a line, with its '\n' taken off. A last one without is cut off, and
// io.EOF.
func (v *verifier) next() error {
	if cap(v.text) > 256<<10 {
		v.text = nil // a long line is rare, and its room is not kept
	}
	v.text = v.text[:0]
	for {
		part, err := v.in.ReadSlice('\n')
		v.text = append(v.text, part...)
		switch {
		case err == nil && len(v.text) <= MaxLine+1:
			v.line++
			v.text = v.text[:len(v.text)-1]
			return nil
		case err == nil, errors.Is(err, bufio.ErrBufferFull) && len(v.text) > MaxLine:
			v.line++
			return errors.Join(v.find(TooLong, 0), errEnough)
		case !errors.Is(err, bufio.ErrBufferFull):
			return err
		}
	}
}

func (v *verifier) header() error {
	refuse := func(why Reason) error { return errors.Join(v.find(why, 0), errEnough) }
	switch err := v.next(); {
	case errors.Is(err, io.EOF):
		return refuse(NotAnExport)
	case errors.Is(err, errEnough): // too long for a header, so it is none
		v.report.Findings = nil
		return refuse(NotAnExport)
	case err != nil:
		return err
	}
	h := &v.report.Header
	if !utf8.Valid(v.text) || json.Unmarshal(v.text, h) != nil || h.Format != Format || h.Version < 1 {
		*h = Header{}
		return refuse(NotAnExport)
	}
	if h.Version > Version { // of what it says else nothing is known
		*h = Header{Format: h.Format, Version: h.Version}
		return refuse(Newer)
	}
	key, err := hex.DecodeString(h.Key)
	if err != nil || len(key) != ed25519.PublicKeySize || Fingerprint(key) != h.Fingerprint || !same(v.text, h) {
		*h = Header{}
		return refuse(NotAnExport)
	}
	v.key = key
	v.pass()
	if v.fingerprint != "" && v.fingerprint != h.Fingerprint {
		return v.find(ForeignKey, 0)
	}
	return nil
}

// same says whether a text is what the value is written as.
func same(text []byte, value any) bool {
	again, err := json.Marshal(value)
	return err == nil && bytes.Equal(text, again)
}

// pass goes behind the line at hand.
func (v *verifier) pass() {
	v.sum.Write(v.text)
	v.sum.Write([]byte{'\n'})
}

func (v *verifier) take() error {
	v.report.Lines++
	v.pass()
	l, wrong := v.chain.Next(v.text)
	if l.Action == KeyAction {
		v.recorded = l.Note
	}
	if wrong == "" {
		return nil
	}
	return v.find(wrong, l.Number)
}

// trailer is the end: what it says, that it is signed, and that nothing follows.
func (v *verifier) trailer() error {
	h := v.report.Header
	want := Ending{Lines: v.report.Lines, Head: v.chain.Number, Hash: v.chain.Hash, Sum: hex.EncodeToString(v.sum.Sum(nil))}
	var t trailer
	if json.Unmarshal(v.text, &t) != nil || !same(v.text, t) {
		return errors.Join(v.find(BadTrailer, 0), errEnough)
	}
	if want.Head != h.Head || want.Hash != h.Hash || want.Head != t.Ending.Head || want.Hash != t.Ending.Hash || want.Lines != t.Ending.Lines {
		if err := v.find(WrongHead, want.Head); err != nil {
			return err
		}
	}
	signed, err := signedText(t.Ending)
	signature, bad := hex.DecodeString(t.Signature)
	oneWay := hex.EncodeToString(signature) == t.Signature // "AB" and "ab" are the same bytes
	if err != nil || bad != nil || !oneWay || t.Ending.Sum != want.Sum || !ed25519.Verify(v.key, signed, signature) {
		if err := v.find(BadSignature, 0); err != nil {
			return err
		}
	}
	if v.recorded != h.Fingerprint {
		if err := v.find(UnknownKey, 0); err != nil {
			return err
		}
	}
	switch _, err := v.in.ReadByte(); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return err
	}
	v.line++
	return errors.Join(v.find(Trailing, 0), errEnough)
}
