//go:build !race

package manifest_test

// raced says that the race detector is on, which doubles memory.
const raced = false
