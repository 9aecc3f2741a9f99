package config

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/signin"
	"pkidstation/scanner/label"
	"pkidstation/scanner/serial"
)

// What the numbers may be.
const (
	minWait, maxWait = 10 * time.Millisecond, 24 * time.Hour
	maxBatch         = 1000
	maxName          = 64
	maxCamera        = 1024
	maxSerial        = 16
	maxAround        = 16
	maxNoRead        = 16
	maxRules         = 64
	maxKeep          = 366
	maxMiB           = 1 << 20
)

// A rule says what a key may be, in words and as a test.
type rule struct {
	allowed string
	allows  func(typed any) bool
}

// rule is the setting's rule; a key without one is refused whatever it holds,
// so that none can be forgotten.
func (s setting) rule() rule {
	switch s.name() {
	case "station.name":
		return text(fmt.Sprintf("1 to %d printable characters", maxName), isName)
	case "station.language":
		return oneOf("", "en", "fr")
	case "station.theme":
		return oneOf("light", "dark", "system")
	case "partner_center.url":
		return text("an https address without /v1; plain http only to this machine", isBaseURL)
	case "partner_center.tenant":
		return text("your own tenant: a GUID or a domain name", isTenant)
	case "partner_center.client_id":
		return text("the app registration's application (client) id: a GUID", isGUID)
	case "partner_center.authority":
		return text("an https address without a path; plain http only to this machine; no national cloud", isAuthority)
	case "partner_center.account":
		return oneOf(string(AccountDirect), string(AccountIndirectProvider), string(AccountIndirectReseller))
	case "partner_center.way":
		return oneOf(string(WayAPI), string(WayCSV))
	case "upload.batch_size":
		return rule{fmt.Sprintf("1 to %d", maxBatch), func(v any) bool { n, ok := v.(int64); return ok && n >= 1 && n <= maxBatch }}
	case "upload.after", "upload.poll_first", "upload.poll_max", "upload.retry_first", "upload.retry_max", "upload.after_removal", "scanner.quiet":
		return rule{`"10ms" … "24h" ("90s", "15m")`, func(v any) bool { d, ok := v.(time.Duration); return ok && d >= minWait && d <= maxWait }}
	case "export.header":
		return text("five names with commas between them, printable ASCII without quotes", isHeader)
	case "scanner.serial":
		return rule{fmt.Sprintf("a list of at most %d DEVICE or DEVICE@BAUD, BAUD one of %v", maxSerial, serial.Bauds()), isSerialList}
	case "scanner.prefix", "scanner.suffix":
		return text(fmt.Sprintf("at most %d printable characters", maxAround), isAround)
	case "scanner.no_read":
		return rule{fmt.Sprintf("a list of at most %d texts of 1 to %d printable characters", maxNoRead, maxAround), isNoReadList}
	case "scanner.camera":
		return text(fmt.Sprintf("a camera's name, an http(s) address, or a file or folder, at most %d characters", maxCamera), isCamera)
	case "report.at":
		return text(`a time of day, "00:00" to "23:59"`, isTimeOfDay)
	case "backup.second", "report.folder":
		return text(fmt.Sprintf("a folder's whole path, at most %d characters", maxCamera), isWholePath)
	case "backup.keep":
		return number(1, maxKeep)
	case "sound.volume":
		return number(0, 100)
	case "disk.warn", "disk.stop":
		return number(0, maxMiB)
	case "label.rules":
		return rule{fmt.Sprintf(`a list of at most %d KIND: PATTERN, such as 'serial: "FUJ" 7 alnum'`, maxRules), isRuleList}
	case "scanner.pairing", "station.set_up", "station.kiosk", "station.notify":
		return rule{"true or false", func(v any) bool { _, ok := v.(bool); return ok }}
	default:
		return rule{"nothing", func(any) bool { return false }}
	}
}

// Allowed says what a key may be, "" of none that there is.
func Allowed(key string) string {
	c := Default()
	for _, s := range settings(&c) {
		if s.name() == key {
			return s.rule().allowed
		}
	}
	return ""
}

func number(least, most int64) rule {
	return rule{fmt.Sprintf("%d to %d", least, most), func(v any) bool { n, ok := v.(int64); return ok && n >= least && n <= most }}
}

func isTimeOfDay(s string) bool {
	_, err := time.Parse("15:04", s)
	return err == nil && len(s) == len("15:04")
}

func isWholePath(s string) bool { return s == "" || isCamera(s) && filepath.IsAbs(s) }

func text(allowed string, is func(string) bool) rule {
	return rule{allowed, func(v any) bool { s, ok := v.(string); return ok && is(s) }}
}

func oneOf(words ...string) rule {
	return text(fmt.Sprintf("%q", words), func(s string) bool { return slices.Contains(words, s) })
}

func isName(s string) bool {
	return s != "" && len(s) <= maxName && strings.TrimSpace(s) == s && isPrintable(s) && !label.HoldsSecret(s)
}

func isCamera(s string) bool { return len(s) <= maxCamera && isPrintable(s) }

func isPrintable(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) })
}

func isTenant(s string) bool {
	_, err := autopilot.ParseTenantID(s)
	return s == "" || err == nil
}

func isGUID(s string) bool {
	return s == "" || len(s) == len(uuid.Nil.String()) && uuid.Validate(s) == nil
}

// isAuthority asks the sign-in itself, which sends nothing.
func isAuthority(s string) bool { return signin.CheckAuthority(s) == nil }

// isBaseURL asks the client itself, which sends nothing.
func isBaseURL(s string) bool {
	_, err := partnercenter.New(partnercenter.Options{
		BaseURL: s,
		Token:   func(context.Context) (string, error) { return "", partnercenter.ErrNoToken },
	})
	return s == "" || err == nil
}

func isHeader(s string) bool { return s == "" || export.CheckHeader(s) == nil }

func isAround(s string) bool { return len(s) <= maxAround && isPrintable(s) }

func isNoReadList(v any) bool {
	list, ok := v.([]string)
	return ok && len(list) <= maxNoRead && !slices.ContainsFunc(list, func(s string) bool { return s == "" || !isAround(s) })
}

func isSerialList(v any) bool {
	list, ok := v.([]string)
	return ok && len(list) <= maxSerial && !slices.ContainsFunc(list, func(address string) bool {
		_, _, err := serial.ParseAddress(address)
		return err != nil || !isPrintable(address)
	})
}
