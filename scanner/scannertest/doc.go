// Package scannertest draws what scanners see, for tests, benchmarks and the
// samples that the programs carry.
//
// # Samples
//
// Draw makes a shipping label on cardboard, held as a patient hand holds it, and
// WriteY4M a video of such. What is drawn depends on nothing but the Label.
//
// # Frames that measure a reader
//
// Frames, Adversaries and Sequence make what a camera makes of device labels: in
// the style of several makers, 4 to 6 codes with always one PKID in Code 128,
// and the place of each code on the frame. They are grey. A Scene says how the
// label was printed, lies and is lit, and what lens and sensor do to it; each
// cell of Frames is Plain but for one factor, and "mixed" is all of them.
//
// A frame is made as in nature, one step a file: symbols (symbol.go) are laid
// out (maker.go) and printed with what printers do wrong (print.go) at eight
// points a module; the paper bends (bend.go) and lies somewhere (pose.go); each
// pixel is the mean of up to sixteen points of it (show.go) before cardboard and
// clutter (backdrop.go); then come lamps (light.go), the lens, the hand's motion
// and the sensor's noise (plane.go), and a JPEG. A frame of 1280x720 takes some
// 120 ms of one core, one of 1920x1080 some 220 ms.
//
// They are no photographs: ink is black, paper matt, the lens has no distortion
// and the sensor no colours. A reader that is good on these is still to be tried
// on others.
//
// The same seed and scene are the same picture, pixel by pixel, on the same
// architecture.
//
// Only tests, the benchmark of readers and the generator of the samples import
// this package.
package scannertest
