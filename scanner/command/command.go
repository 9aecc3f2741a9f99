package command

import (
	"slices"
	"strings"
)

// Prefix begins every command and no label.
const Prefix = "%PKID%"

// A Word is what a command is called on its barcode.
type Word string

// The commands.
const (
	// Undo takes back the last capture.
	Undo Word = "UNDO"
	// Next closes the box at hand.
	Next Word = "NEXT"
	// Hold holds the box at hand.
	Hold Word = "HOLD"
	// IsPKID and NotPKID answer whether the 13 digits just read are the PKID.
	IsPKID  Word = "PKID"
	NotPKID Word = "NOTPKID"
	// Repeat tells the last verdict again.
	Repeat Word = "REPEAT"
	// Unreadable keeps a box, with its number, whose PKID cannot be read.
	Unreadable Word = "UNREADABLE"
	// Carton begins a carton of several devices, and ends it.
	Carton Word = "CARTON"
	// Close closes the reception.
	Close Word = "CLOSE"
	// Lock locks the dock until somebody scans a badge.
	Lock Word = "LOCK"
	// Badge says who is at the dock; its argument is the name.
	Badge Word = "BADGE"
	// Customer begins a change of customer: the order's code follows, then
	// Confirm.
	Customer Word = "CUSTOMER"
	// Confirm says yes to what was asked about: a change, whether the customer is
	// still the right one, whether the open work is taken over.
	Confirm Word = "CONFIRM"
	// Calibrate tells a keyboard wedge the host's layout; see Calibration.
	Calibrate Word = "CALIBRATE"
)

// Words are all commands, in the order of the sheet.
func Words() []Word {
	return []Word{
		Next, Undo, Repeat, Hold, Unreadable, IsPKID, NotPKID, Carton, Customer, Confirm, Close, Lock, Badge, Calibrate,
	}
}

// Calibration is the barcode that tells a keyboard wedge the host's layout: the
// layouts known type it differently, each from every other.
const Calibration = Prefix + string(Calibrate) + "%AQWZYM-#1234567890"

// A Command is a command that was read.
type Command struct {
	Word Word
	// Argument is the name on a badge, as it was read.
	Argument string
}

// Text is what the command's barcode holds.
func (c Command) Text() string {
	if c.Word == Calibrate {
		return Calibration
	}
	if c.Argument == "" {
		return Prefix + string(c.Word)
	}
	return Prefix + string(c.Word) + "%" + c.Argument
}

// Is says whether a text claims to be a command, known or not.
func Is(text string) bool {
	return len(text) >= len(Prefix) && strings.EqualFold(text[:len(Prefix)], Prefix)
}

// Parse reads a command; false if the text is none that is known. Case does not
// count but in a badge's name. An argument is taken where one belongs, and only
// there.
func Parse(text string) (Command, bool) {
	if !Is(text) {
		return Command{}, false
	}
	word, argument, has := strings.Cut(text[len(Prefix):], "%")
	c := Command{Word: Word(strings.ToUpper(word)), Argument: argument}
	switch {
	case strings.EqualFold(text, Calibration):
		return Command{Word: Calibrate}, true
	case c.Word == Calibrate, !slices.Contains(Words(), c.Word), has != (c.Word == Badge):
		return Command{}, false
	case c.Word == Badge && !isName(argument):
		return Command{}, false
	}
	return c, true
}

// MaxName is the most characters of a badge's name.
const MaxName = 24

// isName keeps anything from a badge that could be shown or stored as more than
// a name.
func isName(text string) bool {
	return text != "" && len(text) <= MaxName && strings.TrimSpace(text) == text && !strings.ContainsFunc(text, func(r rune) bool {
		return r != ' ' && r != '.' && r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
}
