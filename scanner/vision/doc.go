// Package vision finds the barcodes on a picture: pixels in, codes out. It
// decodes with gozxing and adds what gozxing leaves to its caller.
//
// # How a picture is read
//
// The picture is made grey once, transparency on white, and shrunk above 4
// megapixels. Then stages look at it; each is a function from a frame to finds,
// and that list is the seam for better ways of looking:
//
//   - bars: linear symbols at any angle, as below.
//   - squares: QR (several), Data Matrix and Aztec on the whole frame.
//   - patches: Data Matrix and Aztec on each squarish patch of print, also where a
//     line joins it to more: then the thick of it is squarish.
//   - rescues, only while nothing was found: lines (scan rows and columns in
//     black and white, by gozxing's thresholds), squares with a quiet zone
//     added, at half the size, and inverted. Large frames have lines and
//     inverted at half the size only, and rows without bars are passed over.
//
// gozxing is asked only where it can say yes: a row decoder where its symbol's
// opening is (opening.go), the QR reader where three finder patterns may be
// (finders.go). Both measure as gozxing does, without its cost of saying no.
// black.go and tones.go make its black and white, bit by bit the same, eight
// pixels at a time.
//
// # How bars are read
//
//	regions.go    patches of 8×8 blocks whose gradients go one way
//	fanned.go     where the bars of a tilted label meet, and where its rows
//	sample.go     lines across a patch; those alike are a band; their mean along the
//	              bars, by cubic steps
//	straighten.go the lean and the fan of its bars, and how alike all its lines are:
//	              letters are read once and no more
//	threshold.go  edges halfway between neighbouring extrema
//	rowdecode.go  gozxing's row decoders on the edges between gaps, both ways
//	redraw.go     the symbol as decoded must lie on those edges, one by one
//	fold.go       the same on paper that is folded across the bars
//	evened.go     bars as narrow as spaces, where a lamp or ink has changed them
//	glare.go      where a lamp has made bars white, the end of them that is less so
//	bars.go       what has a weak check must be read in parts of the band, too
//
// Only where that gave nothing, or left room for a symbol in another column of the
// label, the band is no caption beside the symbols that were read, and nothing was
// read in its place:
//
//	columns.go    what is left of a band beside what was read of it
//	threads.go    single lines that agree: bars may fan out as they like
//	glyphs.go     what each symbology can have where: start, signs, stop
//	grid.go       which length, tilt and direction suit the edges that are left
//	signs.go      a Code 39 has as many edges as its signs, all equally wide
//	restore.go    the glyphs that, blurred, come nearest to the picture
//	parity.go     an EAN's left half mixes its digits' parities in ten ways only
//	deblur.go     under which blur; gozxing then decodes those glyphs
//
// The restoration guesses no text and no check digit. Glyphs that leave more
// than an eighth of the picture unexplained, or one of which hardly beats its
// next rival, are not read at all: right ones leave about a hundredth, wrong
// ones a quarter and more. Nor are they where one of them is explained far worse than
// all in the mean: it lies under the stroke of a pen.
//
// # Who works
//
//	reading.go    Reader: which stages run, and who of them waits for whom
//	crew.go       the workers of one picture share out bands and whole-frame stages
//	sight.go      what a stage saw, for whoever asks why a code was not read
//	witness.go    the stages tell it; without a listener at no cost
//
// Bands are shared out, not regions: those of one label are often one region.
// A budget of work is spent in the order of the bands whoever does them: a job
// that began with more than would have been left is done again. So the codes do
// not depend on how many work; Decode and DecodeContext work alone.
//
// # Pictures that follow each other
//
//	tracker.go   Tracker: the pictures of one camera, in their order
//	past.go      which symbols were where; which readings are weak, and agree
//	notes.go     what a band leaves to the next picture: doubts and restorations
//	joined.go    one symbol restored from several pictures
//	expected.go  what was read but once, looked for where it lay
//	sought.go    the same on pictures before, and where others say that it moved to
//	recheck.go   a symbol known, drawn anew, held against the next picture
//	upright.go   square symbols turned upright before gozxing looks at them
//
// A Tracker never tells what a picture does not show. A symbol that was read a
// moment ago is drawn anew at its place and held against the edges there, at three
// heights and by the measure of redraw.go: another text has edges elsewhere, and
// the band is then read as if nothing were known, as it is where bars are left
// over. A reading is weak that was restored, that has few lines, or whose check is
// weak or none: it takes two pictures on which nothing else was read there between. A
// Code 128 whose every glyph suits well is not. If one glyph alone is in a little doubt,
// its check speaks for it, and it is weak. One of the two may be a doubted reading:
// of one part of the height only, or restored with a little too much unexplained. What
// stands whole beside the white of a lamp, and may be but the end of a symbol, takes
// three.
//
// A restoration that was not read chooses its glyphs together with those of the pictures
// before that lie as it does: each picture has its own blur, and says of each glyph as
// much as it can explain there. So a lamp that wanders over a label hides nothing for
// long. Near what was not read, other widths of ink and other blurs are tried as well.
//
// What proved too little is looked for on the pictures after it, where it lay: its layout
// says how many glyphs there are, not which. A half of a band's height is looked at
// where the whole lies, too. The symbols that two pictures both show say how the hand
// moved between them, to within a few pixels. So it is looked for on pictures before, of
// which four are kept, as well: a picture speaks once, and another text that was read
// there since ends the search.
//
// What is looked at in vain once more, by single lines and for blur, five times in
// turn, is then on every fourth picture only.
//
// # Guarantees
//
//   - A linear code is believed only when its symbol, drawn anew, fits the
//     picture: every edge within about half a module, all within a fifth in the
//     mean, however much the ink spread. On creased paper each edge must fit
//     those around more closely, or all of them as on flat paper once it is granted
//     that past one fold all elements are wider, or narrower, by up to three tenths
//     (not of a symbol of wide and narrow elements); and the text must be read in two parts of the height.
//     What is restored beside a place that a lamp has wiped out is not believed. EAN,
//     Code 39 and ITF, whose checks are weak or none, must besides be read twice in
//     parts of their height; restored, in one half of it as in the whole.
//   - Of the lines rescue, a code is believed when several scan rows gave it at
//     one place (two where it has a check digit, four or six where not), and
//     more than twice as many as gave another text there. A text that few rows
//     gave beside many rows of one like it is a misreading and dropped.
//   - UPC-E and EAN-8 are off: on clutter they read what is not there.
//   - One printed symbol is reported once, by the strongest of its readings.
//     The same text printed again nearby (within half its width) is taken for
//     the same symbol; further off it is a second code.
//   - UPC-A is 12 digits with symbology upca. A GS1-128 keeps its separators
//     (0x1D) and has AIM "]C1".
//   - Nothing is kept between calls but by a Tracker, which has no clock: time
//     comes with the pictures.
//   - A reader that panics has read nothing. Time is bounded by a budget of
//     work and, in DecodeContext, by the context.
//
// # Known limits
//
// Modules under about 1.2 pixels, blur of more than a module, motion of more
// than two modules along the symbol, and symbols a part of which a lamp made
// white from end to end of its bars are not or seldom read. Code 93 and ITF are not
// restored when blurred, Code 39 only with wide elements of 2, 2.5 or 3 narrow ones
// and with all but four of its edges. Bars
// wider than about 6 pixels are read by the rescue alone.
//
// PDF417, MaxiCode and Codabar are not read. White on black, Data Matrix and
// Aztec are read only in the middle of a picture. An ITF that the picture's edge
// cuts just so can be read as its own beginning: nothing in the symbology tells.
// Several Data Matrix or Aztec symbols are told apart only when blank space lies
// between them.
package vision
