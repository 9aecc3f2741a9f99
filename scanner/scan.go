package scanner

import (
	"image"
	"time"
)

// MaxText is the most bytes of one scan that a source keeps. A longer read is
// cut there and marked Scan.Cut, so that it is refused and not half believed.
const MaxText = 4096

// A Scan is one barcode as one source read it.
type Scan struct {
	// Text is the code's content without terminator and without AIM
	// identifier. It is untrusted: any byte may be in it.
	Text string
	// Symbology is Unknown where the source cannot tell.
	Symbology Symbology
	// AIM is the AIM identifier as received or as given by the decoder, such
	// as "]C0"; empty where there is none.
	AIM string
	// Source names the source, such as "serial:/dev/ttyACM0".
	Source string
	// At is when the read ended.
	At time.Time
	// Cut says that the read was longer than MaxText.
	Cut bool

	// Layout is the host's keyboard layout that a wedge's Text was translated
	// from, such as "fr"; empty where Text is as it came.
	Layout string
	// Unsure says that letters of Text may be others: the host's keyboard layout
	// could have swapped them, and nobody has told which one it is yet. Digits
	// are sure.
	Unsure bool
	// Trace is how the read came from the device.
	Trace Trace

	// Frame numbers the camera frame that the code was seen on, from 1; it is
	// 0 for every other source. Of is how many scans that frame gave: they
	// follow each other in the sequence.
	Frame uint64
	Of    int
	// Repeat marks a code that the same camera gave less than the forget
	// window ago: the label is still being held there, it is no new read.
	Repeat bool
	// Corners are the code's corners on the frame, clockwise from the code's
	// own top left; zero where unknown.
	Corners [4]image.Point
}

// A Trace is how a read came from the device, for a person who tries a scanner.
// It is never kept.
type Trace struct {
	// Raw is what came, framing, prefix and suffix included and before any
	// repair; at most MaxTrace bytes of it.
	Raw string
	// Terminator is what ended the read: "\r", "\n", "\r\n", "\t", "\x03";
	// empty where silence did.
	Terminator string
	// Keys is the number of characters typed, Took the time from the first to
	// the last of them, Longest the longest pause between two. They are zero
	// for whatever is no keyboard.
	Keys          int
	Took, Longest time.Duration
}

// MaxTrace is the most bytes that a Trace keeps.
const MaxTrace = 256
