package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMorning: in words, as JSON and as a file, of a station with an order that may not
// leave; a second file takes the place of the first.
func TestMorning(t *testing.T) {
	t.Parallel()
	data, out := t.TempDir(), filepath.Join(t.TempDir(), "matin.html")
	runIt(t, data, "]C03305123456781\n]C03305123456798\n", nil, "scan", "--customer", oneCustomer, "--group-tag", "STD", "--order", "BL-1", "--stdin").want(t, 0)
	runIt(t, data, "", nil, "morning").want(t, 0, "Do not ship: BL-1 · ", "0 of 2 registered. 2 still on their way.", "Nothing that was refused since yesterday still is.",
		"2 devices are not sent", "Nothing is blocked.", "No file for the web site waits to be confirmed.", "There is no backup yet.")
	runIt(t, data, "", nil, "morning", "--json").want(t, 0, `"orders_staying":[{"order":"BL-1","customer":"`+oneCustomer+`","registered":0,"due":2}]`,
		`"refused":0`, `"unsent":2`, `"unsent_ages":[2,0,0,0,0,0]`, `"captured":2`)
	for range 2 {
		runIt(t, data, "", nil, "morning", "--out", out, "--lang", "fr").want(t, 0, "Écrit\u00a0: "+out)
	}
	page, err := os.ReadFile(out)
	if err != nil || !strings.Contains(string(page), "Ne pas expédier") {
		t.Errorf("%v: %.300s", err, page)
	}
	runIt(t, data, "", nil, "morning", "--out", strings.Replace(out, ".html", ".xlsx", 1), "--json").want(t, 0, `"station":`)
	if head, err := os.ReadFile(strings.Replace(out, ".html", ".xlsx", 1)); err != nil || string(head[:2]) != "PK" {
		t.Errorf("no workbook: %v", err)
	}
	runIt(t, data, "", nil, "morning", "--out", "matin.csv").want(t, 2)
	runIt(t, data, "", nil, "morning", "--lang", "de").want(t, 2)
}
