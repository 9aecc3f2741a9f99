// Package table reads the files that lists of devices and of customers come in
// as rows of cells, each with its place: separated text in UTF-8, UTF-16 and
// Windows-1252, and workbooks (XLSX). It knows nothing of what the cells mean,
// obeys none of them, and evaluates no formula.
//
// # What it promises
//
//   - Whatever the file holds, reading ends, in memory that the limits below
//     bound, not the file: [MaxFile], [MaxUnpacked], [MaxCell], [MaxLine],
//     [MaxColumns], [MaxStrings]. What is larger than any list is refused before
//     it is unpacked where its size is declared, and while it is where the
//     declaration lies.
//   - A row has the number that a spreadsheet shows, and in text the line that an
//     editor shows; they differ below a cell with a line break in it.
//   - A quotation mark that is left open costs its own line and no other.
//   - A cell is what is written, untouched: no number is rounded, no text
//     trimmed. A number of a workbook is given as its digits where it is whole and
//     below 10^15, which a workbook keeps exactly; else as it is written.
//   - What kind of cell it was is told ([Kind]), since a number, a date, a formula
//     or an error in the place of an identifier is a damage that digits alone do
//     not show.
//   - A file that is something else is refused by name ([FormatError]): old
//     workbooks, protected ones, OpenDocument, PDF, HTML, pictures, archives.
//
// # Why the workbook is read here
//
// Excelize, which writes our reports, unpacks every part of a workbook into
// memory before it says anything, keeps no cell's type while it streams, and
// pads a row to its last column. A workbook of 44 kB whose styles are five
// million empty elements took it 1.8 GB, its own limit on what is unpacked being
// set to 64 MiB (v2.11.1, measured). Here each part is read as a stream by
// archive/zip and encoding/xml, one element in memory at a time, and such a file
// is refused in less than a megabyte. The tests hold this reader to excelize's
// answers.
package table
