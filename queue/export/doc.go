// Package export writes what a person carries to Partner Center by hand: the
// five-column CSV of the web site, for partners without API access and for the
// day when the API is down.
//
// # The file
//
// Byte exact: printable ASCII, CRLF, no byte order mark, no quotes, the header,
// then at most [MaxRows] rows, of one customer and one group tag. A box with a
// PKID is the row ",3300000000000,,,": the PKID alone, for a serial or a model
// beside it could only mismatch. Without a PKID, serial, manufacturer and model
// make a row. Nothing is escaped, because what the web site makes of an escape
// is not documented: a value that would need it is refused with its reason, and
// so is one that a spreadsheet would obey as a formula.
//
// # The file first, then the entries
//
// [WriteFile] returns when the file is on disk under its name; the caller then
// marks the taken entries exported, and only then tells anyone of the file.
//
//   - Power fails before the end of WriteFile: the entries are ready as before.
//     An empty file of that name or a ".partial" one may be left; neither is an
//     upload.
//   - Power fails between WriteFile and the marking: the whole file is there,
//     the entries are ready still and will be exported again under another
//     name, or uploaded. A device that goes out twice for the same customer is
//     answered 806, which is harmless. The file must be thrown away if its
//     entries are then assigned to another customer.
//   - The marking fails because an entry is no longer ready: the caller removes
//     the file, of which nobody knows yet.
//
// The other order would be worse: entries marked exported that are in no file
// wait for a confirmation, and whoever gives it makes a green tick of devices
// that never arrived.
package export
