package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/cmd/internal/config"
)

func sheet(t *testing.T, folder string, environ ...string) config.Sheet {
	t.Helper()
	s, err := config.Read(folder, environ)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func fileOf(t *testing.T, folder string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, config.FileName))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestAChangeLeavesTheRestAsItIsWritten: comments, order, spaces, line ends.
func TestAChangeLeavesTheRestAsItIsWritten(t *testing.T) {
	t.Parallel()
	name := config.Change{Key: "station.name", Text: "Quai 3"}
	for _, tt := range []struct {
		what, before, after string
		change              config.Change
	}{
		{"a value", "# ours\n[station]\n  name  =  \"old\"   # by Ana\n", "# ours\n[station]\n  name  =  'Quai 3'   # by Ana\n", name},
		{"a key that is not there", "[station] # this\nlanguage = 'fr'\n\n[sound]\nvolume = 1\n", "[station] # this\nlanguage = 'fr'\nname = 'Quai 3'\n\n[sound]\nvolume = 1\n", name},
		{"below its example", "[station]\n# name = \"Dock\"\n# more\nlanguage = 'fr'\n", "[station]\n# name = \"Dock\"\nname = 'Quai 3'\n# more\nlanguage = 'fr'\n", name},
		{"a table that is not there", "[sound]\nvolume = 1", "[sound]\nvolume = 1\n\n[station]\nname = 'Quai 3'\n", name},
		{"Windows' line ends", "[sound]\r\nvolume = 1\r\n", "[sound]\r\nvolume = 1\r\n\r\n[station]\r\nname = 'Quai 3'\r\n", name},
		{"a dotted key", "station.name = 'old' # x\n", "station.name = 'Quai 3' # x\n", name},
		{"a list over lines", "[scanner]\nserial = [ # two\n  'COM3',\n  'COM4', # old\n] # end\nquiet = '9s'\n", "[scanner]\nserial = ['COM5'] # end\nquiet = '9s'\n", config.Change{Key: "scanner.serial", Text: "COM5"}},
		{"back to the default", "[sound]\n# how loud\nvolume = 3 # low\n[disk]\nwarn = 9999\n", "[sound]\n# how loud\n[disk]\nwarn = 9999\n", config.Change{Key: "sound.volume", Back: true}},
		{"a quote", "[station]\nname = 'x'\n", "[station]\nname = \"l'île\"\n", config.Change{Key: "station.name", Text: "l'île"}},
	} {
		t.Run(tt.what, func(t *testing.T) {
			t.Parallel()
			folder := write(t, tt.before)
			if _, err := sheet(t, folder).Change([]config.Change{tt.change}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.after, fileOf(t, folder)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestAStationWithoutAFileGetsTheExample, with what was said in its place.
func TestAStationWithoutAFileGetsTheExample(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	changes := []config.Change{{Key: "station.name", Text: "Quai 3"}, {Key: "station.language", Text: "fr"}, {Key: "station.set_up", Text: "true"}}
	if _, err := sheet(t, folder).Change(changes); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(folder, nil)
	if err != nil || c.Station.Name != "Quai 3" || c.Station.Language != "fr" || !c.Configured() {
		t.Errorf("%+v, %v", c.Station, err)
	}
	text := fileOf(t, folder)
	for _, want := range []string{"# name = \"Dock 3\"\nname = 'Quai 3'\n", "# set_up = false\nset_up = true\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the file has no %q", want)
		}
	}
	if strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(text, "name = 'Quai 3'\n", ""), "language = 'fr'\n", ""), "set_up = true\n", "") != config.Example() {
		t.Error("more than three lines were added to the example")
	}
}

// TestEveryKeyCanBeChangedInTheExample: the file that people have.
func TestEveryKeyCanBeChangedInTheExample(t *testing.T) {
	t.Parallel()
	for _, v := range sheet(t, write(t, config.Example())).Values {
		t.Run(v.Key, func(t *testing.T) {
			t.Parallel()
			folder := write(t, config.Example())
			text := other(v)
			after, err := sheet(t, folder).Change([]config.Change{{Key: v.Key, Text: text}})
			if err != nil {
				t.Fatalf("to %q: %v", text, err)
			}
			got, _ := after.Value(v.Key)
			if got.Text != text || got.Origin != config.FromFile || len(strings.Split(fileOf(t, folder), "\n")) != len(strings.Split(config.Example(), "\n"))+1 {
				t.Errorf("%+v after %q", got, text)
			}
			back, err := after.Change([]config.Change{{Key: v.Key, Back: true}})
			if got, _ := back.Value(v.Key); err != nil || got.Text != v.Text || fileOf(t, folder) != config.Example() {
				t.Errorf("back: %+v, %v", got, err)
			}
		})
	}
}

// other is another text that the key allows.
func other(v config.Value) string {
	switch v.Key {
	case "partner_center.url", "partner_center.authority":
		return "https://pc.example"
	case "partner_center.client_id":
		return "99999999-9999-4999-8999-999999999999"
	case "partner_center.way":
		return "csv"
	case "export.header":
		return "A,B,C,D,E"
	case "scanner.serial":
		return "COM3@9600, COM4"
	case "label.rules":
		return `serial: "FUJ" 7 alnum`
	case "report.at":
		return "06:30"
	case "backup.second", "report.folder":
		return os.TempDir()
	}
	for _, word := range slices.Backward(v.Words) {
		if word != v.Text {
			return word
		}
	}
	switch {
	case strings.HasSuffix(v.Text, "s"), strings.HasSuffix(v.Text, "m"), strings.HasSuffix(v.Text, "h"):
		if len(v.Text) < 6 && v.Text[0] >= '0' && v.Text[0] <= '9' {
			return "11s"
		}
	case v.Text != "" && v.Text[0] >= '0' && v.Text[0] <= '9':
		return "12"
	}
	return "example"
}

func TestValuesSayWhereTheyComeFrom(t *testing.T) {
	t.Parallel()
	folder := write(t, "[station]\nname = 'Quai 3'\n[scanner]\nno_read = ['a,b']\ncamera = 'http://ana:geheim@cam.example/x'\n")
	s := sheet(t, folder, "PKIDSTATION_UPLOAD_AFTER=90s", "LANG=fr_FR.UTF-8")
	for key, want := range map[string]config.Value{
		"station.name":     {Text: "Quai 3", Origin: config.FromFile},
		"station.language": {Text: "", Origin: config.FromDefault},
		"upload.after":     {Text: "1m30s", Origin: config.FromEnvironment},
		"upload.poll_max":  {Text: "1m", Origin: config.FromDefault},
		"upload.retry_max": {Text: "5m", Origin: config.FromDefault},
		"scanner.no_read":  {Text: "a,b", Origin: config.FromFile, ByHand: true},
		"scanner.camera":   {Text: "http://[redacted]@cam.example/x", Origin: config.FromFile, Masked: true},
		"scanner.pairing":  {Text: "true", Origin: config.FromDefault},
	} {
		got, ok := s.Value(key)
		if !ok || got.Text != want.Text || got.Origin != want.Origin || got.ByHand != want.ByHand || got.Masked != want.Masked {
			t.Errorf("%s: %+v", key, got)
		}
	}
	for camera, want := range map[string]string{
		"http://cam.example/v?user=ana&pwd=geheim": "http://cam.example/v?[redacted]",
		"http://ana:ge/heim@cam.example/":          "http://[redacted]@cam.example/",
		"http://ana:ge?heim@cam.example/v#geheim":  "http://[redacted]@cam.example/v#[redacted]",
		"http://cam.example/v":                     "http://cam.example/v",
		"C:\\bilder\\a@b.png":                      "C:\\bilder\\a@b.png",
	} {
		got, _ := sheet(t, t.TempDir(), "PKIDSTATION_SCANNER_CAMERA="+camera).Value("scanner.camera")
		if got.Text != want || got.Masked != (want != camera) {
			t.Errorf("%s: %+v", camera, got)
		}
	}
	if _, err := s.Change([]config.Change{{Key: "upload.after", Text: "1m"}}); !errors.Is(err, config.ErrFixed) {
		t.Errorf("what the environment sets: %v", err)
	}
}

// TestAChangeIsRefused as a start would refuse it, and then nothing is written.
func TestAChangeIsRefused(t *testing.T) {
	t.Parallel()
	for what, tt := range map[string]struct {
		before  string
		changes []config.Change
		is      error
		key     string
	}{
		"its own rule":           {"", []config.Change{{Key: "sound.volume", Text: "101"}}, nil, "sound.volume"},
		"what goes not together": {"[partner_center]\nway = 'api'\n", []config.Change{{Key: "partner_center.account", Text: "indirect-reseller"}}, nil, "partner_center.way"},
		"no key":                 {"", []config.Change{{Key: "station.colour", Text: "red"}}, nil, "station.colour"},
		"an inline table":        {"station = {name = 'x'}\n", []config.Change{{Key: "station.language", Text: "fr"}}, config.ErrByHand, ""},
		"one of several":         {"", []config.Change{{Key: "sound.volume", Text: "5"}, {Key: "station.name", Text: ""}}, nil, "station.name"},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			folder := write(t, tt.before)
			s := sheet(t, folder)
			if err := s.Check(tt.changes); err == nil {
				t.Error("Check lets it pass")
			}
			_, err := s.Change(tt.changes)
			problem, is := errors.AsType[*config.Error](err)
			if tt.is != nil && !errors.Is(err, tt.is) || tt.is == nil && (!is || problem.Key != tt.key) {
				t.Errorf("%v", err)
			}
			if fileOf(t, folder) != tt.before {
				t.Error("it was written")
			}
		})
	}
}

// TestAFileThatChangedMeanwhileIsLeftAlone: it is somebody else's work.
func TestAFileThatChangedMeanwhileIsLeftAlone(t *testing.T) {
	t.Parallel()
	folder := write(t, "[sound]\nvolume = 5\n")
	s := sheet(t, folder)
	const theirs = "[sound]\nvolume = 6\n"
	if err := os.WriteFile(filepath.Join(folder, config.FileName), []byte(theirs), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Change([]config.Change{{Key: "sound.volume", Text: "7"}}); !errors.Is(err, config.ErrChanged) || fileOf(t, folder) != theirs {
		t.Errorf("%v, %q", err, fileOf(t, folder))
	}
}
