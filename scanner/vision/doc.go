// Package vision finds the barcodes on a picture: pixels in, codes out. It
// decodes with gozxing and adds what gozxing leaves to its caller.
//
// # How a picture is read
//
// The picture is made grey once, transparency on white, and shrunk above 4
// megapixels. Then stages look at it in turn; each is a function from a frame
// to finds, and that list is the seam for better ways of looking:
//
//   - lines: scan rows, then columns, in black and white by two thresholds
//     (one a row, and local ones). A row is cut at the gaps between symbols,
//     so that several on one row are read and a missing quiet zone is made up
//     for; what is left beside a hit is looked at again. Each part goes to the
//     row decoders of EAN-13, Code 128, Code 93, Code 39 and ITF, both ways.
//   - squares: QR (several), Data Matrix and Aztec on the whole frame.
//   - patches: Data Matrix and Aztec on each squarish patch of print.
//   - rescues, only while nothing was found: with a quiet zone added, at half
//     the size, and inverted.
//
// # Guarantees
//
//   - A linear code is believed only when several scan rows gave it at one
//     place (two where it has a check digit, four or six where not), and more
//     than twice as many as gave another text there. A text that few rows gave
//     beside many rows of one like it is a misreading and dropped.
//   - UPC-E and EAN-8 are off: on clutter they read what is not there.
//   - One printed symbol is reported once, by the strongest of its readings.
//     The same text printed again nearby (within half its width) is taken for
//     the same symbol; further off it is a second code.
//   - UPC-A is 12 digits with symbology upca. A GS1-128 keeps its separators
//     (0x1D) and has AIM "]C1".
//   - A reader that panics has read nothing. Time is bounded by a budget of
//     work and, in DecodeContext, by the context.
//
// # Known limits
//
// Symbols turned by more than about 8° off the axes, strong blur, modules
// under 1.5 pixels and noise are not read: that is the later recall stage.
// PDF417, MaxiCode and Codabar are not read. White on black, Data Matrix and
// Aztec are read only in the middle of a picture. An ITF that the picture's edge
// cuts just so can be read as its own beginning: nothing in the symbology tells. Several Data Matrix or Aztec
// symbols are told apart only when blank space lies between them.
package vision
