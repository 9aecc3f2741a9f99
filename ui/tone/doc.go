// Package tone is how the dock sounds: one tone for each verdict, made here, and a
// voice that says when which of them is heard.
//
// # The tones
//
// They are told apart with the eyes closed, by three things at once: how many notes
// there are, which way they go, and how long it all takes.
//
//	accepted  one short high note
//	attached  one soft tick, higher: a part of a box, go on
//	ignored   one soft tick, lower: a code that is not it, and no fault
//	seen      two short notes, alike
//	held      three notes, rising: someone must look
//	refused   one long low buzz
//
// A tick never screams: an EAN beside each PKID is read a thousand times a day.
//
// # The voice
//
// The newest verdict is the one that is heard; what still sounds of the one before is
// cut off. A refusal is heard three times at most, every two seconds, and no more once
// anything else was read. The screen says all of it too: where no sound can be heard
// (no device, one that was pulled out, a volume of nothing) the voice goes on without,
// and says why in Fault.
//
// It imports no Fyne and no sound library: package cmd/internal/speaker is the device.
package tone
