// Package autopilot has the words of Windows Autopilot registration as types:
// PKID, device, customer, group tag, and the codes that Microsoft answers per
// device. It is the domain, kept by the queue: a leaf on the standard library
// alone, so that the queue, the Partner Center client, the screens and the
// commands can all speak it.
package autopilot
