// Package trial tells a person who tries a scanner what it sends, what that was
// taken for, and what to change on the scanner. It is pure: scans in, findings
// and advice out. It keeps nothing and changes nothing.
//
// # Advice
//
// Advice is a fixed word; the sentence is made where a language is known. Each
// finding has the advice that its one scan gives cause for; Judge puts together
// what several scans give, what matters most first:
//
//	no-read             it sends a word when it reads nothing
//	cut                 part of the code did not come through
//	secret              a product key: nothing of it is shown (no change)
//	letters-unsure      the computer's keyboard may have swapped letters
//	layout-repaired     scanner and computer disagree about the keyboard
//	caps-lock           capitals and small letters are swapped
//	prefix              something stands before the code
//	control-characters  something that nobody can type is in the code
//	no-separators       a GS1 or MH10.8 message without its separators
//	no-terminator       silence ended the read
//	no-aim              nothing tells an EAN from a PKID
//	slow                the keys are so far apart that they pass for typing
//	calibrated          the calibration code was read (no change)
//	fine                there is nothing to change (no change)
//
// A TAB ends a read as well as CR or LF. A read that a serial source
// found framed by STX and ETX is fine; typed, they are a prefix.
// One long pause within a code is the computer's and not judged; in two codes of
// a trial it is the scanner's.
//
// # Guarantees
//
//   - Of a product key a Finding has neither raw bytes nor text, also where a
//     wrong keyboard layout has garbled it: what has its shape is withheld.
//   - Raw is printable, and at most MaxRaw characters.
//   - A Finding has no text in a log.
//
// # What it cannot tell
//
// What the source does not tell ([scanner.Trace]) is not judged: of a camera
// there is no terminator, of a serial scanner no key. A prefix that the source
// takes off as it was configured to is no fault and not seen. A no-read word
// that the source knows is no scan, and does not come here.
package trial
