//go:build race

package partnercenter_test

// underRace: the race detector drops what is pooled, so that little can be said
// of what is asked for.
const underRace = true
