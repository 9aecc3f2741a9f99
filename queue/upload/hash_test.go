package upload_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/autopilot/autopilottest"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
	"pkidstation/queue/upload"
)

// hashed keeps n boxes, of every other one nothing but that it is there, gives each
// its hash and releases them.
func (s *site) hashed(n int) (ids []string) {
	s.Helper()
	r, err := s.q.OpenReception(s.Context(), queue.Work{Customer: contoso, GroupTag: "Dock"}, "Léa")
	s.must(err)
	for i := range n {
		serial := fmt.Sprintf("SN%04d", i)
		var v queue.Verdict
		if i%2 == 0 {
			v, err = s.q.Attach(s.Context(), queue.Part{Reception: r.ID, Serial: serial, Read: queue.Read{Text: serial}, By: "Léa"})
		} else {
			v, err = s.q.KeepUnreadable(s.Context(), queue.Illegible{Reception: r.ID, By: "Léa"})
		}
		s.must(err)
		hash := autopilottest.Hash(autopilot.HashContents{PKID: queuetest.PKID(9000 + i), Serial: serial, Manufacturer: "HP", Model: "HP EliteBook"})
		_, err = s.q.GiveHash(s.Context(), v.Entry.ID, hash, queue.Act{By: "Ana"})
		s.must(err)
		ids = append(ids, v.Entry.ID)
	}
	s.must(s.q.Release(s.Context(), ids, queue.Act{By: "Ana"}))
	_, err = s.q.CloseReception(s.Context(), r.ID, "Léa")
	s.must(err)
	return ids
}

// TestHashIsRegistered: by whatever name the model answers for it, once, and taken
// back again by a removal.
func TestHashIsRegistered(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newSite(t, partnercentertest.Options{Seed: seed, JobTime: time.Minute, ListLag: time.Second})
				s.ids = s.hashed(3)
				_, err := s.up.UntilSettled(s.Context())
				s.must(err)
				s.want(queue.Counts{Registered: 3})
				for i, c := range s.server.Ledger() {
					if c.PKID != queuetest.PKID(9000+i) || c.Serial != fmt.Sprintf("SN%04d", i) {
						t.Errorf("registered: %+v", c)
					}
				}
				s.remove(s.ids[0])
				s.untilRemoved(24 * time.Hour)
				if left := s.server.Registered(); len(left) != 2 || left[0].PKID != queuetest.PKID(9001) {
					t.Errorf("left: %+v", left)
				}
			})
		})
	}
}

// TestHashesOnABadLine: 20 of them and as many PKIDs, through answers that are lost,
// each registered once.
func TestHashesOnABadLine(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				again := []partnercentertest.Mode{partnercentertest.IdempotencyReplay, partnercentertest.IdempotencyIgnore}[seed%2]
				s := newSite(t, partnercentertest.Options{Seed: seed, Faults: 0.2, Idempotency: again, JobTime: time.Minute}, func(o *upload.Options) { o.BatchSize = 16 })
				s.hashed(20)
				queuetest.Fill(t, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 1, 20)
				_, err := s.up.UntilSettled(s.Context())
				s.must(err)
				s.want(queue.Counts{Registered: 40})
				seen := map[autopilot.PKID]int{}
				for _, c := range s.server.Ledger() {
					seen[c.PKID]++
				}
				if len(seen) != 40 || len(s.server.Ledger()) != 40 {
					t.Errorf("%d devices registered %d times", len(seen), len(s.server.Ledger()))
				}
			})
		})
	}
}

// TestHashesNeedMoreRequests: 150 hashes are more than half a megabyte, and no request has
// more than a gateway takes.
func TestHashesNeedMoreRequests(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const most = 600 << 10
		s := newSite(t, partnercentertest.Options{JobTime: time.Minute, MaxBody: most})
		s.hashed(150)
		_, err := s.up.UntilSettled(s.Context())
		s.must(err)
		s.want(queue.Counts{Registered: 150})
		posts := 0
		for _, r := range s.server.Requests() {
			if r.Devices == 0 {
				continue
			}
			if posts++; r.Bytes > most || r.Status != 202 {
				t.Errorf("%d devices in %d bytes: %d", r.Devices, r.Bytes, r.Status)
			}
		}
		if posts != 2 {
			t.Errorf("%d requests, want 2", posts)
		}
	})
}

// TestHashOfAnotherDeviceIsNotSent: nothing leaves, whoever put it there, and the
// others go.
func TestHashOfAnotherDeviceIsNotSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		bad := autopilot.Device{PKID: "3305123456798", Hash: autopilottest.Hash(autopilot.HashContents{PKID: "3305123456781"})}
		b.add(contoso, "Dock", "r1", 2)
		b.entries[0].Device = bad
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Registered: 1, queue.Ready: 1})
		for _, c := range b.center.posts() {
			if len(c.pkids) != 1 {
				t.Errorf("sent: %v", c.pkids)
			}
		}
	})
}

// TestSameDeviceByPKIDAndByHash goes once: its PKID is read into the box that has its
// hash.
func TestSameDeviceByPKIDAndByHash(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, partnercentertest.Options{JobTime: time.Minute})
		ids := s.hashed(1)
		queuetest.Fill(t, s.q, queue.Work{Customer: contoso, GroupTag: "Dock"}, 9000, 1)
		_, err := s.up.UntilSettled(s.Context())
		s.must(err)
		s.want(queue.Counts{Registered: 1})
		if rows := s.server.Rows(); len(rows) != 1 || rows[0].PKID != queuetest.PKID(9000) || rows[0].Code != "" {
			t.Errorf("%+v", rows)
		}
		if e, err := s.q.Entry(s.Context(), ids[0]); err != nil || e.PKID != queuetest.PKID(9000) || e.State != queue.Registered {
			t.Errorf("%+v, %v", e, err)
		}
	})
}

// TestTwoNamesOfOneDevice, should a ledger have both: the second waits while nobody
// says what became of the first, as of this one that the center cannot name.
func TestTwoNamesOfOneDevice(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.add(contoso, "Dock", "r1", 2)
		b.entries[0].Device = autopilot.Device{Hash: autopilottest.Hash(autopilot.HashContents{PKID: b.entries[1].PKID})}
		b.settle(t)
		b.want(t, map[queue.State]int{queue.Submitted: 1, queue.Ready: 1})
		for _, c := range b.center.posts() {
			if len(c.pkids) != 1 {
				t.Errorf("sent: %v", c.pkids)
			}
		}
	})
}
