package config_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"pkidstation/cmd/internal/config"
)

// problems takes the joined error apart, with the folder left out.
func problems(t *testing.T, err error) []config.Error {
	t.Helper()
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		t.Fatalf("not joined: %v", err)
	}
	var all []config.Error
	for _, one := range joined.Unwrap() {
		problem, ok := errors.AsType[*config.Error](one)
		if !ok {
			t.Fatalf("no *Error: %v", one)
		}
		shown := *problem
		if shown.File != "" {
			shown.File = filepath.Base(shown.File)
		}
		all = append(all, shown)
	}
	return all
}

func TestLoadRefusesKeys(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]config.Error{
		"# é\n\n[upload]\npoll_frist = \"5s\"\n": {Line: 4, Key: "upload.poll_frist", Suggest: "upload.poll_first"},
		"[uplaod]\nafter = \"5s\"":               {Line: 1, Key: "uplaod", Suggest: "[upload]"},
		"poll_first = \"5s\"":                    {Line: 1, Key: "poll_first", Suggest: "upload.poll_first"},
		"[partner_center]\naccess_token = 'x'":   {Line: 2, Key: "partner_center.access_token", Suggest: "PKIDSTATION_ACCESS_TOKEN"},
		"[upload.after]\nx = 1\n[upload.more]":   {Line: 3, Key: "upload.more"},
		"[upload]\n\"\\u0007x\" = 1":             {Line: 2, Key: `upload."\ax"`},
		"\nscanner.nothing.at.all = 1":           {Line: 2, Key: "scanner.nothing"},
		"[demo]":                                 {Line: 1, Key: "demo"},
		"upload = { \"zzz\" = 1 }":               {Line: 1, Key: "upload.zzz"},
	} {
		_, err := config.Load(write(t, text), nil)
		got := problems(t, err)
		want.Problem, want.File = config.UnknownKey, config.FileName
		if diff := cmp.Diff(want, got[len(got)-1], cmpopts.IgnoreFields(config.Error{}, "Allowed")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
		if got[0].Allowed == "" {
			t.Errorf("%q: nothing said of what is allowed", text)
		}
	}
}

func TestLoadRefusesValues(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		`station.name = ""`, `station.name = " a"`, `station.name = "a\u0007"`, `station.name = 3`, `station.language = "de"`, `station.theme = "pink"`, `station.kiosk = "yes"`, `station.notify = 1`,
		`partner_center.url = "http://partner.example"`, `partner_center.url = "https://pc.example/v1"`, `partner_center.url = "pc.example"`,
		`partner_center.tenant = "a b"`, `partner_center.tenant = ["a"]`, `partner_center.way = "API"`, `partner_center.way = ""`,
		`partner_center.client_id = "x"`, `partner_center.client_id = "{99999999-9999-4999-8999-999999999999}"`, `partner_center.authority = "http://login.example"`,
		`partner_center.authority = "https://login.microsoftonline.us"`, `partner_center.authority = "https://login.chinacloudapi.cn/"`, `partner_center.authority = "https://login.example/t"`,
		`partner_center.account = "reseller"`, `partner_center.account = ""`,
		`upload.batch_size = 0`, `upload.batch_size = 1001`, `upload.batch_size = "500"`, `upload.batch_size = 5.0`, `upload.batch_size = -1`,
		`upload.after = "9ms"`, `upload.after = "24h1s"`, `upload.after = "5 min"`, `upload.after = 5`, `upload.after = "-1h"`,
		`upload.after = ""`, `upload.after = 1979-05-27`, `upload.after = {}`, `upload = 3`, `upload.poll_max = "1e9s"`,
		`scanner.serial = "COM3"`, `scanner.serial = [3]`, `scanner.serial = ["COM3@12"]`, `scanner.serial = [""]`, `scanner.serial = [["COM3"]]`,
		`scanner.camera = "a\nb"`, `station.name = "VK7JG-NPHTM-C97JM-9MPGT-3V66T"`, `scanner.pairing = "true"`, `scanner.pairing = 1`,
		`label.rules = "serial: 8 alnum"`, `label.rules = [3]`, `label.rules = ["serial: 8 alnmu"]`, `label.rules = ["imei: 15 digits"]`,
		`label.rules = [` + strings.Repeat(`"serial: 9 alnum",`, 65) + `]`, `label.rules = [""]`,
		`export.header = "a,b,c,d"`, `export.header = "a,b,,d,e"`, `export.header = "=a,b,c,d,e"`, `export.header = "a,b,c,d,é"`, `export.header = 5`,
	} {
		c, err := config.Load(write(t, "\n"+line), nil)
		got := problems(t, err)
		key, _, _ := strings.Cut(line, " ")
		if len(got) != 1 || got[0].Problem != config.BadValue || got[0].Line != 2 || got[0].Key != key || got[0].Allowed == "" || got[0].Value == "" {
			t.Errorf("%s: %+v", line, got)
		}
		if diff := cmp.Diff(config.Default(), c); diff != "" {
			t.Errorf("%s changed something (-want +got):\n%s", line, diff)
		}
	}
}

