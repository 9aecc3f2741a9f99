package command_test

import (
	"strings"
	"testing"

	"pkidstation/scanner/command"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]command.Command{
		"%PKID%UNDO":            {Word: command.Undo},
		"%pkid%undo":            {Word: command.Undo}, // Caps Lock
		"%PKID%BADGE%Marie":     {Word: command.Badge, Argument: "Marie"},
		"%pkid%badge%J. Dupont": {Word: command.Badge, Argument: "J. Dupont"},
		command.Calibration:     {Word: command.Calibrate},
	} {
		if got, ok := command.Parse(text); !ok || got != want {
			t.Errorf("%q gave %+v, %v", text, got, ok)
		}
	}
	for _, text := range []string{
		"", "UNDO", "%PKID%", "%PKID%RELEASE", "%PKID%DISCARD", "%PKID%REMOVE", "%PKID%UNDO%1", "%PKID%UNDO ", " %PKID%UNDO",
		"%PKID%BADGE", "%PKID%BADGE%", "%PKID%BADGE% Marie", "%PKID%BADGE%<b>", "%PKID%BADGE%" + strings.Repeat("x", 25),
		"%PKID%CALIBRATE", "%PKID%CALIBRATE%", "%PKID%CALIBRATE%AQWYZM-#1234567890", "%PKID%UNDO%PKID%LOCK",
	} {
		if got, ok := command.Parse(text); ok {
			t.Errorf("%q is the command %+v", text, got)
		}
	}
}

// TestRoundTrip: what the sheet prints is what the station reads, and it needs
// neither calibration nor a right Y, Z or hyphen.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for _, word := range command.Words() {
		c := command.Command{Word: word}
		if word == command.Badge {
			c.Argument = "Marie"
		}
		if got, ok := command.Parse(c.Text()); !ok || got != c {
			t.Errorf("%q gave %+v, %v", c.Text(), got, ok)
		}
		if strings.ContainsAny(string(word), "YZ-") {
			t.Errorf("%s has a letter that keyboards swap", word)
		}
	}
}

// TestStates goes through every command in every state.
func TestStates(t *testing.T) {
	t.Parallel()
	valid := map[command.State]string{
		command.Idle:        "CALIBRATE REPEAT LOCK BADGE CUSTOMER",
		command.Receiving:   "CALIBRATE REPEAT LOCK BADGE CUSTOMER UNDO NEXT HOLD UNREADABLE CARTON CLOSE",
		command.Asking:      "CALIBRATE REPEAT LOCK BADGE CUSTOMER UNDO NEXT HOLD UNREADABLE CARTON CLOSE PKID NOTPKID",
		command.Changing:    "CONFIRM",
		command.Unconfirmed: "CONFIRM",
		command.Locked:      "BADGE",
	}
	for state, words := range valid {
		for _, word := range command.Words() {
			if want := strings.Contains(" "+words+" ", " "+string(word)+" "); word.Valid(state) != want {
				t.Errorf("%s in %s: %v", word, state, !want)
			}
		}
	}
	if command.Word("RELEASE").Valid(command.Receiving) || command.Undo.Valid("") {
		t.Error("an unknown word or state is valid")
	}
}

func FuzzParse(f *testing.F) {
	f.Add("%PKID%BADGE%Marie")
	f.Add(command.Calibration)
	f.Fuzz(func(t *testing.T, text string) {
		c, ok := command.Parse(text)
		if !ok {
			return
		}
		if again, ok := command.Parse(c.Text()); !ok || again != c {
			t.Errorf("%q gave %+v, which gave %+v", text, c, again)
		}
	})
}
