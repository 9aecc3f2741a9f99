package config

import (
	"os"
	"time"

	"pkidstation/queue"
	"pkidstation/scanner/label"
	"pkidstation/scanner/serial"
)

// Config is everything that a station can be told, after station.toml and the
// environment were read over the defaults.
type Config struct {
	Station       Station       `toml:"station"`
	PartnerCenter PartnerCenter `toml:"partner_center"`
	Upload        Upload        `toml:"upload"`
	Export        Export        `toml:"export"`
	Scanner       Scanner       `toml:"scanner"`
	Label         Label         `toml:"label"`
	Backup        Backup        `toml:"backup"`
	Disk          Disk          `toml:"disk"`
	Sound         Sound         `toml:"sound"`
	Report        Report        `toml:"report"`

	// AccessToken is a bearer token that someone else obtained, or empty. It
	// comes from PKIDSTATION_ACCESS_TOKEN alone, never from the file.
	AccessToken Token `toml:"-"`
	// Warnings are the variables that look like ours and are not, which may be
	// mistyped. Nothing follows from them.
	Warnings []*Error `toml:"-"`
}

// Station says which station this is.
type Station struct {
	// Name stands in each entry; the default is the machine's name.
	Name string `toml:"name"`
	// Language is "en", "fr", or "" where neither the file nor the environment
	// (LC_ALL, LC_MESSAGES, LANG) says: then it is the system's.
	Language string `toml:"language"`
	// SetUp says that the station is real although nothing is said of Partner
	// Center yet.
	SetUp bool `toml:"set_up"`
	// Theme is "light", "dark", or "system" for what the system wears.
	Theme string `toml:"theme"`
	// Kiosk fills the screen with the window, which only a supervisor leaves.
	Kiosk bool `toml:"kiosk"`
	// Notify has the desktop tell what needs a person.
	Notify bool `toml:"notify"`
}

// PartnerCenter says where and how devices are registered.
type PartnerCenter struct {
	// URL is the base address without /v1, or empty for Microsoft's own.
	URL string `toml:"url"`
	// Tenant is the partner's own tenant id, not a customer's.
	Tenant string `toml:"tenant"`
	// ClientID is the app registration that people sign in with, a GUID; empty for
	// none, and then nobody can sign in.
	ClientID string `toml:"client_id"`
	// Authority is the sign-in's address, or empty for Microsoft's own.
	Authority string `toml:"authority"`
	// Account is what kind of partner this is.
	Account Account `toml:"account"`
	// Way is how devices get there. For an indirect reseller it is WayCSV.
	Way Way `toml:"way"`
}

// An Account is what kind of partner someone is at Partner Center. It decides what
// relationship a customer must have, and whether there is an API at all.
type Account string

// The accounts.
const (
	AccountDirect           Account = "direct"
	AccountIndirectProvider Account = "indirect-provider"
	// AccountIndirectReseller has no API: the web site's CSV is the only way.
	AccountIndirectReseller Account = "indirect-reseller"
)

// A Way is how devices get to Partner Center.
type Way string

// The ways.
const (
	WayAPI Way = "api" // the uploader registers
	WayCSV Way = "csv" // a person uploads the exported file on the web site
)

// Export says how the file for the web site looks.
type Export struct {
	// Header is the file's first line, or empty for the one that Microsoft
	// documents.
	Header string `toml:"header"`
}

// Upload says when entries go out.
type Upload struct {
	// BatchSize is the most devices of one request.
	BatchSize int `toml:"batch_size"`
	// After is how long a ready entry waits where its reception stays open.
	After time.Duration `toml:"after"`
	// PollFirst and PollMax are the waits between questions for an outcome.
	PollFirst time.Duration `toml:"poll_first"`
	PollMax   time.Duration `toml:"poll_max"`
	// RetryFirst and RetryMax are the waits after a failure, unless Partner
	// Center says how long.
	RetryFirst time.Duration `toml:"retry_first"`
	RetryMax   time.Duration `toml:"retry_max"`
	// AfterRemoval is how long a device that was taken back here is tried again
	// where Microsoft still has it for the customer before.
	AfterRemoval time.Duration `toml:"after_removal"`
}

