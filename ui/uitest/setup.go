package uitest

import (
	"context"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/ui"
	"pkidstation/ui/words"
)

func (p setup) State(context.Context) (ui.SetupState, error) { return p.setup, nil }

func (p setup) Keep(context.Context, string) error { return nil }

func (p setup) Begin(context.Context, string, string) error { return p.refusal }

func (p setup) Restart(bool) {}

func (p settings) Read(context.Context) ([]ui.Setting, error) { return p.settings, nil }

func (p settings) Check([]ui.SettingChange) []ui.SettingFault { return p.faults }

func (p settings) Change(context.Context, []ui.SettingChange) error { return p.refusal }

// setting is one that nobody set.
func setting(key, value string, words ...string) ui.Setting {
	return ui.Setting{Key: key, Value: value, Default: value, Origin: ui.FromDefault, Words: words}
}

func from(origin ui.SettingOrigin, s ui.Setting) ui.Setting {
	s.Origin, s.Default = origin, ""
	return s
}

// allSettings are those of a station that somebody began to set up.
func allSettings() []ui.Setting {
	volume := setting("sound.volume", "80")
	volume.AtOnce = true
	language := from(ui.FromFile, setting("station.language", "fr", "", "en", "fr"))
	language.AtOnce = true
	second := from(ui.FromFile, setting("backup.second", "//serveur/sauvegardes/quai-2"))
	second.Waits = true
	way := from(ui.FromEnvironment, setting("partner_center.way", "api", "api", "csv"))
	way.Variable = "PKIDSTATION_PARTNER_CENTER_WAY"
	camera := from(ui.FromFile, setting("scanner.camera", "http://[redacted]@192.0.2.7/video"))
	camera.Masked = true
	return []ui.Setting{
		from(ui.FromFile, setting("station.name", "Quai 2")), language,
		setting("partner_center.url", ""), from(ui.FromFile, setting("partner_center.tenant", "partenaire.example")),
		from(ui.FromFile, setting("partner_center.client_id", "99999999-9999-4999-8999-999999999999")), setting("partner_center.authority", ""),
		setting("partner_center.account", "direct", "direct", "indirect-provider", "indirect-reseller"), way,
		setting("upload.batch_size", "500"), setting("upload.after", "15m"), setting("upload.poll_first", "5s"), setting("upload.poll_max", "1m"),
		setting("upload.retry_first", "1s"), setting("upload.retry_max", "5m"), setting("upload.after_removal", "24h"),
		setting("export.header", ""), setting("scanner.serial", ""), setting("scanner.prefix", ""), setting("scanner.suffix", ""),
		setting("scanner.no_read", "NR, NOREAD, <NR>"), camera, setting("scanner.pairing", "true", "true", "false"), setting("scanner.quiet", "8s"),
		setting("label.rules", ""), second, setting("backup.keep", "7"), setting("disk.warn", "1024"), setting("disk.stop", "64"), volume,
	}
}

// unset is a station that is new: nothing in it, nobody who decides.
func unset(step string) func(*station) {
	return func(s *station) {
		s.guard, s.entries, s.open, s.customers = ui.GuardState{}, nil, false, nil
		s.setup = ui.SetupState{Due: true, Step: step, Real: true, Name: "Quai 2"}
		s.sign = ui.SignInState{}
		for n := range s.settings {
			if s.settings[n].Origin == ui.FromFile {
				s.settings[n].Origin, s.settings[n].Value = ui.FromDefault, ""
			}
			s.settings[n].Waits = false
		}
		s.settings[0].Value = "PC-QUAI-02"
	}
}

// fixed has what is asked for come from the environment.
func fixed(step string, keys ...string) func(*station) {
	return func(s *station) {
		unset(step)(s)
		for n := range s.settings {
			for key, variable := range map[string]string{
				"station.name": "PKIDSTATION_STATION_NAME", "station.language": "PKIDSTATION_STATION_LANGUAGE",
				"partner_center.tenant": "PKIDSTATION_PARTNER_CENTER_TENANT",
			} {
				for _, wanted := range keys {
					if wanted == key && s.settings[n].Key == key {
						s.settings[n].Origin, s.settings[n].Variable = ui.FromEnvironment, variable
						s.settings[n].Value = map[string]string{"station.name": "Quai 2", "station.language": "fr", "partner_center.tenant": "partenaire.example"}[key]
					}
				}
			}
		}
	}
}

