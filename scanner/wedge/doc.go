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
//   - A code of 3 to 5 characters that a key ends, twice as fast, is a scan, too
//     (Burst.Few), unless it was typed in a text field; any other of fewer than 6 is
//     taken for typing.
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
// A scanner presses keys, and the host makes characters of them by its own
// layout. A scanner set to an American keyboard types "&é"'(-è_çà" for the
// digits on a French host, and Q for A; a scanner set to the host's layout types
// what it should, until somebody presses Caps Lock. layout.go has the keyboards
// as data, reading.go every way to understand what came (layout, Caps Lock,
// scanner of the host or American), likely.go how unlikely it is that a label
// carries what each would mean, repair.go decides:
//
//	calibration barcode ──────► the layout is known from now on
//	layout known ─────────────► its likeliest reading
//	layout not known ─────────► the readings that are as good as the best
//	                              one text          ► that text
//	                              other letters     ► the first, unsure
//	                              other digits      ► as it came, unsure
//
// Digits alone are likelier than anything, an AIM identifier before them more so,
// a text in capitals likelier than one in small letters. A text that begins, in
// one reading, with command.Prefix is that: command barcodes work uncalibrated.
//
// On a station that is not calibrated a read is unsure where it has letters, or
// a hyphen, that some layout swaps and nothing else in it tells that layout. Y
// and Z are swapped on de and ch, which leave digits whole; A, Q, W, Z and M on fr
// and be by a scanner that types digits on the key pad; nearly all letters where
// they come small, for then Caps Lock is on. Of HP's serials that is every other
// one on a host that leaves digits whole, of Dell's seven in ten. A calibrated
// station is unsure only of what its layout cannot make (given as it came, but
// for digits, which are right whatever the layout), and of small letters that
// are capitals under another.
//
// Layouts are "us", "uk", "de", "ch", "fr", "be", "fr-bepo" and "fr-keypad". "us"
// stands too for a scanner that is set to the host's layout: nothing is
// translated. French Switzerland is "ch": it has the same letters and digits.
// "fr-keypad" is fr or be with a scanner that types digits on the key pad.
//
// What cannot be told:
//
//   - Dead keys. ^ on fr, be and de, ¨ and ^ on ch, the accents of bépo type
//     nothing until the next key, and X11 swallows that one too unless it can
//     carry the accent. Windows types both. The bracket of "]C0" is such a key
//     on ch: under X11 "]C0" leaves "0" and the read is refused, under Windows it
//     is repaired, and so is "]E0" where it became Ë.
//   - Two layouts may type other digits by the same characters: (, " and & are
//     5, 3, 1 on fr and 8, 2, 6 on de with Windows' Caps Lock. A number of
//     nothing but those is as it came, unsure, until the station is calibrated.
//     On be, with ! and §, and on de with that Caps Lock it is one PKID in some
//     5,000, elsewhere none of 20,000.
//   - With digits from the key pad on fr or be, whether 3 is 3 or #: it is 3. On
//     fr-bepo with such a scanner letters are wrong, and not said to be unsure.
//   - Which of fr and be it is, from the calibration barcode, while Windows' Caps
//     Lock is on: it is given without layout, unsure, and nothing is set.
//   - Small letters from capitals with Caps Lock on: what is small for the most
//     part is given in capitals where a layout allows it. Labels are in capitals.
//   - A scanner that minds Caps Lock by itself, on bépo with Caps Lock on, on a
//     station that is not calibrated: letters are wrong, and not said to be
//     unsure.
//   - Whether a scanner of another country was plugged into a calibrated
//     station. PKIDs come right all the same. A serial is unsure if its letters
//     have become small by it (fr, be), and has Y for Z if not (de, ch).
//   - The calibration barcode under a layout that is not known: it is told from
//     a label by its pattern, and given as it came, unsure.
//   - CR and LF after each other: the read ended with the first.
//
// # The source
//
// Source.Key never waits and never drops a stroke: the queue between the window
// and the taker grows as it must (a scanner types a few hundred strokes a
// second, each some sixty bytes). Bursts of a hand are dropped and kept nowhere.
package wedge
