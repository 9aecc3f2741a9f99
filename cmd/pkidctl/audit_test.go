package main_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAuditIsExportedAndVerified, by another station that has the fingerprint;
// what is tampered with is found, and said where.
func TestAuditIsExportedAndVerified(t *testing.T) {
	t.Parallel()
	data, elsewhere := t.TempDir(), t.TempDir()
	file := filepath.Join(t.TempDir(), "audit.jsonl")
	runIt(t, data, "3305123456781\n", nil, "scan", "--stdin", "--customer", "contoso.example", "--order", "BL-1")
	if got := runIt(t, data, "", nil, "audit", "key"); got.code != 0 || !strings.Contains(got.out, "no key yet") {
		t.Errorf("%+v", got)
	}
	got := runIt(t, data, "", nil, "audit", "export", file, "--by", "Léa", "--json")
	var made struct {
		Lines       int
		Fingerprint string
		NewKey      bool `json:"new_key"`
	}
	if err := json.Unmarshal([]byte(got.out), &made); err != nil || got.code != 0 || !made.NewKey || made.Lines < 3 {
		t.Fatalf("%+v %v", got, err)
	}
	if got := runIt(t, data, "", nil, "audit", "export", file); got.code != 1 {
		t.Errorf("it was written over: %+v", got)
	}
	if got := runIt(t, data, "", nil, "audit", "key"); !strings.Contains(got.out, made.Fingerprint) {
		t.Errorf("%+v", got)
	}
	other := strings.Repeat("ab", 32)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := filepath.Join(t.TempDir(), "changed.jsonl")
	if err := os.WriteFile(changed, bytes.Replace(text, []byte(`"action":"capture"`), []byte(`"action":"release"`), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{file}, 0, "The file is sound"},
		{[]string{file, "--key", strings.ToUpper(made.Fingerprint)}, 0, "The file is sound"},
		{[]string{file, "--key", other}, 1, "another key"},
		{[]string{file, "--key", "123"}, 2, ""},
		{[]string{file, "--json"}, 0, `"sound":true`},
		{[]string{changed}, 1, "Line 3 of the file, audit line 2: the line was changed."},
		{[]string{changed, "--json"}, 1, `{"line":3,"number":2,"reason":"changed"}`},
		{[]string{filepath.Dir(file)}, 1, ""},
		{[]string{file + ".none"}, 1, ""},
	} {
		got := runIt(t, elsewhere, "", nil, append([]string{"audit", "verify"}, c.args...)...)
		if got.code != c.code || !strings.Contains(got.out, c.want) || c.code == 2 && got.errors == "" {
			t.Errorf("%v: %+v", c.args, got)
		}
	}
	if left, err := os.ReadDir(elsewhere); err != nil || len(left) > 0 {
		t.Errorf("verifying left %v %v", left, err)
	}
}

// TestErasingAnOperator by name or by number, from what is shown.
func TestErasingAnOperator(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	french := []string{"LANG=fr_FR.UTF-8", "LC_ALL=", "LC_MESSAGES="}
	runIt(t, data, "3305123456781\n", nil, "scan", "--stdin", "--customer", "contoso.example")
	runIt(t, data, "", nil, "queue", "hold", "--all", "--by", "Ana Silva")
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"operators"}, 0, "2  Ana Silva"},
		{[]string{"operators", "list", "--json"}, 0, `{"number":2,"name":"Ana Silva","erased_at":""}`},
		{[]string{"operators", "erase", "Ana Silva", "--by", "Léa"}, 2, ""},
		{[]string{"operators", "erase", "Ana Silva", "--reason", "left"}, 2, ""},
		{[]string{"operators", "erase", "Ana Silva", "--by", "Léa", "--reason", "ana silva left"}, 1, ""},
		{[]string{"operators", "erase", "nobody", "--by", "Léa", "--reason", "left"}, 1, ""},
		{[]string{"operators", "erase", "2", "--by", "Léa", "--reason", "left", "--json"}, 0, `"lines":0}`},
		{[]string{"operators"}, 0, "effacé"},
		{[]string{"check"}, 0, ""},
	} {
		got := runIt(t, data, "", french, c.args...)
		if got.code != c.code || !strings.Contains(got.out, c.want) || c.code > 0 && got.errors == "" {
			t.Errorf("%v: %+v", c.args, got)
		}
	}
	list := runIt(t, data, "", nil, "queue", "list", "--json").out
	var e struct{ ID string }
	if err := json.Unmarshal([]byte(list), &e); err != nil {
		t.Fatal(err)
	}
	if got := runIt(t, data, "", french, "queue", "show", e.ID); !strings.Contains(got.out, "opérateur 2") || strings.Contains(got.out, "Ana") {
		t.Errorf("%+v", got)
	}
}