// setupStates are the setting up, question by question.
func setupStates() []State {
	demo := func(o *ui.Options, s *station) {
		s.setup = ui.SetupState{Due: true, Name: "PC-QUAI-02"}
		o.Demo, o.Guard, o.Station = true, nil, ""
	}
	back := func(o *ui.Options, s *station) {
		demo(o, s)
		s.setup = ui.SetupState{Real: true, Name: "Quai 2"}
	}
	signedOut := func(s *station) {
		s.setup = ui.SetupState{Due: true, Step: "partner", Real: true}
		s.sign = ui.SignInState{Needs: queue.SignIn}
	}
	tried := func(s *Shot) {
		s.press("F7")
		s.station.tried(ui.Tried{Findings: []words.Finding{{
			Grade: "good", Raw: "]C03305123456781<CR>", AIM: "]C0", Symbology: "code128", Terminator: "cr", Keys: 16, Kind: "pkid", Text: pkid,
		}}, Advice: []string{"fine"}})
		s.press("Escape")
	}
	return []State{
		{Screen: "setup", Name: "welcome", before: demo},
		{Screen: "setup", Name: "welcome-nameless", before: demo, show: func(s *Shot) { s.erase(len("PC-QUAI-02")) }},
		{Screen: "setup", Name: "demo", before: back, show: func(s *Shot) { s.ctrl(",") }},
		{Screen: "setup", Name: "demo-help", before: back, show: func(s *Shot) { s.press("F1") }},
		with("setup", "language", unset("language"), nil),
		with("setup", "name", unset("name"), nil),
		with("setup", "name-missing", unset("name"), func(s *Shot) { s.erase(len("PC-QUAI-02")) }),
		with("setup", "name-fixed", fixed("name", "station.name"), nil),
		with("setup", "supervisor", unset("supervisor"), func(s *Shot) { s.types("Ana Dupont") }),
		with("setup", "supervisor-known", func(s *station) { s.setup = ui.SetupState{Due: true, Step: "supervisor", Real: true} }, nil),
		with("setup", "scanner", unset("scanner"), nil),
		with("setup", "scanner-tried", unset("scanner"), tried),
		with("setup", "customer", unset("customer"), func(s *Shot) { s.types("Contoso SARL") }),
		with("setup", "customer-known", func(s *station) { s.setup = ui.SetupState{Due: true, Step: "customer", Real: true} }, nil),
		with("setup", "partner", unset("partner"), nil),
		with("setup", "partner-fixed", fixed("partner", "partner_center.tenant"), func(s *Shot) { s.types("not a guid") }),
		with("setup", "partner-csv", unset("partner"), func(s *Shot) { s.press("Down", "Down") }),
		with("setup", "partner-signin", signedOut, nil),
		with("setup", "done", func(s *station) { s.setup = ui.SetupState{Due: true, Step: "done", Real: true} }, nil),
		with("setup", "done-little", unset("done"), nil),
	}
}

// settingsStates are the settings.
func settingsStates() []State {
	wrong := func(key, value, allowed string) func(*station) {
		return func(s *station) {
			s.faults = []ui.SettingFault{{Key: key, Value: value, Allowed: allowed, Rule: true}}
		}
	}
	show := func(sections int, keys ...fyne.KeyName) func(*Shot) {
		return func(s *Shot) {
			s.press("F9")
			s.ctrl(",")
			for range sections {
				s.press("F6")
			}
			s.press(keys...)
		}
	}
	return []State{
		state("settings", "station", show(0)),
		state("settings", "scanners", show(1, "Down", "Down", "Down", "Down")),
		state("settings", "scanners-choice", show(1, "Down", "Down", "Down", "Down", "Down", "F7")),
		state("settings", "partner", show(2)),
		state("settings", "fixed", show(2, "Down", "Down", "Down")),
		state("settings", "care", show(3, "Down")),
		state("settings", "advanced", show(4, "Down", "Down")),
		with("settings", "changed", func(*station) {}, func(s *Shot) { show(0)(s); s.types(" bis") }),
		with("settings", "wrong", wrong("sound.volume", `"80!"`, "0 to 100"), func(s *Shot) { show(0, "Down", "Down")(s); s.types("!") }),
		with("settings", "kept", func(*station) {}, func(s *Shot) { show(0)(s); s.types(" bis"); s.ctrl("Return") }),
	}
}

// erase takes the last characters away.
func (s *Shot) erase(n int) {
	for range n {
		s.press("BackSpace")
	}
}
