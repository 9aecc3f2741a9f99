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
//	idle, or receiving for nobody ──order (where people are asked)──► changing
//
// A locked dock takes nothing. While a change of customer is asked about, the
// code that breaks it off is refused, not kept for either customer; what is done
// at the window breaks it off, too, and half an hour or midnight. An order is
// known by its receptions, or by a supplier's list; one of two customers changes
// nothing. A dock has one reception: whoever opens another leaves it.
//
// # For whom the next box is
//
// Where people are asked (Options.Confirmed: the window's dock, not pkidctl), a
// second state is beside these, and keeps none of their commands from anybody:
//
//	      restart, midnight, 30 minutes without a read, another badge
//	sure ─────────────────────────────────────────────────────────────► unconfirmed
//	     ◄─────────────────────────────────────────────────────────────
//	      CONFIRM, Confirm, a change of customer, Open
//
// While it is unconfirmed, what is read is kept and held as Unconfirmed, box after
// box; the confirmation has all of it judged as if it had been sure (see
// queue.ConfirmCustomer). After a change of customer it stays held where it is.
// Which boxes wait for the answer is in memory alone: what a crash leaves held is a
// supervisor's, unless its label is read again.
//
// Another badge while work is open (receptions, boxes without PKID, held and unsent
// ones) hands the shift over: the newcomer is shown what is open, and takes it over
// by CONFIRM or their badge again, which confirms the customer too and is audited.
// A badge that is read twice at once, or that unlocks, takes nothing over.
// Reading waits for nothing but the customer.
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
