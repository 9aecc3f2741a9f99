// Package care keeps backups of a station beside its work, and looks what else a
// person should know of the PC it is on.
//
// # The daily backup
//
//	a day since the last ──► <data>/backups/NAME ──► the oldest but so many go
//	                                │
//	                                └──► second place, read back ──► as here
//
// NAME says of which station it is, a running number and when. What is the last
// one is told by the number and never by the clock: a clock that was ahead for a
// day would else have every later backup thrown away at once. When the next is due
// is counted by the machine's own clock, which nobody sets, and at a start by the
// time in the name, forwards and backwards: so a clock that jumps makes one backup
// too many or too few, and no storm. What fails is tried again after an hour.
//
// Making a backup and reading it back takes a processor for some twenty seconds at
// 100,000 entries, and on a PC of two the screen would come late to every scan. So it
// waits for two minutes without one, but no longer than an hour.
//
// The second place may be a network folder that does not answer, and a call to the
// system for it may then never return. So the copy is made by a goroutine of its
// own that nobody waits for longer than Patience, and as long as one is stuck there
// no other is begun.
package care
