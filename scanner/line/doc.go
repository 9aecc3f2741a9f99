// Package line is the line stream as a source of scans: one scan a line, as
// scripts and pipes give it (pkidctl scan --stdin).
//
// # Lines
//
// CR, LF and CRLF each end a line; an empty line is no scan; the last line
// counts without an ending too. A leading AIM identifier ("]C0…") is parted
// from the text. Every other byte, NUL included, is text. Of a line longer than
// scanner.MaxText that many bytes are kept, the scan is marked Cut, and the
// rest is thrown away as it comes: an endless line costs no memory.
//
// A fault of the input (not its end) is given as the last pair; the half line
// before it is no scan, because nobody knows how it would have ended.
//
// # Reading ahead
//
// The source reads at most one buffer (4096 bytes) and one line further than
// what it has given. What a killed process had read but not given is gone with
// it: a script that wants to go on after a kill goes by the verdicts it saw.
//
// # Stopping
//
// A read of standard input cannot be interrupted on every system. So one
// goroutine, owned by the source, reads; when the context ends the sequence
// ends at once and the source tries to free that goroutine: by the input's
// read deadline where it has one that works, else by closing the input. A
// blocked read that neither frees (a terminal, a pipe as standard input) keeps
// the goroutine until the next line or the end of the process; the sequence
// has ended all the same. That line is then not lost to a sequence that is
// taken later.
package line
