// Package sight says how well a camera sees: is there light, is it in focus, are the
// bars wide enough. It is pure: pictures in, measures and advice out; the sentences
// are made where a language is known.
//
// # What is measured
//
// Look looks at every eighth row and column, and at every second row for the light:
//
//	Dark, Light  the 5th and the 95th percentile of the light
//	White        the share of 16x16 blocks that are white all over
//	Lamp         white that ends softly: a lamp's mirror image. Paper ends at an edge
//	Edges        how many edges there are on a line, in the mean
//	Blur         how soft they are: the sigma, in pixels, of the Gaussian that makes a
//	             step as steep as the edge is, of the sharper third, in the sharper of
//	             both directions, so that neither shade nor motion one way counts
//
// An edge is a run between two extrema of 36 grey levels and more, or of five times
// the sensor's noise where that is more. Module measures how wide the narrowest bars
// of a code are, in pixels, along its middle.
//
// # Advice
//
// Judge goes by what most frames show:
//
//	too-dark      even the lightest twentieth is below 60 of 255 (80 if nothing is read)
//	too-bright    a quarter is white all over, and nothing is read
//	lamp          more than a hundredth is white that ends softly
//	out-of-focus  the blur is above a pixel; of codes that are read, above half a module
//	closer        modules are below 1.5 pixels; or nothing is read that is sharp and lit
//	nothing       there is nothing but an even surface to see
//	slow          fewer than 5 frames a second come
//	fine          there is nothing to change
//
// The limits were set on scannertest's frames, where a blur of 1.5 pixels is read
// in part (measured as about 1) and one of 2 seldom (1.2 and more), and on no real
// camera. In noise of more than some ten grey levels blur is not told. Of a label that is sharp, lit and not read the reason is guessed: distance
// is the most likely one.
package sight
