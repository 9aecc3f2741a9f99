// Package directory fills the customer directory of a station, which the queue
// keeps: from Partner Center's list, from a file, and customer by customer when
// the relationship is asked for. The dock chooses customers from it alone, also
// without a network.
//
// # What it promises
//
//   - Nobody is ever taken out, and what a person set stays: names, group tags,
//     reseller, profile. See queue.MergeCustomers.
//   - Each page of a list is on disk before the next is asked for; what breaks
//     off in the middle leaves what came before.
//   - A relationship is written only after an answer that counts: a customer in
//     the list or a 200 says what it is, a 403 with code 20002 says that there
//     is none. A network that is down, a sign-in that is missing, a 404 and a
//     word that nobody knows leave what was known.
//   - A file is taken row by row: a bad one is refused with its row, column and
//     reason, and the good ones go in. Nothing in it can crash, hang or fill the
//     memory.
package directory
