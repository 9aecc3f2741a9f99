package sheet

import (
	"strings"

	"pkidstation/scanner/command"
)

// A group are commands that belong together.
type group struct {
	// id is that of its name.
	id    string
	words []command.Word
	// dark is the colour of its name, light that of what is said of each
	// command. In grey they differ too.
	dark, light Colour
}

// groups have every command of command.Words in its order, but for badges,
// which are not on the sheet, and the calibration, which ends it.
func groups() []group {
	return []group{
		{
			id:    "sheet.group.box",
			words: []command.Word{command.Next, command.Undo, command.Repeat, command.Hold, command.Unreadable},
			dark:  Colour{18, 60, 105}, light: Colour{228, 237, 247},
		},
		{
			id:    "sheet.group.question",
			words: []command.Word{command.IsPKID, command.NotPKID},
			dark:  Colour{153, 84, 0}, light: Colour{253, 239, 217},
		},
		{
			id:    "sheet.group.reception",
			words: []command.Word{command.Carton, command.Customer, command.Confirm, command.Close},
			dark:  Colour{10, 94, 82}, light: Colour{222, 243, 239},
		},
		{
			id:    "sheet.group.station",
			words: []command.Word{command.Lock},
			dark:  Colour{66, 66, 74}, light: Colour{236, 236, 240},
		},
	}
}

// rows are how many commands the groups have.
func rows() int {
	n := 0
	for _, g := range groups() {
		n += len(g.words)
	}
	return n
}

// name and does are the ids of what a command is called and of what it does.
func name(w command.Word) string { return "sheet." + strings.ToLower(string(w)) + ".name" }
func does(w command.Word) string { return "sheet." + strings.ToLower(string(w)) + ".does" }
