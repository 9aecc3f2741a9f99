// Package label tells what a barcode on a device box is: the PKID, the serial,
// one of the dozen codes printed beside them, or something that must not be
// kept. It also says which box a code belongs to. It is pure: no I/O, no
// clock, no memory but a Pairer's, and it knows no queue.
//
// # Which code is it
//
// Classify goes down one ordered table of rules (table.go); the first that
// fits decides. In order: a product key anywhere in the text is a secret; too
// long, unprintable and non-ASCII texts are refused; EAN and UPC symbols are
// GTINs and never a PKID; GS1 and MH10.8 messages are read by their own
// identifiers; then captions, 13 digits, data identifiers, check digits and at
// last the bare shapes of makers' serials.
//
// Where a code was read from matters more than how it looks. An EAN check
// digit proves nothing by itself: one PKID in ten passes it. So 13 digits are
//
//	EAN, UPC, ]E*, ]X*                      gtin, certain
//	GS1 (]C1 ]d2 ]Q3 ]e*, DataBar)          what the AI says, never pkid
//	ITF                                     other: ITF-14 without check digit
//	Code 128/39/93, QR, DataMatrix, Aztec,
//	PDF417                                  pkid, high
//	no symbology (or Codabar), mod-10 fails pkid, high: no GTIN-13 can fail it
//	no symbology (or Codabar), mod-10 holds pkid, ambiguous, could-be-gtin
//	all digits equal                        other, all-equal (a placeholder)
//	behind a PKID caption                   pkid, certain
//
// # Guarantees
//
//   - A secret has an empty Text, and no part of it is in any other field.
//   - Text is printable ASCII. It is empty for a secret and for what is too
//     long, has control characters or is not ASCII.
//   - Retail and GS1 symbols never give a PKID.
//   - O and 0, I and 1 are never corrected. Letters of a serial, model, part
//     or MAC are given in upper case, since a scanner under CapsLock swaps
//     them; in GS1 and MH10.8 messages they stay as read.
//   - An ambiguous Code, a secret and an other always have a Reason; nothing
//     else has one.
//   - Classify looks at no more than scanner.MaxText bytes and runs in time
//     linear in them.
//
// # What it cannot tell
//
// A Dell express service code and an Acer SNID (10 or 11 digits) are other, as
// they are on the box beside the serial and must not open a box of their own.
// A 12-digit FedEx number and a 12-digit Acer SNID look like a Surface serial.
// A 13-digit GTIN printed in a QR code without GS1 marks looks like a PKID.
//
// # Which box is it
//
// See Pairer. Read one after the other, codes carry no sign of their box, so
// a missed code can pair a PKID with a neighbour's serial. Where a reception's
// habit (PKID first or serial first) is known, that is noticed as Place.Doubt.
// These wrong pairings stay possible and unnoticed:
//
//   - On the first box of a reception, before there is a habit.
//   - With no habit, because boxes are read now PKID first, now serial first.
//   - Two misses that make up for each other: PKID of one box, serial of the
//     next, each in its usual order.
//   - A model or part that the box before lacked joins that box, if it is
//     read before the PKID and serial of its own.
//   - A code of another kind taken for a serial by its bare shape.
package label
