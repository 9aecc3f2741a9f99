// Command report measures the project's Go and prints the figures beside those
// of the codebases it was modelled on, with the budget that the tight ones among
// them agree on and where the project stands.
//
// It is a report and no lint: a long function is sometimes the right one, and a
// program that argues about each is soon switched off.
//
// Sizes are of non-test Go, in lines, with comments and blank lines; generated
// files, testdata and folders that begin with a dot are left out. A function runs
// from its func to its last brace. Documented is the share of exported functions,
// and of exported methods of exported types, that have a doc comment.
package main
