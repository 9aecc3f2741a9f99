package partnercentertest_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// told is the status of a job, or NotFound's name.
func told(t *testing.T, c *partnercenter.Client, tracking string) partnercenter.JobStatus {
	t.Helper()
	job, err := c.JobStatus(t.Context(), contoso, tracking)
	if kindOf(t, err) == partnercenter.NotFound {
		return "404"
	}
	if err != nil {
		t.Fatal(err)
	}
	return job.Status
}

// TestStuckJobs stay what they are for ever, and some do not get stuck.
func TestStuckJobs(t *testing.T) {
	t.Parallel()
	server, c := socketless(t, partnercentertest.Options{Seed: 5, JobStuck: 0.5, JobStutter: -1, JobTime: time.Minute})
	var jobs []string
	for i := range 40 {
		jobs = append(jobs, create(t, c, contoso, "B", boxes(i, 1)))
	}
	server.Advance(10 * 365 * 24 * time.Hour)
	ends := map[partnercenter.JobStatus]int{}
	for _, id := range jobs {
		first := told(t, c, id)
		ends[first]++
		if again := told(t, c, id); again != first {
			t.Errorf("%s became %s", first, again)
		}
	}
	if len(ends) != 3 || ends["unknown"] < 3 || ends["processing"] < 3 || ends["finished"] < 10 {
		t.Errorf("they end as %v", ends)
	}
	if len(server.Ledger()) != 40 {
		t.Errorf("%d registered, want all", len(server.Ledger()))
	}
}

func TestVanishingJobs(t *testing.T) {
	t.Parallel()
	server, c := socketless(t, partnercentertest.Options{JobVanish: 1, JobTime: time.Minute, JobStutter: -1})
	id := create(t, c, contoso, "B", boxes(0, 1))
	got := []partnercenter.JobStatus{told(t, c, id), told(t, c, id)}
	server.Advance(time.Hour)
	got = append(got, told(t, c, id))
	if diff := cmp.Diff([]partnercenter.JobStatus{"queued", "404", "404"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestStutterShare: none, some and all jobs are not there at first.
func TestStutterShare(t *testing.T) {
	t.Parallel()
	for share, want := range map[float64][2]int{-1: {0, 0}, 0: {60, 140}, 0.1: {5, 40}, 1: {200, 200}} {
		_, c := socketless(t, partnercentertest.Options{Seed: 9, JobStutter: share})
		stutters := 0
		for i := range 200 {
			if first := told(t, c, create(t, c, contoso, "B", boxes(i, 1))); first == "404" || first == partnercenter.StatusUnknown {
				stutters++
			}
		}
		if stutters < want[0] || stutters > want[1] {
			t.Errorf("share %v: %d of 200, want %v", share, stutters, want)
		}
	}
}

// TestJobTimeIsDrawn between its ends, and Completed says when it was.
func TestJobTimeIsDrawn(t *testing.T) {
	t.Parallel()
	server, c := socketless(t, partnercentertest.Options{Seed: 4, JobTime: time.Minute, JobTimeMax: 15 * time.Minute, JobStutter: -1})
	var jobs []string
	for i := range 30 {
		jobs = append(jobs, create(t, c, contoso, "B", boxes(i, 1)))
	}
	server.Advance(15 * time.Minute)
	seen := map[time.Duration]bool{}
	for _, id := range jobs {
		job, err := c.JobStatus(t.Context(), contoso, id)
		took := job.Completed.Sub(job.Started)
		if seen[took] = true; err != nil || job.Status != partnercenter.StatusFinished || took < time.Minute-time.Second || took > 15*time.Minute+time.Second {
			t.Errorf("%+v took %v, %v", job, took, err)
		}
	}
	if len(seen) < 20 {
		t.Errorf("30 jobs took %d times", len(seen))
	}
}

// TestRowsMissing: what a job does not tell of it never tells of, and it is
// registered all the same.
func TestRowsMissing(t *testing.T) {
	t.Parallel()
	server, c := socketless(t, partnercentertest.Options{Seed: 2, RowsMissing: 0.3, JobStutter: -1})
	id := create(t, c, contoso, "B", boxes(0, 100))
	var counts []int
	for range 3 {
		job, err := c.JobStatus(t.Context(), contoso, id)
		if err != nil {
			t.Fatal(err)
		}
		counts = append(counts, len(job.Devices))
	}
	if counts[0] < 50 || counts[0] > 90 || counts[1] != counts[0] || counts[2] != counts[0] || len(server.Ledger()) != 100 {
		t.Errorf("told of %v, registered %d", counts, len(server.Ledger()))
	}
}

// TestCommitLate: nothing is registered before the job ends; the first job to
// end has a device that two carry; the lists have it a lag later.
func TestCommitLate(t *testing.T) {
	t.Parallel()
	server, c := socketless(t, partnercentertest.Options{CommitLate: true, JobTime: 10 * time.Minute, ListLag: time.Minute, JobStutter: -1})
	first := create(t, c, contoso, "B", boxes(0, 2))
	start := server.Requests()[0].At
	server.Advance(time.Minute)
	second := create(t, c, fabrikam, "B", boxes(1, 2))
	if codes := answers(server, 0); len(server.Ledger()) != 0 || len(codes) != 4 || codes[0] != partnercentertest.CodePending {
		t.Fatalf("at once: %v, %v", server.Ledger(), codes)
	}
	server.Advance(24 * time.Hour)
	if diff := cmp.Diff([]autopilot.Code{"", "", "808", ""}, answers(server, 0)); diff != "" {
		t.Errorf("a day later (-want +got):\n%s", diff)
	}
	if got := codes(t, c, contoso, first); len(got) != 2 || got[boxes(1, 1)[0].PKID] != "" {
		t.Errorf("the first job: %v", got)
	}
	if got := codes(t, c, fabrikam, second); got[boxes(1, 1)[0].PKID] != "808" || got[boxes(2, 1)[0].PKID] != "" {
		t.Errorf("the second job: %v", got)
	}
	took := server.Ledger()[0].At.Sub(start)
	if took.Round(time.Second) != 10*time.Minute || server.Ledger()[2].At.Sub(server.Ledger()[0].At).Round(time.Second) != time.Minute {
		t.Errorf("registered after %v: %+v", took, server.Ledger())
	}
}

// TestCommitLateListLag counts from the registration.
func TestCommitLateListLag(t *testing.T) {
	t.Parallel()
	server, c := socketless(t, partnercentertest.Options{CommitLate: true, JobTime: 10 * time.Minute, ListLag: 5 * time.Minute, JobStuck: 0})
	create(t, c, contoso, "B", boxes(0, 1))
	var got []int
	for range 4 {
		server.Advance(5*time.Minute + time.Second)
		devices, err := c.BatchDevices(t.Context(), contoso, "B")
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, len(devices))
	}
	if diff := cmp.Diff([]int{0, 0, 1, 1}, got); diff != "" {
		t.Errorf("listed (-want +got):\n%s", diff)
	}
}

// TestCommitLateStuck never comes.
func TestCommitLateStuck(t *testing.T) {
	t.Parallel()
	server, c := socketless(t, partnercentertest.Options{CommitLate: true, JobStuck: 1})
	create(t, c, contoso, "B", boxes(0, 1))
	server.Advance(1000 * time.Hour)
	if len(server.Ledger()) != 0 || server.Rows()[0].Code != partnercentertest.CodePending {
		t.Errorf("%v, %v", server.Ledger(), server.Rows())
	}
}
