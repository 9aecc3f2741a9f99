package upload

import "time"

// SetWall gives the uploader another wall clock, for a machine that sleeps.
func SetWall(u *Uploader, now func() time.Time) { u.wall = now }

// OnLine is the uploader's way to Partner Center.
func OnLine(u *Uploader) Registrar { return u.registrar }

// Guarded are all of its ways to Partner Center.
func Guarded(u *Uploader) Options { return u.opts }
