package uitest

import (
	"time"

	"pkidstation/queue"
	"pkidstation/ui"
	"pkidstation/ui/words"
)

// back is a box in a state that comes back.
func back(state queue.State, reason queue.Reason) ui.Returned {
	e := why(29, state, reason)
	e.PKID, e.Serial, e.DeviceID = pkid, serial, "7f1d3a52-0000-4000-8000-00000000d029"
	return ui.Returned{Text: pkid, Kind: "pkid", Known: true, Found: []queue.Entry{e}, RegisteredAt: at(10, 40).Add(-24 * time.Hour)}
}

func readAs(kind, text string) ui.Returned {
	return ui.Returned{Kind: kind, Text: text, Known: kind == "serial"}
}

func returnStates() []State {
	of := func(name string, found ...ui.Returned) State {
		return state("returns", name, func(s *Shot) {
			s.press("F8")
			for n, r := range found {
				if n == 1 {
					s.press("F5") // what is under it is the machine's
				}
				s.station.returned(r)
			}
		})
	}
	registered := back(queue.Registered, "")
	return []State{
		of("resting"),
		of("unknown", readAs("serial", "PF4Z9K2M")),
		of("secret", readAs("secret", "")),
		of("registered", registered),
		of("held", back(queue.Held, queue.NotAnnounced)),
		of("removed", back(queue.Removed, "")),
		of("same-machine", registered, readAs("serial", serial)),
		of("other-machine", registered, readAs("serial", "5CG7654321")),
		of("not-a-serial", registered, readAs("mac", "00155D012345")),
	}
}

func trialStates() []State {
	good := words.Finding{
		Grade: "good", Raw: "]C0" + pkid + "<CR>", AIM: "]C0", Symbology: "code128", Terminator: "cr", Keys: 16,
		Average: 12 * time.Millisecond, Longest: 17 * time.Millisecond, Kind: "pkid", Text: pkid,
	}
	swapped := good
	swapped.Grade, swapped.Raw, swapped.Layout, swapped.AIM, swapped.Symbology = "change", `""à(&é"'(-è_&<CR>`, "fr", "", ""
	swapped.Advice, swapped.Doubt = []string{"layout-repaired", "no-aim"}, true
	hidden := words.Finding{Grade: "withheld", Kind: "secret", Terminator: "cr", Keys: 29, Average: good.Average, Longest: good.Longest, Advice: []string{"secret"}}
	of := func(name string, tried ui.Tried) State {
		return state("trial", name, func(s *Shot) { s.press("F7"); s.station.tried(tried) })
	}
	return []State{
		state("trial", "resting", func(s *Shot) { s.press("F7") }),
		of("good", ui.Tried{Findings: []words.Finding{good}, Advice: []string{"fine"}}),
		of("to-change", ui.Tried{
			Findings: []words.Finding{good, swapped, hidden}, Advice: []string{"secret", "layout-repaired", "no-aim"}, Change: true,
		}),
	}
}
