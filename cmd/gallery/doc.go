// Gallery draws every state of every screen in every language to PNG files, for the
// README, for golden tests and for whoever reviews a change:
//
//	gallery --out DIR [--size 1280x720]… [--lang fr]… [--theme dark] [--only 'queue-*']…
//
// A file is named SCREEN-STATE-LANG.png. Those of the first size lie in DIR, those of
// the others in folders named after the size: 1920x1080, scale-1.5. A size may say how
// many pixels a unit has, as a screen set to 150 % does: 1920x1080@1.5.
//
// It fails, with all drawn, where a text is cut or too small to read, or where two
// states look alike.
//
// Nothing is real: the states are those of package ui/uitest, drawn in software. It
// needs no display, no cgo and no network, and the same program always draws the same
// bytes.
package main
