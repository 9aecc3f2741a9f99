package partnercenter_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
)

// A pager is a list of so many pages, page n with device n, over a line of the
// test's own.
type pager struct {
	pages int
	// fail answers a request in the page's place; nil lets it through. tries says
	// which try of this page it is, from 1.
	fail func(page, tries int) *http.Response

	mu    sync.Mutex
	asked []int
	tries map[int]int
}

func (p *pager) RoundTrip(r *http.Request) (*http.Response, error) {
	page := 1
	if token := r.Header.Get("MS-ContinuationToken"); token != "" {
		_, _ = fmt.Sscanf(token, "page %d", &page)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.tries == nil {
		p.tries = map[int]int{}
	}
	p.tries[page]++
	p.asked = append(p.asked, page)
	if p.fail != nil {
		if failed := p.fail(page, p.tries[page]); failed != nil {
			return failed, nil
		}
	}
	next := ""
	if page < p.pages {
		next = fmt.Sprint("page ", page+1)
	}
	return said(http.StatusOK, listPage(fmt.Sprintf(`{"id":"%d"}`, page), next)), nil
}

// said is an answer, with headers in pairs.
func said(status int, body string, headers ...string) *http.Response {
	header := http.Header{}
	for pair := range slices.Chunk(headers, 2) {
		header.Set(pair[0], pair[1])
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body))}
}

func (p *pager) client(t *testing.T) *partnercenter.Client {
	t.Helper()
	return newClient(t, "https://api.example", &http.Client{Transport: p})
}

// whole wants devices 1 to pages, once each and in order.
func (p *pager) whole(t *testing.T, got []partnercenter.Device, err error) {
	t.Helper()
	if err != nil || len(got) != p.pages {
		t.Fatalf("%d devices, %v", len(got), err)
	}
	for i, device := range got {
		if device.ID != fmt.Sprint(i+1) {
			t.Fatalf("device %d is %q", i+1, device.ID)
		}
	}
}

// TestALostPageCostsAPage: 300 pages at 2 % faults of every kind take some six
// requests more than 300, and give every device once, in order.
func TestALostPageCostsAPage(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := partnercentertest.NewServer(partnercentertest.Options{Seed: seed, PageSize: 1, JobTime: time.Second, Trickle: time.Second})
				client := newClient(t, "https://api.example", &http.Client{Transport: server.RoundTripper()})
				var boxes []autopilot.Device
				for i := range 300 {
					boxes = append(boxes, autopilot.Device{PKID: autopilot.PKID(fmt.Sprintf("%013d", 33051234_00000+i))})
				}
				if _, err := client.CreateBatch(t.Context(), contoso, "DOCK-7", boxes, "r-1"); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Hour)
				before := len(server.Requests())
				server.SetTroubles(partnercentertest.Trouble{From: 1, To: 1, Fault: partnercentertest.FaultSlow}) // the first is not asked for again
				server.SetFaults(0.02)
				begun := time.Now()
				got, err := client.BatchDevices(t.Context(), contoso, "DOCK-7")
				if err != nil || len(got) != len(boxes) {
					t.Fatalf("%d devices, %v", len(got), err)
				}
				for i, device := range got {
					if device.PKID != boxes[i].PKID {
						t.Fatalf("device %d is %s", i, device.PKID.Masked())
					}
				}
				if n, took := len(server.Requests())-before, time.Since(begun); n < 300 || n > 318 || took > 5*time.Minute {
					t.Errorf("%d requests in %v", n, took)
				}
			})
		})
	}
}

// TestWhatIsAskedForAgain: after each failure that may pass, the same page is
// asked for, with the same token, and nothing else.
func TestWhatIsAskedForAgain(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status int
		body   string
		wait   string
		least  time.Duration
	}{
		"throttled":        {http.StatusTooManyRequests, "", "30", time.Minute},
		"throttled, bare":  {http.StatusTooManyRequests, "", "", 0},
		"unavailable":      {http.StatusServiceUnavailable, "", "2", 4 * time.Second},
		"a gateway's":      {http.StatusBadGateway, "<html>", "", 0},
		"a portal's":       {http.StatusOK, "<html>Welcome</html>", "", 0},
		"moved":            {http.StatusFound, "", "", 0},
		"cut":              {http.StatusOK, `{"totalCount":1,"items":[{"id":"2"`, "", 0},
		"cut at the token": {http.StatusOK, listPage(`{"id":"2"}`, "page 3") + `{`, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := &pager{pages: 4}
				p.fail = func(page, tries int) *http.Response {
					if page == 2 && tries <= 2 {
						return said(tt.status, tt.body, "Retry-After", tt.wait)
					}
					return nil
				}
				begun := time.Now()
				got, err := p.client(t).BatchDevices(t.Context(), contoso, "DOCK-7")
				p.whole(t, got, err)
				if want := []int{1, 2, 2, 2, 3, 4}; !slices.Equal(p.asked, want) {
					t.Errorf("asked for the pages %v, want %v", p.asked, want)
				}
				// Two pauses, and none of them nothing.
				if took := time.Since(begun); took < max(tt.least, 400*time.Millisecond) || took > tt.least+10*time.Second {
					t.Errorf("took %v, want %v or a little more", took, tt.least)
				}
			})
		})
	}
}

