//go:build race

package scannertest_test

// raceDetector makes drawing several times as slow, so that it sees fewer.
const raceDetector = true
