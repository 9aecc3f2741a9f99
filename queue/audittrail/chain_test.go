package audittrail_test

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"pkidstation/queue/audittrail"
)

// torture asks for the long forms: PKIDSTATION_TORTURE=1.
func torture() bool { return os.Getenv("PKIDSTATION_TORTURE") == "1" }

// keyOf is the key of a station of these tests.
func keyOf(station byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{station}, ed25519.SeedSize))
}

func fingerprint(key ed25519.PrivateKey) string {
	return audittrail.Fingerprint(key.Public().(ed25519.PublicKey))
}

// sealed gives a line without a hash its hash.
func sealed(line string) []byte {
	open := line[:len(line)-1] + `,"hash":"` + strings.Repeat("0", 64) + `"}`
	return []byte(strings.Replace(open, strings.Repeat("0", 64)+`"}`, audittrail.Sum([]byte(open))+`"}`, 1))
}

// chained gives the lines of a chain one by one; the first records the key.
func chained(n int, key string) func() []byte {
	number, before := 0, ""
	return func() []byte {
		if number++; number > n {
			return nil
		}
		action, note := "capture", fmt.Sprintf("box %d <&> é", number)
		if number == 1 {
			action, note = audittrail.KeyAction, key
		}
		line := sealed(fmt.Sprintf(`{"number":%d,"at":"2026-11-28T09:30:00Z","by":"","operator":%d,"action":%q,"note":%q,"before":%q}`,
			number, number%3+1, action, note, before))
		l, err := audittrail.ReadLine(line)
		if err != nil {
			panic(err)
		}
		before = l.Hash
		return line
	}
}

// write exports a chain of n lines.
func write(w io.Writer, station byte, n int) error {
	key := keyOf(station)
	head := ""
	next := chained(n, fingerprint(key))
	for line := next(); line != nil; line = next() {
		l, err := audittrail.ReadLine(line)
		if err != nil {
			return err
		}
		head = l.Hash
	}
	out, err := audittrail.NewWriter(w, audittrail.Header{
		Station: fmt.Sprintf("dock %d", station), Made: time.Date(2026, 11, 28, 9, 30, 0, 5, time.UTC), Head: uint64(n), Hash: head, Journal: 17,
	}, key)
	if err != nil {
		return err
	}
	for next := chained(n, fingerprint(key)); ; {
		line := next()
		if line == nil {
			break
		}
		if err := out.Line(line); err != nil {
			return err
		}
	}
	_, err = out.Close()
	return err
}

func exported(tb testing.TB, station byte, n int) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := write(&b, station, n); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func verify(tb testing.TB, text []byte, key string) audittrail.Report {
	tb.Helper()
	r, err := audittrail.Verify(bytes.NewReader(text), key)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}
