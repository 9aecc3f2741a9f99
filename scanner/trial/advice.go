package trial

// Advice is one thing to say about a scanner, as a fixed word.
type Advice string

// The advice there is, what matters most first.
const (
	NoRead            Advice = "no-read"
	Cut               Advice = "cut"
	Secret            Advice = "secret"
	LettersUnsure     Advice = "letters-unsure"
	LayoutRepaired    Advice = "layout-repaired"
	CapsLock          Advice = "caps-lock"
	Prefix            Advice = "prefix"
	ControlCharacters Advice = "control-characters"
	NoSeparators      Advice = "no-separators"
	NoTerminator      Advice = "no-terminator"
	NoAIM             Advice = "no-aim"
	Slow              Advice = "slow"
	Calibrated        Advice = "calibrated"
	Fine              Advice = "fine"
)

// AllAdvice is all there is, in its order.
func AllAdvice() []Advice {
	return []Advice{
		NoRead, Cut, Secret, LettersUnsure, LayoutRepaired, CapsLock, Prefix, ControlCharacters, NoSeparators,
		NoTerminator, NoAIM, Slow, Calibrated, Fine,
	}
}

// Change says that the advice asks a person to change something.
func (a Advice) Change() bool { return a != Secret && a != Calibrated && a != Fine }