func TestLoadReportsEveryProblem(t *testing.T) {
	t.Parallel()
	folder := write(t, "[upload]\nbatch_size = 5000\nafter = \"20s\"\npoll_frist = \"5s\"\n[scanner]\npairing = 1\n")
	c, err := config.Load(folder, []string{"PKIDSTATION_UPLOAD_POLL_MAX=soon", "PKIDSTATION_SCANNER_PAIRNG=true", "PKIDSTATION_TOKEN=x", "PKIDSTATION_ZZZ=x"})
	file := filepath.Join(folder, config.FileName)
	want := strings.Join([]string{
		`PKIDSTATION_UPLOAD_POLL_MAX: upload.poll_max cannot be "soon"; allowed: "10ms" … "24h" ("90s", "15m")`,
		file + `:2: upload.batch_size cannot be 5000; allowed: 1 to 1000`,
		file + `:4: there is no key upload.poll_frist; allowed: after, after_removal, batch_size, poll_first, poll_max, retry_first, retry_max; did you mean upload.poll_first?`,
		file + `:6: scanner.pairing cannot be 1; allowed: true or false`,
	}, "\n")
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if c.Upload.After.String() != "20s" {
		t.Error("what was right was not taken")
	}
	var warnings []string
	for _, warning := range c.Warnings {
		warnings = append(warnings, warning.Error())
	}
	wantWarnings := []string{
		"PKIDSTATION_SCANNER_PAIRNG: no such setting; did you mean PKIDSTATION_SCANNER_PAIRING?",
		"PKIDSTATION_TOKEN: no such setting; did you mean PKIDSTATION_ACCESS_TOKEN?",
		"PKIDSTATION_ZZZ: no such setting",
	}
	if diff := cmp.Diff(wantWarnings, warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

// TestLoadSaysWhichRule: of many rules the wrong one is shown, with its place
// and what may stand there, from the file and from the variable.
func TestLoadSaysWhichRule(t *testing.T) {
	t.Parallel()
	_, err := config.Load(write(t, "[label]\n\nrules = ['serial: 9 alnum', 'serial: \"FUJ\" 7 alnmu']\n"), []string{"PKIDSTATION_LABEL_RULES=serial: 9 alnum, pkid: 12 digits"})
	got := problems(t, err)
	want := []config.Error{
		{
			Problem: config.BadValue, Variable: "PKIDSTATION_LABEL_RULES", Key: "label.rules",
			Value: `"pkid: 12 digits" (column 6: a PKID is 13 digits, no more and no less)`, Allowed: `pkid: "TEXT" (13 digits)`,
		},
		{
			Problem: config.BadValue, File: config.FileName, Line: 3, Key: "label.rules",
			Value:   `"serial: \"FUJ\" 7 alnmu" (column 17: "alnmu" is no kind of character)`,
			Allowed: `digits, letters, alnum, hex, code (letters, digits and # . / -), any, of "0-9A-F"`,
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLoadRefusesFiles(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text    string
		problem config.Problem
		line    int
	}{
		"no TOML":         {"[upload]\nafter = 5s\n", config.BadSyntax, 2},
		"twice":           {"[upload]\nafter = '5s'\nafter = '6s'\n", config.BadSyntax, 3},
		"Windows path":    {"[scanner]\ncamera = \"C:\\Users\\x\"", config.BadSyntax, 2},
		"huge number":     {"[upload]\nbatch_size = 99999999999999999999", config.BadSyntax, 2},
		"Latin-1":         {"[station]\nname = \"Quai \xe9\"", config.NotText, 2},
		"UTF-16":          {"\xff\xfe[\x00s\x00", config.NotText, 1},
		"NUL":             {"# \x00", config.NotText, 1},
		"too big":         {strings.Repeat("#", 64<<10) + "\n", config.TooBig, 0},
		"deep":            {"a=" + strings.Repeat("[", 60000), config.BadSyntax, 1},
		"deep and closed": {"upload.after=" + strings.Repeat("[", 9000) + strings.Repeat("]", 9000), config.BadValue, 1},
	} {
		_, err := config.Load(write(t, test.text), nil)
		got := problems(t, err)
		if len(got) != 1 || got[0].Problem != test.problem || got[0].Line != test.line {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLoadRefusesWhatIsNoFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, config.FileName), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := config.Load(folder, nil)
	if got := problems(t, err); len(got) != 1 || got[0].Problem != config.Unreadable {
		t.Errorf("a directory: %v", err)
	}
}

func TestLoadRefusesAGigabyte(t *testing.T) {
	t.Parallel()
	folder := write(t, "")
	if err := os.Truncate(filepath.Join(folder, config.FileName), 1<<30); err != nil {
		t.Skipf("no sparse files here: %v", err)
	}
	_, err := config.Load(folder, nil)
	if got := problems(t, err); len(got) != 1 || got[0].Problem != config.TooBig {
		t.Errorf("a gigabyte: %v", err)
	}
}

func TestLoadRefusesAnUnreadableFile(t *testing.T) {
	t.Parallel()
	if os.Geteuid() <= 0 {
		t.Skip("root, and Windows, read every file")
	}
	folder := write(t, "")
	if err := os.Chmod(filepath.Join(folder, config.FileName), 0); err != nil {
		t.Fatal(err)
	}
	_, err := config.Load(folder, nil)
	if !errors.Is(err, os.ErrPermission) {
		t.Errorf("an unreadable file: %v", err)
	}
}

func TestLoadReportsNoMoreThanAPersonReads(t *testing.T) {
	t.Parallel()
	_, err := config.Load(write(t, "[upload]\n"+manyKeys(5000)), nil)
	if got := problems(t, err); len(got) != 20 || got[0].Line != 2 {
		t.Errorf("%d problems, the first at line %d", len(got), got[0].Line)
	}
}

func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "key%d=1\n", i)
	}
	return b.String()
}
