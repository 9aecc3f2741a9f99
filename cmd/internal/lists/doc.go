// Package lists takes a supplier's list from its file into the queue: package
// manifest reads it, the customer directory says whom it is for, and the queue
// keeps what is new of it. pkidctl and the window do it alike.
//
//	file ──► manifest.Read ──► whose, which order ──► queue.Announce
//	  what is wrong with a row ───────┬──────────── what is announced otherwise
//	                                  ▼
//	                     the rows that were refused, in their order
//
// Nothing is guessed: a list that names a customer whom the directory does not have
// is refused as a whole, and one that names several orders keeps them, whatever
// order was asked for.
package lists
