// Command visionbench reads the same frames with several readers, in one run
// and on one core each, and writes how well each of them reads as Markdown.
//
// The readers are scanner/vision; gozxing as one writes it first, a loop over
// its readers; and the two best free decoders as Debian packs them, zbarimg and
// ZXingReader, in their defaults. A peer that is not installed is left out and
// said. All are given the same grey pixels.
//
// The frames are scannertest's for some seeds, its adversarial ones, on which
// only wrong texts count, and, with --corpus, the labels and photographs of a
// folder: labels/truth.tsv and photos/FOLDER/N.png beside N.txt.
//
// # What is counted
//
//   - A code is read when its text is among those the reader gave. An EAN-13
//     that begins with 0 and the UPC-A without it are the same.
//   - A text that is not on the frame is wrong; one of 13 digits is a wrong
//     PKID besides, whatever it was read as.
//   - Time is processor time, user and system, of one frame. For the peers it
//     is a process's for each frame, less the least of what the same program
//     takes to start and load a picture of that size with its decoding switched
//     off. For the readers in Go it is the process's own, garbage collection
//     included, with GOMAXPROCS 1.
//   - A peer that crashes has read nothing, unless its tool knows arguments
//     with which it does not: then what it reads with those counts, and how
//     long they took. How often is said.
package main
