// Package daily writes the morning as a report into a folder, once a day while the
// station runs, for whoever is not at the dock: a page and a workbook.
//
// # When
//
// At the time of day that the station is told, in local time, or at the start where
// that is past and today's report is not there. The clock is looked at each minute: a
// PC that slept, or whose clock was set, is late by a minute at most, and a day on
// which the clocks are changed has one report like any other. That today's is there
// is asked of the folder, not remembered: a station that is started ten times writes
// one. A person may have it written at any time, in the place of today's.
//
// # What can go wrong
//
// A folder that is full, forbidden or gone is said and tried again ([again]); one that
// never answers, as a dead network folder, is given up after [Patience] and has one
// call, however long it hangs. Neither stops the dock: nothing waits for this but its
// own goroutine. A report is under its name whole or not at all.
package daily
