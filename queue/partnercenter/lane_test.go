package partnercenter_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// A slowLine answers each request after a second, and keeps the most that were
// on their way at once, by customer.
type slowLine struct {
	mu        sync.Mutex
	now, most map[string]int
	order     []string
}

func (s *slowLine) count(whose, what string, by int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now[whose] += by
	s.most[whose] = max(s.most[whose], s.now[whose])
	if by > 0 {
		s.order = append(s.order, what)
	}
}

func (s *slowLine) RoundTrip(r *http.Request) (*http.Response, error) {
	whose, rest := "nobody", ""
	if parts := strings.Split(r.URL.Path, "/"); len(parts) > 4 {
		whose, rest = strings.ToLower(parts[3]), parts[4]
	}
	s.count(whose, rest+r.Header.Get("MS-ContinuationToken"), 1)
	defer s.count(whose, "", -1)
	select {
	case <-time.After(time.Second):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	body := `{"id":"` + string(contoso) + `","status":"queued","url":"https://partner.example/","items":[],"link":"/batchJobStatus/j"`
	if strings.Contains(r.URL.Path, "deviceBatches") && r.Method == http.MethodGet && r.Header.Get("MS-ContinuationToken") == "" {
		body += `,"continuationToken":"2"`
	}
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body + `}`))}, nil
}

func slowClient(t *testing.T) (*slowLine, *partnercenter.Client) {
	t.Helper()
	line := &slowLine{now: map[string]int{}, most: map[string]int{}}
	return line, newClient(t, "https://api.example", &http.Client{Transport: line})
}

// TestOneRequestACustomer: whatever is called at once, each customer has one
// request on its way, however its id is written; customers do not wait for each
// other, nor for what is nobody's.
func TestOneRequestACustomer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		line, c := slowClient(t)
		ctx := t.Context()
		begun := time.Now()
		var group sync.WaitGroup
		for _, customer := range []autopilot.TenantID{contoso, autopilot.TenantID(strings.ToUpper(string(contoso))), "fabrikam.example"} {
			for _, call := range []func() error{
				func() error { _, err := c.CreateBatch(ctx, customer, "A", devices(), "r"); return err },
				func() error { _, err := c.AppendBatch(ctx, customer, "A", devices(), "r"); return err },
				func() error { _, err := c.JobStatus(ctx, customer, job); return err },
				func() error { return c.DeleteDevice(ctx, customer, "A", "d", "r-1") },
				func() error { _, err := c.ApplyPolicy(ctx, customer, []string{"d"}, "p", "r"); return err },
				func() error { _, err := c.Policy(ctx, customer, "p"); return err },
				func() error { _, err := c.Resellers(ctx, customer); return err },
				func() error { _, err := c.Batches(ctx, customer); return err },
			} {
				group.Go(func() {
					if err := call(); err != nil {
						t.Error(err)
					}
				})
			}
		}
		group.Go(func() {
			if _, err := c.RelationshipRequest(ctx); err != nil {
				t.Error(err)
			}
		})
		group.Wait()
		// 8 calls of which one has two pages, for contoso under two spellings.
		if took := time.Since(begun); took != 18*time.Second {
			t.Errorf("took %v, want 18s: one after another for each customer, and all customers at once", took)
		}
		for whose, most := range line.most {
			if most != 1 {
				t.Errorf("%d requests at once for %s", most, whose)
			}
		}
		if c.Lanes() != 0 {
			t.Errorf("%d lanes are left", c.Lanes())
		}
	})
}

// TestPagesTakeTurns: a long list does not keep its customer to itself.
func TestPagesTakeTurns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		line, c := slowClient(t)
		var group sync.WaitGroup
		group.Go(func() {
			if _, err := c.BatchDevices(t.Context(), contoso, "A"); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait()
		group.Go(func() {
			if _, err := c.JobStatus(t.Context(), contoso, job); err != nil {
				t.Error(err)
			}
		})
		group.Wait()
		if got := fmt.Sprint(line.order); got != "[deviceBatches batchJobStatus deviceBatches2]" {
			t.Errorf("went %s", got)
		}
	})
}

