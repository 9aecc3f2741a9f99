package partnercenter_test

import (
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue/partnercenter"
)

// A list has one patience for all its pages: one of which each page is throttled
// once is not waited for by the hour, while nothing else goes. Whoever asked is
// told how long to wait.
func TestPatienceIsTheLists(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := pager{pages: 100, fail: func(page, tries int) *http.Response {
			if page == 1 || tries > 1 {
				return nil
			}
			return said(http.StatusTooManyRequests, "{}", "Retry-After", "30")
		}}
		begun := time.Now()
		got, err := p.client(t).BatchDevices(t.Context(), contoso, "Dock")
		failed, ok := errors.AsType[*partnercenter.Error](err)
		if !ok || failed.Kind() != partnercenter.Throttled || failed.RetryAfter != 30*time.Second || len(got) > 0 {
			t.Errorf("%d devices, %v", len(got), err)
		}
		if took := time.Since(begun); took < 2*time.Minute || took > 3*time.Minute {
			t.Errorf("took %v", took)
		}
	})
}

// What a list costs is what fails: pages that only take their time are waited for.
func TestPatienceIsNotForSlowPages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := pager{pages: 20, fail: func(int, int) *http.Response {
			time.Sleep(30 * time.Second)
			return nil
		}}
		got, err := p.client(t).BatchDevices(t.Context(), contoso, "Dock")
		if p.whole(t, got, err); len(p.asked) != 20 {
			t.Errorf("asked %v", p.asked)
		}
	})
}

// A list that is begun anew, because its rest was forgotten, has what is left.
func TestPatienceOfAListThatIsBegunAnew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := pager{pages: 20, fail: func(page, tries int) *http.Response {
			switch {
			case page > 1 && page < 6 && tries == 1, page > 6 && tries == 1:
				return said(http.StatusTooManyRequests, "{}", "Retry-After", "30")
			case page == 6 && tries == 1:
				return said(http.StatusNotFound, "{}")
			}
			return nil
		}}
		begun := time.Now()
		_, err := p.client(t).BatchDevices(t.Context(), contoso, "Dock")
		if failed, ok := errors.AsType[*partnercenter.Error](err); !ok || failed.Kind() != partnercenter.Throttled {
			t.Errorf("it says %v", err)
		}
		if took := time.Since(begun); took > 3*time.Minute {
			t.Errorf("took %v", took)
		}
	})
}
