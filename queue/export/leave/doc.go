// Package leave makes the papers of a customer's order: the one that says whether
// it may leave the dock, the list of what was registered for the customer, and
// the list of its PKIDs for a downstream reseller.
//
// # The word
//
// A supervisor asks one thing: may this pallet leave? The paper answers with one
// word, May leave or Do not ship. [Judge] alone decides which: no caller can
// give it, and there is no option that changes it.
//
//   - May leave needs at least one announced device, and every announced device
//     registered with Microsoft. Everything else is Do not ship.
//   - What is registered is counted here, from the boxes. How many are announced
//     is asked for beside the boxes on purpose: a caller that forgets the devices
//     which were never scanned gets Do not ship, not a word about those it has.
//   - An order that contradicts itself has no paper at all: [OrderError] says what
//     does. One device under two boxes would make N of N out of N-1.
//   - A box that was scanned and never announced is counted as announced where it
//     must be registered before it leaves; it is the caller who knows that.
//
// The word is true for the moment that is printed with it, and for no other.
//
// # The paper
//
//	┌──────────────────┐   ┌──────────────────┐
//	│██████████████████│   │┏━━━━━━━━━━━━━━━━┓│
//	│██ Do not ship ███│   │┃   May leave    ┃│
//	│██████████████████│   │┗━━━━━━━━━━━━━━━━┛│
//	│ 198 of 200 …     │   │ 200 of 200 …     │
//	│ order, customer  │   │ order, customer  │
//	│ Pallet 3         │   │                  │
//	│  17 5CG… 33…4321 │   │                  │
//	│ Not scanned      │   │                  │
//	│ made    page 1/2 │   │ made    page 1/1 │
//	└──────────────────┘   └──────────────────┘
//
// On A4, and on labels of 4 × 6 inches. Black on white is enough: Do not ship is
// white in a black band and May leave black in a frame, so that who cannot read
// the word from where they stand still tells the two apart. On A4 its capitals
// are at least 15 mm high, on every page. The boxes that keep the order come by
// pallet and running number, those never scanned last. PKIDs are whole, their
// last four digits heavy: the paper lies with boxes that have them printed on.
//
// Pages says where everything lies, in millimetres from the top left, and knows
// no PDF; the tests measure it. The letters are the Go fonts, embedded.
//
// # What a text may do
//
// Nothing. It is cleaned as package report cleans it, is made smaller, broken
// into a few lines or cut with "…" where its place is too small, and never moves
// anything else. A letter that the fonts do not have is printed as "?".
//
// # The lists
//
// [WriteRegistered] is for the customer: the registered devices, serials first.
// [WriteContents] is for people at a downstream reseller, [WriteUpload] for the
// web site: package export's bytes, with the PKID alone in its row. Both have the
// boxes that were scanned, registered or not, and need no customer.
//
// Package export's Create makes a file of any of them: whole, and never over
// another.
package leave
