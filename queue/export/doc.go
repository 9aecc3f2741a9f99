// Package export writes what a person carries to Microsoft by hand: the
// five-column CSV of the Partner Center web site, for partners without API access
// and for the day when the API is down, and the serial numbers that Microsoft
// Support takes for Surface devices. It reads the CSV back, so that a person can
// say what the site made of it.
//
// # The file
//
// Byte exact: printable ASCII, CRLF, no byte order mark, no quotes, the header,
// then at most [MaxRows] rows, of one customer and one group tag. A box with a
// PKID is the row ",3300000000000,,,": the PKID alone, for a serial or a model
// beside it could only mismatch. Without a PKID, serial, manufacturer and model
// make a row. A device that has a hardware hash, which Microsoft advises against,
// is the row of the hash, with the PKID and serial number that were given and are
// those inside. Nothing is escaped, because what the web site makes of an escape
// is not documented: a value that would need it is refused with its reason, and
// so is one that a spreadsheet would obey as a formula, and a device that is in
// the file already. A refused entry stays ready; the rest is exported. The goldens
// in testdata are compared byte for byte.
//
// The header is [Header] unless [Options] has another; five names in any case.
//
// # The file first, then the entries
//
// [WriteFile] returns when the file is on disk under its name; the caller then
// marks the taken entries exported, with [Note] as the reason, and only then tells
// anyone of the file.
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
//
// # The confirmation
//
// What the site took, nobody but a person can see. They give the file and name
// what the site refused, with its code:
//
//	exported ──► registered   every device of the file that is not named
//	        └──► rejected     each that is named, with its code
//
// [ReadFile] takes back what WriteFile wrote, byte for byte, and nothing else: a
// file that went through a spreadsheet fails with a *[ReadError] that names line
// and column. [Match] finds the entries, [Outcomes] is what was said of them, and
// queue.ConfirmExport writes all of it in one transaction, with who said it.
//
//   - Only entries that are exported, and went out last with this very file,
//     change. Which file that was the audit knows by the [Fingerprint] of its
//     rows in the Note. So a file that is older than the last export of a device
//     ([OtherFile]) never makes a tick for a row that never arrived. Where the same
//     devices went out for another customer or group tag too, in rows that are the
//     same, the file's name must be the last export's and not the other's, or a
//     person says whose it is ([Twice], [OtherCustomer]). Entries that
//     an older version exported without a Note are taken at the person's word.
//   - Rows whose entry moved on, of another station, or that fit several entries
//     are left, and the caller tells of them.
//   - A second confirmation finds nothing that waits and changes nothing.
//   - 806 means that the device is registered: it becomes so, and keeps the code.
//   - Power fails before the transaction's end: all entries are exported as
//     before, and the confirmation is given again. After it: all have moved.
package export
