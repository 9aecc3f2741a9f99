package partnercenter_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"pkidstation/queue/partnercenter"
)

// listPage is one page of a list, whose next one is at token.
func listPage(rows, token string) string {
	quoted, err := json.Marshal(token)
	if err != nil {
		return ""
	}
	return `{"totalCount":1,"items":[` + rows + `],"continuationToken":` + string(quoted) + `}`
}

// TestHostileContinuation: a token is opaque and goes back as it came in a
// header; what cannot stand in one ends the list with an error, and the next
// page comes from the same address whatever the token says.
func TestHostileContinuation(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		token string
		sent  bool
	}{
		"base64":             {"YWZ0ZXI6MTAw+/==", true},
		"an address":         {"https://evil.example/v1/customers", true},
		"a path":             {"/../../customers?x=1", true},
		"quotes":             {`"; Secure`, true},
		"long":               {strings.Repeat("A", 8<<10), true},
		"a line of its own":  {"x\r\nAuthorization: none", false},
		"NUL":                {"a\x00b", false},
		"a number of digits": {"0000000000000000000000", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newService(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("MS-ContinuationToken") == "" {
					_, _ = w.Write([]byte(listPage(`{"id":"1","productKey":"3305123456781"}`, c.token)))
					return
				}
				_, _ = w.Write([]byte(listPage(`{"id":"2","productKey":"3305123456798"}`, "")))
			})
			got, err := s.client.BatchDevices(t.Context(), contoso, "DOCK-7")
			if !c.sent {
				if kind := failure(t, err).Kind(); kind != partnercenter.NoAnswer && kind != partnercenter.Invalid || got != nil || len(s.Calls()) != 1 {
					t.Errorf("got %v, %v after %d calls", got, err, len(s.Calls()))
				}
				return
			}
			if err != nil || len(got) != 2 || len(s.Calls()) != 2 {
				t.Fatalf("got %v, %v", got, err)
			}
			first, second := s.Calls()[0], s.Calls()[1]
			if second.Header.Get("MS-ContinuationToken") != c.token || second.Path != first.Path || second.Query != "" {
				t.Errorf("the second page was asked for with %q at %s?%s", second.Header.Get("MS-ContinuationToken"), second.Path, second.Query)
			}
		})
	}
}

// TestListsGoRoundInCircles: a list that comes back to any page it had before
// never ends, and is no list.
func TestListsGoRoundInCircles(t *testing.T) {
	t.Parallel()
	for _, length := range []int{1, 2, 3, 7} {
		s := newService(t, func(w http.ResponseWriter, r *http.Request) {
			at := 0
			_, _ = fmt.Sscanf(r.Header.Get("MS-ContinuationToken"), "page %d", &at)
			_, _ = w.Write([]byte(listPage(`{"id":"1"}`, fmt.Sprintf("page %d", at%length+1))))
		})
		got, err := s.client.BatchDevices(t.Context(), contoso, "DOCK-7")
		if kind := failure(t, err).Kind(); kind != partnercenter.NoAnswer || got != nil || len(s.Calls()) != length+1 {
			t.Errorf("a circle of %d pages: %v, %v after %d calls", length, got, err, len(s.Calls()))
		}
	}
}

// TestPagesThatAreNone: a page in the middle that is not one costs the list.
func TestPagesThatAreNone(t *testing.T) {
	t.Parallel()
	for name, second := range map[string]string{
		"nothing": "", "null": "null", "an array": "[]", "a portal": "<html>Welcome</html>", "no items": `{"attributes":{}}`,
		"cut": `{"totalCount":1,"items":[{"id":"2"`, "items of another kind": `{"items":"none"}`, "a refusal in a 200": `{"code":"1000","description":"x"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client := socketless(t, func(w http.ResponseWriter, r *http.Request) {
					body := second
					if r.Header.Get("MS-ContinuationToken") == "" {
						body = listPage(`{"id":"1","productKey":"3305123456781"}`, "2")
					}
					_, _ = w.Write([]byte(body))
				})
				got, err := client.BatchDevices(t.Context(), contoso, "DOCK-7")
				if kind := failure(t, err).Kind(); kind != partnercenter.NoAnswer || got != nil {
					t.Errorf("got %v, %v", got, err)
				}
			})
		})
	}
}

// TestCustomersStopEarly: who has found the customer asks for no further page.
func TestCustomersStopEarly(t *testing.T) {
	t.Parallel()
	s := newService(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(listPage(`{"id":"`+string(contoso)+`"},{"id":"fabrikam.example"}`, "more")))
	})
	for customer, err := range s.client.Customers(t.Context()) {
		if err != nil || customer.ID != contoso {
			t.Errorf("%v, %v", customer, err)
		}
		break
	}
	if len(s.Calls()) != 1 {
		t.Errorf("%d pages were asked for", len(s.Calls()))
	}
}

// TestListsAreBounded: a list that is given whole ends where it takes too much
// memory, long before its last page.
func TestListsAreBounded(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes 128 MiB")
	}
	pages := 0
	rows := strings.Repeat(`{"id":"`+strings.Repeat("x", 200<<10)+`"},`, 35)
	client := newClient(t, "https://api.example", &http.Client{Transport: answering(func(*http.Request) (*http.Response, error) {
		pages++
		body := listPage(rows+"{}", fmt.Sprint(pages))
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}, nil
	})})
	got, err := client.BatchDevices(t.Context(), contoso, "DOCK-7")
	if kind := failure(t, err).Kind(); got != nil || kind != partnercenter.NoAnswer || !strings.Contains(err.Error(), "longer than") || pages != 19 {
		t.Errorf("got %d devices, %v after %d pages", len(got), err, pages)
	}
}
