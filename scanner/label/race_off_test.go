//go:build !race

package label_test

// raceDetector allocates on its own, see TestNoAllocation.
const raceDetector = false
