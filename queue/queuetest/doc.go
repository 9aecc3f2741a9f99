// Package queuetest helps tests that need a real queue: it opens one in a
// folder of the test's own, and looks after every test whether the queue is
// still consistent. A test that leaves a queue that "pkidctl check" would
// complain about has failed, whatever it tested.
package queuetest
