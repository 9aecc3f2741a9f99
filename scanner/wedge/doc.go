// Package wedge tells, among the strokes of a keyboard, what a barcode scanner
// typed (a keyboard wedge) from what a hand typed, and gives the former as
// scans. It knows no window: whoever has one feeds it strokes.
//
// # Strokes
//
// The runes are the data, because key names lose the second of two equal digits
// pressed in the same millisecond. Key names serve for two things only: the
// keys that end a read (Return, Enter, the key pad's Enter, Tab), and the
// digits of a key pad with NumLock off, which come without runes. A window may
// feed all it gets, names and runes, in the order they came: the names of
// digits that runes came for are not read twice.
//
// # Bursts
//
// A burst is what comes without a pause of Options.Idle (300 ms); a CR, LF,
// TAB or one of the keys above ends it too. The burst as a whole is a machine's
// when it has at least Options.Least characters (6) and they came, on average,
// no further apart than Options.Gap (50 ms). Single gaps say nothing: a window
// gets its strokes in batches, one a frame, and many then share one time.
//
//   - A code of fewer characters than that is taken for typing.
//   - A letter held down repeats as fast as a scanner types: a burst of one
//     character that is no digit is a hand's.
//   - What a hand typed less than the idle time before a scan is glued to it;
//     what a scanner without terminator sends within that time is one read.
//   - A window that stood still gets all at once what was typed meanwhile: then
//     six typed characters look like a scan. A stall longer than the idle time
//     parts a scan in two.
//   - Of a burst in which letters gave runes and key pad digits gave none
//     (NumLock off), only half is known: it is marked Cut, so that it is
//     refused and not believed. Characters entered by Alt and their code on the
//     key pad are whole.
//
// # Layout
//
// A scanner set to an American keyboard on a French or Belgian one types
// "&é"'(-è_çà" for the digits. A read made only of such characters is
// translated to digits, and Burst.Layout says by which layout; scanner.Scan has
// no field for it, so that what the source gives does not tell. Letters, and
// reads that mix both, are left as they came.
//
// # The source
//
// Source.Key never waits and never drops a stroke: the queue between the window
// and the taker grows as it must (a scanner types a few hundred strokes a
// second, each some sixty bytes). Bursts of a hand are dropped and kept nowhere.
package wedge
