package ui

import (
	"errors"
	"slices"
	"strings"

	"pkidstation/ui/words"
)

// ErrSettingsChanged is what a change of settings fails with that somebody else
// changed meanwhile: they are read again, and shown.
var ErrSettingsChanged = errors.New("the settings were changed meanwhile")

// The keys that the window itself has to do with.
const (
	keyName     = "station.name"
	keyLanguage = "station.language"
	keyAccount  = "partner_center.account"
	keyWay      = "partner_center.way"
	keyTenant   = "partner_center.tenant"
	keyClient   = "partner_center.client_id"
)

// sections are those of the settings, in their order.
func sections() []string { return []string{"station", "scanners", "partner", "care", "advanced"} }

// sectionOf is where a key is shown. What nobody placed is for those who know it.
func sectionOf(key string) string {
	table, _, _ := strings.Cut(key, ".")
	switch {
	case table == "station", table == "sound":
		return "station"
	case table == "scanner", table == "label":
		return "scanners"
	case slices.Contains([]string{keyAccount, keyWay, keyTenant, keyClient}, key):
		return "partner"
	case table == "export", table == "backup", table == "disk", table == "report":
		return "care"
	default:
		return "advanced"
	}
}

func isList(key string) bool {
	return key == "scanner.serial" || key == "scanner.no_read" || key == "label.rules"
}

// settingName is what a key is called.
func (w *Window) settingName(key string) string { return w.words.Say("settings.name." + key) }

func (w *Window) settingWhat(key string) string {
	return strings.ReplaceAll(w.words.Say("settings.what."+key), "`", "")
}

// settingValue is a value in words.
func (w *Window) settingValue(s Setting, value string) string {
	say := w.words.Say
	switch {
	case value == "" && s.Key == keyLanguage:
		return say("settings.value.system")
	case value == "":
		return say("settings.value.none")
	case slices.Contains(s.Words, value):
		return say("settings.value." + value)
	case s.Masked:
		return words.Shown(strings.ReplaceAll(value, "redacted", say("settings.value.redacted")))
	default:
		return words.Shown(value)
	}
}

// faultText is why a change is refused, in the sentence that pkidctl has for it.
func (w *Window) faultText(f SettingFault) string {
	if f.Err != nil {
		return w.words.Error(f.Err)
	}
	allowed := f.Allowed
	switch {
	case f.Rule:
		allowed = strings.ReplaceAll(w.words.Say("settings.allowed."+f.Key), "`", "")
	case f.Key == keyWay:
		allowed = w.words.Say("settings.allowed.reseller")
	}
	return w.words.Say("cli.config.bad-value", "Where", w.settingName(f.Key), "Key", f.Key, "Value", words.Shown(f.Value), "Allowed", allowed)
}
