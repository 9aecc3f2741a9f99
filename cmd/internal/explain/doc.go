// Package explain writes down what the stages of reading a picture saw: for a
// person who wonders why a code on a box is not read, and for whoever they ask.
//
// # What is written
//
// Into a folder that is new or empty, for the nth picture, in two digits:
//
//	n-frame.png                    the picture in grey. Outlined: what was read
//	                               (green, thick), what was decoded and not
//	                               believed (orange), where bars were looked for
//	                               (blue, thin)
//	n-black-k.png                  in black and white, for square symbols
//	n-patch-k-….png                a patch that may be a square symbol
//	n-band-b-lines.png             lines across the bars, straightened
//	n-band-b-profile.png           their mean, its curve and its threshold's bars
//	n-band-b-reading-k-….png       the mean, the threshold's bars, the symbol as
//	                               decoded, and in red where they differ
//	n-band-b-restored-k-….png      a blurred symbol, what its glyphs would look
//	                               like, and in red what is left unexplained
//	explain.txt                    each of them with what it says, in words
//
// The dots are a [vision.Verdict].
//
// # Bounds
//
// At most MaxPictures for one picture, each at most maxWide pixels wide; what is
// left out is said. Files are made anew, none is written over. A product key
// appears nowhere: where one was read, the frame is blank, and no other picture
// of that place is written.
package explain
