// Command pkidstation is the desktop station: it reads boxes with scanners and
// cameras, keeps what was read, registers it, and shows a person all three.
//
// It is put together here and nowhere else: configuration → queue → sources →
// uploader → window. With nothing configured it runs the demo in a throw-away
// folder against a simulated Partner Center, and offers to set the station up;
// once that was begun, or a tenant, an address, a token or the CSV way is set, it
// does so only where --demo asks for it.
//
// What the station is told is read once, at the start. Where that changes, the
// program ends as if its window was closed, gives the data folder back, and starts
// anew with the same arguments and environment (setup.go).
//
// Whatever ends it (window, signal, kill), nothing that had a verdict is lost:
// the queue is written before the screen is told.
package main
