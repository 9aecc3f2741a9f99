// Package listing is what the review screen holds of all that its filter wants: which
// entries, in what order, which of them a person ticked, and what an action would be
// about. It knows no widget and asks nobody.
//
// A [List] has some 120 bytes an entry, so that a hundred thousand are held at once;
// the entries in full are asked for where they are looked at. It is made beside Fyne's
// goroutine and never changes: one that is newer takes its place.
//
// What is ticked is a [Set] of sequences. [Ticks.Keep] unticks what a newer list does
// not have, for nobody decides about what they do not see; what is new in it is not
// ticked, for nobody has seen it.
package listing
