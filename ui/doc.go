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
// # Review
//
// The queue screen holds all that its filter wants in brief (package ui/listing), and in
// full what is in sight. Both are read beside the worker: no scan waits for a list. What
// changes is listed anew at most for a fifth of the time, what a person wants at once,
// and what nobody wants any more is not listed to its end. Rows are selected one by
// one, by ranges and all; what the filter hides, or what appeared since, never is.
//
// A decision is shown before it is made: for whom how many go, and which are left and
// why, as the queue itself would refuse them. What is more than some hundred boxes is
// done in parts, each all or none, so that captures are written between; a person sees
// how far it is and can end it between two, and is told what was done.
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
// # Morning
//
// The morning page (Ctrl+T) tells package queue/morning's one value in words, what is
// well in one quiet line each, and what is not by colour, icon and word. Each line leads
// to where it is seen to, by arrows and Ctrl+Enter: Enter alone is a scanner's. It is
// looked at on a goroutine of its own, anew when the queue changes but not more often
// than every ten seconds, and leaving the page ends that. The dock goes on beside it, as
// beside the queue screen.
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
// # Setting up
//
// A station that is not set up shows the demo, and asks over it whether it is to be a
// real one (welcomepanel.go). Yes writes that, and the program starts anew:
//
//	demo ──Escape──► demo, and nothing else
//	  └──name, language──► real station ──► language, name, supervisor, scanner,
//	                         │               customer, way to Partner Center, done
//	                         └──Escape at any of them──► never asked again by itself
//
// Scans go to the station behind the questions, from the first one on. How far it is
// is kept at each step (Setup), so that a start takes it up where it was; a station
// that has boxes or a supervisor is never asked. What the environment fixes is said,
// and there is nothing to choose.
//
// The settings (Ctrl+comma on the queue screen) show every key of station.toml, what it
// holds and where that comes from. What is typed is held against config's own rules at
// each stroke, in pkidctl's sentences; it is written all at once, by a supervisor, and
// said to hold at once or from the next start on. What is in no section of
// settingwords.go is under "advanced".
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
// # Looks
//
// Light and dark are two palettes of package widget, worn one at a time; the colours
// of verdicts are in both the same. Ctrl+K changes the look, and everything is drawn
// anew. Buttons that the dock's people press are 20 mm high by the density that the
// screen reports (Options.Density), 96 pixels an inch where it reports none.
//
// # Leaving
//
// Who closes the window is told first what is open, in the window itself; asked twice
// it ends. In a kiosk (Options.Kiosk) leaving the full screen and closing need a
// supervisor, where there is one. The end of Run's ctx, which is that of the session
// or a signal, asks nobody. Nothing that is open waits for a port to be told.
//
// # What takes long
//
// A call that a person asked for and that takes over a second has a bar below the bar
// of every screen (waits.go). What changes nothing here can be broken off there, by
// Ctrl+B, or Escape with nothing else open (askLong); what is decided cannot, and says
// so. Somebody who is not at the window is told by the desktop (Herald) what needs a
// person, each matter at most every quarter of an hour.
//
// # Principles
//
// Ten statements hold for all of the station. Each is a test by its number:
//
//	 1 verdict painted and sounded at once  ui: TestPrinciple1…; its time: make bench-window
//	 2 on the disk before it is green       queue: TestPrinciple2KilledAtAnyMoment
//	 3 only Microsoft's answer registers    queue: TestPrinciple3AgainstTheContract
//	 4 no scan presses anything             ui/uitest: TestPrinciple4…, FuzzPrinciple4; ui: FuzzScan
//	 5 digits of every keyboard             cmd/pkidstation, scanner/wedge: TestPrinciple5Layouts
//	 6 colour, icon, word and sound         ui: TestPrinciple6…; ui/widget: TestPrinciple6Palette
//	 7 by scanner, by keyboard, by gloves   ui/uitest: TestPrinciple7…; ui: TestPrinciple7…
//	 8 what was read, why, what now         ui/words: TestPrinciple8EveryVerdictIsWhole, …EveryErrorHasWords
//	 9 the last is undone in one action     ui, queue: TestPrinciple9Undo
//	10 a newcomer in two minutes            cmd/pkidctl: TestPrinciple10Newcomer
//
// # Honesty
//
// The tile shows a verdict until the next one comes and never fades. Captured,
// submitted and registered are counted apart: submitted are those that Partner
// Center ever took, registered those that Microsoft answered for. When a port
// fails, the screen says so and goes on showing what it last knew.
package ui
