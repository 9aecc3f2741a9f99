// Package scanner turns barcodes into scans. It knows no PKID, no queue and no
// screen: what a code means is told by scanner/label, what becomes of it by
// the station.
//
// # Words
//
//   - scan: one barcode as one source read it, exactly once.
//   - symbology: the kind of barcode (Code 128, EAN-13, QR …). A keyboard
//     wedge does not tell it; a camera always does.
//   - AIM identifier: three characters such as "]C0" by which a scanner tells
//     the symbology (ISO/IEC 15424).
//   - good read / no read: a scanner's own word on whether it read anything.
//   - terminator: the byte or key that ends a scan (CR, LF, TAB).
//   - source: where scans come from: scanner/serial, scanner/wedge,
//     scanner/line, scanner/camera.
//
// # Guarantees
//
// A source gives each read exactly once and in order, keeps at most MaxText
// bytes of it, and obeys nothing that a barcode contains. What follows a scan
// (the verdict) is decided downstream; a source never beeps "accepted".
package scanner
