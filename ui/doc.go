// Package ui is the station's window: the dock screen that people at two metres
// look at, and the queue screen of a supervisor. It draws value types and acts
// only through the interfaces in ports.go.
//
// # Scans
//
// What is typed into the window reaches the wedge from everywhere, stroke by
// stroke and at once, whatever has the focus: [capture] is the one place where
// runes and keys come in. Nothing that a scanner can type presses anything:
//
//   - Buttons, chips and list rows cannot be focused (package ui/widget): keys do
//     not reach them. The only things that can be focused are the sink, which
//     lies under the whole window, and text fields; both hand every stroke on.
//   - There are no Fyne overlays (dialogs, menus, select boxes): their focus
//     manager would swallow scans. Panels lie in the window itself.
//   - In a text field hand typing stays. What the wedge's own rule takes for a
//     machine is taken out again, from every field that it went to (burst.go),
//     and its Enter or Tab does nothing.
//   - A key that commands (F1, Ctrl+Z, Escape, a field's Enter, Tab or Ctrl+V …)
//     counts only when nothing was typed just before or after it: scanners can
//     be set to begin with one, or to send such keys for control characters.
//     What cannot be told from a person is a scanner that types such a key and
//     nothing else. Of a scan too short for the wedge the characters stay in the
//     field, as typed.
//
// # Threads
//
// Ports may block on a disk, so they are called by one worker (dispatch.go) in
// the order that was asked; what they give comes back through the only fyne.Do.
// Widgets are touched by Fyne's goroutine alone.
//
// What may wait for a network or a person (partnerports.go) is an errand with a
// goroutine of its own: the dock never waits for it, and all end with Run.
//
// # Office
//
// What a supervisor does with Partner Center lies in panels over the queue
// screen: customers (F3), sign-in (F4), taking back (Ctrl+R), by serial number
// (Ctrl+S), the web site's file (Ctrl+E). A panel may lie on another one, to
// which leaving it returns. Everything in a panel has a key. Customers and group
// tags are chosen from the directory; only there tags are typed, so that no dock
// makes up a customer or a batch. Registrations are taken back only with a
// reason and the customer's name, typed by hand: a scan or the clipboard does
// not type it. Customers and the station being held up is told in one line, and
// stops no capture.
//
// # What should arrive
//
// The dock's band counts the boxes of the open order, "46 / 48", and what is in
// doubt beside them; whether the order may leave is not said there. Orders (Ctrl+O)
// says it, green only where queue.Reconciliation.MayLeave does, and "…" until it is
// known; from there lead its boxes, the import of a supplier's list (F6) and the
// lists that were imported (F7). Of a list nothing is taken before a person saw what
// its columns were taken for; leaving while it is read ends that, and nothing of it
// is kept. These ports are called on a goroutine each: an order of a hundred thousand
// devices keeps neither the dock nor its worker waiting, and its boxes are a table
// of which only what is in sight is made.
//
// # Who decides
//
// What the queue refuses with queue.ErrNeedsSupervisor (deed.go) waits in a panel
// for a supervisor's PIN and is then done once, if the boxes that it is about are
// as they were; leaving the panel gives it up. While the station is unlocked a
// line below the bar says by whom; Ctrl+L locks. A PIN field shows dots, refuses
// the clipboard, and is stricter than other fields (pinfield.go): what came
// faster or more evenly than a hand types is taken out again, however short, and
// Enter counts only a while after the last character. What cannot be told from a
// hand is a scanner that is set to more than 120 ms a character. The first
// supervisor is asked for once a start, behind the scans; capture needs none.
//
// # Trial
//
// The trial screen shows what a scanner sends. From before it is shown until it
// is left, scans go to it and to nothing else, and a band across it says that
// nothing is kept; the last verdict is not shown beside it. A scan that is under
// way when the trial is left or begun anew goes one way, and is not shown on a
// trial that is not its own. Nothing on the screen can be pressed by a scan.
//
// # Returns
//
// The screen for returns (F8) takes scans in the same way: what is read there is
// looked up, and received nowhere. From one of these two screens to the other the
// new one takes the scans first. Only a serial number answers whether a machine is
// the box's.
//
// # What the dock is asked
//
// Whether the customer is still the right one, and who takes the open work over
// (Asked), stands below the bar for as long as it is asked, with the button that
// says yes: no scan presses it, the sheet's "Confirm" says the same.
//
// # Honesty
//
// The tile shows a verdict until the next one comes and never fades. Captured,
// submitted and registered are counted apart: submitted are those that Partner
// Center ever took, registered those that Microsoft answered for. When a port
// fails, the screen says so and goes on showing what it last knew.
package ui
