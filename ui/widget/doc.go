// Package widget draws what the station shows: the verdict tile, buttons,
// counters, chips, cells. Widgets only present: they are handed finished words
// and say what was done to them through On… callbacks.
//
// Nothing here can be focused, so nothing here can be pressed by a scanner
// that types: no widget of this package reacts to a rune or a key.
package widget
