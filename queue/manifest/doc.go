// Package manifest reads an announced list of devices, a supplier's or a
// distributor's file, into rows that can be registered and refusals that a
// person can act on. It is pure: a file in, rows and refusals out.
//
// # What it takes
//
// Separated text and workbooks, as package table reads them: Partner Center's
// five columns, Intune's files with and without group tag, what
// Get-WindowsAutopilotInfo writes, and suppliers' lists whose header names the
// columns by any of the usual names in English, French, German, Dutch, Spanish or
// Italian ([Field]). A list without a header is taken when it is one PKID a line.
// For anything else a person saves a [Profile] by supplier.
//
// # What it promises
//
//   - Nothing is padded, completed or guessed. A value that a spreadsheet damaged
//     is refused with its place and what to do, never mended: not even where only
//     one mending is thinkable.
//   - Every row that is not empty below the header is in exactly one of the two:
//     taken or refused, each once. Rows above the header are left, but one that
//     holds a PKID is refused, so that a header in the middle hides nothing.
//   - What a row is refused for is the first thing that is wrong with it ([Reason]),
//     with row, column and the value, clipped and printable. Of a product key
//     there is nothing.
//   - The first of two equal rows is taken and the second refused with the place
//     of the first. Where two rows contradict each other, one PKID with two
//     serials or one serial with two PKIDs, nobody knows which is right: both are
//     refused.
//   - A list for a customer other than the expected one is refused row by row. A
//     list that names several customers, none of them expected, loses every row
//     that names one: which of them is meant is not for this package to say.
//   - Two columns that could be the same refuse the file ([MappingError]), as do
//     two sheets that could be the list ([SheetsError]). A person chooses.
//   - A manufacturer or model that the firmware writes otherwise is taken as it is,
//     with a [Warning] that says the spelling (package makers): Partner Center
//     would not know the device. So are rows that go by a hardware hash, with why
//     not, and Surface devices, with the other way.
//   - A hardware hash is held against the PKID and the serial number beside it:
//     one of another device is refused.
//   - Columns are looked at as wholes too: PKIDs that all end in zeros, PKIDs that
//     all pass the check of an article number, and serials of digits of which
//     some are shorter than the others are damage that a single cell does not
//     show.
//   - Reading ends, in bounded memory, whatever the file holds: [MaxRows], and the
//     limits of package table. It stops within a row when ctx does, and leaves
//     nothing.
//   - The file is hashed before and after. One that changed meanwhile is refused.
//
// # What it does not know
//
// Whether a PKID is Microsoft's: there is no public check digit. Whether a device
// is here already: the queue knows. What was imported before: the queue keeps the
// SHA-256 of each file.
package manifest
