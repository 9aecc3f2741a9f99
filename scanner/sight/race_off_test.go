//go:build !race

package sight_test

// raceDetector makes looking at pictures several times as slow.
const raceDetector = false
