package main_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// productKey is a Windows product key, of Microsoft's published ones for KMS.
const productKey = "VK7JG-NPHTM-C97JM-9MPGT-3V66T"

// wantNowhere looks for pieces of a text in every file under the folder.
func wantNowhere(t *testing.T, folder string, pieces ...string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, piece := range pieces {
			if bytes.Contains(bytes.ToUpper(data), []byte(piece)) || strings.Contains(path, piece) {
				t.Errorf("%s has %s", path, piece)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestAProductKeyInAnyArgument: a key pasted into a flag or argument is a
// usage error of every command, and stands nowhere: not in what is printed,
// not in the queue, not in the log.
func TestAProductKeyInAnyArgument(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	id := scanned(t, data, "]C03305123456781")[0]
	for _, args := range [][]string{
		{"scan", "--stdin", "--order", productKey},
		{"scan", "--stdin", "--order=" + productKey},
		{"scan", "--stdin", "--order", "lot " + productKey + " urgent"},
		{"scan", "--stdin", "--order", strings.ToLower(productKey)},
		{"scan", "--stdin", "--customer", productKey},
		{"scan", "--stdin", "--group-tag", productKey},
		{"scan", "--serial", productKey},
		{"scan", "--camera", productKey},
		{"decode", productKey + ".png"},
		{"queue", "list", "--order", productKey},
		{"queue", "list", "--state", productKey},
		{"queue", "list", "--customer", productKey},
		{"queue", "show", productKey},
		{"queue", "hold", id, "--by", productKey},
		{"queue", "hold", id, "--by", "Ana", "--reason", productKey},
		{"queue", "hold", productKey, "--by", "Ana"},
		{"queue", "undo", "--by", productKey},
		{"queue", "assign", id, "--customer", oneCustomer, "--by", "Ana", "--reason", productKey},
		{"queue", "assign", "--order", productKey, "--customer", oneCustomer, "--by", "Ana", "--reason", "x"},
		{"queue", "assign", id, "--customer", oneCustomer, "--group-tag", productKey, "--by", "Ana", "--reason", "x"},
		{"export", "partner-center", "--customer", oneCustomer, "--out", productKey + ".csv"},
		{"export", "partner-center", "--customer", oneCustomer, "--out", "a.csv", "--by", productKey},
		{"customers", "set", oneCustomer, "--name", productKey},
		{"customers", "set", productKey},
		{"simulate", "--token", productKey},
		{"check", "--data", productKey},
		{productKey},
		{"--" + productKey},
		{"version", productKey},
		{"completion", productKey},
	} {
		got := runIt(t, data, "", nil, args...)
		got.want(t, 2, "product key")
		if said := strings.ToUpper(got.out + got.errors); strings.Contains(said, "NPHTM") || strings.Contains(said, "3V66T") {
			t.Errorf("%q: the key is printed:\n%s", args[:min(2, len(args))], said)
		}
	}
	wantNowhere(t, data, "VK7JG", "NPHTM", "3V66T")
	if got := states(t, data); got != "ready" {
		t.Errorf("something was done: %s", got)
	}
}

// TestAProductKeyInEveryWriting is scanned, as scanners and people write it.
func TestAProductKeyInEveryWriting(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	writings := []string{
		productKey, strings.ToLower(productKey), "]C0" + productKey, "]Q3" + productKey,
		" " + productKey + " ", "Product key: " + productKey,
	}
	for _, flag := range []string{"--json", "--no-pairing"} {
		got := runIt(t, data, strings.Join(writings, "\n")+"\n", nil, "scan", "--stdin", flag, "--customer", oneCustomer)
		got.want(t, 0)
		if n := strings.Count(got.out, "\n"); n != len(writings) {
			t.Errorf("%d verdicts on %d lines", n, len(writings))
		}
		if said := strings.ToUpper(got.out + got.errors); strings.Contains(said, "NPHTM") {
			t.Errorf("the key is printed:\n%s", said)
		}
		if flag != "--json" {
			continue
		}
		for i, o := range objects(t, got.out) {
			if o.word(t, "verdict") != "refused" || o.word(t, "reason") != "secret" || o.word(t, "kind") != "secret" || o.word(t, "text") != "" {
				t.Errorf("writing %d: %v", i, o)
			}
		}
	}
	wantNowhere(t, data, "VK7JG", "NPHTM", "3V66T")
}

// TestTokensAreNowhere: the bearer token is in no log, no queue, no message.
func TestTokensAreNowhere(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	scanned(t, data, "]C03305123456781")
	const token = "EYJ0EXAIOIJKV1QI.VERYSECRET"
	environ := []string{"PKIDSTATION_PARTNER_CENTER_URL=http://127.0.0.1:1", "PKIDSTATION_ACCESS_TOKEN=" + token}
	for _, args := range [][]string{{"upload"}, {"customers"}, {"customers", "--json"}} {
		got := runIt(t, data, "", environ, args...)
		got.want(t, 4)
		if strings.Contains(got.out+got.errors, "VERYSECRET") {
			t.Errorf("%v prints the token", args)
		}
	}
	runIt(t, data, "", []string{"PKIDSTATION_ACCESS_TOKEN=Bearer " + token}, "upload").want(t, 1, "PKIDSTATION_ACCESS_TOKEN", "[redacted]")
	wantNowhere(t, data, "VERYSECRET")
}

// TestAnIDIsNoProductKey: an entry's or tenant's ID that has the characters of
// a product key by chance is taken for what it is.
func TestAnIDIsNoProductKey(t *testing.T) {
	t.Parallel()
	const id = "b2c4d6f8-2346-4789-bcdf-2346789bcdf2"
	data := t.TempDir()
	runIt(t, data, "", nil, "queue", "show", id).want(t, 1, "no such box")
	runIt(t, data, "", nil, "queue", "list", "--customer="+id).want(t, 0)
	runIt(t, data, "]C03305123456781\n", nil, "scan", "--stdin", "--customer", id).want(t, 0, "Accepted")
	runIt(t, data, "", nil, "queue", "list", "--order", productKey+id).want(t, 2, "product key")
	const other = "33333333-cccc-4ccc-8ccc-333333333333"
	runIt(t, data, "", nil, "simulate", "--customer", other+"=Adventure Works", "--listen", "nowhere").want(t, 1)
	runIt(t, data, "", nil, "simulate", "--customer", other+"="+productKey).want(t, 2, "product key")
}
