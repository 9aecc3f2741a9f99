package ui

// A Herald has the desktop tell somebody something who does not look at the window:
// a title and a sentence or two, without a PKID. It may wait for the system, and
// makes no sound of the dock's.
type Herald interface {
	Tell(title, text string)
}
