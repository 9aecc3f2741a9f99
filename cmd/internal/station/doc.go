// Package station is the intake: it takes scans from any source, asks
// scanner/label what each code is, and has the queue keep it. It is the one
// place that knows scanners and queue, and is the same for the window and for
// pkidctl.
//
//	scanner.Scan ──► label.Code ──► queue.Capture | queue.Attach ──► queue.Verdict
//
// Every read gives exactly one verdict, and a verdict that something is kept
// comes only after the commit. A crash between two reads loses nothing that had
// a verdict; the boxes at hand are taken up again from the queue when their
// reception is opened.
//
// # Boxes
//
// PKID, serial, model and part number of one box may come in any order and from
// scanner or camera; label.Pairer says what closes a box. A box that a person
// closes without PKID (next box, close) goes by serial, manufacturer and model if
// it has all three, every letter is sure and nothing of another box can be in it,
// else it stays held. Where the order of reading decides nothing, the box is held,
// and so are those before it that it puts into doubt. What a person held stays
// held whatever is read of it later.
//
// Two serial scanners are two hands: each has a box of its own at hand, and its
// commands are for that. The keyboard wedge, the camera and the serial scanner that
// is shared (Share) are one hand, because several wedges look like one keyboard.
//
// The camera commands nothing: a sheet may hang in its view. Codes of one camera
// frame are one label. Two PKIDs on it take nothing, unless a
// carton is open: then each is a device of its own, and counted.
//
// # The dock
//
// Command barcodes (scanner/command) move the dock between its states, and are
// refused where they are not valid:
//
//	         open                 13 digits, could be the EAN
//	idle ───────────► receiving ─────────────────────────────► asking
//	     ◄───────────           ◄─────────────────────────────
//	      CLOSE, Close            PKID, NOTPKID, another box
//
//	any but locked ──CUSTOMER──► changing ──order, CONFIRM──► receiving
//	                                └──── any other code ───► as before
//	any but changing ──LOCK──► locked ──BADGE──► as before
//
// A locked dock takes nothing. While a change of customer is asked about, the
// code that breaks it off is refused, not kept for either customer.
//
// # Thirteen digits
//
// What no symbology vouches for and could be an EAN is decided by what was learnt
// here; then by two serials with the same digits, which are an EAN; then by a
// person with a command barcode. Until then the entry is held. The check digit
// alone decides nothing.
//
// While a person tries a scanner the Desk gives scans to them and keeps none
// (Divert).
package station
