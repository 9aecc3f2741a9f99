package config_test

import (
	"os"
	"path/filepath"
	"testing"

	"pkidstation/cmd/internal/config"
)

// FuzzChange: whatever is in the file, a change of one key is refused, or changes
// that key and no other, for the next start too.
func FuzzChange(f *testing.F) {
	for _, text := range []string{config.Example(), full, "station.name = 'x'", "[station]\r\nname='a'", "station = {name = 'x'}", "[sound]\nvolume = 3 # [station]\n"} {
		f.Add(text, "Quai 3")
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		folder := t.TempDir()
		file := filepath.Join(folder, config.FileName)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		before, err := config.Read(folder, nil)
		if err != nil {
			return
		}
		if _, err := before.Change([]config.Change{{Key: "station.name", Text: name}}); err != nil {
			if now, _ := os.ReadFile(file); string(now) != text {
				t.Fatalf("refused with %v, and written", err)
			}
			return
		}
		after, err := config.Read(folder, nil)
		if err != nil {
			t.Fatalf("it cannot be read again: %v", err)
		}
		for _, v := range after.Values {
			was, _ := before.Value(v.Key)
			if v.Key == "station.name" && v.Text != name && !v.Masked || v.Key != "station.name" && v.Text != was.Text {
				t.Errorf("%s: %q, was %q", v.Key, v.Text, was.Text)
			}
		}
	})
}
