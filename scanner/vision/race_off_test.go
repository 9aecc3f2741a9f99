//go:build !race

package vision_test

// raceDetector makes the corpus several times as slow, see TestDecodeCorpus.
const raceDetector = false