// TestAPageThatNeverAnswers: the list fails after a few tries, with what the last
// of them was told; what was asked for before it is not asked for again.
func TestAPageThatNeverAnswers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &pager{pages: 4}
		p.fail = func(page, tries int) *http.Response {
			if page == 3 {
				return said(http.StatusServiceUnavailable, fmt.Sprintf(`{"code":"%d","description":"busy"}`, tries))
			}
			return nil
		}
		begun := time.Now()
		got, err := p.client(t).BatchDevices(t.Context(), contoso, "DOCK-7")
		failed := failure(t, err)
		if got != nil || failed.Kind() != partnercenter.NoAnswer || failed.Status != http.StatusServiceUnavailable || failed.Op != "list devices" {
			t.Errorf("got %v, %v", got, err)
		}
		if n := p.tries[3]; n < 3 || n > 6 || failed.Code != fmt.Sprint(n) || p.tries[1] != 1 || p.tries[2] != 1 || p.tries[4] != 0 {
			t.Errorf("asked for the pages %v, told of try %s", p.asked, failed.Code)
		}
		if took := time.Since(begun); took > time.Minute {
			t.Errorf("took %v", took)
		}
	})
}

// TestASilentPageEndsTheList: where each try takes long, there are fewer of them.
func TestASilentPageEndsTheList(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, silent := &pager{pages: 4}, 0
		client := newClient(t, "https://api.example", &http.Client{Transport: answering(func(r *http.Request) (*http.Response, error) {
			if strings.HasSuffix(r.Header.Get("MS-ContinuationToken"), "3") {
				silent++
				time.Sleep(2 * time.Minute)
				return nil, errors.New("silence")
			}
			return p.RoundTrip(r)
		})})
		begun := time.Now()
		if _, err := client.BatchDevices(t.Context(), contoso, "DOCK-7"); failure(t, err).Kind() != partnercenter.NoAnswer {
			t.Errorf("got %v", err)
		}
		if took := time.Since(begun); took > 5*time.Minute || silent < 2 {
			t.Errorf("%d tries in %v", silent, took)
		}
	})
}

// TestALongRetryAfterIsTheCallers: who is asked to wait for long is told so at once,
// and decides.
func TestALongRetryAfterIsTheCallers(t *testing.T) {
	t.Parallel()
	for wait, status := range map[time.Duration]int{31 * time.Second: http.StatusTooManyRequests, time.Hour: http.StatusServiceUnavailable} {
		synctest.Test(t, func(t *testing.T) {
			p := &pager{pages: 4}
			p.fail = func(page, _ int) *http.Response {
				if page == 3 {
					return said(status, "", "Retry-After", fmt.Sprint(wait.Seconds()))
				}
				return nil
			}
			begun := time.Now()
			got, err := p.client(t).BatchDevices(t.Context(), contoso, "DOCK-7")
			if failed := failure(t, err); got != nil || failed.RetryAfter != wait || failed.Status != status {
				t.Errorf("got %v, %v", got, err)
			}
			if len(p.asked) != 3 || time.Since(begun) != 0 {
				t.Errorf("asked for the pages %v in %v", p.asked, time.Since(begun))
			}
		})
	}
}

// TestTheFirstPageIsTheCallers: nothing was read yet, so nothing is lost.
func TestTheFirstPageIsTheCallers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &pager{pages: 4, fail: func(int, int) *http.Response { return said(http.StatusBadGateway, "") }}
		begun := time.Now()
		if _, err := p.client(t).BatchDevices(t.Context(), contoso, "DOCK-7"); failure(t, err).Status != http.StatusBadGateway {
			t.Errorf("got %v", err)
		}
		if len(p.asked) != 1 || time.Since(begun) != 0 {
			t.Errorf("asked for the pages %v in %v", p.asked, time.Since(begun))
		}
	})
}

