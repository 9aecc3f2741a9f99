// Package serial is a barcode scanner on a serial port (RS-232, USB CDC-ACM,
// Bluetooth SPP) as a source of scans, through tarm/serial. It finds the ports
// of a machine too, and follows one through unplugging and plugging in.
//
// # Reads
//
// CR, LF, TAB and ETX each end a read; STX begins one, and ends the one before.
// CR and LF together are one terminator, wherever the stream was cut. A scanner
// that sends none of them has its read ended by silence: nothing came for the
// 200 ms that the port waits, while something was pending. How the bytes were
// chunked is never taken for silence; a scanner that pauses that long in the
// middle of a code is read in pieces: give it a terminator.
//
// Between STX and ETX a CR, LF or TAB is data, because the scanner has said
// where its read ends, but only once it has ended one that way: many scanners
// send STX before a read and CR after it. A read that STX began and the next
// STX or silence ended shows that the scanner was set up anew; it is parted at
// its CRs after all.
//
// A prefix and a suffix (Options) are taken off where they are. A leading AIM
// identifier, before the prefix or after it, is parted from the text. A no-read
// word ("NR", "NOREAD", "<NR>") is no scan, an empty read neither. Of a read
// longer than scanner.MaxText that many bytes are kept and the scan is marked
// Cut.
//
// Each scan says how it came (scanner.Trace). A CR is never kept waiting for
// its LF; where that comes with the port's next read, the first scan of a
// connection says "\r" and the following ones "\r\n".
//
// # Idle or gone
//
// tarm/serial tells an idle port and an unplugged one almost alike:
//
//	                       a read gives     after
//	idle, Linux            (0, io.EOF)      the read timeout
//	idle, Windows          (0, nil)         the read timeout
//	hung up, Linux         (0, io.EOF)      microseconds, for ever
//	other end closed       EIO, then EOF    microseconds
//	unplugged, Windows     an error         –
//
// So an error is a loss; two empty reads in a row that each took less than half
// the timeout are looked into, and so is the silence that would end a read: a
// device that is gone from the file system or fails a write of nothing is a
// loss, any other one is let rest for a timeout, so that nothing here ever
// spins. What was half received when the port was lost is no scan.
//
// # States
//
//	held ─▶ open ─▶ reading ─▶ closed (context ended, taker stopped)
//	  │       │        └─────▶ lost   (LostError, the last pair)
//	  └───────┴──────────────▶ refused (OpenError, the only pair)
//
// Lost is final for the sequence; taking Scans again opens the port again.
//
// # Staying
//
// Steady does that, for as long as its context lasts, and says what becomes of
// the Link, each change once:
//
//	         ┌──────────────────────┐
//	         ▼                      │ the name is back, or it was there
//	──▶ connected ──▶ lost ─────────┤ all the time and a pause is over
//	│                   │           │
//	└─────────────▶ refused ────────┘
//
// A name that is not there is looked for every 250 ms, which costs a look at
// the file system or the registry, and opened at once when it appears. A port
// that is there and refuses (another program has it, udev has not set its
// permissions yet) is tried again after 250 ms, and then less often, up to
// every 1.75 s. Either way a scanner is back within 2 s. That a lost port is
// not there is no news.
//
// # One owner
//
// tarm/serial opens a port that another process reads from, and each then gets
// half of the bytes. On Unix the device is therefore locked (flock on the
// device itself, the lock that pyserial and picocom take too): no file is left
// behind and the kernel frees it however the process ends, kill -9 included.
// The lock is on the device and not on its name, so that by-id and ttyACM0 are
// one. Windows opens a port for one process only, by itself.
//
// # Finding
//
// Ports and Watch list what a scanner may be on, under the name to remember:
// udev's by-id link, or else its by-path link (the socket), or else the
// kernel's name; COM names on Windows. Left out are screens, the console, and
// ports without hardware. Nothing is opened to find out. On Linux sysfs and
// udev's links are read here, because the well-kept library for it
// (go.bug.st/serial/enumerator) opens and resets each ttyS at each look and
// knows no lasting names; on Windows it is what lists them.
//
// Watch looks every 400 ms, on Linux for two seconds after something came or went
// in /dev or udev's folders (inotify), and else every 15 s: a station at rest does
// not go through sysfs for nothing. Where the kernel does not tell, it looks all
// the time. On Linux the kernel's name comes a moment before udev's link: a USB
// port without one is told at the second look.
//
// Two scanners of one model that have no serial number share a by-id link. It
// leads to one of them, the other one is listed by its socket; which is which
// is up to udev. Configure both by their by-path names.
//
// # Stopping
//
// The port is read in the taker's goroutine with a timeout of 200 ms, so the
// sequence ends within that of its context. While nothing is half received,
// silence means nothing, and on Linux the goroutine is parked until the device
// has something to say (epoll, through the file that holds the lock): a scanner
// that lies there wakes nobody up. Opening a port that does not answer
// (a paired Bluetooth scanner out of reach, on Windows) can take many seconds:
// it is done by a goroutine that closes what it opened when nobody waits for it
// any more.
//
// # Not here
//
// The beep and trigger commands. On Windows nothing of this was run, only
// built: RTS stays low there, and a scanner set to RTS/CTS handshake stays
// mute.
package serial
