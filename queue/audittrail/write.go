package audittrail

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"time"
)

// Format and Version are what every export of now begins with.
const (
	Format  = "pkidstation-audit"
	Version = 1
)

// MaxLine is the most bytes of a line, without its '\n'.
const MaxLine = 4 << 20

// A Header is the first line: what the export is of.
type Header struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	Station string `json:"station"`
	// Made is when; a clock is believed for no more than that.
	Made time.Time `json:"made"`
	// Key is the public key in hex, Fingerprint the one of it.
	Key         string `json:"key"`
	Fingerprint string `json:"fingerprint"`
	// Head and Hash are the last line's number and hash, Journal the line of the
	// station's journal that it was up to.
	Head    uint64 `json:"head"`
	Hash    string `json:"hash"`
	Journal uint64 `json:"journal"`
}

// An Ending is what the trailer signs.
type Ending struct {
	Lines uint64 `json:"lines"`
	Head  uint64 `json:"head"`
	Hash  string `json:"hash"`
	// Sum is the SHA-256 of all that stands before the trailer.
	Sum string `json:"sum"`
}

type trailer struct {
	Ending    Ending `json:"trailer"`
	Signature string `json:"signature"`
}

// Fingerprint is the name of a public key that people and scripts compare: its
// SHA-256 in hex.
func Fingerprint(key ed25519.PublicKey) string {
	sum := sha256.Sum256(key)
	return hex.EncodeToString(sum[:])
}

// A Writer writes an export, line by line.
type Writer struct {
	w     io.Writer
	key   ed25519.PrivateKey
	head  Header
	sum   hash.Hash
	chain Chain
	lines uint64
}

// NewWriter begins an export: h's format and key are filled in.
func NewWriter(w io.Writer, h Header, key ed25519.PrivateKey) (*Writer, error) {
	public, ok := key.Public().(ed25519.PublicKey)
	if !ok {
		return nil, fmt.Errorf("signing: %T is no key", key.Public())
	}
	h.Format, h.Version, h.Made = Format, Version, h.Made.UTC().Truncate(time.Second)
	h.Key, h.Fingerprint = hex.EncodeToString(public), Fingerprint(public)
	e := &Writer{w: w, key: key, head: h, sum: sha256.New()}
	text, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("writing the header: %w", err)
	}
	return e, e.put(text)
}

// Line writes the next line of the chain. One that does not follow is refused
// with a *ChainError: what is broken is not signed.
func (e *Writer) Line(line []byte) error {
	l, wrong := e.chain.Next(line)
	if wrong == "" && len(line) > MaxLine {
		wrong = TooLong
	}
	if wrong != "" {
		return &ChainError{Finding{Line: e.lines + 2, Number: l.Number, Reason: wrong}}
	}
	e.lines++
	return e.put(line)
}

// Close ends the export with its signature. The chain must have come to the head
// that the header names.
func (e *Writer) Close() (Ending, error) {
	end := Ending{Lines: e.lines, Head: e.chain.Number, Hash: e.chain.Hash, Sum: hex.EncodeToString(e.sum.Sum(nil))}
	if end.Head != e.head.Head || end.Hash != e.head.Hash {
		return end, &ChainError{Finding{Line: e.lines + 1, Number: end.Head, Reason: WrongHead}}
	}
	signed, err := signedText(end)
	if err != nil {
		return end, err
	}
	text, err := json.Marshal(trailer{Ending: end, Signature: hex.EncodeToString(ed25519.Sign(e.key, signed))})
	if err != nil {
		return end, fmt.Errorf("writing the trailer: %w", err)
	}
	return end, e.put(text)
}

func (e *Writer) put(text []byte) error {
	for _, part := range [][]byte{text, {'\n'}} {
		e.sum.Write(part)
		if _, err := e.w.Write(part); err != nil {
			return fmt.Errorf("writing the export: %w", err)
		}
	}
	return nil
}

// signedText is what the signature is of.
func signedText(end Ending) ([]byte, error) {
	text, err := json.Marshal(end)
	if err != nil {
		return nil, fmt.Errorf("writing the trailer: %w", err)
	}
	return fmt.Appendf(nil, "%s %d\n%s", Format, Version, text), nil
}