// TestWaitingEnds: who waits for a turn can be called off, nothing is sent then,
// and the others go on.
func TestWaitingEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		line, c := slowClient(t)
		why := errors.New("the station closes")
		ctx, cancel := context.WithCancelCause(t.Context())
		var group sync.WaitGroup
		group.Go(func() {
			if _, err := c.JobStatus(t.Context(), contoso, job); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait()
		group.Go(func() {
			_, err := c.CreateBatch(ctx, contoso, "A", devices(), "r")
			if got := failure(t, err); got.Kind() != partnercenter.Unreachable || !errors.Is(err, why) {
				t.Errorf("got %v", err)
			}
		})
		synctest.Wait()
		cancel(why)
		synctest.Wait()
		if c.Lanes() != 1 {
			t.Errorf("%d lanes while one request is on its way", c.Lanes())
		}
		group.Wait()
		if len(line.order) != 1 || c.Lanes() != 0 {
			t.Errorf("%v were sent, %d lanes are left", line.order, c.Lanes())
		}
	})
}

// TestLanesDoNotPileUp: a customer that is asked about no more leaves nothing.
func TestLanesDoNotPileUp(t *testing.T) {
	t.Parallel()
	s := newService(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) })
	for i := range 200 {
		_, err := s.client.Batches(t.Context(), autopilot.TenantID(fmt.Sprintf("customer-%d.example", i)))
		if kind := failure(t, err).Kind(); kind != partnercenter.Throttled {
			t.Errorf("got %v", err)
		}
	}
	if s.client.Lanes() != 0 {
		t.Errorf("%d lanes are left", s.client.Lanes())
	}
}

// TestTokenAfterTheWait: who waited for a turn goes with a token of now.
func TestTokenAfterTheWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		line := &slowLine{now: map[string]int{}, most: map[string]int{}}
		var given []time.Duration
		begun := time.Now()
		c, err := partnercenter.New(partnercenter.Options{
			BaseURL: "https://api.example", HTTPClient: &http.Client{Transport: line},
			Token: func(context.Context) (string, error) { given = append(given, time.Since(begun)); return "token", nil },
		})
		if err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		for range 3 {
			group.Go(func() { _, _ = c.JobStatus(t.Context(), contoso, job) })
		}
		group.Wait()
		if got := fmt.Sprint(given); got != "[0s 1s 2s]" {
			t.Errorf("tokens were asked for at %s", got)
		}
	})
}

// TestRejected: a token that was answered 401 is told, once an answer, and no
// other is. Whoever hears it may use the client at once.
func TestRejected(t *testing.T) {
	t.Parallel()
	var status, asked atomic.Int64
	status.Store(http.StatusUnauthorized)
	line := answering(func(*http.Request) (*http.Response, error) {
		asked.Add(1)
		return &http.Response{StatusCode: int(status.Load()), Header: http.Header{}, Body: http.NoBody}, nil
	})
	var c *partnercenter.Client
	var told []string
	c, err := partnercenter.New(partnercenter.Options{
		BaseURL: "https://api.example", HTTPClient: &http.Client{Transport: line},
		Token: func(context.Context) (string, error) { return fmt.Sprint("token-", asked.Load()), nil },
		Rejected: func(token string) {
			told = append(told, token)
			status.Store(http.StatusForbidden)
			_, err := c.JobStatus(t.Context(), contoso, job)
			if kind := failure(t, err).Kind(); kind != partnercenter.Forbidden {
				t.Errorf("got %v", err)
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.JobStatus(t.Context(), contoso, job)
	if kind := failure(t, err).Kind(); kind != partnercenter.SignIn {
		t.Errorf("got %v", err)
	}
	for _, other := range []int64{200, 202, 302, 403, 404, 429, 500} {
		status.Store(other)
		_, _ = c.JobStatus(t.Context(), contoso, job)
	}
	if got := fmt.Sprint(told); got != "[token-0]" || asked.Load() != 9 {
		t.Errorf("told of %s after %d requests: the client sends nothing twice", got, asked.Load())
	}
}

// TestEndedMeansNothing: with a context that has ended no token is asked for,
// and with one that ends meanwhile none is used.
func TestEndedMeansNothing(t *testing.T) {
	t.Parallel()
	why := errors.New("the station closes")
	ctx, cancel := context.WithCancelCause(t.Context())
	asked, sent := 0, 0
	c, err := partnercenter.New(partnercenter.Options{
		BaseURL: "https://api.example",
		HTTPClient: &http.Client{Transport: answering(func(*http.Request) (*http.Response, error) {
			sent++
			return nil, io.ErrUnexpectedEOF
		})},
		Token: func(context.Context) (string, error) {
			asked++
			cancel(why)
			return "token", nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 50 {
		_, err := c.JobStatus(ctx, contoso, job)
		if kind := failure(t, err).Kind(); kind != partnercenter.Unreachable || !errors.Is(err, why) {
			t.Errorf("got %v", err)
		}
	}
	if asked != 1 || sent != 0 {
		t.Errorf("%d tokens were asked for, %d requests sent", asked, sent)
	}
}
