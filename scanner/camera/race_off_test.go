//go:build !race

package camera_test

// raceDetector makes looking at pictures several times as slow.
const raceDetector = false
