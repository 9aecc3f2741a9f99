// Package audittrail is the form in which a station hands out its audit: who
// writes it and who verifies it agree here, and neither needs the other's queue.
// It knows bytes and keys, no file and no store.
//
// # The chain
//
// An audit line is a JSON object that has a "number", counted from 1, the "before"
// that is the hash of the line before it, and, as its last key, its own "hash": the
// SHA-256 of the line's bytes with that hash left empty. It covers bytes, not what
// they mean, so no change is too small for it, and no later version of this
// program reads it otherwise.
//
// # The file
//
// A text of JSON objects, one a line, each ended by '\n' alone:
//
//	{"format":"pkidstation-audit","version":1,…,"key":…,"head":812,"hash":…,"journal":1904}
//	{"number":1,…,"before":"","hash":…}
//	…
//	{"number":812,…,"before":…,"hash":…}
//	{"trailer":{"lines":812,"head":812,"hash":…,"sum":…},"signature":…}
//
// The header says which line was the last when the export began, and how far the
// journal was. The sum is the SHA-256 of all that stands before the trailer, and
// the signature, by the station's ed25519 key, is of the trailer's inner object
// behind the text "pkidstation-audit 1\n".
//
// # What it proves
//
// That whoever has the key wrote this text, and that nothing in it was removed,
// changed, moved, added or cut off since. Whose key it is the file cannot prove:
// anybody can make one and sign. That is what the fingerprint is for, which is
// told when the key is made, stands in the audit from then on, and is compared.
//
// Verify reads a stream and holds one line of it.
package audittrail
