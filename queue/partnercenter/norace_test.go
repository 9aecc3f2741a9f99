//go:build !race

package partnercenter_test

const underRace = false
