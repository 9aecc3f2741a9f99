// Package label tells what a barcode on a device box is: the PKID, the serial,
// one of the dozen codes printed beside them, or something that must not be
// kept. It also says which box a code belongs to. It is pure: no I/O, no
// clock, no memory but a Pairer's, and it knows no queue.
//
// # Which code is it
//
// The rules are rules.txt, a table that a person can read and change; its head
// says how. Classify goes down it, and the first row that fits decides. In
// order: a hardware hash is refused and a product key anywhere in the text is a
// secret; too long, unprintable and non-ASCII texts are refused; GS1 and MH10.8
// messages are read by their own identifiers; EAN and UPC symbols are GTINs and
// never a PKID; commands and the PKID behind its caption; a site's own rules;
// then captions, 13 digits, data identifiers, check digits and at last the bare
// shapes of makers' serials.
//
// A pattern has one choice of texts and one part without a fixed length at
// most, so that it fits in one way or not at all: no rule that anybody can
// write needs going back over a text. Rules are listed by the length and the
// first character that they take, and a plain read of a dock costs no
// allocation; what does is a lower-case text, a MAC with marks, a message, and
// an express service code or SNID, whose counterpart is made anew.
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
//   - Letters that a keyboard layout may have swapped (scanner.Scan.Unsure)
//     leave a serial, model, part, order or MAC ambiguous, layout-open. They
//     hide no product key: it is looked for as the layouts would have it, too.
//   - Maker is set where caption or shape prove the manufacturer: HP's ten
//     characters and product numbers, Acer's 22, Lenovo's 1S and MTM, Dell's
//     SERVICE TAG. A tag or serial that is only plausible has none.
//   - Classify looks at no more than scanner.MaxText bytes, but for the hardware
//     hash, and runs in time linear in them.
//
// # A site's own rules
//
// ParseRule reads a row as rules.txt has it, Teach makes one of a prefix and a
// length. Whatever they say: no product key, hardware hash, Product ID, PCID,
// placeholder or command is taken for anything else; nothing from an EAN, UPC or
// GS1 symbol changes; a site's PKID is 13 digits, and not from ITF; digits of an
// unknown symbol that pass as a retail number do not become a sure PKID; and 13
// bare digits are no serial but by a rule with a text in it.
//
// # Numbers that stand for a serial
//
// Dell's express service code is the service tag in base 10; Acer's SNID is
// year, week, number and plant of the 22 characters. They are other,
// express-code and snid, and tell what they stand for, so that they open no box
// of their own and Proves can compare them:
//
//	10 digits         express code of a tag of seven characters, or unknown
//	11 digits         express code; else SNID if week and year could be; else
//	                  unknown. Where both fit it is called express-code, and
//	                  Proves compares it with an Acer serial nevertheless
//	12 digits         UPC-A by symbol, or by mod-10 where no symbol is told;
//	                  gtin, ambiguous in Code 128 if mod-10 holds; else
//	                  Surface's serial, ambiguous. Never a SNID without its
//	                  caption, but Proves compares it
//
// # What it cannot tell
//
// A 12-digit FedEx number and a 12-digit Acer SNID look like a Surface serial.
// A 13-digit GTIN printed in a QR code without GS1 marks looks like a PKID.
// Twelve characters of ASUS are known behind a caption or an S alone. A serial
// of another maker can have HP's ten-character shape, and then HP as its Maker.
//
// # Which box is it
//
// See Pairer. Read one after the other, codes carry no sign of their box, so
// what parts boxes is what counts: with a boundary after each box (a quiet time,
// a person's next box) no serial lands on a neighbour's PKID, in any order and
// with any code missed. These wrong pairings stay possible and unnoticed:
//
//   - No boundary, and two codes missed that make up for each other: the serial
//     of one box and the PKID of the next, read in their usual order.
//   - No boundary, and the first order seen in a window is that of a box with a
//     missed code. Once the order changes, all of the window is in doubt.
//   - A model or part that the box before lacked joins that box, if there is no
//     boundary and it is read before the PKID and serial of its own.
//   - A code of another kind taken for a serial by its bare shape.
package label
