package config_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/cmd/internal/config"
	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

// write makes a data folder with a station.toml.
func write(t *testing.T, text string) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, config.FileName), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

func load(t *testing.T, text string, environ ...string) config.Config {
	t.Helper()
	c, err := config.Load(write(t, text), environ)
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	return c
}

func TestLoadWithoutAFile(t *testing.T) {
	t.Parallel()
	got, err := config.Load(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(config.Default(), got); diff != "" {
		t.Errorf("not the defaults (-want +got):\n%s", diff)
	}
	want := config.Upload{
		BatchSize: 500, After: 15 * time.Minute, PollFirst: 5 * time.Second, PollMax: time.Minute,
		RetryFirst: time.Second, RetryMax: 5 * time.Minute, AfterRemoval: 24 * time.Hour,
	}
	if diff := cmp.Diff(want, got.Upload); diff != "" {
		t.Errorf("[upload] is not the contract's (-want +got):\n%s", diff)
	}
	if got.Station.Name == "" || got.Configured() {
		t.Errorf("name %q, configured %t", got.Station.Name, got.Configured())
	}
}

const full = `
[station]
name = "Quai 3 é"
language = "fr"
set_up = true
theme = "dark"
kiosk = true
notify = true
[partner_center]
url = "http://127.0.0.1:8080/base"
tenant = "fabrikam.example"
client_id = "99999999-9999-4999-8999-999999999999"
authority = "http://127.0.0.1:8081"
account = "indirect-provider"
way = "csv"
[upload]
batch_size = 1000
after = "24h"
poll_first = "10ms"
poll_max = "1m30s"
retry_first = "2s"
retry_max = "1h"
after_removal = "3h"
[export]
header = "Serial,Product,Hash,Maker,Model"
[scanner]
serial = ['COM3@9600', "/dev/ttyACM0"]
camera = "http://192.0.2.7/video"
pairing = false
quiet = "3s"
prefix = "*"
suffix = "+"
no_read = ["?", "FAIL"]
[label]
rules = ['serial: "FUJ" 7 alnum | | FUJITSU', 'pkid: "ACME" (13 digits)']
[backup]
second = "/mnt/quai"
keep = 30
[disk]
warn = 2048
stop = 0
[sound]
volume = 35
[report]
folder = "/mnt/rapports"
at = "06:30"
`

func fullWant() config.Config {
	return config.Config{
		Station:       config.Station{Name: "Quai 3 é", Language: "fr", SetUp: true, Theme: "dark", Kiosk: true, Notify: true},
		PartnerCenter: config.PartnerCenter{URL: "http://127.0.0.1:8080/base", Tenant: "fabrikam.example", Way: config.WayCSV, ClientID: "99999999-9999-4999-8999-999999999999", Authority: "http://127.0.0.1:8081", Account: config.AccountIndirectProvider},
		Upload: config.Upload{
			BatchSize: 1000, After: 24 * time.Hour, PollFirst: 10 * time.Millisecond, PollMax: 90 * time.Second,
			RetryFirst: 2 * time.Second, RetryMax: time.Hour, AfterRemoval: 3 * time.Hour,
		},
		Export:  config.Export{Header: "Serial,Product,Hash,Maker,Model"},
		Scanner: config.Scanner{Serial: []string{"COM3@9600", "/dev/ttyACM0"}, Camera: "http://192.0.2.7/video", Quiet: 3 * time.Second, Prefix: "*", Suffix: "+", NoRead: []string{"?", "FAIL"}},
		Label:   config.Label{Rules: []string{`serial: "FUJ" 7 alnum | | FUJITSU`, `pkid: "ACME" (13 digits)`}},
		Backup:  config.Backup{Second: "/mnt/quai", Keep: 30},
		Disk:    config.Disk{Warn: 2048, Stop: 0},
		Sound:   config.Sound{Volume: 35},
		Report:  config.Report{Folder: "/mnt/rapports", At: "06:30"},
	}
}

func TestLoadEveryKey(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"plain": full, "byte order mark": "\uFEFF" + full, "Windows line ends": strings.ReplaceAll(full, "\n", "\r\n"),
	} {
		if diff := cmp.Diff(fullWant(), load(t, text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Each key that has a field has a variable, which wins over the file. What the
// variables are is derived here anew, from the tags.
func TestEveryKeyHasAVariable(t *testing.T) {
	t.Parallel()
	values := map[string]string{
		"PKIDSTATION_STATION_NAME": "Quai 3 é", "PKIDSTATION_STATION_LANGUAGE": "fr", "PKIDSTATION_STATION_SET_UP": "true", "PKIDSTATION_STATION_THEME": "dark",
		"PKIDSTATION_STATION_KIOSK": "true", "PKIDSTATION_STATION_NOTIFY": "true",
		"PKIDSTATION_PARTNER_CENTER_URL": "http://127.0.0.1:8080/base", "PKIDSTATION_PARTNER_CENTER_TENANT": "fabrikam.example",
		"PKIDSTATION_PARTNER_CENTER_CLIENT_ID": "99999999-9999-4999-8999-999999999999", "PKIDSTATION_PARTNER_CENTER_AUTHORITY": "http://127.0.0.1:8081",
		"PKIDSTATION_PARTNER_CENTER_ACCOUNT": "indirect-provider", "PKIDSTATION_PARTNER_CENTER_WAY": "csv", "PKIDSTATION_UPLOAD_BATCH_SIZE": "1000", "PKIDSTATION_UPLOAD_AFTER": "24h",
		"PKIDSTATION_UPLOAD_POLL_FIRST": "10ms", "PKIDSTATION_UPLOAD_POLL_MAX": "1m30s", "PKIDSTATION_UPLOAD_RETRY_FIRST": "2s",
		"PKIDSTATION_UPLOAD_RETRY_MAX": "1h", "PKIDSTATION_SCANNER_SERIAL": "COM3@9600, /dev/ttyACM0,",
		"PKIDSTATION_UPLOAD_AFTER_REMOVAL": "3h",
		"PKIDSTATION_SCANNER_CAMERA":       "http://192.0.2.7/video", "PKIDSTATION_SCANNER_PAIRING": "false", "PKIDSTATION_SCANNER_QUIET": "3s",
		"PKIDSTATION_SCANNER_PREFIX": "*", "PKIDSTATION_SCANNER_SUFFIX": "+", "PKIDSTATION_SCANNER_NO_READ": "?, FAIL",
		"PKIDSTATION_EXPORT_HEADER": "Serial,Product,Hash,Maker,Model",
		"PKIDSTATION_BACKUP_SECOND": "/mnt/quai", "PKIDSTATION_BACKUP_KEEP": "30", "PKIDSTATION_DISK_WARN": "2048", "PKIDSTATION_DISK_STOP": "0", "PKIDSTATION_SOUND_VOLUME": "35",
		"PKIDSTATION_REPORT_FOLDER": "/mnt/rapports", "PKIDSTATION_REPORT_AT": "06:30",
		"PKIDSTATION_LABEL_RULES": `serial: "FUJ" 7 alnum | | FUJITSU, pkid: "ACME" (13 digits)`,
	}
	tables := reflect.TypeFor[config.Config]()
	for i := range tables.NumField() {
		table := tables.Field(i)
		if table.Tag.Get("toml") == "-" {
			continue
		}
		for j := range table.Type.NumField() {
			name := "PKIDSTATION_" + strings.ToUpper(table.Tag.Get("toml")+"_"+table.Type.Field(j).Tag.Get("toml"))
			value, ok := values[name]
			if !ok {
				t.Errorf("%s has no value in this test", name)
			}
			got := field(load(t, config.Example(), name+"="+value), i, j)
			if diff := cmp.Diff(field(fullWant(), i, j), got); diff != "" {
				t.Errorf("%s=%s (-want +got):\n%s", name, value, diff)
			}
			if _, err := config.Load(t.TempDir(), []string{name + "=\x01"}); err == nil {
				t.Errorf("%s takes anything", name)
			}
			delete(values, name)
		}
	}
	if len(values) > 0 {
		t.Errorf("no key for %v", values)
	}
}

func field(c config.Config, i, j int) any { return reflect.ValueOf(c).Field(i).Field(j).Interface() }

func TestVariablesWinOverTheFile(t *testing.T) {
	t.Parallel()
	got := load(t, full, "PKIDSTATION_UPLOAD_AFTER=20ms", "PKIDSTATION_PARTNER_CENTER_TENANT=", "PKIDSTATION_SCANNER_SERIAL=", "OTHER=1", "PKIDSTATION_PIN=1234", "PKIDSTATION_DATA=x")
	want := fullWant()
	want.Upload.After, want.PartnerCenter.Tenant, want.Scanner.Serial = 20*time.Millisecond, "", []string{}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRulesWithACommaInTheMaker: a variable's rules are not cut in a name.
func TestRulesWithACommaInTheMaker(t *testing.T) {
	t.Parallel()
	got := load(t, "", `PKIDSTATION_LABEL_RULES=serial: "MSI" 9 alnum | | Micro-Star International Co., Ltd., part: "Q" 4 digits,`).Label.Rules
	want := []string{`serial: "MSI" 9 alnum | | Micro-Star International Co., Ltd.`, `part: "Q" 4 digits`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestLabelClassifier: the rules of the file are the classifier's.
func TestLabelClassifier(t *testing.T) {
	t.Parallel()
	c := load(t, full).Label.Classifier()
	for text, want := range map[string]label.Code{
		"FUJ1234ABC":        {Kind: label.Serial, Confidence: label.High, Text: "FUJ1234ABC", Maker: "FUJITSU"},
		"ACME3305123456787": {Kind: label.PKID, Confidence: label.High, Text: "3305123456787"},
		"PF0ABC12":          label.Classify(scanner.Scan{Text: "PF0ABC12"}),
	} {
		if got := c.Classify(scanner.Scan{Text: text}); got != want {
			t.Errorf("%q: %+v", text, got)
		}
	}
	if got := (config.Label{Rules: []string{"nonsense"}}).Classifier().Classify(scanner.Scan{Text: "3305123456781"}); got.Kind != label.PKID {
		t.Errorf("%+v", got)
	}
}

func TestTheFirstWaitIsNoLongerThanTheLongest(t *testing.T) {
	t.Parallel()
	got := load(t, "", "PKIDSTATION_UPLOAD_POLL_MAX=50ms", "PKIDSTATION_UPLOAD_RETRY_MAX=40ms").Upload
	if got.PollFirst != 50*time.Millisecond || got.RetryFirst != 40*time.Millisecond {
		t.Errorf("poll_first %s, retry_first %s", got.PollFirst, got.RetryFirst)
	}
}

func TestLanguageFromTheEnvironment(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ want, environ string }{
		{"", ""},
		{"fr", "LANG=fr_FR.UTF-8"},
		{"fr", "LANG=en_US.UTF-8 LC_ALL=fr"},
		{"en", "LANG=fr_FR.UTF-8 LC_MESSAGES=C"},
		{"fr", "LANG=fr_CA LC_ALL= LC_MESSAGES="},
		{"en", "LANG=fry_NL"},
		{"en", "LANG=fr_FR PKIDSTATION_STATION_LANGUAGE=en"},
	} {
		if got := load(t, "", strings.Fields(test.environ)...).Station.Language; got != test.want {
			t.Errorf("%s gives %q, want %q", test.environ, got, test.want)
		}
	}
}

func TestConfigured(t *testing.T) {
	t.Parallel()
	for _, variable := range []string{
		"PKIDSTATION_ACCESS_TOKEN=eyJ", "PKIDSTATION_PARTNER_CENTER_URL=https://pc.example", "PKIDSTATION_PARTNER_CENTER_TENANT=t.example",
		"PKIDSTATION_PARTNER_CENTER_WAY=csv", "PKIDSTATION_PARTNER_CENTER_CLIENT_ID=99999999-9999-4999-8999-999999999999",
		"PKIDSTATION_PARTNER_CENTER_ACCOUNT=indirect-reseller", "PKIDSTATION_STATION_SET_UP=true",
	} {
		if !load(t, "", variable).Configured() {
			t.Errorf("%s: not configured", variable)
		}
	}
	if load(t, full, "PKIDSTATION_PARTNER_CENTER_WAY=api", "PKIDSTATION_PARTNER_CENTER_URL=", "PKIDSTATION_PARTNER_CENTER_TENANT=", "PKIDSTATION_PARTNER_CENTER_CLIENT_ID=", "PKIDSTATION_STATION_SET_UP=0").Configured() {
		t.Error("configured, with nothing set")
	}
}

func TestExampleHoldsTheDefaults(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(config.Default(), load(t, config.Example())); diff != "" {
		t.Errorf("as it is (-want +got):\n%s", diff)
	}
	var text strings.Builder
	keys := 0
	for line := range strings.Lines(config.Example()) {
		if key, _, ok := strings.Cut(line, " = "); ok && len(strings.Fields(key)) == 2 && !strings.Contains(line, "['") {
			line, keys = strings.TrimPrefix(line, "# "), keys+1
		}
		text.WriteString(line)
	}
	want := config.Default()
	want.Station.Name, want.Scanner.Serial, want.Label.Rules = "Dock 3", []string{}, []string{}
	if diff := cmp.Diff(want, load(t, text.String())); diff != "" {
		t.Errorf("with each key said (-want +got):\n%s", diff)
	}
	if keys != 35 {
		t.Errorf("it shows %d keys", keys)
	}
}

// TestAnIndirectResellerHasNoAPI: without a word the way is CSV; who asks for the
// API is told.
func TestAnIndirectResellerHasNoAPI(t *testing.T) {
	t.Parallel()
	const reseller = "PKIDSTATION_PARTNER_CENTER_ACCOUNT=indirect-reseller"
	for text, environ := range map[string]string{
		"[partner_center]\naccount = \"indirect-reseller\"": "OTHER=1",
		"": reseller,
		"[partner_center]\naccount = \"indirect-reseller\"\nway = \"csv\"": "OTHER=1",
		"[partner_center]\nway = \"api\"\naccount = \"indirect-reseller\"": "PKIDSTATION_PARTNER_CENTER_WAY=csv",
	} {
		if got := load(t, text, environ).PartnerCenter; got.Way != config.WayCSV || got.Account != config.AccountIndirectReseller {
			t.Errorf("%q: %+v", text, got)
		}
	}
	for text, want := range map[string]config.Error{
		"[partner_center]\naccount = \"indirect-reseller\"\nway = \"api\"":      {File: config.FileName, Line: 3},
		"partner_center = { way = \"api\", account = \"indirect-reseller\" }\n": {File: config.FileName, Line: 1},
		"": {Variable: "PKIDSTATION_PARTNER_CENTER_WAY"},
	} {
		environ := []string{reseller}
		if want.Variable != "" {
			environ = append(environ, want.Variable+"=api")
		}
		c, err := config.Load(write(t, text), environ)
		want.Problem, want.Key, want.Value = config.BadValue, "partner_center.way", `"api"`
		want.Allowed = `"csv" with account = "indirect-reseller": Microsoft gives indirect resellers no API`
		if diff := cmp.Diff([]config.Error{want}, problems(t, err)); diff != "" || c.PartnerCenter.Way != config.WayCSV {
			t.Errorf("%q: %s (-want +got):\n%s", text, c.PartnerCenter.Way, diff)
		}
	}
}
