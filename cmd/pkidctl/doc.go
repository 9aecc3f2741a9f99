// Command pkidctl is the headless twin of the desktop station: the same queue,
// the same intake, the same uploader, no window.
//
// Exit codes: 0 done, 1 failed, 2 usage, 3 done but something needs a person,
// 4 Partner Center could not be reached. With --json there is one JSON object
// a line on standard output and nothing else; progress and warnings go to
// standard error.
package main