// Scanner says what the station reads from, beside the keyboard wedge.
type Scanner struct {
	// Serial lists the serial scanners, each as DEVICE or DEVICE@BAUD.
	Serial []string `toml:"serial"`
	// Prefix and Suffix are what the serial scanners put around what they read;
	// NoRead is what they send when they read nothing.
	Prefix string   `toml:"prefix"`
	Suffix string   `toml:"suffix"`
	NoRead []string `toml:"no_read"`
	// Camera is a camera's name, an http(s) MJPEG address, or a picture, Y4M
	// file or folder; empty for none.
	Camera string `toml:"camera"`
	// Pairing joins the PKID and the serial number of one box.
	Pairing bool `toml:"pairing"`
	// Quiet closes a box of which nothing was read for so long.
	Quiet time.Duration `toml:"quiet"`
}

// SerialOptions are how the serial scanners are set up.
func (s Scanner) SerialOptions() serial.Options {
	return serial.Options{Prefix: s.Prefix, Suffix: s.Suffix, NoRead: s.NoRead}
}

// Backup says where backups go beside the data folder.
type Backup struct {
	// Second is a folder off this PC, such as a network folder; empty for none.
	Second string `toml:"second"`
	// Keep is how many daily backups are kept in each place.
	Keep int `toml:"keep"`
}

// Disk says how much room there must be on the data folder's disk, in MiB.
type Disk struct {
	// Warn is below how much a person is warned, Stop below how much nothing new is
	// taken.
	Warn int `toml:"warn"`
	Stop int `toml:"stop"`
}

// Room is that for the queue.
func (d Disk) Room() queue.Room {
	return queue.Room{Least: uint64(d.Stop) << 20, Low: uint64(d.Warn) << 20} //nolint:gosec // never negative
}

// Sound says how the dock sounds.
type Sound struct {
	// Volume is how loud the tones are, in percent; 0 is none.
	Volume int `toml:"volume"`
}

// Report says where the daily report lands.
type Report struct {
	// Folder is a folder, such as a network folder; empty for no report.
	Folder string `toml:"folder"`
	// At is the local time of day from which on the day's is written, as "07:00".
	At string `toml:"at"`
}

// Label says what the site knows of its labels.
type Label struct {
	// Rules are the site's own rules, each as label.ParseRule reads it, in the
	// order in which they are asked.
	Rules []string `toml:"rules"`
}

// Classifier tells codes by the built-in rules and the site's. Load has refused
// a rule that cannot be read; one that got here otherwise is left out.
func (l Label) Classifier() *label.Classifier {
	var site []label.Rule
	for _, text := range l.Rules {
		if rule, err := label.ParseRule(text); err == nil {
			site = append(site, rule)
		}
	}
	return label.NewClassifier(site)
}

// Default is what holds where nothing was said.
func Default() Config {
	name, err := os.Hostname()
	if err != nil || !isName(name) {
		name = "station"
	}
	return Config{
		Station:       Station{Name: name, Theme: "light"},
		PartnerCenter: PartnerCenter{Account: AccountDirect, Way: WayAPI},
		Upload: Upload{
			BatchSize:  500,
			After:      15 * time.Minute,
			PollFirst:  5 * time.Second,
			PollMax:    time.Minute,
			RetryFirst: time.Second,
			RetryMax:   5 * time.Minute,

			AfterRemoval: 24 * time.Hour,
		},
		Backup:  Backup{Keep: 7},
		Disk:    Disk{Warn: 1024, Stop: 64},
		Sound:   Sound{Volume: 80},
		Report:  Report{At: "07:00"},
		Scanner: Scanner{NoRead: serial.NoReadWords(), Pairing: true, Quiet: label.DefaultQuiet},
	}
}

// Configured says whether someone began to set the station up for real: said so, or
// a tenant, an app, an address, a token or the CSV way is set. Then nothing may fall
// back to the demo.
func (c Config) Configured() bool {
	return c.Station.SetUp || c.PartnerCenter.Tenant != "" || c.PartnerCenter.ClientID != "" || c.PartnerCenter.URL != "" || c.AccessToken != "" || c.PartnerCenter.Way == WayCSV
}
