// Package morning is what a supervisor wants to know of a station at eight in the
// morning: one value, in the order in which it is asked, which the window, pkidctl
// and the daily report all tell.
//
// # In this order
//
//  1. What may not leave: the orders of the last month, or still open, with boxes here
//     that are not whole, the newest work first. The station knows no day on which an
//     order ships, and does not guess one.
//  2. What was refused since yesterday.
//  3. What was not sent, and since when; the connection.
//  4. What holds boxes up: by reason, and customers without relationship.
//  5. Files for the web site that nobody confirmed; receptions that were open
//     overnight.
//  6. Backups and the room on the disk.
//
// Then three charts: what was captured and registered an hour, why devices are
// refused, how old is what was not sent. All of it is of the station; nothing is of a
// person.
//
// # Yesterday
//
// Since yesterday is since the local midnight before the last one, whatever the
// clocks did in that night: a day is 23 or 25 hours long where they are changed. The
// hours of the chart are hours that passed.
//
// # How long it takes
//
// Nothing here looks at what is registered, removed or discarded, which is most of
// what a station has: the index of the states leads to the rest, the audit is read
// back to yesterday, and of the orders the newest are looked at ([MostOrders]). It
// stops as soon as its context ends.
package morning
