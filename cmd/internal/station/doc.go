// Package station is the intake: it takes scans from any source, asks
// scanner/label what each code is, and has the queue keep it. It is the one
// place that knows scanners and queue, and is the same for the window and for
// pkidctl.
//
//	scanner.Scan ──► label.Code ──► queue.Capture | queue.Attach ──► queue.Verdict
//
// Every read gives exactly one verdict, and a verdict that something is kept
// comes only after the commit. Codes of one camera frame are looked at
// together: with two PKIDs in view no serial is given to either.
//
// While a person tries a scanner the Desk gives scans to them and keeps none
// (Divert).
//
// A crash between two reads loses nothing that had a verdict; the box at hand
// is taken up again from the queue when its reception is opened.
package station
