// Package sheet draws the sheet of commands that hangs beside the dock, and the
// badges: a PDF to print, cut and laminate.
//
// # What a scanner must not do
//
// It must not read the neighbour of the code that was aimed at. A laser's line
// is longer than the page is wide, and need not be level, so the codes stand in
// two columns like the steps of a stair: left, right, left. No straight line
// runs through two of them from end to end, whatever its tilt; a test tries
// them all. The calibration, too long for a column, has its row at the foot.
//
//	┌────────────────────────────┐
//	│ title                      │
//	│ B  ▒▒▒▒▒▒▒▒▒▒▒▒  |||||||||  │   the box at hand
//	│ O  |||||||||  ▒▒▒▒▒▒▒▒▒▒▒▒  │
//	│ X  ▒▒▒▒▒▒▒▒▒▒▒▒  |||||||||  │
//	│    …                       │   a question, the reception, the station
//	│    ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒  │
//	│    |||||||||||||||||||||||  │   calibration
//	│ ruler, how to print        │
//	└────────────────────────────┘
//
// Bars are rectangles, not pictures: they are as sharp as the printer. A module
// is 0.381 mm, nine dots at 600 dpi, and at least 0.33 mm on a badge with a long
// name; bars are at least 12 mm high with ten white modules on each side.
//
// # One page
//
// All commands are on one page. Badges come on pages of their own, as cards: who
// can reach a badge can unlock the dock, so none may hang beside it.
//
// # How it is made
//
// Pages says where everything lies, in millimetres from the top left, and knows
// no PDF; the tests measure it. PDF prints that. The letters are the Go fonts,
// embedded, so that accents are the same on every printer.
package sheet