// TestRefusalsOfAPageAreNotAskedAgain: what a person must end is not tried anew.
func TestRefusalsOfAPageAreNotAskedAgain(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusConflict, http.StatusRequestEntityTooLarge} {
		synctest.Test(t, func(t *testing.T) {
			p := &pager{pages: 2}
			p.fail = func(page, _ int) *http.Response {
				if page == 2 {
					return said(status, "")
				}
				return nil
			}
			if _, err := p.client(t).BatchDevices(t.Context(), contoso, "DOCK-7"); failure(t, err).Status != status || len(p.asked) != 2 {
				t.Errorf("%d: %v, asked for the pages %v", status, err, p.asked)
			}
		})
	}
}

// TestAListThatIsWrongInItself: asking again would not mend it.
func TestAListThatIsWrongInItself(t *testing.T) {
	t.Parallel()
	for name, tokens := range map[string][2]string{"a circle": {"2", "2"}, "no token": {"2", "x\r\ny"}} {
		synctest.Test(t, func(t *testing.T) {
			asked, begun := 0, time.Now()
			client := socketless(t, func(w http.ResponseWriter, _ *http.Request) {
				_, _ = w.Write([]byte(listPage(`{"id":"1"}`, tokens[asked])))
				asked++
			})
			if _, err := client.BatchDevices(t.Context(), contoso, "DOCK-7"); failure(t, err).Kind() != partnercenter.NoAnswer || asked != 2 || time.Since(begun) != 0 {
				t.Errorf("%s: %v after %d requests in %v", name, err, asked, time.Since(begun))
			}
		})
	}
}

// TestLeavingWhileAPageWaits: the caller's end is the list's, in the middle of a
// wait as in the middle of a request.
func TestLeavingWhileAPageWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		why := errors.New("the station closes")
		p := &pager{pages: 4}
		p.fail = func(page, _ int) *http.Response {
			if page == 2 {
				return said(http.StatusTooManyRequests, "", "Retry-After", "20")
			}
			return nil
		}
		ctx, cancel := context.WithCancelCause(t.Context())
		begun := time.Now()
		time.AfterFunc(7*time.Second, func() { cancel(why) })
		got, err := p.client(t).BatchDevices(ctx, contoso, "DOCK-7")
		if kind := failure(t, err).Kind(); got != nil || kind != partnercenter.Unreachable || !errors.Is(err, why) {
			t.Errorf("got %v, %v", got, err)
		}
		if len(p.asked) != 2 || time.Since(begun) != 7*time.Second {
			t.Errorf("asked for the pages %v in %v", p.asked, time.Since(begun))
		}
	})
}

// TestTheLaneIsFreeWhileAPageWaits: others of the customer go in between, and
// never two at once.
func TestTheLaneIsFreeWhileAPageWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &pager{pages: 3}
		p.fail = func(page, tries int) *http.Response {
			if page == 2 && tries == 1 {
				return said(http.StatusTooManyRequests, "", "Retry-After", "20")
			}
			return nil
		}
		var mu sync.Mutex
		now, most := 0, 0
		count := func(by int) {
			mu.Lock()
			defer mu.Unlock()
			now += by
			most = max(most, now)
		}
		client := newClient(t, "https://api.example", &http.Client{Transport: answering(func(r *http.Request) (*http.Response, error) {
			count(1)
			defer count(-1)
			time.Sleep(time.Second)
			if strings.HasSuffix(r.URL.Path, "/policies") {
				return said(http.StatusOK, `{"items":[]}`), nil
			}
			return p.RoundTrip(r)
		})})
		var group sync.WaitGroup
		group.Go(func() {
			got, err := client.BatchDevices(t.Context(), contoso, "DOCK-7")
			p.whole(t, got, err)
		})
		begun := time.Now()
		for range 12 {
			if _, err := client.Policies(t.Context(), contoso); err != nil {
				t.Error(err)
			}
		}
		if took := time.Since(begun); took > 18*time.Second {
			t.Errorf("the others waited with it: %v", took)
		}
		group.Wait()
		if most != 1 {
			t.Errorf("%d at once", most)
		}
	})
}
