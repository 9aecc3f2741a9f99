// Package report writes the list of entries for people: as a workbook, as CSV
// for a spreadsheet, or as a page to print. It is not for the web site (that is
// package export) nor for scripts (that is pkidctl queue list --json).
//
// # What it promises
//
//   - A PKID, a serial or any other text stays the text that it is: no 3.3E+12,
//     no lost zeros, no dates made of serials. In the workbook it is a text cell.
//     CSV has no types: there what a spreadsheet would turn into a number or a
//     date has an apostrophe in front.
//   - Nothing of an entry is obeyed. A label may hold "=cmd|…": in the workbook
//     it is text, in CSV it has an apostrophe in front, on the page it is
//     escaped, and the page may load and run nothing. Control characters, the
//     ones that turn the direction of text too, are left out; a text longer than
//     1000 characters is cut.
//   - Counts and the time of capture are real numbers and dates of the workbook,
//     shown as the language does.
//   - Rows are written as they come: memory does not grow with them. The
//     workbook's go through a file in the system's folder for temporary files,
//     which only the user can read and which is removed.
//   - Package export's Create makes the file: whole under its name, or not at
//     all, and never over another.
//
// # CSV for Excel
//
// UTF-8 with a byte order mark, else Excel takes accents apart. The separator is
// the one that Excel expects in the language: ";" in French, where the comma is
// the decimal mark, "," in English. Lines end in CRLF.
//
// # Counts
//
// The workbook's second sheet and the page's end count by customer and state.
// Devices that were there already, not by us (806), are counted apart from those
// registered: they have neither our group tag nor our profile.
//
// # Other lists
//
// [WriteTable] makes a list of something else than entries, as a workbook or CSV,
// with the same promises: what is safe in one list is safe in all.
package report
